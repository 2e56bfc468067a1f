/// A frame to hold a short talk by: what to say first, next and last.
package struct TalkFrame: Equatable, Sendable {
  /// As a drill's front matter names it: `prep`.
  package var id: String
  /// What people call it.
  package var name: String
  /// Its parts in order, each a few words.
  package var parts: [String]

  private init(_ id: String, _ name: String, _ parts: String...) {
    self.id = id
    self.name = name
    self.parts = parts
  }

  /// The name in a front matter for talking without a frame.
  package static let none = "none"

  /// All frames, those that suit most topics first.
  package static let all: [TalkFrame] = [
    TalkFrame("prep", "point, reason, example, point", "Point", "Reason", "Example", "Point again"),
    TalkFrame("what-so-now", "what, so what, now what", "What happened", "So what", "Now what"),
    TalkFrame("past-present-future", "past, present, future", "How it was", "How it is", "How it will be"),
    TalkFrame("problem-cause-solution", "problem, cause, solution", "Problem", "Cause", "Solution", "First step"),
    TalkFrame("pro-con", "for, against, conclusion", "For", "Against", "My conclusion"),
    TalkFrame("five-w", "five questions", "Who", "What", "When", "Where", "Why"),
    TalkFrame("star", "situation, task, action, result", "Situation", "Task", "Action", "Result"),
    TalkFrame("then-but-so", "a story: and, but, so", "Once", "But then", "So", "Since then"),
    TalkFrame("three-points", "three points", "First", "Second", "Third", "In a sentence"),
    TalkFrame("near-far", "me, us, everybody", "For me", "For us here", "For everybody"),
    TalkFrame("claim-counter", "claim, objection, answer", "What I claim", "What is said against it", "My answer"),
    TalkFrame("thanks", "thanks", "What you did", "What it meant", "What I shall do with it"),
  ]

  /// The frame called `id`; nil for a name that is none.
  package static func named(_ id: String) -> TalkFrame? { all.first { $0.id == id } }

  /// What a front matter may name.
  package static let names = [none] + all.map(\.id)

  /// The row of the front matter that chooses a frame.
  static func parameter(_ standard: String) -> DrillParameter {
    DrillParameter("frame", .choice(names), .text(standard), "the frame to talk by, none for no frame")
  }
}
