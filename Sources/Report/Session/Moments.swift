import Practice
import Terminal

/// Moments of a session that somebody pointed at: marks and cues of the take, comments of afterwards, in order of time.
struct Moment: Equatable {
  enum Kind: String, Equatable { case mark, comment, cue }
  var seconds: Double
  var kind: Kind
  /// Who pointed; empty for the program itself.
  var who: String
  var text: String

  /// The moments of `session`.
  static func all(of session: Session) -> [Moment] {
    let marks = session.marks.map {
      Moment(seconds: $0.seconds, kind: .mark, who: "You", text: printed($0.label ?? "", limit: 2_000))
    }
    let comments = session.comments.map {
      Moment(
        seconds: $0.start, kind: .comment, who: $0.by.map { printed($0, limit: 200) } ?? "You", text: printed($0.text))
    }
    let cues = session.cues.map {
      Moment(
        seconds: $0.seconds, kind: .cue, who: "", text: "\u{201C}\(printed($0.cue.words, limit: 200))\u{201D} was shown"
      )
    }
    return (marks + comments + cues).enumerated()
      .sorted { ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset) }.map(\.element)
  }

  /// What it is, in words.
  var kindWords: String { kind.rawValue }
}
