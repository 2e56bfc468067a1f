import SpeechSignals

/// A pace in words a minute, worked out from syllables or counted, and how far it may be trusted.
///
/// Errors add in quadrature, as factors (logarithms), for all are relative. What talk brings by chance falls with the
/// square root of its length: which words the speaker happened to use (syllables a word differ by 17 % from one 5 s
/// window to the next, by 6 % over 30 s) and which syllables were missed. What belongs to the speaker, the style and the
/// room stays: long or short words, swallowed syllables, noise heard as syllables. That part is not even: people who
/// talk fast and freely lose up to a quarter of their syllables to the detector, while words that are longer than the
/// average make an eighth too much. So the two halves of the band have widths of their own, as a normal distribution of
/// two pieces has them (Wallis 2014, "The two-piece normal, binormal, or double Gaussian distribution"). Fitted on
/// windows of 10 to 30 s of read, free and meeting speech of nine recordings; without the meetings the upper part
/// would be .13, and they would lie above it. Counted words with a script, and words of the general model together with
/// syllables, have narrower bands, which eight and nine of ten recordings of people lie in.
package struct WordsEstimate: Equatable, Sendable {
  /// How far a kind of pace is off: standard deviations of its logarithm.
  private struct Spread {
    /// The part that stays, where the truth is lower and where it is higher.
    var below: Double
    var above: Double
    /// The variance of the part that chance brings to one second of talk.
    var varianceOfASecond: Double
  }

  private static func spread(of source: PaceSource) -> Spread {
    switch source {
    case .syllables: Spread(below: 0.15, above: 0.22, varianceOfASecond: 0.26)
    // Words lost by the recogniser and by the syllables are not the same; what both lose stays lost.
    case .both: Spread(below: 0.07, above: 0.12, varianceOfASecond: 0.15)
    // One word in seven wrong at 2.5 words a second: counts differ by chance as much.
    case .words: Spread(below: 0.05, above: 0.09, varianceOfASecond: 0.06)
    }
  }
  /// What counts as right for the confidence: within a fifth, as a logarithm.
  private static let aFifth = 0.1823

  /// The estimate in words a minute, 0 and above.
  package let wordsPerMinute: Double
  /// Where the true pace lies in four cases of five, in words a minute.
  package let band: ClosedRange<Double>
  /// The chance that the true pace is within a fifth of the estimate, 0 to 1; for syllables never above 0.7, for the part that
  /// stays.
  package let confidence: Double

  /// The trust in a pace over so many seconds of talk, short pauses included; below 1 s counts as 1 s.
  ///
  /// `noisyShare` of them, 0 to 1, were too noisy to tell speech from silence, which makes syllables and not words.
  package init(
    wordsPerMinute: Double, seconds: Double, noisyShare: Double = 0, source: PaceSource = .syllables
  ) {
    let spread = Self.spread(of: source)
    let pace = wordsPerMinute.isFinite ? max(0, wordsPerMinute) : 0
    let chance = spread.varianceOfASecond / (seconds.isFinite ? max(1, seconds) : 1)
    let noise = source == .words ? 0 : DetectorError.syllables(inNoise: noisyShare)
    let below = (spread.below * spread.below + noise * noise + chance).squareRoot()
    let above = (spread.above * spread.above + chance).squareRoot()
    self.wordsPerMinute = pace
    band = pace / exp(of: Estimate.deviations * below)...pace * exp(of: Estimate.deviations * above)
    // Each piece holds a part of the whole as large as its width.
    let right = below * Self.chance(within: Self.aFifth / below) + above * Self.chance(within: Self.aFifth / above)
    confidence = right / (below + above)
  }

  /// The chance that a normal deviate lies within `z` standard deviations of its mean.
  ///
  /// Page (1977), "Approximations to the cumulative normal function and its inverse": off by less than 0.0003.
  private static func chance(within z: Double) -> Double {
    let power = exp(of: 2 * 0.797_884_6 * (z + 0.044_715 * z * z * z))
    return (power - 1) / (power + 1)
  }
}

extension Bands {
  /// The words a minute of a syllable rate that was measured over so many seconds of talk, with their trust.
  package func words(syllablesPerSecond: Double, seconds: Double, noisyShare: Double = 0) -> WordsEstimate {
    WordsEstimate(
      wordsPerMinute: wordsPerMinute(syllablesPerSecond: syllablesPerSecond), seconds: seconds, noisyShare: noisyShare)
  }
}

extension Session {
  /// The pace with its trust, over the talk that stands behind it; nil where `pace` is.
  package var paceEstimate: WordsEstimate? {
    pace.map {
      WordsEstimate(
        wordsPerMinute: $0, seconds: min(tally.speechSeconds, Self.paceWindowSeconds), source: paceSource ?? .syllables)
    }
  }

  /// The talk time the live pace is taken over, in seconds.
  private static var paceWindowSeconds: Double { AnalyzerSettings().paceWindowSeconds }
}

extension Summary {
  /// The pace with its trust, over speech and pauses; nil where there is no pace.
  package var paceEstimate: WordsEstimate? {
    wordsPerMinute.map {
      WordsEstimate(wordsPerMinute: $0, seconds: speechSeconds + pauseSeconds, source: paceSource)
    }
  }
}
