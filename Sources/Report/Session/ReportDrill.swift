/// What came of a drill, as a report tells it.
package struct ReportDrill: Equatable, Sendable {
  /// A sentence or two: what it was, and whether it was passed.
  package var verdict: String
  /// A row each: what, measured, asked, held (`yes`, `not yet` or nothing).
  package var rows: [[String]]

  /// Makes it.
  package init(verdict: String, rows: [[String]]) {
    self.verdict = verdict
    self.rows = rows
  }
}
