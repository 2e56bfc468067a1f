import Testing

@testable import SpeechSignals

/// A few recordings of people, with what must not get lost in them; the full measure is a tool of its own.
@Suite(.enabled(if: Sound.shared("human/mfa_um.wav") != nil, "../shared/speech is absent"))
struct PeopleTests {
  @Test(arguments: [
    ("mfa_acoustic_corpus", [(8.02, 8.57), (14.53, 14.9), (22.9, 23.53)], 2),
    ("mfa_um", [(3.78, 5.17)], 1),
    ("mfa_crossword", [(1.98, 2.47), (5.82, 6.57)], 1),
    ("mfa_uhum", [(1.83, 2.28), (2.38, 2.88), (3.02, 3.78), (3.98, 4.71), (5.08, 5.9), (6.3, 6.66)], 4),
    ("ami_trn09", [(7.13, 7.55), (13.08, 13.47)], 1),
  ])
  func `an um is heard`(name: String, truth: [(Double, Double)], atLeast: Int) throws {
    let fillers = Analysis(try #require(Sound.shared("human/\(name).wav"))).fillers
    let heard = truth.filter { um in fillers.contains { min($0.end, um.1) - max($0.start, um.0) >= 0.1 } }
    #expect(heard.count >= atLeast)
    #expect(
      fillers.allSatisfy { $0.confidence >= 0.5 && $0.confidence <= 1 && $0.stillness >= 0 && $0.stillness <= 1 })
  }

  /// What is read, or said in a meeting without any, has at most one that is not there.
  @Test(arguments: ["librispeech_61-70968-0000", "mfa_breaths", "vosk_digits", "ami_trn03", "ami_trn07"])
  func `few are heard that are not there`(name: String) throws {
    #expect(Analysis(try #require(Sound.shared("human/\(name).wav"))).fillers.count <= 1)
  }

  @Test func `an um ends in a nasal, an uh does not`() throws {
    let one = try #require(Sound.shared("human/mfa_um.wav"))
    let um = try #require(Analysis(one).fillers.first)
    #expect(um.label == "um")
    let several = try #require(Sound.shared("human/mfa_uhum.wav"))
    let uh = try #require(Analysis(several).fillers.first { $0.start < 3.78 && $0.end > 3.02 })
    #expect(uh.label == "uh")
  }

  @Test(arguments: [("mfa_acoustic_corpus", 77), ("mfa_um", 8)])
  func `syllables are counted to a fifth`(name: String, truth: Int) throws {
    let count = Analysis(try #require(Sound.shared("human/\(name).wav"))).syllables.count
    #expect(abs(count - truth) * 5 <= truth)
  }

  /// Final consonants fade, so ends of speech are less sharp than its beginnings.
  @Test func `pauses in clean made speech are where they were put`() throws {
    let truth = [(4.4394, 5.2394), (11.8899, 12.3899), (15.9887, 17.1887), (22.9958, 23.3457), (27.8706, 29.8706)]
    let pauses = Analysis(try #require(Sound.shared("synth/s1_slow_m_clean.wav"))).pauses
    for (start, end) in truth {
      #expect(pauses.contains { abs($0.start - start) < 0.08 && abs($0.end - end) < 0.03 })
    }
  }
}
