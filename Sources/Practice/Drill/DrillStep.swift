/// A part of a drill: what is done in it, and for how long.
package struct DrillStep: Equatable, Sendable {
  /// What the machine does meanwhile.
  package enum Role: Equatable, Sendable {
    /// The learner speaks and is measured.
    case speak
    /// Nobody speaks: a topic is thought about, the next round is waited for.
    case think
    /// A line is spoken to the learner, `DrillRun.models[line]`, who listens.
    case listen(line: Int)
    /// The line is spoken and the learner speaks over it.
    case shadow(line: Int)
    /// What was said in these seconds of the attempt is heard again, and the learner taps along.
    case clip(start: Double, seconds: Double)
    /// A word is shown and said; the item, from 0.
    case item(Int)
    /// In through the nose, hold, out, hold: 0 to 3.
    case breathe(phase: Int)
  }

  package var role: Role
  /// One or two words: `round 2`.
  package var name: String
  /// What the learner is asked to do, one sentence.
  package var instruction: String
  /// Its longest time in seconds; nil where only the learner, or `Exercise.isOver`, ends it.
  package var seconds: Double?
  /// Lights for the learner, nil where there are none.
  package var length: TalkLength?
  /// Words a minute to be held, nil where there are none.
  package var rate: Double?
  /// Sentences of the script that are read in it.
  package var sentences: Range<Int>?

  /// Makes a step.
  package init(
    _ role: Role, _ name: String, _ instruction: String, seconds: Double? = nil, length: TalkLength? = nil,
    rate: Double? = nil, sentences: Range<Int>? = nil
  ) {
    self.role = role
    self.name = name
    self.instruction = instruction
    self.seconds = seconds
    self.length = length
    self.rate = rate
    self.sentences = sentences
  }

  /// Whether what is said in it counts.
  package var isMeasured: Bool {
    switch role {
    case .speak, .shadow, .item: true
    case .think, .listen, .clip, .breathe: false
    }
  }
}

/// How an attempt begins: the drill, and all that its steps and its judgement need beside it.
package struct DrillStart: Equatable, Sendable {
  package var drill: Drill
  /// Chooses what is chosen by chance, the same in a replay.
  package var seed: Int
  /// What is talked about; nil where the drill gives none.
  package var topic: String?
  /// The learner's first language as a code, `es`; nil where it is not known.
  package var firstLanguage: String?
  /// The learner's own usual figures by the names of `SessionFigures`: `pitch-spread`, `loudness`, `pace`.
  package var own: [String: Double]
  /// The attempt of this drill by this learner, from 1.
  package var attempt: Int

  /// Makes a beginning.
  package init(
    drill: Drill, seed: Int = 0, topic: String? = nil, firstLanguage: String? = nil, own: [String: Double] = [:],
    attempt: Int = 1
  ) {
    self.drill = drill
    self.seed = seed
    self.topic = topic
    self.firstLanguage = firstLanguage
    self.own = own
    self.attempt = attempt
  }
}
