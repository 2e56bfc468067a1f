import History
import Practice
import SpeechSignals
import Support
import Testing

@testable import Coach

/// Attempts at drills, kept as a live one is.
struct Attempted {
  let scratch: Scratch
  let history: History
  let reader: PastReader

  init() throws {
    scratch = try Scratch()
    let surroundings = Surroundings.at(scratch.path("home"))
    history = try History(folder: surroundings.places.data)
    reader = PastReader(history, surroundings)
  }

  /// Noon of 1 November 2026, UTC.
  static let noon = 1_793_534_400_000
  static let day = 86_400_000

  static func drill(_ id: String, _ kind: DrillKind = .silence, graded: Bool = true) -> Drill {
    let measure = kind.exercise.measures[0].name
    return Drill(
      id: id, kind: kind, name: id, skill: kind == .breath ? .calm : .fillers, seconds: 120, measure: measure,
      pass: graded ? [DrillRule(measure, .atLeast(0.5))] : [], body: "We / talk // now.")
  }

  /// Keeps an attempt of `seconds` that came to `value`, and indexes it.
  func attempt(
    _ drill: Drill, id: String, daysAgo: Int, value: Double, grade: DrillGrade?, isComplete: Bool = true,
    seconds: Int = 10
  ) throws {
    let at = Attempted.noon - daysAgo * Attempted.day
    let start = DrillStart(drill: drill)
    var events = [
      SessionEvent(at: 0, .began(Beginning(id: id, startedAtMilliseconds: at, title: drill.name, source: "default"))),
      SessionEvent(at: 0, .drill(start)), SessionEvent(at: 0, .step(0)),
    ]
    let steps = DrillRun(start).steps.count
    for number in 1...seconds {
      events.append(SessionEvent(at: Double(number), .second(Rehearsed.second(number))))
      for step in 1...steps where number == max(1, seconds * step / steps) {
        events.append(SessionEvent(at: Double(number), .step(step)))
      }
    }
    let result = DrillResult(
      drill: drill.id, version: 1, isPassed: grade.map { $0 != .again }, isComplete: isComplete, grade: grade,
      figures: [DrillFigure(drill.measure, value)])
    events.append(SessionEvent(at: Double(seconds), .drilled(result)))
    events.append(SessionEvent(at: Double(seconds), .ended(Ending(reason: .finished, summary: Summary()))))
    let row = SessionRow(
      id: id, startedAt: Int64(at), utcOffsetSeconds: 0, title: drill.name, source: "default", state: .finished)
    try history.insert(row, events.map { StoredEvent($0) })
    try reader.index(id, at: at)
  }

  func book(_ shelf: [Drill]) throws -> DrillBook {
    try DrillBook(history, shelf: shelf, now: Attempted.noon, utcOffset: 0)
  }
}

@Suite struct DrillBookTests {
  let silence = Attempted.drill("silence")
  let breath = Attempted.drill("breath", .breath, graded: false)

  @Test func `an attempt is reviewed when it is indexed, and again the same when all is indexed anew`() throws {
    let attempted = try Attempted()
    try attempted.attempt(silence, id: "a1", daysAgo: 5, value: 0.7, grade: .good)
    try attempted.attempt(breath, id: "b1", daysAgo: 4, value: 9, grade: nil)
    try attempted.attempt(silence, id: "quiet", daysAgo: 3, value: 1, grade: nil)
    let reviews = try attempted.history.reviews()
    #expect(reviews.map(\.session) == ["a1", "b1"] && reviews.map(\.grade) == [.good, nil])
    for id in ["a1", "b1", "quiet"] { try attempted.reader.index(id, at: 9) }
    #expect(try attempted.history.reviews() == reviews)
    #expect(try attempted.history.lines(of: "a1", kind: "scored").isEmpty)
  }

  @Test func `an attempt has the figures of its drill and no others, and is no take of a talk`() throws {
    let attempted = try Attempted()
    try attempted.attempt(silence, id: "a1", daysAgo: 5, value: 0.75, grade: .good, seconds: 60)
    try attempted.attempt(silence, id: "cut", daysAgo: 4, value: 0.9, grade: .again, isComplete: false)
    let names = try attempted.history.figureNames()
    #expect(names == ["drill.\(silence.measure)", "drill.margin", "drill.value"].sorted())
    #expect(try attempted.history.series(figure: "drill.margin").map(\.value) == [50])
    #expect(try attempted.history.talks().isEmpty && attempted.history.find("a1").drill == "silence")
    #expect(try TrendFigures.known(in: attempted.history).isEmpty)
    let known = try TrendFigures.known(ofDrill: "silence", in: attempted.history)
    #expect(known.map(\.name) == ["drill.\(silence.measure)", "drill.margin"])
    let trend = try TrendFigures.trend(of: known[0], in: attempted.history, utcOffset: 0, drill: "silence")
    #expect(trend.points.map(\.id) == ["a1"])
    #expect(try TrendFigures.known(ofDrill: "none", in: attempted.history).isEmpty)
  }

  @Test func `what is due has its why, and what was assigned its note`() throws {
    let attempted = try Attempted()
    try attempted.attempt(silence, id: "a1", daysAgo: 9, value: 0.7, grade: .good)
    _ = try attempted.history.assign(
      Assignment(drill: "breath", note: "before your talk", by: "Ana", atMilliseconds: Attempted.noon))
    let book = try attempted.book([silence, breath])
    #expect(book.due.map(\.drill.id) == ["silence", "breath"] && book.due.map(\.overdueDays) == [7, 0])
    #expect(book.due.map(\.why) == ["due again, last passed on 23 October", "from Ana: before your talk"])
    #expect(book.due[1].by == "Ana" && book.due(withinMinutes: 2).count == 1)
    #expect(book.passed == ["silence"] && book.daysUntilDue("silence") == -7 && book.dueWords("breath") == nil)
  }

  @Test func `the past has the best, the last five, and how each of them went by the second`() throws {
    let attempted = try Attempted()
    let isMore = silence.measured?.better != .less
    for (number, value) in [0.9, 0.2, 0.3, 0.4, 0.5, 0.6].enumerated() {
      try attempted.attempt(
        silence, id: "a\(number)", daysAgo: 6 - number, value: isMore ? value : 1 - value, grade: .good)
    }
    let past = try attempted.book([silence]).past(of: "silence")
    #expect(past.attempts == 6 && past.last.count == 5 && past.ghosts.count == 6)
    #expect(abs((past.best ?? 0) - (isMore ? 0.9 : 0.1)) < 1e-9 && past.last.last == (isMore ? 0.6 : 0.4))
    #expect(past.ghosts.map(\.isBest) == [false, false, false, false, false, true])
    #expect(past.ghosts.map(\.label) == ["27 Oct", "28 Oct", "29 Oct", "30 Oct", "31 Oct", "26 Oct"])
    #expect(past.ghosts.allSatisfy { $0.progress.count == 10 && $0.progress.allSatisfy((0...1).contains) })
    #expect(try attempted.book([silence]).past(of: "other") == DrillPast())
    // Of an attempt that is looked at, what was before it alone.
    let third = Attempted.noon - 4 * Attempted.day
    let before = try attempted.book([]).past(of: silence, before: third, withGhosts: false)
    #expect(before.last == (isMore ? [0.9, 0.2] : [0.1, 0.8]) && before.best == past.best && before.ghosts.isEmpty)
    #expect(try attempted.book([]).past(of: silence, before: 0).best == nil)
  }

  @Test func `the plan goes by the middle of the latest scores`() throws {
    let attempted = try Attempted()
    for (number, value) in [10.0, 90, 40, 50, 60, 45].enumerated() {
      let id = "s\(number)"
      try attempted.history.insert(
        SessionRow(id: id, startedAt: Int64(number), utcOffsetSeconds: 0, source: "default", state: .finished), [])
      try attempted.history.replaceIndex(
        of: id, with: SessionIndex(version: 1, figures: [.init(name: "score.rostrum.fluency", value: value)]),
        summary: nil)
    }
    let book = try attempted.book([silence, breath])
    #expect(try book.scores() == [SkillScore(criterion: "fluency", value: 50, sessions: 5)])
    let first = try book.plan().days[0].entries
    #expect(first.map(\.drill.id) == ["silence"] && first[0].why == "for fluency, your lowest score: 50")
  }

  @Test func `a session that went for its age leaves its review, in the tables of an export too`() throws {
    let attempted = try Attempted()
    try attempted.attempt(silence, id: "a1", daysAgo: 90, value: 0.7, grade: .good)
    _ = try attempted.history.forget(.sessions(["a1"]), keepingReviews: true)
    let at = Attempted.noon - 90 * Attempted.day
    #expect(
      PracticeTables.reviews(try attempted.history.reviews())
        == "at_ms,utc_offset_seconds,drill,grade,session\r\n\(at),0,silence,good,\r\n")
    let given = Assignment(drill: "silence", note: "one, two", by: "Ana", atMilliseconds: 1)
    #expect(
      PracticeTables.assignments([given], try attempted.history.reviews())
        == "at_ms,drill,by,note,due_ms,done_ms\r\n1,silence,Ana,\"one, two\",,\(at)\r\n")
  }

  @Test func `without a history nothing is due and nothing was done`() throws {
    let book = try DrillBook(nil, shelf: [silence], now: Attempted.noon, utcOffset: 0)
    #expect(try book.due.isEmpty && book.past(of: "silence") == DrillPast() && book.best(of: silence) == nil)
    #expect(try book.plan().days.count == 14)
  }
}
