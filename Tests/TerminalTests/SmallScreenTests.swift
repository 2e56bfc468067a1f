import Terminal
import Testing

/// A screen as views make one, at the smallest size that is promised, and widgets where there is no room at all.
@Suite struct SmallScreenTests {
  private func screen(_ size: Size, _ glyphs: Glyphs) -> Grid {
    var grid = Grid(size)
    let (body, keys) = grid.area.splitBottom(1)
    let inside = grid.box(body, title: "Rehearsing: opening", glyphs: glyphs)
    let columns = inside.splitColumns([2, 1])
    guard columns.count == 2 else { return grid }
    grid.draw(BigNumber("148"), in: columns[0].rows(from: 0, count: 3), glyphs)
    grid.draw(Fact("Fillers", "3", unit: "/min"), in: columns[1].rows(from: 1, count: 1), glyphs)
    grid.draw(
      BandMeter(value: 148, range: 60...240, calm: 140...160, usable: 120...175),
      in: inside.rows(from: 3, count: 2), glyphs)
    grid.draw(LevelBar(value: -20, range: -60...0, peak: -9), in: inside.rows(from: 6, count: 1), glyphs)
    grid.draw(
      Timeline(span: 0...60, marks: [.init(.pause, at: 10, until: 14), .init(.filler, at: 40)]),
      in: inside.rows(from: 7, count: 2), glyphs)
    grid.draw(KeyBar([("space", "pause"), ("m", "mark"), ("q", "finish"), ("?", "help")]), in: keys, glyphs)
    return grid
  }

  @Test func `forty columns and twelve rows are enough`() {
    #expect(
      screen(Size(columns: 40, rows: 12), .unicode).golden == """
        ┌ Rehearsing: opening ─────────────────┐
        │▀█  █ █ █▀█                           │
        │ █  ▀▀█ █▀█              Fillers 3    │
        │▀▀▀   ▀ ▀▀▀                           │
        │                  ▼                   │
        │────────────════▒▒▒▒▒▒═══─────────────│
        │                                      │
        │█████████████████████████▍     │     ││
        │──────━━━━───────────────x────────────│
        │0:00                              1:00│
        └──────────────────────────────────────┘
        space pause  m mark  q finish  ? help
        ---
        bTTTTTTTTTTTTTTTTTTTTTbbbbbbbbbbbbbbbbbb
        bvvvvvvvvvvv                           b
        bvvvvvvvvvvv              lllllll v    b
        bvvvvvvvvvvv                           b
        b                  g                   b
        bttttttttttttttttBBBBBBttttttttttttttttb
        b                                      b
        bLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLmLLLLLtb
        bttttttpppptttttttttttttttfttttttttttttb
        bhhhh                              hhhhb
        bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        kkkkk KKKKK  k KKKK  k KKKKKK  k KKKK

        """)
  }

  @Test func `the same screen is there in ASCII`() {
    let grid = screen(Size(columns: 40, rows: 12), .ascii)
    #expect(grid.golden.allSatisfy { $0.isASCII })
    #expect(grid.lines()[5] == "|............----======---.............|")
    #expect(grid.lines()[8] == "|......====...............x............|")
  }

  @Test func `no size is too small, and no value too strange`() {
    let values: [Double?] = [nil, 0, -1e300, 1e300, .nan, .infinity, -.infinity, 148]
    for columns in 0..<20 {
      for rows in 0..<6 {
        let grid = screen(Size(columns: columns, rows: rows), columns % 2 == 0 ? .unicode : .ascii)
        #expect(grid.lines().allSatisfy { cellWidth($0) <= columns })
        var other = Grid(Size(columns: columns, rows: rows))
        for value in values {
          for range in [0.0...1, 5...5, -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude] {
            other.draw(BandMeter(value: value, range: range, calm: range, usable: 0...1), in: other.area)
            other.draw(LevelBar(value: value, range: range, peak: value, isClipped: true), in: other.area)
            other.draw(Strip([value, value], range: range, band: range), in: other.area)
            let mark = Timeline.Mark(.filler, at: value ?? 3, until: 2)
            other.draw(Timeline(span: range, marks: [mark], position: value), in: other.area)
          }
        }
        other.draw(Paragraph("a世 b", first: -3), in: other.area)
        other.draw(ListTable(columns: [], rows: [["x"]], selected: -1), in: other.area)
        #expect(other.lines().count == rows)
      }
    }
  }
}
