/// How sure the ear must be of a filler for it to count, learned from what a person said of those it heard.
///
/// A filler that was confirmed or given another name was one; a removed one was none. For each label the least
/// confidence is taken at which enough of what is heard is right. What was judged is few and picked out by a person, so
/// `priorCount` fillers that nobody judged, most of them right, are thought beside it, and below `leastDecisions`
/// nothing is learned. A kind that people confirm is never lost: half of those they confirmed would still be heard.
package struct FillerThresholds: Equatable, Sendable {
  /// What was learned about one label.
  package struct Entry: Equatable, Sendable {
    /// As the machine writes it.
    package var label: String
    /// The least confidence at which it counts, 0 to `highest`; 0 where everything counts.
    package var least: Double
    /// How many were said to be right and wrong.
    package var right: Int
    package var wrong: Int
    /// How many of the wrong ones, and of the right ones, would not count any more.
    package var keptOut: Int
    package var lost: Int

    /// The entry in a sentence.
    package var sentence: String {
      let judged = right + wrong
      guard judged >= FillerThresholds.leastDecisions else {
        return "\"\(label)\" counts as heard: \(judged) judged, \(FillerThresholds.leastDecisions) are needed."
      }
      guard least > 0 else { return "\"\(label)\" counts as heard: of \(judged) judged \(right) were right." }
      return
        "\"\(label)\" counts from a confidence of \(decimal(least, 2)) on: of \(judged) judged \(wrong) were wrong, "
        + "\(keptOut) of those lie below it, and \(lost) of the right ones."
    }
  }

  /// Decisions about a label from which on something is learned.
  package static let leastDecisions = 8
  /// The highest threshold there is.
  package static let highest = 0.9
  /// The share that must be right.
  package static let leastPrecision = 0.75
  /// Fillers thought beside those that were judged, and the share of them that is right.
  static let priorCount = 4.0, priorPrecision = 0.8
  /// Labels that something is learned about at most, as many as a beginning keeps.
  static let labelLimit = Afterwards.entryLimit

  /// By label.
  package private(set) var entries: [Entry] = []

  /// What is handed to `Beginning.fillerThresholds`: labels with a threshold above 0.
  package var thresholds: [String: Double] {
    Dictionary(entries.filter { $0.least > 0 }.map { ($0.label, $0.least) }, uniquingKeysWith: { first, _ in first })
  }

  /// What was learned, a sentence for each label.
  package var sentences: [String] { entries.map(\.sentence) }

  /// Learns from the corrections of several sessions, each in the order they were made.
  package init(from sessions: [[Correction]]) {
    var judged: [String: [(confidence: Double, isRight: Bool)]] = [:]
    for corrections in sessions {
      for decision in FillerThresholds.latest(of: corrections) {
        guard let label = decision.was ?? decision.text, let confidence = decision.confidence else { continue }
        judged[label, default: []].append((confidence, decision.change != .removed))
      }
    }
    entries = judged.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(FillerThresholds.labelLimit)
      .map { FillerThresholds.entry($0.key, $0.value) }.sorted { $0.label < $1.label }
  }

  /// The thresholds learned from the corrections of several sessions.
  package static func learned(from sessions: [[Correction]]) -> [String: Double] {
    FillerThresholds(from: sessions).thresholds
  }

  /// The last word about each filler that the machine heard.
  private static func latest(of corrections: [Correction]) -> [Correction] {
    var latest: [String: Correction] = [:]
    for correction in corrections {
      guard [.confirmed, .relabelled, .removed].contains(correction.change) else { continue }
      let place = "\(correction.start) \(correction.end)"
      // What a person had confirmed before has no confidence of the machine's any more: its first one counts.
      var decision = correction
      if let before = latest[place] { (decision.was, decision.confidence) = (before.was, before.confidence) }
      latest[place] = decision
    }
    return Array(latest.values)
  }

  private static func entry(_ label: String, _ judged: [(confidence: Double, isRight: Bool)]) -> Entry {
    let right = judged.filter(\.isRight).map(\.confidence).sorted()
    let wrong = judged.filter { !$0.isRight }.map(\.confidence)
    var least = 0.0
    if judged.count >= leastDecisions {
      let ceiling = min(highest, right.isEmpty ? highest : right[right.count / 2])
      let steps = [0.0] + wrong.map { min($0 + 0.01, highest).rounded(places: 2) }.filter { $0 <= ceiling }.sorted()
      least =
        steps.first { precision(right, wrong, from: $0) >= leastPrecision }
        ?? steps.max { precision(right, wrong, from: $0) < precision(right, wrong, from: $1) } ?? 0
    }
    return Entry(
      label: label, least: least, right: right.count, wrong: wrong.count, keptOut: wrong.count { $0 < least },
      lost: right.count { $0 < least })
  }

  /// The share of what counts from `least` on that is right, with what is thought beside it.
  private static func precision(_ right: [Double], _ wrong: [Double], from least: Double) -> Double {
    let (good, bad) = (Double(right.count { $0 >= least }), Double(wrong.count { $0 >= least }))
    return (good + priorCount * priorPrecision) / (good + bad + priorCount)
  }
}
