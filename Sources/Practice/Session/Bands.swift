/// The bands a session is judged by: dead-bands, not targets.
///
/// Inside a band nothing is said. Defaults from the evidence in the product study: a quiet zone of 140–160 words a
/// minute, usable 120–175, worth a word only below 110 or above 190 when sustained; up to five fillers a minute cost
/// a speaker nothing with listeners, twelve do (Laske & DiGennaro Reed 2024).
package struct Bands: Equatable, Sendable {
  /// Words a minute: comfortable, usable, and where a cue may be given outside.
  package var comfortable: ClosedRange<Double>
  package var usable: ClosedRange<Double>
  package var flagged: ClosedRange<Double>
  /// Fillers a minute from which to watch and to act.
  package var fillersToWatch: Double
  package var fillersToAct: Double
  /// Syllables in an average word, the step from syllables to words a minute: people who read have 1.46, people who
  /// talk freely 1.35 (signal study §2.2); a prepared talk lies between.
  package var syllablesPerWord: Double

  /// Makes bands; the defaults are for a prepared talk in English.
  package init(
    comfortable: ClosedRange<Double> = 140...160, usable: ClosedRange<Double> = 120...175,
    flagged: ClosedRange<Double> = 110...190, fillersToWatch: Double = 5, fillersToAct: Double = 12,
    syllablesPerWord: Double = 1.4
  ) {
    self.comfortable = comfortable
    self.usable = usable
    self.flagged = flagged
    self.fillersToWatch = fillersToWatch
    self.fillersToAct = fillersToAct
    self.syllablesPerWord = syllablesPerWord
  }

  /// Words a minute estimated from a syllable rate.
  package func wordsPerMinute(syllablesPerSecond: Double) -> Double {
    syllablesPerSecond * 60 / max(syllablesPerWord, 0.1)
  }

  /// Where a pace in words a minute sits.
  package func place(ofPace pace: Double) -> PaceBand {
    switch pace {
    case ..<flagged.lowerBound: .verySlow
    case ..<usable.lowerBound: .slow
    case ..<comfortable.lowerBound: .unhurried
    case ...comfortable.upperBound: .comfortable
    case ...usable.upperBound: .brisk
    case ...flagged.upperBound: .fast
    default: .veryFast
    }
  }

  /// How much a rate of fillers a minute asks for attention.
  package func attention(toFillersPerMinute rate: Double) -> Attention {
    rate >= fillersToAct ? .act : rate > fillersToWatch ? .watch : .fine
  }
}

/// Where a pace sits among the bands, in words.
package enum PaceBand: String, CaseIterable, Sendable {
  case verySlow = "very slow"
  case slow, unhurried, comfortable, brisk, fast
  case veryFast = "very fast"

  /// How much this pace asks for attention.
  package var attention: Attention {
    switch self {
    case .unhurried, .comfortable, .brisk: .fine
    case .slow, .fast: .watch
    case .verySlow, .veryFast: .act
    }
  }
}

/// Three degrees of attention, each shown by a word or a glyph as well as by a colour.
package enum Attention: Int, Comparable, Sendable {
  case fine, watch, act

  package static func < (a: Attention, b: Attention) -> Bool { a.rawValue < b.rawValue }
}
