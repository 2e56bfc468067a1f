import Practice

/// Which drill the learner asked for by its name or its file, and with what: each attempt at it begins so.
struct DrillWish: Sendable {
  var drill: Drill
  var topic: String?
  /// Where its file lies, where that is not among the drills.
  var folder: String?
  var seed: Int?
}

/// What a take needs to be an attempt at a drill.
struct DrillTake: Sendable {
  var start: DrillStart
  /// The lines that are spoken to the learner, with their sound: one channel of 16 kHz.
  var models: [(line: ModelLine, samples: [Float])] = []

  /// An attempt that begins with `start`.
  init(_ start: DrillStart) { self.start = start }

  /// What is read aloud, as a talk; nil where nothing is.
  var talk: Talk? {
    guard let script = start.drill.kind.exercise.script(start.drill) else { return nil }
    return Talk(title: start.drill.name, body: script)
  }

  /// The words that have to be told apart, one at a time; nil where words are heard as they come.
  var words: [String]? {
    start.drill.kind == .minimalPairs ? PairItem.words(of: start.drill) : nil
  }

  /// Whether a piece of the attempt is heard again in it.
  var isHeardAgain: Bool {
    start.drill.kind.exercise.steps(start).contains { if case .clip = $0.role { true } else { false } }
  }

  /// The events that an attempt begins with, before its first step.
  var events: [SessionEvent.Kind] { [.drill(start)] + models.map { .model($0.line) } }
}
