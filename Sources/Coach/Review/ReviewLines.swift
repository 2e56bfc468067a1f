import Practice
import Report
import Terminal

/// A past session in lines: what happened, as a rehearsal tells it, then what came of it.
enum ReviewLines {
  /// The lines of `past`, what happened before `seconds` left out.
  static func lines(of past: PastSession, from seconds: Double) -> [String] {
    var plain = PlainLines()
    var replay = past.replay
    var lines: [String] = []
    for event in past.events {
      if case .cluster(let cluster) = event.kind, !past.session.clusters.contains(cluster) { continue }
      let isOver = if case .ended = event.kind { true } else { false }
      if !isOver { replay.seek(to: event.seconds) }
      let told = plain.lines(for: event, isOver ? past.session : replay.session)
      if event.seconds >= seconds { lines += told }
      if isOver { break }
    }
    return lines + OutcomeLines.plain(past) + scores(past)
  }

  /// The scores of every rubric with their intervals, a line each.
  private static func scores(_ past: PastSession) -> [String] { past.scores.flatMap { ScoreLines.plain($0) } }
}
