import History
import Practice
import Report
import Tutor

/// Reads past sessions with all that there is to say of them, and keeps what they are found, listed and compared by.
///
/// Everything here is worked out from events and files, and is worked out again whenever one of them changes.
struct PastReader {
  /// The version of the rules by which sessions are indexed: raised when figures or texts are made in another way.
  private static let rules = 2
  /// The rubric whose overall score a session is listed by.
  static let listedRubric = Rubric.listed

  /// The version by which sessions are indexed now: with a new version of a rubric all of them are scored anew.
  var indexVersion: Int { PastReader.rules * 10_000 + min(rubrics.reduce(0) { $0 + $1.version }, 9_999) }

  let history: History
  private let surroundings: Surroundings
  private let rubrics: [Rubric]
  private let rules: FillerRules
  private let findings: Findings

  /// A reader of the sessions in `history`.
  init(_ history: History, _ surroundings: Surroundings) {
    self.history = history
    self.surroundings = surroundings
    rubrics = surroundings.rubrics().rubrics
    rules = surroundings.fillers().rules
    findings = surroundings.findings().findings
  }

  /// A session as it can be looked at, with nothing worked out yet: an hour of talk takes a twentieth of a second.
  func open(_ id: String) throws(Failure) -> PastSession {
    do throws(HistoryError) {
      var past = PastSession(id: id, events: try events(of: id))
      past.review = TakeReview(of: past.session, rules: rules)
      return past
    } catch { throw Failure(error) }
  }

  /// A session with its scores and all.
  func read(_ id: String) throws(Failure) -> PastSession {
    var past = try open(id)
    do throws(HistoryError) { judge(&past, by: try baseline(before: past.session)) } catch { throw Failure(error) }
    return past
  }

  /// The events of a session.
  func events(of id: String) throws(HistoryError) -> [SessionEvent] {
    var events: [SessionEvent] = []
    try history.forEachEvent(
      of: id, { stored -> Void in if let event = EventLine.event(from: stored.line) { events.append(event) } })
    return events
  }

  /// Scores, sheets, review and next step.
  private func judge(_ past: inout PastSession, by baseline: PersonalBaseline) {
    let session = past.session
    past.isJudged = true
    past.review = TakeReview(of: session, rules: rules)
    // An attempt at a drill is judged by its own rule; a contest by its ballot too.
    let kind = session.drill?.drill.kind
    let rubrics = kind == nil ? rubrics : rubrics.filter { kind == .contest && $0.id == ContestExercise.rubric }
    past.scores = rubrics.map { Scores.of(session: session, rubric: $0, baseline: baseline) }
    past.sheets = zip(rubrics, past.scores).map {
      AssessmentSheet($0, scores: $1, assessments: session.assessments)
    }
    guard kind == nil else { return }
    let next = findings.nextStep(in: TutorFacts(of: session, rules: rules))
    (past.step, past.finding, past.nextStep) = (next, next?.say, next?.exercise)
  }

  /// The speaker's own past, of sessions of the same context that began before `session`; none for who was watched.
  private func baseline(before session: Session) throws(HistoryError) -> PersonalBaseline {
    guard session.isOwn else { return PersonalBaseline(figures: [:]) }
    let began = Int64(session.beginning?.startedAtMilliseconds ?? 0)
    let context = SpeakingContext(named: session.context)
    var values: [String: [Double]] = [:]
    for name in Set(MeasureTable.rows.compactMap(\.figure)) {
      values[name] = try history.series(
        figure: name, context: context.rawValue, to: began, latest: PersonalBaseline.mostSessions
      ).map(\.value)
    }
    return PersonalBaseline(figures: values)
  }

  // MARK: What sessions are found, listed and compared by

  /// Indexes sessions that are not, or not by these rules, the oldest first, for each is held against those before it.
  func indexAll() throws(HistoryError) {
    var seen: Set<String> = []
    while true {
      let due = try history.unindexed(version: indexVersion, limit: Limits.listedSessions).filter { !seen.contains($0) }
      guard !due.isEmpty else { return }
      seen.formUnion(due)
      // One that is deleted or begun meanwhile is none of this errand's.
      for id in due { _ = try? index(id, at: wallMilliseconds()) }
    }
  }

  /// Puts a session into the index, and keeps its scores where that is due. Returns it as it is then.
  ///
  /// While somebody is still at it, `keepsScores` is false: each correction would leave a card of its own.
  @discardableResult func index(
    _ id: String, at milliseconds: Int, keepsScores: Bool = true
  ) throws(HistoryError) -> PastSession {
    var (read, count): ([SessionEvent], Int) = ([], 0)
    try history.forEachEvent(
      of: id,
      { stored -> Void in
        count += 1
        if let event = EventLine.event(from: stored.line) { read.append(event) }
      })
    var past = PastSession(id: id, events: read)
    judge(&past, by: try baseline(before: past.session))
    let due = zip(rubrics, past.scores).filter { rubric, scores in
      // A drill is judged by its own rule; its talk, if it is one, is scored where it is looked at.
      keepsScores && past.session.drill == nil && past.session.isOwn
        && !scores.criteria.allSatisfy { $0.score == nil }
        && Rescoring.due(for: rubric, in: past.session) != nil
    }
    if !due.isEmpty {
      let cards = due.map { _, scores in
        var card = scores.card(atMilliseconds: milliseconds)
        card.entries.removeAll { $0.value == nil }
        return SessionEvent(at: past.session.lastEventSeconds, .scored(card))
      }
      try history.append(cards.map { StoredEvent($0) }, to: id)
      for card in cards { past.append(card) }
    }
    try history.replaceIndex(
      of: id, with: index(of: past), summary: Archive.summaryText(past.session.summary), madeFrom: count + due.count)
    return past
  }

  /// What is kept of a session beside its events.
  ///
  /// An attempt at a drill has the figures of the drill alone: a pace that was asked for says nothing of how somebody
  /// speaks, and must not stand in their trends, their usual range or their scores. What was watched of somebody else can
  /// be found and looked at, and counts as nothing of one's own.
  private func index(of past: PastSession) -> SessionIndex {
    let session = past.session
    if let learner = session.beginning?.learner { return watched(session, learner) }
    let run = session.drill
    let listed = run == nil ? past.scores.first { $0.rubric == Self.listedRubric } : nil
    let figures = run == nil ? figures(of: past) : DrillFigures.of(session)
    return SessionIndex(
      version: indexVersion, title: session.title, talk: run == nil ? session.beginning?.title : nil,
      context: SpeakingContext(named: session.context).rawValue, tags: session.tags, score: listed?.overall?.value,
      figures: figures.map { SessionFigure(name: $0.name, value: $0.value, low: $0.low, high: $0.high) }
        + (session.corrections.isEmpty
          ? [] : [SessionFigure(name: LearnedFillers.figure, value: Double(session.corrections.count))]),
      texts: Self.texts(of: session), drill: run.map(Self.indexed))
  }

  /// What is kept of somebody else's session: how it is found and listed, and nothing that says how the owner speaks or
  /// what they practised.
  private func watched(_ session: Session, _ learner: String) -> SessionIndex {
    SessionIndex(
      version: indexVersion, title: learner + (session.title.map { ": " + $0 } ?? ""),
      context: SpeakingContext(named: session.context).rawValue, tags: session.tags + [Self.watchedTag],
      texts: Self.texts(of: session))
  }

  /// The tag that sessions of others are found by.
  static let watchedTag = "watched"

  /// What the schedule is to know of an attempt: how it was judged, and of what is never graded, that it was done.
  private static func indexed(_ run: DrillRun) -> IndexedDrill {
    let (drill, result) = (run.drill, run.result)
    let isDone = result?.grade != nil || drill.pass.isEmpty && result?.isComplete == true && result?.refusal == nil
    return IndexedDrill(id: drill.id, skill: drill.skill.rawValue, isDone: isDone, grade: result?.grade)
  }

  /// The figures of a session with its scores as they are now.
  private func figures(of past: PastSession) -> [SessionFigures.Value] {
    var session = past.session
    for scores in past.scores {
      _ = session.apply(SessionEvent(at: session.lastEventSeconds, .scored(scores.card(atMilliseconds: 0))))
    }
    return SessionFigures.of(session)
  }

  /// What a session can be found by.
  private static func texts(of session: Session) -> [IndexedText] {
    let words = session.words.map { IndexedText(seconds: $0.start, kind: .transcript, text: $0.text) }
    let comments = session.comments.map { IndexedText(seconds: $0.start, kind: .comment, text: $0.text) }
    let turns = session.turns.map { turn in
      IndexedText(seconds: session.seconds, kind: .turn, text: ReplyText(markdown: turn.text).plain)
    }
    return words + comments + turns
  }
}
