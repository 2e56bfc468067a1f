import Terminal
import Testing

/// Draws a widget alone and compares it with a picture.
private func check(
  _ widget: some Widget, _ columns: Int, _ rows: Int = 1, _ glyphs: Glyphs = .unicode, shows picture: String,
  roles: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  var grid = Grid(Size(columns: columns, rows: rows))
  grid.draw(widget, in: grid.area, glyphs)
  #expect(grid.lines().joined(separator: "\n") == picture, sourceLocation: sourceLocation)
  if let roles { #expect(grid.roleLines().joined(separator: "\n") == roles, sourceLocation: sourceLocation) }
  if glyphs.isASCII { #expect(grid.lines().allSatisfy { $0.allSatisfy(\.isASCII) }, sourceLocation: sourceLocation) }
}

private func pace(_ value: Double?) -> BandMeter {
  BandMeter(value: value, range: 60...240, calm: 140...160, usable: 120...180)
}

@Suite struct WidgetTests {
  @Test func `a band meter shows the dead-band and where the value is`() {
    check(
      pace(148), 31, 2,
      shows: """
                       ▼
        ──────────═══▒▒▒▒▒═══──────────
        """,
      roles: """
                       g
        tttttttttttttBBBBBttttttttttttt
        """)
    check(
      pace(205), 31, 3, .ascii,
      shows: """
                                v
        ..........---=====---..........
        60          140 160         240
        """)
  }

  @Test func `a band meter of one row keeps its marker on the scale`() {
    check(pace(148), 31, shows: "──────────═══▒▒▼▒▒═══──────────")
    check(pace(20), 31, shows: "◀─────────═══▒▒▒▒▒═══──────────")
    check(pace(900), 31, 1, .ascii, shows: "..........---=====---.........>")
    check(pace(nil), 31, 1, .ascii, shows: "..........---=====---..........")
    check(pace(.nan), 3, 1, .ascii, shows: ".=.")
  }

  @Test(arguments: [(148.0, Role.good), (125, .watch), (181, .act)])
  func `where a value stands has a role of its own`(value: Double, role: Role) {
    #expect(pace(value).standing?.role == role)
  }

  @Test func `a level is filled to an eighth of a cell`() {
    check(LevelBar(value: -28.5, range: -60...0), 8, shows: "████▎  │", roles: "LLLLLLLt")
    check(LevelBar(value: -60, range: -60...0), 8, shows: "       │")
    let loud = LevelBar(value: -20, range: -60...0, peak: -17, isClipped: true)
    check(loud, 20, shows: "█████████████▍│ CLIP", roles: "LLLLLLLLLLLLLLmXXXXX")
    check(loud, 20, 1, .ascii, shows: "#############-| CLIP")
    check(LevelBar(value: .infinity, range: -60...0), 8, shows: "       │")
    check(LevelBar(value: 3, range: 0...0, isClipped: true), 2, shows: " !")
  }

  @Test func `a strip shows the newest at the right, and gaps as gaps`() {
    let values: [Double?] = [0, 1, 2, nil, 4, 8]
    check(Strip(values, range: 0...8), 6, shows: "▁▁▂ ▄█", roles: "LLL LL")
    check(Strip(values, range: 0...8), 4, shows: "▂ ▄█")
    check(Strip(values, range: 0...8), 8, 1, .ascii, shows: "  ___ .#")
    check(Strip(values, range: 0...8, band: 2...4), 6, 2, shows: "     █\n▁▂▄ ██", roles: "     w\nwwg gw")
    check(Strip([.nan, .infinity, nil], range: 0...1), 3, shows: "")
  }

  @Test func `a timeline shows what happened when`() {
    let marks: [Timeline.Mark] = [
      .init(.pause, at: 10, until: 20), .init(.filler, at: 20), .init(.cue, at: 30), .init(.mark, at: 40),
      .init(.filler, at: 40), .init(.pause, at: 100, until: 200), .init(.pause, at: .nan), .init(.filler, at: -4),
    ]
    let timeline = Timeline(span: 0...60, marks: marks, position: 50)
    check(timeline, 13, 2, shows: "──━━x─▲─◆────\n0:00     1↑00", roles: "ttppftCtMtttt\nhhhh     hmhh")
    check(timeline, 25, 2, .ascii, shows: "....====x...^...*........\n0:00                ^1:00")
  }

  @Test func `a number is three rows high where there is room`() {
    check(
      BigNumber("148"), 12, 3,
      shows: """
        ▀█  █ █ █▀█
         █  ▀▀█ █▀█
        ▀▀▀   ▀ ▀▀▀
        """)
    check(
      BigNumber("2:05"), 13, 3, .ascii,
      shows: """
         _     _   _
         _| . | | |_
        |_  . |_|  _|
        """)
    check(BigNumber("-9.6"), 13, 3, shows: "    █▀█   █▀▀\n▀▀▀ ▀▀█   █▀█\n    ▀▀▀ ▀ ▀▀▀")
    check(BigNumber("148"), 5, 3, shows: "\n148\n")
    check(BigNumber("≈148"), 20, 1, shows: "≈148")
  }

  @Test func `facts line up`() {
    check(Fact("Pace", "148", unit: "wpm", labelWidth: 8), 20, shows: "Pace     148 wpm", roles: "llll     vvv hhh")
    check(Fact("Articulation", "5.2", unit: "/s", labelWidth: 8), 14, shows: "Articul… 5.2", roles: "llllllll vvv")
    check(Fact("Pace", "148"), 3, shows: "Pa…")
  }

  @Test func `the key bar drops keys from the right`() {
    let bar = KeyBar([("space", "pause"), ("q", "quit"), ("?", "help")])
    check(bar, 40, shows: "space pause  q quit  ? help", roles: "kkkkk KKKKK  k KKKK  k KKKK")
    check(bar, 20, shows: "space pause  q quit")
    check(bar, 5, shows: "")
  }

  @Test func `a table scrolls to the selected row and marks it with a caret`() {
    let rows = (1...9).map { ["take \($0)", "\($0 * 100)"] }
    let table = ListTable(
      columns: [.init("Session"), .init("wpm", width: 4, isRight: true)], rows: rows, selected: 4)
    check(
      table, 20, 4,
      shows: """
          Session      wpm
          take 4       400 ↑
        > take 5       500
          take 6       600 ↓
        """,
      roles: """
          lllllll      lll
          .... .       ... h
        ssssssssssssssssssss
          .... .       ... h
        """)
    check(ListTable(columns: [.init("a")], rows: [], selected: 3), 10, 3, shows: "  a\n\n")
    check(ListTable(columns: [.init("a", width: -4)], rows: [["x"]], selected: 0), 2, 1, shows: ">")
  }

  @Test func `a paragraph says that there is more`() {
    check(Paragraph("one two three four"), 7, 2, shows: "one two\nthree ↓")
    check(Paragraph("one two three four", first: 9), 8, 2, .ascii, shows: "three  ^\nfour")
  }

  @Test(arguments: [Glyphs.unicode, .blocks, .ascii])
  func `the drawing characters are one cell wide`(glyphs: Glyphs) {
    let all: [Character] =
      glyphs.horizontalEighths + glyphs.verticalEighths + [
        glyphs.horizontal, glyphs.vertical, glyphs.topLeft, glyphs.topRight, glyphs.bottomLeft, glyphs.bottomRight,
        glyphs.track, glyphs.usable, glyphs.band, glyphs.marker, glyphs.beyondLeft, glyphs.beyondRight, glyphs.peak,
        glyphs.bullet, glyphs.caret, glyphs.up, glyphs.down, glyphs.left, glyphs.right, glyphs.dotFilled,
        glyphs.dotEmpty, glyphs.light, glyphs.check, glyphs.cross, glyphs.mark, glyphs.cueMark, glyphs.pauseMark,
        glyphs.fillerMark, glyphs.bandEnd,
      ]
    #expect(glyphs.horizontalEighths.count == 8 && glyphs.verticalEighths.count == 8)
    for glyph in all { #expect(cellWidth(String(glyph)) == 1 && (glyph.isASCII || !glyphs.isASCII)) }
    for (digit, rows) in glyphs.bigDigits {
      #expect(rows.count == 3 && Set(rows.map(\.count)).count == 1, "\(digit)")
    }
    #expect(glyphs.bigDigits.count == 14)
  }
}
