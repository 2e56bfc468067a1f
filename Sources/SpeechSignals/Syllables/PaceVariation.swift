/// How much the pace varies from one run of speech to the next.
///
/// The coefficient of variation of the articulation rate (syllables over the length of a run, pauses left out): the
/// standard deviation over runs, each weighted by its length, divided by the rate over all of them. Runs under a second
/// are left out, for one syllable more or less would be a change of a quarter. Where it was measured, a
/// reader had 0.05, free talk 0.2. Sums only, so memory is constant.
package struct PaceVariation: Equatable, Sendable {
  /// The shortest run that counts, in seconds.
  package static let shortestRunSeconds = 1.0
  /// How many runs there must be.
  package static let leastRuns = 4

  /// The runs that counted so far.
  package private(set) var runs = 0
  private var seconds = 0.0
  private var syllables = 0.0
  private var squares = 0.0

  /// No runs yet.
  package init() {}

  /// Takes in a run of speech.
  package mutating func add(_ run: Phrase) {
    let length = run.end - run.start
    guard length >= Self.shortestRunSeconds, run.syllables > 0 else { return }
    let count = Double(run.syllables)
    runs += 1
    seconds += length
    syllables += count
    squares += count * count / length
  }

  /// The articulation rate over the runs that counted, in syllables a second; nil without any.
  package var articulationRate: Double? { seconds > 0 ? syllables / seconds : nil }

  /// The coefficient of variation, 0 and above; nil below `leastRuns` runs.
  package var coefficient: Double? {
    guard runs >= Self.leastRuns, let rate = articulationRate, rate > 0 else { return nil }
    return max(0, squares / seconds - rate * rate).squareRoot() / rate
  }
}
