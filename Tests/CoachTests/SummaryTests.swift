import Practice
import Report
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct SummaryTests {
  static let desks: [(String, @Sendable () -> Desk)] = [
    ("summary script", { Spoken.desk(.script) }), ("summary stock", { Spoken.desk(.stock, hasScript: false) }),
  ]

  @Test(arguments: desks.map(\.0), ScreenGoldenTests.sizes) func `what the words say stands below the figures`(
    name: String, size: Size
  ) throws {
    var desk = try #require(SummaryTests.desks.first { $0.0 == name }).1()
    let top = Frame.grid(of: desk, size: size, glyphs: .ascii)
    desk.offset = 1_000
    expectGolden(
      top.golden + "\n===\n" + Frame.grid(of: desk, size: size, glyphs: .ascii).golden,
      "\(name)-\(size.columns)x\(size.rows)")
  }

  @Test func `nothing of a long summary is out of reach`() throws {
    var desk = Spoken.desk(.script)
    let size = Size(columns: 40, rows: 12)
    let last = try #require(Frame.lastOffset(of: desk, size: size))
    var seen: Set<String> = []
    for offset in 0...last {
      desk.offset = offset
      seen.formUnion(Frame.grid(of: desk, size: size, glyphs: .ascii).lines())
    }
    for line in desk.review.text(columns: 38) where !line.isEmpty { #expect(seen.contains(" " + line), "\(line)") }
    func saysMore() -> Bool {
      Frame.grid(of: desk, size: size, glyphs: .ascii).lines().contains { $0.contains("Down: more") }
    }
    #expect(!saysMore())
    desk.offset = 0
    #expect(saysMore())
    #expect(Frame.lastOffset(of: Rehearsed.desk(.rehearsal), size: size) == nil)
  }

  @Test func `keys go through it line by line and by ten`() {
    var desk = Spoken.desk(.script)
    for (key, offset) in [(Key.down, 1), (.pageDown, 11), (.up, 10), (.pageUp, 0), (.up, 0), (.pageUp, 0)] {
      #expect(desk.press(key).isEmpty)
      #expect(desk.offset == offset)
    }
  }

  @Test func `a talk that was broken off is not reproached with its rest`() {
    let events = Spoken.events(.script)
    func review(until seconds: Double) -> [String] {
      TakeReview(of: Spoken.session(events.filter { $0.seconds <= seconds })).plainLines
    }
    let early = review(until: 21)
    #expect(!early.contains { $0.contains("left out") || $0.contains("short") || $0.contains("not said") }, "\(early)")
    #expect(early.contains { $0.contains("\"Closing\", not reached") }, "\(early)")
    #expect(early.contains { $0.contains("the rest: not reached: the last") && $0.contains("What he taught me") })
    let whole = review(until: 100)
    #expect(whole.contains { $0.contains("left out") } && !whole.contains { $0.contains("not reached") }, "\(whole)")
  }

  @Test func `words that do not fit the script are no account of what was said`() {
    let said = ["like", "the", "boat", "maybe", "other", "um", "water", "nobody"]
    let words = (0..<60).map { number in
      let start = 0.6 + 0.45 * Double(number)
      return Word(said[number % said.count], start: start, end: start + 0.35, source: .script)
    }
    let events =
      [SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa")))]
      + ScriptPart.parts(of: Spoken.talk).map { SessionEvent(at: 0, .script($0)) }
      + words.map { SessionEvent(at: $0.end, .word($0)) }
    let session = Spoken.session(events)
    let lines = TakeReview(of: session).plainLines
    #expect(lines.contains { $0.contains("of the script was heard, so its words are no account") }, "\(lines)")
    #expect(!lines.contains { $0.contains("section") || $0.contains("often") || $0.contains("um:") }, "\(lines)")
    #expect(!TakeReview.isReadable(session) && session.projectedSeconds == nil && session.sections.isEmpty)
  }

  @Test func `one stutter is told once, and in order`() {
    let restarts = [
      Restart(start: 21, end: 21.5, words: ["words"]), Restart(start: 20, end: 21.2, words: ["words", "words"]),
      Restart(start: 20, end: 20.6, words: ["words"]),
    ]
    #expect(TakeReview.stutters(restarts) == [Restart(start: 20, end: 21.5, words: ["words", "words"])])
  }

  @Test func `in lines it is told without what was said`() {
    var lines = PlainLines()
    var said: [String] = []
    let session = Spoken.session(Spoken.events(.script)) { said += lines.lines(for: $0, $1) }
    said += lines.lines(
      for: SessionEvent(at: session.seconds, .ended(Ending(reason: .finished, summary: session.summary))), session)
    expectGolden(said.joined(separator: "\n"), "plain script")
    #expect(said.allSatisfy { $0.allSatisfy { $0.isASCII && !$0.isNewline } })
  }

  @Test func `the end is told first after half a minute, and again when it has moved by a quarter`() {
    var lines = PlainLines()
    var told: [String] = []
    let session = Spoken.session(Spoken.events(.script)) { event, session in
      told += lines.lines(for: event, session).filter { $0.contains("you will end") }
      if session.seconds < 30 { #expect(session.projectedSeconds == nil) }
    }
    #expect(!told.isEmpty && told.count < 3, "\(told)")
    #expect(told.first?.hasPrefix("0:30 you will end at 0:") == true, "\(told)")
    #expect(session.prompter?.wordsAhead == 0)
  }

  @Test(arguments: [(80, 24, "you will end at 0:"), (120, 40, "you will end at 0:"), (40, 12, "ends 0:")])
  func `the end is on the prompter's screen`(columns: Int, rows: Int, words: String) {
    var desk = Rehearsed.desk(.rehearsal)
    func screen(until seconds: Double) -> String {
      desk.session = Spoken.session(Spoken.events(.script).filter { $0.seconds <= seconds })
      return Frame.grid(of: desk, size: Size(columns: columns, rows: rows), glyphs: .unicode).lines()
        .joined(separator: "\n")
    }
    #expect(!screen(until: 29).contains(words))
    #expect(screen(until: 36).contains(words))
  }
}
