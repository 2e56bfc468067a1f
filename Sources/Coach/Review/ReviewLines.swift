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
    return lines + after(past)
  }

  /// What came of it: scores, notes, the next thing to do.
  static func after(_ past: PastSession) -> [String] {
    let scores = past.scores.flatMap { ScoreLines.plain($0) }
    let notes = past.session.comments.map {
      clockTime($0.start) + " " + ($0.by.map { "note by " + $0 } ?? "note") + ": " + $0.text
    }
    let next = past.nextStep.map { ["next: \($0)"] } ?? []
    return notes + scores + next
  }
}
