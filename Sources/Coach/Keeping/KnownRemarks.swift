import History
import Practice

/// What is said of a session already, so that it is not said twice.
struct KnownRemarks {
  private var lines: Set<String>
  /// What others have said, without their names.
  private var saidByOthers: Set<String> = []

  /// Everything in `events`; the lines themselves from the place `start` on.
  init(_ events: [StoredEvent], from start: Int) {
    lines = Set(events[start...].map(\.line))
    for stored in events { note(stored) }
  }

  /// Whether it is there: a remark without a name also where somebody has been named as its author.
  func holds(_ stored: StoredEvent) -> Bool {
    if lines.contains(stored.line) { return true }
    guard let remark = Self.remark(stored), !remark.isOthers else { return false }
    return saidByOthers.contains(remark.words)
  }

  mutating func take(_ stored: StoredEvent) {
    lines.insert(stored.line)
    note(stored)
  }

  private mutating func note(_ stored: StoredEvent) {
    if let remark = Self.remark(stored), remark.isOthers { saidByOthers.insert(remark.words) }
  }

  /// What a comment or a judgement says of which moment or criterion, and whether somebody is named who is not the learner;
  /// nil for an event that is neither.
  private static func remark(_ stored: StoredEvent) -> (words: String, isOthers: Bool)? {
    guard ["comment", "assessed"].contains(stored.kind) else { return nil }
    switch EventLine.event(from: stored.line)?.kind {
    case .comment(let it): return ("\(it.start) \(it.text)", it.by != nil)
    case .assessed(let it) where it.judge != .ai:
      let level = it.level.map { "\($0)" } ?? "none"
      return ("\(it.rubric) \(it.criterion) \(level) \(it.reason ?? "")", it.name != nil)
    default: return nil
    }
  }
}
