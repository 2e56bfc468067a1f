import Foundation
import Testing

@testable import SpeechSignals

/// Laughter with a voice is no speech; what resembles it and is speech stays speech.
@Suite struct LaughterTests {
  private static let talk = Sound.picture(
    String(repeating: "ssssssss.ssssssssssssss......", count: 4) + "..|")
  /// When the laughter begins, in seconds.
  private static let start = Double(talk.count) / Sound.rate

  /// The talk at 120 Hz, a pause, what is given, a pause, and the talk once more.
  private static func around(_ laughter: LaughterSound, seed: UInt64 = 5) -> [Float] {
    let room = Sound.noise(seconds: laughter.seconds, amplitude: 0.0003, seed: 9)
    let middle = zip(laughter.samples(seed: seed), room).map { $0 + $1 }
    return talk + middle + Sound.picture("......ssssssss....|")
  }

  /// The part of the laughter that was told to be speech, and the syllables told in it.
  private static func told(_ laughter: LaughterSound, seed: UInt64 = 5) -> (share: Double, syllables: Int) {
    let analysis = Analysis(around(laughter, seed: seed))
    let end = start + Double(laughter.calls) / laughter.rate
    let seconds = analysis.phrases.reduce(0) { $0 + max(0, min(end, $1.end) - max(start, $1.start)) }
    return (seconds / (end - start), analysis.syllables.filter { (start - 0.05...end + 0.1).contains($0) }.count)
  }

  /// Pitch, beat, length of a call and vowel of men and women.
  private static let people = [
    (200.0, 4.0, 0.12, [650.0, 1300, 2500]), (270, 4.8, 0.1, [700, 1250, 2600]), (280, 4.8, 0.1, [650, 1300, 2500]),
    (330, 5.5, 0.08, [550, 1500, 2500]), (405, 4.5, 0.09, [750, 1450, 2900]), (450, 5.5, 0.08, [600, 1900, 2900]),
  ]

  /// Eighteen bouts each. The first calls were syllables before the
  /// third told what they were, but no phrase.
  @Test(arguments: [4, 8, 20]) func `most bouts leave no phrase and two syllables at most`(calls: Int) {
    var heard = 0
    for (hertz, rate, voice, vowel) in Self.people {
      for seed: UInt64 in [5, 6, 7] {
        let decay = calls > 10 ? 0.5 : 1
        let laughter = LaughterSound(
          hertz: hertz, calls: calls, rate: rate, voice: voice, vowels: [vowel], decay: decay)
        let told = Self.told(laughter, seed: seed)
        if told.syllables <= 2, told.share < 0.05 { heard += 1 }
      }
    }
    #expect(heard >= 16)
  }

  @Test func `the pauses around the first calls meet`() {
    let laughter = LaughterSound(calls: 8)
    let pauses = Analysis(Self.around(laughter)).pauses.suffix(2)
    #expect(pauses.first?.end == pauses.last?.start, "\(pauses)")
    #expect(abs((pauses.last?.end ?? 0) - (Self.start + laughter.seconds + 0.6)) < 0.1)
  }

  /// Four calls at the speaker's own pitch are laughter, if breath is heard between them; "ha ha ha" is speech.
  @Test(arguments: [(125.0, 8, true), (110, 8, true), (160, 6, true), (125, 3, false), (110, 2, false)])
  func `who laughs low is heard by the breath`(hertz: Double, calls: Int, isLaughter: Bool) {
    let told = Self.told(LaughterSound(hertz: hertz, calls: calls))
    #expect((told.share < 0.1) == isLaughter, "\(told)")
  }

  /// Nothing is known about the speaker's pitch, so it takes four calls.
  @Test func `most who laugh before the first word have not spoken yet`() {
    var heard = 0
    for (hertz, rate, voice, vowel) in Self.people {
      for seed: UInt64 in [5, 6, 7] {
        let laughter = LaughterSound(hertz: hertz, calls: 8, rate: rate, voice: voice, vowels: [vowel])
        let room = Sound.noise(seconds: laughter.seconds, amplitude: 0.0003, seed: 9)
        let sound = zip(laughter.samples(seed: seed), room).map { $0 + $1 }
        let analysis = Analysis(Sound.picture("..........|") + sound + Sound.picture("......|") + Self.talk)
        if (analysis.phrases.first?.start ?? 0) > 1 + laughter.seconds { heard += 1 }
      }
    }
    #expect(heard >= 16, "\(heard)")
  }

  /// Each differs from laughter in one respect.
  @Test(arguments: [
    ("closures", LaughterSound(breath: nil)), ("murmurs", LaughterSound(breath: nil, murmurs: true)),
    ("low, with closures", LaughterSound(hertz: 125, breath: nil)),
    ("a murmur through the breath", LaughterSound(murmurs: true)),
    ("changing vowels", LaughterSound(vowels: [[650, 1300, 2500], [350, 2100, 2800], [400, 900, 2300]])),
    ("long vowels", LaughterSound(rate: 3, voice: 0.26)), ("slow", LaughterSound(rate: 2)),
    ("twice", LaughterSound(calls: 2)),
  ])
  func `what is speech by one figure stays speech`(figure: String, sound: LaughterSound) {
    let told = Self.told(sound)
    #expect(told.syllables >= sound.calls - 1, "\(figure): \(told)")
  }

  @Test func `laughter leaves the talk around it as it is`() {
    let laughter = LaughterSound(calls: 10)
    let with = Analysis(Self.around(laughter)), without = Analysis(Self.talk)
    let before = without.pauses.filter { $0.end < Self.start - 1 }
    #expect(Array(with.pauses.prefix(before.count)) == before)
    #expect(abs((with.phrases.last?.start ?? 0) - (Self.start + laughter.seconds + 0.6)) < 0.1, "\(with.phrases)")
    #expect(
      with.found.allSatisfy { found in
        if case .syllable(let time) = found.finding { found.at - time <= 0.35 } else { true }
      })
  }

  @Test func `somebody who laughs does not run on`() {
    let sound = Self.around(LaughterSound(calls: 14))
    let first = Int(100 * (Self.start + 1)), last = Int(100 * (Self.start + 2.6))
    for reading in Analysis(sound).readings[first...last] {
      #expect(!reading.isSpeech && reading.runSeconds == 0, "\(reading.frame)")
    }
  }

  private static func hearsLaughter(_ sound: [Float]) -> Bool {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(sound.span, into: &results)
    return analyzer.laughter.end > 0
  }

  @Test(.enabled(if: Sound.reader != nil, "pocketsphinx-testdata is absent"))
  func `a reader does not laugh`() throws { #expect(!Self.hearsLaughter(try #require(Sound.reader))) }

  @Test(
    .enabled(if: Sound.shared("human/mfa_um.wav") != nil, "../shared/speech is absent"),
    arguments: ["human/mfa_acoustic_corpus", "human/mfa_cold_corpus", "human/vosk_digits", "synth/s6_fast_m_clean"])
  func `who speaks does not laugh`(name: String) throws {
    #expect(!Self.hearsLaughter(try #require(Sound.shared("\(name).wav"))))
  }

  /// The only voiced calls between words in the meetings: a colleague laughs from 15.7 to 16.5 s.
  @Test(.enabled(if: Sound.shared("human/ami_trn09.wav") != nil, "../shared/speech is absent"))
  func `a laugh in a meeting is heard`() throws {
    let sound = try #require(Sound.shared("human/ami_trn09.wav"))
    #expect(!Self.hearsLaughter(Array(sound.prefix(15 * 16_000))))
    #expect(Self.hearsLaughter(sound))
  }
}
