package import Practice

/// A stretch of text of a session, to be found by its words.
///
/// Whoever makes it may cut as finely as the times are known, a word or a phrase each: transcript that follows on
/// transcript is joined, and a hit is placed at the piece it begins in.
package struct IndexedText: Equatable, Sendable {
  /// What a text is.
  package enum Kind: String, Equatable, Sendable, CaseIterable {
    /// Words as they were heard, or as corrected.
    case transcript
    /// A comment on a moment.
    case comment
    /// A note of the session itself.
    case note
    /// A turn of the talk with the tutor.
    case turn
    /// The session's title, its talk and its tags: `History` makes it from the index.
    case title
  }

  /// Audio time at which it begins, in seconds.
  package var seconds: Double
  /// What it is.
  package var kind: Kind
  /// The words.
  package var text: String

  /// Makes a text.
  package init(seconds: Double, kind: Kind, text: String) {
    self.seconds = seconds
    self.kind = kind
    self.text = text
  }
}

/// A number of a session, by which trends are drawn and lists sorted.
package struct SessionFigure: Equatable, Sendable {
  /// Its name, as in `pace` or `score.rostrum.overall`.
  package var name: String
  /// The number, in the unit its name stands for. One that is not finite is not kept.
  package var value: Double
  /// The ends of its interval, where it has one.
  package var low: Double?
  package var high: Double?

  /// Makes a figure.
  package init(name: String, value: Double, low: Double? = nil, high: Double? = nil) {
    self.name = name
    self.value = value
    self.low = low
    self.high = high
  }
}

/// The attempt at a drill that a session is.
package struct IndexedDrill: Equatable, Sendable {
  /// The drill's id.
  package var id: String
  /// The skill it trains.
  package var skill: String
  /// Whether it was done so far that the schedule is to know of it.
  package var isDone: Bool
  /// How it went; nil where it is never graded.
  package var grade: DrillGrade?

  /// Makes an attempt.
  package init(id: String, skill: String, isDone: Bool, grade: DrillGrade? = nil) {
    self.id = id
    self.skill = skill
    self.isDone = isDone
    self.grade = grade
  }
}

/// What a session is found, listed and compared by: made from its events, and made anew whenever these change.
package struct SessionIndex: Equatable, Sendable {
  /// The version of the rules it was made by, 1 and up: see `History.unindexed`.
  package var version: Int
  /// What the session is called from now on; nil where it has no name.
  package var title: String?
  /// The talk it is a take of: equal for two takes of one talk.
  package var talk: String?
  /// The context whose bands it is judged by.
  package var context: String?
  /// Its tags; doubles and empty ones are left out.
  package var tags: [String]
  /// The score it is listed by, 0 to 100.
  package var score: Double?
  /// Its figures; of two with one name the last one counts.
  package var figures: [SessionFigure]
  /// Its texts, those of one kind in the order of time.
  package var texts: [IndexedText]
  /// The attempt at a drill that it is; nil where it is none.
  package var drill: IndexedDrill?

  /// Makes an index.
  package init(
    version: Int, title: String? = nil, talk: String? = nil, context: String? = nil, tags: [String] = [],
    score: Double? = nil, figures: [SessionFigure] = [], texts: [IndexedText] = [],
    drill: IndexedDrill? = nil
  ) {
    self.version = version
    self.title = title
    self.talk = talk
    self.context = context
    self.tags = tags
    self.score = score
    self.figures = figures
    self.texts = texts
    self.drill = drill
  }
}
