import Practice
import Report

/// What is kept of drills beside their sessions, as tables for people and other programs.
enum PracticeTables {
  /// Reviews, in their order.
  static func reviews(_ reviews: [Review]) -> String {
    table(
      "at_ms,utc_offset_seconds,drill,grade,session",
      reviews.map {
        ["\($0.atMilliseconds)", "\($0.utcOffset)", $0.drill, $0.grade?.name ?? "", $0.session ?? ""]
      })
  }

  /// Assignments, in their order, with the moment of the attempt that settled each.
  static func assignments(_ assignments: [Assignment], _ reviews: [Review]) -> String {
    table(
      "at_ms,drill,by,note,due_ms,done_ms",
      assignments.map {
        [
          "\($0.atMilliseconds)", $0.drill, $0.by, $0.note, $0.dueMilliseconds.map { "\($0)" } ?? "",
          $0.done(in: reviews).map { "\($0.atMilliseconds)" } ?? "",
        ]
      })
  }

  private static func table(_ head: String, _ rows: [[String]]) -> String {
    ([head] + rows.map { $0.map(AnalysisTable.cell).joined(separator: ",") }).map { $0 + "\r\n" }.joined()
  }
}
