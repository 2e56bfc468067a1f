/// A short exercise as its file describes it: what is done, what is measured, and when it is passed.
///
/// A value with everything resolved, defaults too, so that an attempt can be replayed and judged after its file has
/// changed or gone: the whole of it travels in the attempt's `drill` event. `Coach/Drills` reads the files.
package struct Drill: Equatable, Sendable {
  /// The name that commands call it by: that of its file, lower case, digits and hyphens.
  package var id: String
  /// How it is done and measured.
  package var kind: DrillKind
  /// Its author's count of changes, from 1.
  package var version: Int
  /// One line.
  package var name: String
  /// What it trains.
  package var skill: DrillSkill
  /// About how long an attempt takes, in seconds.
  package var seconds: Double
  /// 1 for beginners to 3.
  package var level: Int
  /// The language it is spoken in, as in `en`.
  package var language: String
  /// What its kind asks for, by the names in `Exercise.parameters`, standards filled in.
  package var values: [String: DrillValue]
  /// The measure that trends and bests go by, one of `Exercise.measures`.
  package var measure: String
  /// What must hold for it to be passed, all of it; empty for what is never graded.
  package var pass: [DrillRule]
  /// Markdown that the learner reads: `>` lines are instructions; the rest, in kinds that read aloud, is said.
  package var body: String
  /// The whole file as its author wrote it.
  package var text: String

  /// Makes a drill.
  package init(
    id: String, kind: DrillKind, version: Int = 1, name: String, skill: DrillSkill, seconds: Double = 120,
    level: Int = 1, language: String = "en", values: [String: DrillValue] = [:], measure: String,
    pass: [DrillRule] = [], body: String = "", text: String = ""
  ) {
    self.id = id
    self.kind = kind
    self.version = version
    self.name = name
    self.skill = skill
    self.seconds = seconds
    self.level = level
    self.language = language
    self.values = values
    self.measure = measure
    self.pass = pass
    self.body = body
    self.text = text
  }

  /// Bytes of a file at most: in JSON it may take six times as many, and an event line holds 64 KiB twice over.
  package static let textLimit = 8_000

  /// The number behind `name`, else the standard of the kind, else 0.
  package func number(_ name: String) -> Double {
    if case .number(let value)? = value(name) { value } else { 0 }
  }

  /// The text behind `name`, else the standard, else nothing.
  package func word(_ name: String) -> String { if case .text(let value)? = value(name) { value } else { "" } }

  /// The list behind `name`, else the standard, else empty.
  package func list(_ name: String) -> [String] { if case .list(let value)? = value(name) { value } else { [] } }

  /// The numbers in the list behind `name`.
  package func numbers(_ name: String) -> [Double] { list(name).compactMap(Double.init).filter(\.isFinite) }

  private func value(_ name: String) -> DrillValue? {
    values[name] ?? kind.exercise.parameters.first { $0.name == name }?.standard
  }
}

/// A value in a drill's front matter.
package enum DrillValue: Equatable, Sendable {
  /// Durations are in seconds.
  case number(Double)
  case text(String)
  case list([String])
}

/// What a drill trains; trends and the plan go by it.
package enum DrillSkill: String, CaseIterable, Sendable {
  case fillers, pauses, pace, fluency, articulation, pitch, loudness, structure, timing, calm
}

/// The ways to practise, each with a screen and a measurement of its own.
package enum DrillKind: String, CaseIterable, Sendable {
  case silence
  case markedReading = "marked-reading"
  case powerPause = "power-pause"
  case metronome
  case fourThreeTwo = "four-three-two"
  case shadowing
  case minimalPairs = "minimal-pairs"
  case tongueTwister = "tongue-twister"
  case impromptu
  case vocalVariety = "vocal-variety"
  case projection
  case breath
  case contest
}
