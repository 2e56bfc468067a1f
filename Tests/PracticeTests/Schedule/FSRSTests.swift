import Foundation
import Testing

@testable import Practice

@Suite struct FSRSTests {
  @Test func `a thousand random histories end as py-fsrs has them`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/fsrs.json"), encoding: .utf8)
    let json = try #require(JSON(parsing: text))
    let schedulers = json["settings"].entries.map { setting in
      FSRS(
        parameters: setting["parameters"].entries.compactMap(\.double), retention: setting["retention"]?.double ?? 0,
        maximumDays: setting["maximum"]?.integer ?? 0)
    }
    let histories = json["histories"].entries
    #expect(histories.count == 1_000 && Set(schedulers.map(\.retention)).count == 4)
    var (reviews, worst) = (0, 0.0)
    for history in histories {
      let row = history.entries.compactMap(\.double)
      let fsrs = schedulers[Int(row[0])]
      var (card, now): (FSRS.Card?, Int) = (nil, 1_700_000_000_000)
      for place in stride(from: 1, to: row.count, by: 7) {
        now += Int(row[place]) * 60_000
        let next = fsrs.next(card, grade: try #require(DrillGrade(rawValue: Int(row[place + 1]))), atMilliseconds: now)
        let recall = fsrs.retrievability(of: next, at: now + Int(row[place + 5]) * 60_000)
        let due = Double(next.dueMilliseconds - now) / 86_400_000
        let found = [next.stability, next.difficulty, due, recall]
        let wanted = [row[place + 2], row[place + 3], row[place + 4], row[place + 6]]
        worst = zip(found, wanted).reduce(worst) { max($0, abs($1.0 - $1.1)) }
        card = next
        reviews += 1
      }
    }
    #expect(reviews > 5_000)
    #expect(worst < 1e-6, "stability, difficulty, days until due and recall, of \(reviews) reviews")
  }

  @Test func `a first review is due after as many days as its grade is worth`() {
    let fsrs = FSRS()
    let days = DrillGrade.allCases.map { fsrs.next(nil, grade: $0, atMilliseconds: 0).dueMilliseconds / FSRS.day }
    #expect(days == [1, 1, 2, 8])
    #expect(FSRS(maximumDays: 5).next(nil, grade: .easy, atMilliseconds: 0).dueMilliseconds == 5 * FSRS.day)
  }

  @Test func `no interval is longer than the cap, however often it goes well`() {
    let fsrs = FSRS()
    var card = fsrs.next(nil, grade: .easy, atMilliseconds: 0)
    for _ in 0..<20 { card = fsrs.next(card, grade: .easy, atMilliseconds: card.dueMilliseconds) }
    #expect(card.dueMilliseconds - card.atMilliseconds == 30 * FSRS.day)
  }

  @Test func `settings that are none become ones that are`() {
    #expect(FSRS(parameters: [1, 2]).parameters == FSRS.defaultParameters)
    #expect(FSRS(parameters: [Double](repeating: .nan, count: 21)).parameters.allSatisfy { $0.isFinite })
    #expect(FSRS(retention: .nan).retention == 0.9 && FSRS(retention: 2, maximumDays: -1).maximumDays == 1)
  }

  @Test func `a clock that went back counts no days`() {
    let fsrs = FSRS()
    let card = fsrs.next(nil, grade: .good, atMilliseconds: 10 * FSRS.day)
    let earlier = fsrs.next(card, grade: .good, atMilliseconds: 3 * FSRS.day)
    #expect(earlier.stability >= card.stability && fsrs.retrievability(of: card, at: 0) == 1)
  }
}

extension JSON? {
  /// The values of an array, none of anything else.
  fileprivate var entries: [JSON] {
    if case .array(let values)? = self { values } else { [] }
  }
}

extension JSON {
  fileprivate var entries: [JSON] { Optional(self).entries }
}
