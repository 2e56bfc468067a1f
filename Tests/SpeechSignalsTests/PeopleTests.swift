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

  /// Made recordings: where they have silence and fillers, in seconds.
  private static let babbled: [(name: String, truth: (pauses: [(Double, Double)], fillers: [(Double, Double)]))] = [
    (
      "s1_slow_m",
      ([(0.0, 0.6), (4.44, 5.24), (11.89, 12.39), (15.99, 17.19), (23.0, 23.35), (27.87, 29.87), (32.1, 32.7)], [])
    ),
    (
      "s2_um_f",
      (
        [
          (0.0, 0.6), (2.77, 3.07), (3.61, 4.01), (6.7, 7.4), (9.91, 10.41), (11.73, 12.03), (13.54, 14.54),
          (14.83, 15.08), (17.38, 17.98), (18.73, 18.93), (19.52, 19.72), (21.97, 22.57),
        ], [(3.07, 3.61), (7.4, 7.79), (11.0, 11.73), (14.54, 14.83), (18.93, 19.52)]
      )
    ),
    (
      "s4_many_f",
      (
        [
          (0.0, 0.6), (1.23, 1.63), (4.97, 5.42), (6.35, 6.55), (8.94, 9.59), (10.04, 10.29), (11.65, 12.15),
          (13.07, 13.67), (17.01, 17.91), (20.19, 20.49), (22.37, 22.97),
        ],
        [
          (0.6, 1.23), (6.0, 6.35), (6.77, 7.04), (9.59, 10.04), (12.15, 13.07), (15.34, 15.88), (17.91, 18.24),
          (20.49, 20.73),
        ]
      )
    ),
  ]

  /// What is heard besides is invented.
  @Test func `speech under babble 10 dB softer has few events that are not there`() throws {
    var (minutes, fillers, pauses) = (0.0, 0, 0)
    for (name, truth) in Self.babbled {
      let sound = try #require(Sound.shared("synth/\(name)_babble10.wav"))
      let analysis = Analysis(sound)
      minutes += Double(sound.count) / Sound.rate / 60
      func isInvented(_ start: Double, _ end: Double, _ truth: [(Double, Double)]) -> Bool {
        !truth.contains { min($0.1, end) > max($0.0, start) }
      }
      fillers += analysis.fillers.count { isInvented($0.start, $0.end, truth.fillers) }
      pauses += analysis.pauses.count { isInvented($0.start, $0.end, truth.pauses) }
    }
    #expect(Double(fillers) <= minutes, "\(fillers) fillers in \(minutes) min")
    #expect(Double(pauses) <= 3 * minutes, "\(pauses) pauses in \(minutes) min")
  }
}
