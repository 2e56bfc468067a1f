import Practice
import Report
import Terminal

/// A past session in lines: what happened, as a rehearsal tells it, then what came of it.
enum ReviewLines {
  /// The lines of `past`, what happened before `seconds` left out.
  static func lines(of past: PastSession, from seconds: Double) -> [String] {
    var plain = PlainLines()
    var session = Session()
    var lines: [String] = []
    for event in past.events {
      _ = session.apply(event)
      let told = plain.lines(for: event, session)
      if event.seconds >= seconds { lines += told }
    }
    return lines + after(past)
  }

  /// What came of it: scores, notes, the next thing to do.
  static func after(_ past: PastSession) -> [String] {
    let scores = past.scores.flatMap { ScoreLines.plain($0) }
    let next = past.nextStep.map { ["next: \($0)"] } ?? []
    return scores + next
  }
}
