import Practice
import Report
import Support
import Terminal
import Testing

@testable import Coach

/// The rooms that look back, as they look.
@Suite struct ReviewScreenTests {
  @Test(arguments: Reviewed.screens.map(\.name)) func `rooms that look back look as they were approved`(
    name: String
  ) throws {
    let desk = try #require(Reviewed.screens.first { $0.name == name }).desk()
    let kinds: [(Size, Glyphs, String)] = [
      (Size(columns: 80, rows: 24), .unicode, "80x24-utf8"), (Size(columns: 40, rows: 12), .ascii, "40x12-ascii"),
      (Size(columns: 120, rows: 40), .unicode, "120x40-utf8"),
    ]
    // The menus and the lines that are typed are the same on a large screen.
    let isSmall = ["review-entry", "review-note", "review-guess", "review-clip", "review-export"].contains(name)
    for (size, glyphs, suffix) in kinds where !isSmall || size.columns < 120 {
      expectGolden(Frame.grid(of: desk, size: size, glyphs: glyphs).golden, "\(name)-\(suffix)")
    }
    let ascii = Frame.grid(of: desk, size: Size(columns: 80, rows: 24), glyphs: .ascii).lines().joined()
    // What people wrote stays as they wrote it.
    let drawn = ascii.filter { !"ここで間を置く".contains($0) }
    let isASCII = drawn.unicodeScalars.allSatisfy(\.isASCII)
    #expect(isASCII, "\(name)")
  }

  private static func text(_ desk: Desk, _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode) -> String {
    Frame.grid(of: desk, size: Size(columns: columns, rows: rows), glyphs: glyphs).lines().joined(separator: "\n")
  }

  @Test(arguments: [36, 38, 58, 78, 118]) func `no line is longer than there is room`(columns: Int) {
    let past = Reviewed.past(at: 47)
    for line in OutcomeLines.text(past, columns: columns) { #expect(cellWidth(line) <= columns, "\(line)") }
    for (sheet, scores) in zip(past.sheets, past.scores) {
      for criterion in sheet.rubric.criteria {
        for line in ExplainedView.lines(past, sheet.rubric, criterion, columns: columns - 2) {
          #expect(cellWidth(line.text) <= columns - 2, "\(line.text)")
        }
      }
      let places = ScoresView.Columns(sheet, in: columns)
      #expect(places.judgesStart + places.judges.count * ScoresView.Columns.judge <= columns, "\(scores.name)")
    }
  }

  @Test func `no figure is cut at eighty columns`() {
    let past = Reviewed.past()
    let scores = Self.text(Reviewed.desk(.scores), 80, 24)
    for value in [past.scores[0].overall] + past.scores[0].criteria.map(\.score) {
      if let value { #expect(scores.contains(value.words), "\(value.words)") }
    }
    for words in ["you", "Ana", "AI", "3.5", "61 (50 to 70)", "by version 1"] {
      #expect(scores.contains(words), "\(words)")
    }
    #expect(!Self.text(Reviewed.desk(.summary), 80, 24).contains("…"))
    let list = Self.text(Reviewed.history(), 80, 24)
    for line in Reviewed.history().history.lines {
      for words in [line.id, line.when, line.duration, line.pace, line.score] {
        #expect(list.contains(words), "\(words)")
      }
    }
    #expect(list.contains("#work") && list.contains("interrupted: default"))
    #expect(Self.text(Reviewed.history { $0.filter.order = .fillers }, 80, 24).contains("12.4/min"))
  }

  @Test func `what is read a moment after the end goes below what is there`() {
    for size in ScreenGoldenTests.sizes {
      var desk = Rehearsed.desk(.summary)
      desk.session = Reviewed.past().session
      desk.review = TakeReview(of: desk.session)
      desk.isReading = true
      func body() -> [String] {
        Array(Frame.grid(of: desk, size: size, glyphs: .unicode).lines().dropFirst(2).dropLast(2))
      }
      let before = body()
      desk.past = Reviewed.past()
      desk.isReading = false
      let after = body()
      for (old, new) in zip(before, after) where !old.isEmpty { #expect(old == new) }
      #expect(size.rows < 24 || after.joined().contains("You speak for a long time"))
    }
  }

  @Test func `what came of it is said in the same words on the screen and in lines`() {
    let past = Reviewed.past()
    let lines = OutcomeLines.plain(past)
    for words in [
      "next: You speak for a long time", "next: Read the first", "guess: you guessed 4 fillers, 2 were counted",
      "notes: 0:12 slow down here", "notes: 0:46 Ana: a good pause", "tags: #work #keynote",
      "before: 61 (50 to 70) by version 1 of Rostrum",
    ] { #expect(lines.contains { $0.hasPrefix(words) }, "\(words) in \(lines)") }
    #expect(OutcomeLines.of(PastSession(id: "a", events: Rehearsed.events())).isEmpty)
    let shell = OutcomeLines.text(past, columns: 80)
    #expect(shell.first?.hasPrefix("next           You speak for a long time") == true)
  }

  @Test func `all of a score that is opened can be reached on a small screen`() throws {
    var desk = Reviewed.desk(.summary, .scores)
    _ = desk.press(.enter)
    let size = Size(columns: 40, rows: 12)
    let (rubric, criterion) = try #require(desk.past?.selected)
    let lines = ExplainedView.lines(try #require(desk.past), rubric, criterion, columns: 36).map(\.text)
    var seen = ""
    for _ in 0..<lines.count * 2 {
      seen += Self.text(desk, 40, 12)
      _ = desk.press(.down)
      desk.offset = min(desk.offset, try #require(Frame.lastOffset(of: desk, size: size)))
      desk.offset = max(desk.offset, Frame.firstOffset(of: desk, size: size))
    }
    for line in lines { #expect(seen.contains(line), "\(line)") }
    #expect(desk.past?.moment == (desk.past?.momentCount ?? 0) - 1)
    func up() {
      _ = desk.press(.up)
      desk.offset = max(desk.offset, Frame.firstOffset(of: desk, size: size))
    }
    for _ in 0..<lines.count * 2 { up() }
    #expect(desk.past?.moment == 0 && Self.text(desk, 40, 12).contains(lines[0]))
  }

  /// Desks on which every key of a room has something to do.
  private static func ready(_ room: Room) -> Desk {
    switch room {
    case .history: return Reviewed.history()
    case .search:
      var desk = Reviewed.search()
      desk.history.search.hits += desk.history.search.hits
      desk.history.search.selection = 1
      return desk
    case .trends: return Reviewed.trends()
    case .replay: return Reviewed.desk(.summary, .replay, at: 47)
    case .scores: return Reviewed.desk(.summary, .scores) { $0.past?.criterion = 1 }
    case .explained:
      return Reviewed.desk(.summary, .scores, .explained) { desk in
        desk.past?.moment = 1
        desk.offset = 0
      }
    case .entry: return Reviewed.desk(.summary, .entry) { $0.entry = LineEntry(.title, "", text: "A") }
    default: return Reviewed.desk(.summary, room) { $0.offset = 20 }
    }
  }

  @Test(arguments: [Room.history, .search, .trends, .replay, .scores, .explained, .summary, .clip, .export, .entry])
  func `no key of a room that looks back is dead`(room: Room) {
    let desk = Self.ready(room)
    for binding in Keymap.table where binding.rooms.contains(room) {
      for key in binding.keys {
        var pressed = desk
        let orders = pressed.press(key)
        #expect(!orders.isEmpty || pressed != desk || pressed.notice != nil, "\(key.name) in \(room)")
      }
    }
  }

  @Test func `the kind of talking is changed by a part of its name`() {
    for (typed, context) in [("tech", "technical"), ("talk", "talk"), ("SECOND", "second-language")] {
      var desk = Reviewed.desk(.summary, .scores)
      _ = desk.press(.character("c"))
      desk.entry?.text = typed
      #expect(desk.press(.enter) == [.review(.keep(.edited(Edit(context: context))))])
    }
    var desk = Reviewed.desk(.summary, .scores)
    _ = desk.press(.character("c"))
    desk.entry?.text = "t"
    #expect(desk.press(.enter).isEmpty && desk.entry?.complaint?.contains("conversation, talk") == true)
  }

  @Test(arguments: [(80, 24), (40, 12)]) func `the keys of a filler stand beside it`(columns: Int, rows: Int) {
    let near = Self.text(Reviewed.desk(.summary, .replay, at: 47.5), columns, rows)
    #expect(near.contains("\"um\" at 0:46") && near.contains("Enter right  - wrong"))
    #expect(!Self.text(Reviewed.desk(.summary, .replay, at: 70), columns, rows).contains("wrong"))
    #expect(near.contains("? keys") && near.contains("Esc back") && near.contains("Left, Right: a second (Tab)"))
  }
}
