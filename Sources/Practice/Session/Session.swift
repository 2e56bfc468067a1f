package import SpeechSignals

/// A session: the one value that its events change.
///
/// A live take and a past one being replayed are the same events through the same `apply`. The fine-grained `Reading` is
/// the exception by design: it is droppable, the latest wins, and nothing that is measured depends on it.
package struct Session: Equatable, Sendable {
  /// An event kept with its time.
  package struct ShownCue: Equatable, Sendable {
    package var seconds: Double
    package var cue: Cue
  }

  /// A stretch without sound, and when it was over.
  package struct Loss: Equatable, Sendable {
    package var seconds: Double
    package var gap: Gap
  }

  /// A moment the speaker marked.
  package struct Mark: Equatable, Sendable {
    package var seconds: Double
    package var label: String?
  }

  /// A section of the script, and when it was come to.
  package struct ReachedSection: Equatable, Sendable {
    package var seconds: Double
    package var start: SectionStart
  }

  /// Where a session is in its life.
  package enum Phase: Equatable, Sendable { case waiting, running, paused, over(Ending.Reason) }

  package internal(set) var beginning: Beginning?
  package internal(set) var phase: Phase = .waiting
  /// Audio time of the latest event or reading, in seconds.
  package internal(set) var seconds = 0.0
  /// Audio time of the latest event, in seconds.
  package internal(set) var lastEventSeconds = 0.0
  package internal(set) var rollups: [SecondSummary] = []
  package internal(set) var phrases: [Phrase] = []
  package internal(set) var pauses: [Pause] = []
  package internal(set) var fillers: [Filler] = []
  package internal(set) var cues: [ShownCue] = []
  package internal(set) var marks: [Mark] = []
  package internal(set) var gaps: [Loss] = []
  package internal(set) var notes: [String] = []
  /// The talk with the AI tutor, in order; it may go on after the end.
  package internal(set) var turns: [Turn] = []
  /// Corrections, in order; `fillers` and `words` are as corrected.
  package internal(set) var corrections: [Correction] = []
  /// Comments by their moments.
  package internal(set) var comments: [Comment] = []
  /// How many fillers the learner thought there were, nil where nobody guessed.
  package internal(set) var guess: Guess?
  /// Judgements of people and of the AI tutor, the latest of each judge.
  package internal(set) var assessments: [Assessment] = []
  /// Scores as they were shown, one card for each version of a rubric.
  package internal(set) var scoreCards: [ScoreCard] = []
  package internal(set) var tags: [String] = []
  /// Who asked to look on, and who did.
  package internal(set) var visits: [Visit] = []
  var editedTitle: String??
  var editedContext: String?
  /// Final words, in the order they were heard.
  package internal(set) var words: [Word] = []
  /// Words that may still change, of the latest moment; never kept.
  package internal(set) var foreseen: [Word] = []
  /// The script and the place in it; nil without a talk, and until all of it has come.
  package internal(set) var prompter: Prompter?
  /// Sections of the script, as they were come to.
  package internal(set) var sections: [ReachedSection] = []
  package internal(set) var restarts: [Restart] = []
  package internal(set) var clusters: [Cluster] = []
  /// The attempt at a drill that this session is, as far as it has come; nil where it is none.
  package internal(set) var drill: DrillRun?
  /// What finds filler words in this session; nil in a replay, where what was found is among the events.
  var fillerFinder: LexicalFillers?
  /// The parts of a script that is still coming.
  var scriptParts: [ScriptPart] = []
  /// Sums that the summary and the meters need, kept as events come in.
  package internal(set) var tally = Tally()
  /// The pitch of the whole take; nil while it goes on, and where it was never reviewed.
  package internal(set) var reviewedPitch: ReviewedPitch?
  /// The latest reading of a live session; nil in a replay until one comes.
  package internal(set) var reading: Reading?
  /// The reading that the pace is taken from, renewed once a second: a number that runs cannot be read.
  package internal(set) var paceReading: Reading?

  /// What is spoken from; nil without a talk, and until all of it has come.
  package var script: Script? { prompter?.script }

  /// A session that nothing has happened in; with `rules` it looks for filler words itself.
  package init(fillers rules: FillerRules? = nil) { fillerFinder = rules.map(LexicalFillers.init) }

  /// The bands this session is judged by.
  package var bands: Bands { beginning?.bands ?? Bands() }

  /// What nothing in a session may exceed; the newest of what is beyond is dropped from memory, never from the record.
  package static let entryLimit = 50_000

  /// Takes in the latest reading: meters move, nothing is kept.
  package mutating func glance(_ reading: Reading) {
    self.reading = reading
    if paceReading.map({ $0.frame / 100 != reading.frame / 100 }) ?? true { paceReading = reading }
    if reading.seconds > seconds { seconds = reading.seconds }
  }
}
