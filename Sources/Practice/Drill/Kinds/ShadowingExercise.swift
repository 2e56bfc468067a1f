/// Placeholder of the contract; its builder replaces it.
package enum ShadowingExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "voice", .text(limit: 64), .text("en-gb"), "voice of espeak-ng that speaks the lines, as in en-gb or en-us+f3"),
    DrillParameter("rate", .whole(80...300), .number(140), "words a minute of that voice"),
    DrillParameter("pitch", .whole(0...99), .number(50), "how high that voice is, 50 is its own"),
    DrillParameter(
      "recording", .text(limit: 200), .text(""),
      "recording beside the drill with the lines in order, a second of silence between them, heard instead of the voice"
    ),
    DrillParameter("listens", .whole(0...3), .number(1), "how often a line is heard before it is shadowed"),
    DrillParameter("shadows", .whole(1...3), .number(1), "how often a line is shadowed; the best one counts"),
    DrillParameter("bound", .number(0...1), .number(0.6), "likeness, 0 to 1, from which a line counts as done"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("likeness", "likeness of rhythm and melody", "%"),
    DrillMeasure("lines", "lines done", "%"),
    DrillMeasure("rhythm", "likeness of rhythm", "%"),
    DrillMeasure("melody", "likeness of melody", "%"),
    DrillMeasure("lag", "time behind the voice", "seconds", better: .neither, places: 1),
  ]

  package static let needsContours = true

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    [DrillStep(.speak, "talk", "Speak.", seconds: start.drill.seconds)]
  }

  package static func scene(_ session: Session) -> DrillScene { .talk(.init(seconds: session.seconds)) }

  package static func finding(_ session: Session) -> DrillFinding {
    DrillFinding(
      isComplete: session.drill?.isComplete ?? false)
  }
}
