/// How a kind of drill is done and measured: its steps, what is on the screen in each, and the figures of an attempt.
///
/// All of it is a fold over the events of the attempt, so that a live attempt, a replay and one that is watched say the
/// same. A kind works figures out; whether they pass, and with which grade, is the drill's own rule (`DrillVerdict`).
package protocol Exercise: Sendable {
  /// What its front matter may hold beside what every drill has.
  static var parameters: [DrillParameter] { get }
  /// What it can measure; rules and trends name these.
  static var measures: [DrillMeasure] { get }
  /// Whether its attempts need the level and pitch of the learner step by step, as `contour` events.
  static var needsContours: Bool { get }
  /// Why `drill` cannot be done as it is, nil where it can: what no single value shows (nothing to read, no mark).
  static func problem(_ drill: Drill) -> String?
  /// Markdown to be read aloud in the whole attempt, nil where nothing is: the recogniser listens for it, the prompter
  /// follows it. What is read three times stands in it three times.
  static func script(_ drill: Drill) -> String?
  /// What is done, in order; never empty.
  static func steps(_ start: DrillStart) -> [DrillStep]
  /// The steps, now that the one at `place` is about to begin, with what only the attempt so far can tell: which half
  /// minute of it is heard again, or that nothing is left to do. Those before `place` stay as they are.
  static func steps(_ steps: [DrillStep], from place: Int, in session: Session) -> [DrillStep]
  /// Whether the step under way is over before its time: read to its end, answered.
  static func isOver(_ step: DrillStep, in session: Session) -> Bool
  /// What a step that is over was worth, 0 to 1, once its contours have come; nil for what is not scored step by step.
  static func score(of span: DrillRun.Span, in run: DrillRun) -> Double?
  /// What is on the screen now.
  static func scene(_ session: Session) -> DrillScene
  /// How the attempt stands, as one number from 0 to 1 for ghosts beside it: marks hit so far of all marks, say.
  static func progress(_ session: Session) -> Double
  /// What was measured; asked once everything has been heard, and by a review.
  static func finding(_ session: Session) -> DrillFinding
}

extension Exercise {
  package static var needsContours: Bool { false }
  package static func problem(_ drill: Drill) -> String? { nil }
  package static func script(_ drill: Drill) -> String? { nil }
  package static func steps(_ steps: [DrillStep], from place: Int, in session: Session) -> [DrillStep] { steps }
  package static func isOver(_ step: DrillStep, in session: Session) -> Bool { false }
  package static func score(of span: DrillRun.Span, in run: DrillRun) -> Double? { nil }
  package static func progress(_ session: Session) -> Double { session.drill?.shareDone ?? 0 }
}

/// A value that a kind of drill takes from the front matter: checked, documented and read by this one table.
package struct DrillParameter: Equatable, Sendable {
  /// What may stand there.
  package enum Shape: Equatable, Sendable {
    case number(ClosedRange<Double>)
    case whole(ClosedRange<Int>)
    /// `90s`, `1:30`, `2m`; a bare number is seconds.
    case seconds(ClosedRange<Double>)
    case choice([String])
    case text(limit: Int)
    /// Lines of text, so many of them.
    case texts(ClosedRange<Int>, limit: Int)
    case numbers(ClosedRange<Int>, each: ClosedRange<Double>)
    /// `ship/sheep`: two words each.
    case pairs(ClosedRange<Int>)
  }

  package var name: String
  package var shape: Shape
  /// Used where the file does not say; nil for what it must say.
  package var standard: DrillValue?
  /// One line for docs/FORMATS.md and for complaints.
  package var what: String

  /// Makes a row.
  package init(_ name: String, _ shape: Shape, _ standard: DrillValue?, _ what: String) {
    self.name = name
    self.shape = shape
    self.standard = standard
    self.what = what
  }
}

/// Something that a kind of drill measures.
package struct DrillMeasure: Equatable, Sendable {
  /// As rules name it: `hits`.
  package var name: String
  /// What people call it: `marks hit`.
  package var label: String
  /// As said behind a number: `words a minute`; empty for none, `%` for shares, whose values are 0 to 1.
  package var unit: String
  /// Which way is better.
  package var better: Better
  /// Decimals shown.
  package var places: Int

  /// Makes a row.
  package init(
    _ name: String, _ label: String, _ unit: String = "", better: Better = .more, places: Int = 0
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.better = better
    self.places = places
  }
}
