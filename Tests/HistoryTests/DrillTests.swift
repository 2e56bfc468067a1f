import Practice
import Testing

@testable import History

@Suite struct DrillTests {
  let scratch = Scratch()

  /// Attempts at `drill`, a millisecond apart, the first at 1.
  @discardableResult
  private func attempts(
    _ grades: [DrillGrade?], of drill: String = "silence", skill: String = "fillers", from first: Int = 1
  ) throws -> History {
    let history = try History(folder: scratch.path)
    for (number, grade) in grades.enumerated() {
      let id = "\(drill)\(number + first)"
      try history.insert(.sample(id, at: Int64(number + first)), events(2))
      try history.replaceIndex(
        of: id, with: index(drill, skill, grade, value: Double(10 * (number + first) % 50)), summary: nil)
    }
    return history
  }

  private func index(
    _ drill: String, _ skill: String, _ grade: DrillGrade?, value: Double, isDone: Bool = true
  ) -> SessionIndex {
    SessionIndex(
      version: 1, figures: [.init(name: "drill.talk", value: value)],
      drill: IndexedDrill(id: drill, skill: skill, isDone: isDone, grade: grade))
  }

  @Test func `an attempt is reviewed once, however often it is indexed, and found by drill and skill`() throws {
    let history = try attempts([.again, .good, nil])
    try attempts([.easy], of: "pace", skill: "pace", from: 9)
    try history.replaceIndex(of: "silence2", with: index("silence", "fillers", .hard, value: 3), summary: nil)
    let reviews = try history.reviews()
    #expect(reviews.map(\.grade) == [.again, .hard, nil, .easy] && reviews.map(\.atMilliseconds) == [1, 2, 3, 9])
    #expect(reviews.map(\.session) == ["silence1", "silence2", "silence3", "pace9"] && reviews[0].utcOffset == 3_600)
    #expect(try history.reviews(of: "pace").count == 1 && history.attemptCounts() == ["silence": 3, "pace": 1])
    #expect(try history.sessions(SessionQuery(drill: "silence")).map(\.id) == ["silence3", "silence2", "silence1"])
    #expect(try history.sessions(SessionQuery(skill: "pace")).map(\.drill) == ["pace"])
    try history.insert(.sample("talk", at: 5), events(1))
    #expect(try history.sessions(SessionQuery(isWithoutDrills: true)).map(\.id) == ["talk"])
    #expect(try history.series(figure: "drill.talk", drill: "silence").map(\.value) == [10, 3, 30])
    #expect(try history.series(figure: "drill.talk", skill: "pace").map(\.value) == [40])
    #expect(try History(reading: scratch.path).reviews() == reviews)
  }

  @Test func `one that could not be judged leaves no review, and one that is no drill any more takes it back`() throws {
    let history = try attempts([.good])
    try history.insert(.sample("quiet", at: 5), events(1))
    try history.replaceIndex(of: "quiet", with: index("silence", "fillers", nil, value: 1, isDone: false), summary: nil)
    #expect(try history.reviews().count == 1)
    try history.replaceIndex(of: "silence1", with: SessionIndex(version: 1), summary: nil)
    #expect(try history.reviews().isEmpty && history.sessions(SessionQuery(drill: "silence")).map(\.id) == ["quiet"])
  }

  @Test func `the best attempt and the last ones are told by a figure`() throws {
    let history = try attempts([.good, .good, .good, .good, .good, .good])
    // 10, 20, 30, 40, 0, 10
    #expect(try history.attempts(of: "silence", figure: "drill.talk", latest: 5).map(\.value) == [20, 30, 40, 0, 10])
    #expect(try history.bestAttempt(of: "silence", figure: "drill.talk", isMoreBetter: true)?.id == "silence4")
    #expect(try history.bestAttempt(of: "silence", figure: "drill.talk", isMoreBetter: false)?.id == "silence5")
    #expect(try history.bestAttempt(of: "silence", figure: "drill.other", isMoreBetter: true) == nil)
  }

  @Test func `a session forgotten by hand takes its review along, one that went for its age leaves it`() throws {
    let history = try attempts([.again, .good, .easy])
    _ = try history.forget(.sessions(["silence1"]))
    _ = try history.forget(.sessions(["silence2"]), keepingReviews: true)
    #expect(try history.reviews().map(\.grade) == [.good, .easy])
    #expect(try history.reviews().map(\.session) == [nil, "silence3"] && history.check() == [])
    try history.insert(.sample("silence2", at: 2), events(2))
    try history.replaceIndex(of: "silence2", with: index("silence", "fillers", .good, value: 1), summary: nil)
    #expect(try history.reviews().map(\.session) == ["silence2", "silence3"])
  }

  @Test func `forgetting everything forgets reviews without a session and assignments too`() throws {
    let history = try attempts([.good])
    _ = try history.forget(.sessions(["silence1"]), keepingReviews: true)
    _ = try history.queue("silence", now: 1)
    _ = try history.forget(.everything)
    #expect(try history.reviews().isEmpty && history.assignments().isEmpty)
  }

  @Test func `an assignment is kept with its number, once while it is open, and withdrawn`() throws {
    let history = try attempts([])
    let wanted = Assignment(
      drill: "silence", note: "d'été \"x\" 言葉", by: "Ana", dueMilliseconds: 99, atMilliseconds: 5)
    let given = try history.assign(wanted)
    #expect(given.id != nil)
    #expect(
      try history.assign(
        Assignment(drill: "silence", note: wanted.note, by: "Ana", dueMilliseconds: 99, atMilliseconds: 7)) == given)
    let own = try history.queue("silence", now: 6)
    #expect(try history.assignments() == [given, own] && own.isOwn)
    try attempts([.good], from: 8)
    let again = try history.queue("silence", now: 9)
    #expect(again.id != own.id)
    try history.withdraw(assignment: again.id ?? 0)
    #expect(kind { try history.withdraw(assignment: again.id ?? 0) } == .notFound)
    #expect(try History(reading: scratch.path).assignments() == [given, own])
    #expect(kind { try History(reading: scratch.path).queue("a", now: 1) } == .readOnly)
  }

  @Test func `reviews and assignments come back with a backup, and a salvage takes neither for a session`() throws {
    let history = try attempts([.again, .good])
    _ = try history.forget(.sessions(["silence1"]), keepingReviews: true)
    _ = try history.queue("silence", now: 1)
    let (reviews, assignments) = (try history.reviews(), try history.assignments())
    let salvaged = try History.salvage(folder: scratch.path)
    #expect(salvaged.sessions.map(\.row.id) == ["silence2"] && salvaged.events(of: "silence2") == events(2))
    let other = Scratch()
    try history.backup(to: scratch.path + "/copy.sqlite")
    _ = try History.restore(from: scratch.path + "/copy.sqlite", into: other.path)
    let restored = try History(folder: other.path)
    #expect(try restored.reviews() == reviews && restored.assignments() == assignments)
  }

  @Test func `what of a list of sessions is sorted by a figure goes on behind its page`() throws {
    let history = try attempts([.good, .good, .good])
    var query = SessionQuery(drill: "silence", order: .figure("drill.talk", descending: true), limit: 2)
    let page = try history.sessions(query)
    query.after = page.last
    #expect(try page.map(\.id) == ["silence3", "silence2"] && history.sessions(query).map(\.id) == ["silence1"])
  }
}
