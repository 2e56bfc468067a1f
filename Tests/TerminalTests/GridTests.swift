import Terminal
import Testing

@Suite struct GridTests {
  @Test func `text is clipped at every edge`() {
    var grid = Grid(Size(columns: 6, rows: 2))
    #expect(grid.put("abcdefgh", -2, 0) == 8)
    grid.put("x", 0, 2)
    grid.put("y", 0, -1)
    grid.put("世", 5, 1)
    #expect(grid.lines() == ["cdefgh", ""])
  }

  @Test func `half a wide glyph never stays behind`() {
    var grid = Grid(Size(columns: 6, rows: 1))
    grid.put("世界", 0, 0)
    grid.put("x", 1, 0)
    #expect(grid.lines() == [" x界"])
    grid.put("人", 1, 0)
    #expect(grid.lines() == [" 人"])
    #expect((0..<4).map { grid[$0, 0].width } == [1, 2, 0, 1])
  }

  @Test func `a golden screen is glyphs, then a letter per role`() {
    var grid = Grid(Size(columns: 12, rows: 3))
    let inside = grid.box(grid.area, title: "Pace")
    grid.put("148", inside.column, inside.row, .good)
    grid.putRight("wpm", inside.column + inside.columns, inside.row, .hint)
    #expect(
      grid.golden == """
        ┌ Pace ────┐
        │148    wpm│
        └──────────┘
        ---
        bTTTTTTbbbbb
        bggg    hhhb
        bbbbbbbbbbbb

        """)
  }

  @Test func `each role has a letter and a name of its own`() {
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    #expect(Set(Role.allCases.map(\.name)).count == Role.allCases.count)
    for role in Role.allCases { #expect(Role(name: role.name) == role) }
    #expect(Role(name: "nothing") == nil)
  }

  @Test func `text is set right, centred, and cut to its width`() {
    var grid = Grid(Size(columns: 10, rows: 3))
    grid.putRight("148", 10, 0)
    grid.putCentred("ok", in: grid.area, row: 1)
    grid.put("a long remark", 2, 2, .text, width: 6)
    #expect(grid.lines() == ["       148", "    ok", "  a lon…"])
  }

  @Test func `a screen is bounded whatever a terminal claims`() {
    #expect(Size(columns: 65535, rows: 65535) == .largest)
    #expect(Size(columns: -1, rows: 3).columns == 0)
    var grid = Grid(Size(columns: 0, rows: 0))
    grid.put("x", 0, 0)
    grid.fill(Area(column: -5, row: -5, columns: 99, rows: 99), "#")
    grid.box(Area(column: 3, row: 3, columns: 2, rows: 2), title: "x")
    #expect(grid.lines() == [])
  }

  @Test func `areas never give back more than there was`() {
    let area = Area(column: 2, row: 1, columns: 40, rows: 12)
    #expect(area.rows(from: 10, count: 5) == Area(column: 2, row: 11, columns: 40, rows: 2))
    #expect(area.rows(from: 20).isEmpty)
    #expect(area.inset(by: 9) == Area(column: 11, row: 10, columns: 22, rows: 0))
    #expect(area.splitColumns([1, 1, 2]).map(\.columns) == [9, 10, 19])
    #expect(area.splitColumns([1, 1, 2]).map(\.column) == [2, 12, 23])
    #expect(area.splitTop(3).rest.rows == 9)
    #expect(area.splitBottom(3).bottom.row == 10)
    #expect(Area(column: 0, row: 0, columns: 1, rows: 1).splitColumns([1, 1, 1]).allSatisfy { $0.columns == 0 })
  }

  @Test func `a grid is pasted with its wide glyphs whole`() {
    var small = Grid(Size(columns: 3, rows: 1))
    small.put("世x", 0, 0, .value)
    var grid = Grid(Size(columns: 5, rows: 2))
    grid.paste(small, 1, 1)
    #expect(grid.lines() == ["", " 世x"])
    #expect(grid.differs(from: Grid(grid.size), inRow: 1))
    #expect(!grid.differs(from: Grid(grid.size), inRow: 0))
  }
}
