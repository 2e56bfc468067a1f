package import Practice
package import Report
package import Tutor

/// A past session on the desk: the time machine, what came of it, and how it is looked at.
package struct PastSession: Sendable {
  package var id: String
  /// Its events as they were kept, corrections and all.
  package private(set) var events: [SessionEvent]
  package var replay: Replay
  /// What is said of it beyond figures.
  package var review = TakeReview()
  /// Whether scores and next step are worked out.
  package var isJudged = false
  /// Its scores, one for each rubric; empty until they are worked out.
  package var scores: [Scores] = []
  /// Rubrics that people judge by, beside `scores`.
  package var sheets: [AssessmentSheet] = []
  /// The one thing worth working on, with its evidence, and what to do about it; nil where nothing stands out.
  package var finding: String?
  package var nextStep: String?
  /// The same as the table of findings has it: a drill is looked for by it.
  package var step: NextStep?
  /// Which rubric, criterion and moment are looked at.
  package var rubric = 0
  package var criterion = 0
  package var moment = 0
  /// Who judges; nil for the learner.
  package var judge: String?

  package var isPlaying = false
  /// Times real time, one of `speeds`.
  package var speed = 1.0
  package var unit = ReplayUnit.second
  /// Why nothing is heard, or not all of it; nil where there is sound.
  package var silence: String?
  /// The filler that was just taken out, until one goes on: the same key puts it back.
  package var removed: Filler?
  /// Another take of the same talk, running beside this one.
  package var ghost: Ghost?

  /// Another take, at the same second.
  package struct Ghost: Sendable {
    package var id: String
    package var when: String
    package var replay: Replay
    /// Whether both takes followed the script, so that one can be ahead of the other.
    package var isComparable = false
  }

  /// The speeds there are.
  package static let speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

  /// A session just opened.
  package init(id: String, events: [SessionEvent]) {
    self.id = id
    self.events = events
    replay = Replay(events)
  }

  /// Takes in an event behind its end; the past is corrected by it, and the place in it stays.
  ///
  /// With a long script that takes a moment, and is left to whoever reads the session anew.
  package mutating func append(_ event: SessionEvent) {
    guard session.prompter?.script.tokens.count ?? 0 < PastSession.longScript else { return }
    let here = replay.position
    events.append(event)
    replay = Replay(events)
    replay.seek(to: here)
  }

  /// Words of a script from which its session takes longer to read anew than a screen may stand still.
  private static let longScript = 2_000

  /// Takes the events of the same session as it was read later; the place in it stays.
  mutating func take(_ read: PastSession) {
    let here = replay.position
    events = read.events
    replay = read.replay
    replay.seek(to: here)
  }

  /// All of it, as corrected.
  package var session: Session { replay.whole }
  /// The second that is looked at.
  package var seconds: Double { replay.position }

  /// Goes to a second; a ghost goes with it.
  package mutating func seek(to seconds: Double) {
    if abs(seconds - self.seconds) > 0.01 { removed = nil }
    replay.seek(to: seconds)
    ghost?.replay.seek(to: seconds)
  }

  /// The filler that a correction would be about: the nearest one within a few seconds, the one just heard first.
  package var fillerHere: Filler? {
    guard removed == nil else { return nil }
    let seconds = seconds
    func distance(_ filler: Filler) -> Double {
      seconds < filler.start ? (filler.start - seconds) * 2 : max(0, seconds - filler.end)
    }
    return session.fillers.min { distance($0) < distance($1) }.flatMap { distance($0) <= 4 ? $0 : nil }
  }

  /// The word that a correction would be about: the one being said, or the last one before.
  package var wordHere: Word? { session.words.last { $0.start <= seconds + 0.05 } }

  /// The rubric and the criterion that are selected.
  package var selected: (rubric: Rubric, criterion: Criterion)? {
    guard sheets.indices.contains(rubric) else { return nil }
    let chosen = sheets[rubric].rubric
    guard chosen.criteria.indices.contains(criterion) else { return nil }
    return (chosen, chosen.criteria[criterion])
  }
  var criterionCount: Int { sheets.indices.contains(rubric) ? sheets[rubric].rubric.criteria.count : 0 }
  /// The score of the criterion that is selected, nil where people judge it.
  package var selectedScore: CriterionScore? {
    guard let selected, scores.indices.contains(rubric) else { return nil }
    return scores[rubric][selected.criterion.id]
  }
  var momentCount: Int { selectedScore?.moments.count ?? 0 }
  var momentSeconds: Double? {
    guard let moments = selectedScore?.moments, moments.indices.contains(moment) else { return nil }
    return moments[moment].start
  }

  /// What a machine heard there before any correction, for the record.
  func confidence(of filler: Filler) -> Double? { filler.isConfirmed ? nil : filler.confidence }
}

extension PastSession: Equatable {
  /// Whether both are the same session, as far as it is known, looked at in the same way.
  package static func == (a: PastSession, b: PastSession) -> Bool {
    (a.id, a.events.count, a.seconds, a.isPlaying, a.speed) == (b.id, b.events.count, b.seconds, b.isPlaying, b.speed)
      && (a.unit, a.rubric, a.criterion, a.moment, a.judge) == (b.unit, b.rubric, b.criterion, b.moment, b.judge)
      && a.scores == b.scores && a.ghost?.id == b.ghost?.id && a.silence == b.silence
  }
}
