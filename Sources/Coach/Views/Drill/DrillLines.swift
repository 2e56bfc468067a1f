import Practice

/// A drill in sentences, for screen readers and logs.
enum DrillLines {
  /// The lines of an event of a drill, given the session after it.
  static func lines(for event: SessionEvent, _ session: Session) -> [String] {
    guard let run = session.drill else { return [] }
    switch event.kind {
    case .drill(let start): return ["drill: \(start.drill.name)"]
    case .step: return run.step.map { ["\($0.name): \($0.instruction)"] } ?? []
    case .drilled(let result): return result.rows.map { "\($0.label): \($0.value)" }
    default: return []
    }
  }
}
