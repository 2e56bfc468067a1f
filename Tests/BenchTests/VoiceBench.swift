import Coach
import Foundation
import Sound
import SpeechSignals
import Support
import Synchronization
import Testing
import Voice

/// How soon the tutor's voice is heard, and how soon it is silent. Runs only when asked: it takes a quiet minute.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
struct VoiceBench {
  private static let sentences = [
    "That was a calm beginning.", "You held your pace through the whole of the opening part, which is hard to do.",
    "Good.", "Then the numbers came, and you began to rush, as most people do when they know them too well,",
  ]

  @Test func `from the end of a sentence to its sound, and from a stop to silence`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let settings = VoiceSettings()
    let isOver = Atomic<Int>(0)
    let speaker = Speaker(
      device: pulse.player, settings: settings, making: { EspeakVoice(settings) },
      tell: { news in if news == .stopped || news == .finished { isOver.add(1, ordering: .releasing) } })
    var (cold, warm, silence): ([Double], [Double], [Double]) = ([], [], [])
    for round in 0..<24 {
      let (start, overs) = (tape.count, isOver.load(ordering: .acquiring))
      var cutter = SentenceCutter()
      #expect(cutter.add(Self.sentences[round % Self.sentences.count]).isEmpty)
      let began = now()
      // The next word is what tells that the sentence, or the clause, is over.
      for part in cutter.add(" And then it goes on.") { speaker.say(part) }
      #expect(eventually(everySeconds: 0.002) { tape.loud(from: start) != nil })
      let first = try #require(tape.loud(from: start)).first
      let delay = try #require(tape.arrival(of: first)) - began
      if round == 0 { cold.append(delay) } else { warm.append(delay) }
      letRealTimePass(seconds: 0.35)
      let stopped = now()
      speaker.stop()
      #expect(eventually { isOver.load(ordering: .acquiring) > overs && tape.isQuiet(seconds: 0.2) })
      let last = try #require(tape.loud(from: start)).last
      silence.append(try #require(tape.arrival(of: last)) - stopped)
    }
    speaker.close()
    var table = Table()
    table.add("end of the first sentence to sound, device not open yet", milliseconds(cold, 0.5))
    table.add("end of the first sentence to sound, median", milliseconds(warm, 0.5), aim: "<= 150 ms")
    table.add("end of the first sentence to sound, longest of \(warm.count)", milliseconds(warm, 1), aim: "<= 150 ms")
    table.add("stop to silence, median", milliseconds(silence, 0.5), aim: "<= 100 ms")
    table.add("stop to silence, longest of \(silence.count)", milliseconds(silence, 1), aim: "<= 100 ms")
    table.print()
  }

  @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `from a learner's first sound to the voice's last`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    try pulse.addSink("room")
    let hiss = try pulse.play(try scratch.write(Speech.room(seconds: 200).file, to: "hiss.wav"), into: "room")
    defer { hiss.child.end() }
    let (voice, learner) = (try MonitorTape(of: pulse), try MonitorTape(of: pulse, monitor: "room.monitor"))
    let settings = VoiceSettings()
    let speaker = Speaker(
      device: pulse.player, settings: settings, making: { EspeakVoice(settings) }, tell: { _ in })
    let capture = try Capture(.device(pulse.device("room.monitor")))
    let reader = capture.makeReader()
    capture.start()
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var (barge, results, buffer): (BargeIn, Results, [Float]) = (BargeIn(), Results(), [])
    /// Listens until the voice was stopped, or for so long.
    func listen(seconds: Double) -> Bool {
      let end = now() + seconds
      while now() < end {
        guard case .samples = reader.next(timeoutMilliseconds: 20, into: &buffer) else { continue }
        results.removeAll()
        analyzer.process(buffer.span, into: &results)
        let level = speaker.levelDecibels
        for reading in results.readings where barge.hear(reading, playback: level) {
          speaker.stop()
          return true
        }
      }
      return false
    }
    var delays: [Double] = []
    for path in Speech.paths {
      let clip = try Wave(path: path)
      let first = clip.samples.firstIndex { $0.magnitude > 1_600 } ?? 0
      let said = Wave(rate: clip.rate, samples: Array(clip.samples[first...].prefix(2 * clip.rate)))
      for _ in 0..<8 { speaker.say(Self.sentences[1]) }
      #expect(!listen(seconds: delays.isEmpty ? 8 : 3))
      #expect(barge.probe.verdict == .isolated)
      let start = learner.count
      let playing = try pulse.play(try scratch.write(said.file, to: "clip.wav"), into: "room")
      if listen(seconds: 4) {
        _ = listen(seconds: 2)
        let onset = try #require(learner.loud(from: start, over: 800)).first
        let last = try #require(voice.loud()).last
        delays.append(try #require(voice.arrival(of: last)) - (try #require(learner.arrival(of: onset))))
      }
      _ = playing.finish(seconds: 10)
      speaker.stop()
    }
    speaker.close()
    capture.stop()
    var table = Table()
    table.add("learner's onset to the voice's silence, median", milliseconds(delays, 0.5), aim: "<= 350 ms")
    table.add("learner's onset to the voice's silence, longest", milliseconds(delays, 1), aim: "<= 350 ms")
    table.add("learners who were heard", "\(delays.count) of \(Speech.paths.count)")
    table.print()
  }

  private func milliseconds(_ values: [Double], _ share: Double) -> String {
    "\(figure(percentile(values, share) * 1_000)) ms"
  }
}
