import Testing

@testable import Practice

@Suite struct TalkLengthTests {
  @Test(arguments: [
    ("5-7m", 300, 420), ("7m", 420, 420), ("90s", 90, 90), ("1:30-2:00", 90, 120), ("4:30–7:30", 270, 450),
    ("20-30 min", 1200, 1800), ("5 to 7 minutes", 300, 420), ("5m-7m", 300, 420), ("90s-2m", 90, 120),
    ("1h30m", 5400, 5400), ("1:02:03", 3723, 3723), ("5-7:30", 300, 450), ("  7 MIN ", 420, 420), ("7.5m", 450, 450),
    ("10s", 10, 10), ("6h", 21_600, 21_600), ("5 — 7 m", 300, 420), ("30-90 sec", 30, 90),
    ("0:10-6:00:00", 10, 21_600),
  ])
  func `a length is read in the spellings people use`(text: String, minimum: Int, maximum: Int) {
    #expect(TalkLength(text) == TalkLength(minimumSeconds: minimum, maximumSeconds: maximum))
    #expect(TalkLength(text) != nil)
  }

  @Test(arguments: [
    ("7", "has no unit"), ("5-7", "has no unit"), ("7-5m", "ends before it starts"), ("9s", "outside ten seconds"),
    ("7h", "outside ten seconds"), ("0-5m", "outside ten seconds"), ("", "is not a length"), ("-", "is not a length"),
    ("-5m", "is not a length"), ("5-6-7m", "is not a length"), ("long", "is not a length"), ("5x", "is not a length"),
    ("5m 5m", "is not a length"), ("5s3m", "is not a length"), ("1:60", "is not a length"), ("1:5", "is not a length"),
    ("::", "is not a length"), ("5-", "is not a length"), ("nan m", "is not a length"), ("1e9m", "is not a length"),
    ("٥m", "is not a length"), ("99999999999999999999m", "is not a length"), ("9999999m", "outside ten seconds"),
    (String(repeating: "5", count: 41), "is not a length"), ("5..7m", "is not a length"), ("5m7", "is not a length"),
  ])
  func `what is no length says why`(text: String, clause: String) {
    guard case .failure(let problem) = TalkLength.read(text) else {
      Issue.record("\(text) was read as \(String(describing: TalkLength(text)))")
      return
    }
    #expect(problem.clause.contains(clause))
    #expect(TalkLength(text) == nil)
  }

  @Test(arguments: [
    (300, 420, "5-7m"), (420, 420, "7m"), (90, 90, "90s"), (90, 119, "90-119s"), (270, 450, "4:30-7:30"),
    (90, 120, "1:30-2:00"), (5400, 5400, "90m"), (3723, 3723, "1:02:03"), (10, 21_600, "0:10-6:00:00"),
  ])
  func `a length is written shortly and reads back`(minimum: Int, maximum: Int, text: String) throws {
    let length = try #require(TalkLength(minimumSeconds: minimum, maximumSeconds: maximum))
    #expect(length.description == text)
    #expect(TalkLength(text) == length)
  }

  @Test(arguments: [(9, 60), (60, 21_601), (60, 30), (Int.min, Int.max)])
  func `a length outside the bounds cannot be made`(minimum: Int, maximum: Int) {
    #expect(TalkLength(minimumSeconds: minimum, maximumSeconds: maximum) == nil)
  }
}
