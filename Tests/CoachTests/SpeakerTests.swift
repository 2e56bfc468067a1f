import Glibc
import Practice
import Recognition
import Sound
import Support
import Synchronization
import Testing
import Voice

@testable import Coach

/// A reply spoken into a sound server and recorded from behind it.
@Suite(.serialized, .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
struct SpeakerTests {
  private static let reply = [
    "You held your pace steady through the whole opening.", "Then the numbers came, and you began to rush.",
    "Stop for a breath before each of them, and let the silence work.",
    "Try the second part again, slowly, and tell me what you notice.",
  ]

  @Test(.enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"))
  func `what is spoken is understood`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let told = Told()
    let speaker = told.speaker(on: pulse.player)
    for sentence in Self.reply { speaker.say(sentence) }
    speaker.end()
    #expect(eventually(within: 60) { told.news.last == .finished })
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
    speaker.close()
    let sentences = told.news.compactMap { if case .speaking(let text) = $0 { text } else { nil } }
    #expect(sentences == Self.reply)
    #expect(told.news.count { $0 == .firstSound } == 1)
    let sound = try MonitorHearing(tape)
    let own = try sound.share(of: Self.reply, script: Self.reply)
    let other = try sound.share(
      of: Self.reply,
      script: [
        "Granite cliffs rise above a cold harbour where fishermen mend their torn nets.",
        "Gulls circle over wooden boats all morning, screaming at nobody in particular.",
        "By noon most of them sleep on warm roofs, and a bell rings across quiet water.",
      ])
    print("of the reply's words heard: \(own), with another script: \(other)")
    #expect(own >= 0.8)
    #expect(other < 0.3)
  }

  @Test func `a stop silences it, drops the rest, and the next reply is spoken`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let told = Told()
    let speaker = told.speaker(on: pulse.player)
    speaker.prepare()
    speaker.stop()
    #expect(told.news.isEmpty, "nothing is said, so nothing stops")
    for sentence in Self.reply { speaker.say(sentence) }
    #expect(eventually { tape.loud() != nil })
    #expect(speaker.levelDecibels != nil)
    speaker.stop()
    let stopped = now()
    #expect(eventually { told.news.last == .stopped })
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
    let last = try #require(tape.loud()).last
    let seconds = try #require(tape.arrival(of: last)) - stopped
    print("stop to silence: \(Int(seconds * 1_000)) ms")
    #expect(seconds < 0.5)
    #expect(eventually { speaker.levelDecibels == nil })
    let (count, start) = (told.news.count, tape.count)
    speaker.stop()
    speaker.say("Once more.")
    speaker.end()
    #expect(eventually { told.news.last == .finished })
    #expect(Array(told.news[count...]) == [.speaking("Once more."), .firstSound, .finished])
    #expect(tape.loud(from: start) != nil)
  }

  @Test func `sentences that come late are spoken late, in one reply`() throws {
    let pulse = try PulseAudio()
    let told = Told()
    let speaker = told.speaker(on: pulse.player)
    speaker.say("One.")
    #expect(eventually { told.news.contains(.firstSound) && speaker.levelDecibels == nil })
    speaker.say("Two.")
    speaker.end()
    #expect(eventually { told.news.last == .finished })
    #expect(told.news == [.speaking("One."), .firstSound, .speaking("Two."), .finished])
  }

  @Test func `a device that is not there and a voice that is not there are told once`() throws {
    let told = Told()
    let speaker = told.speaker(on: "nowhere")
    for sentence in Self.reply { speaker.say(sentence) }
    #expect(eventually { !told.news.isEmpty })
    guard case .failed(.sound(let error)) = told.news.first else { throw SupportError("\(told.news)") }
    #expect(error.kind == .noSuchDevice && error.name == "nowhere")
    #expect(told.news.count == 1)
    let other = Told()
    let mute = other.speaker(on: "null", voice: "klingon-nowhere")
    mute.say("nuqneH.")
    mute.end()
    #expect(eventually { !other.news.isEmpty })
    guard case .failed(.voice(let fault)) = other.news.first else { throw SupportError("\(other.news)") }
    #expect(fault.kind == .noSuchVoice && fault.detail == "klingon-nowhere")
  }

  @Test func `a sound server that hangs in the middle of a reply is told, and stops nobody`() throws {
    let pulse = try PulseAudio()
    let told = Told()
    let speaker = told.speaker(on: pulse.player)
    for _ in 0..<9 { speaker.say(Self.reply[0]) }
    #expect(eventually { told.news.contains(.firstSound) })
    pulse.daemon.send(SIGSTOP)
    #expect(eventually { if case .failed(.sound(let error)) = told.news.last { error.kind == .io } else { false } })
    speaker.stop()
    speaker.close()
    pulse.daemon.send(SIGCONT)
  }

  @Test func `an end without a sentence ends`() {
    let told = Told()
    let speaker = told.speaker(on: "null")
    speaker.end()
    #expect(eventually { told.news == [.finished] })
  }

  @Test func `a maker that hangs keeps nobody from stopping`() {
    let told = Told()
    let hanging = HangingVoice()
    let speaker = Speaker(device: "null", settings: VoiceSettings(), making: { hanging.maker }, tell: told.tell)
    speaker.say("One.")
    #expect(eventually { hanging.isAsked.load(ordering: .acquiring) })
    speaker.stop()
    #expect(eventually { told.news == [.stopped] })
    speaker.close()
  }

  @Test func `another voice that speaks instead says so once a reply`() {
    let told = Told()
    let speaker = Speaker(device: "null", settings: VoiceSettings(), making: { FaultyVoice() }, tell: told.tell)
    speaker.say("One.")
    speaker.say("Two.")
    speaker.end()
    #expect(eventually { told.news.last == .finished })
    #expect(told.news.count { $0 == .fellBack(FaultyVoice.fault) } == 1)
  }
}

/// What a speaker told.
private final class Told: Sendable {
  private let kept = Mutex<[Speaker.News]>([])

  var news: [Speaker.News] { kept.withLock { $0 } }
  var tell: @Sendable (Speaker.News) -> Void { { news in self.kept.withLock { $0.append(news) } } }

  func speaker(on device: String, voice: String = "en-us") -> Speaker {
    let settings = VoiceSettings(voice: voice, wordsPerMinute: 150)
    return Speaker(device: device, settings: settings, making: { EspeakVoice(settings) }, tell: tell)
  }
}

/// A voice that makes nothing until it is told to stop.
private final class HangingVoice: Sendable {
  let isAsked = Atomic<Bool>(false)

  var maker: any SpeechMaker { Maker(self) }

  private final class Maker: SpeechMaker {
    let owner: HangingVoice
    init(_ owner: HangingVoice) { self.owner = owner }

    func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound {
      owner.isAsked.store(true, ordering: .releasing)
      while !isCancelled() {}
      throw VoiceError(.cancelled, operation: "make")
    }
  }
}

/// A voice that stands in for another.
private final class FaultyVoice: SpeechMaker {
  static let fault = VoiceError(.unreachable, operation: "connect", detail: "speech.example")

  func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound {
    SpokenSound(samples: [Float](repeating: 0.1, count: 2_205), rate: 22_050, fault: Self.fault)
  }
}

/// What a recogniser makes of a tape.
private struct MonitorHearing {
  let samples: [Float]
  let dictionary: PronouncingDictionary

  init(_ tape: MonitorTape) throws {
    let wave = tape.wave.samples
    // The recogniser hears 16 kHz: a third of the samples, each the mean of three.
    samples = stride(from: 0, to: wave.count - 2, by: 3).map { start in
      (Float(wave[start]) + Float(wave[start + 1]) + Float(wave[start + 2])) / 3 / 32_768
    }
    dictionary = try PronouncingDictionary()
  }

  /// The share of the words of `sentences` that are heard, in order, by a recogniser that listens for `script`.
  func share(of sentences: [String], script: [String]) throws -> Double {
    // The script alone: what may be said without one would bring back the common words of any text.
    let model = ScriptModel.make(script: Script(markdown: script.joined(separator: " ")), dictionary: dictionary)
    let recogniser = try PocketSphinx(language: model.language)
    var heard: [Heard] = []
    for start in stride(from: 0, to: samples.count, by: 1_600) {
      try recogniser.hear(samples[start..<min(start + 1_600, samples.count)].span, into: &heard)
    }
    try recogniser.finish(into: &heard)
    let found = heard.compactMap { if case .final(let word) = $0 { word.text } else { nil } }
    let wanted = sentences.joined(separator: " ").lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
    return Double(common(wanted, found)) / Double(wanted.count)
  }

  /// The length of the longest common subsequence.
  private func common(_ left: [String], _ right: [String]) -> Int {
    var row = [Int](repeating: 0, count: right.count + 1)
    for word in left {
      var diagonal = 0
      for (index, other) in right.enumerated() {
        let above = row[index + 1]
        row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[right.count]
  }
}
