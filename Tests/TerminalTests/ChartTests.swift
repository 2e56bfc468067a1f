import Terminal
import Testing

/// A chart in its three inks, as a picture and as lines.
@Suite struct ChartTests {
  private static let day = 86_400.0

  /// A date that tells its day and no other.
  private static func date(_ at: Double) -> String { "day \(Int((at / day).rounded(.down)))" }

  private static func samples(_ values: [Double], from first: Double = 0, every days: Double = 1) -> [ChartSample] {
    values.enumerated().map { ChartSample(at: (first + Double($0) * days) * day, value: $1) }
  }

  private static let pace = Chart(
    label: "Pace", unit: "wpm", points: samples([152, 149, 155, 151, 153, 141, 138, 140, 143, 139]),
    smooth: samples([152, 152, 152, 151, 149, 145, 142, 140, 140, 140]), band: 137...143,
    changes: [.init(at: 5 * day, before: 152, after: 140)], date: date)

  private func check(
    _ chart: Chart, _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, shows picture: String,
    roles: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var grid = Grid(Size(columns: columns, rows: rows))
    grid.draw(chart, in: grid.area, glyphs)
    #expect(grid.lines().joined(separator: "\n") == picture, sourceLocation: sourceLocation)
    if let roles { #expect(grid.roleLines().joined(separator: "\n") == roles, sourceLocation: sourceLocation) }
    if glyphs.isASCII { #expect(grid.lines().allSatisfy { $0.allSatisfy(\.isASCII) }, sourceLocation: sourceLocation) }
  }

  @Test func `points, line, band and change differ by shape`() {
    check(
      Self.pace, 56, 12,
      shows: """
        Pace, wpm        • session  ⠒⠒ smooth  ╌╌ band  ▲ change
            │           •                │
            │•⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢄⣀⣀⡀      •     │
        150 │               ⠈⠉•⠒⠢⢄⣀      │
            │      •               ⠉⠒⢄⡀  │
            │                         ⠈⠑⠤⡀
            │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⠈⠑⠢⢄⡀╌╌╌╌╌╌╌╌╌╌╌•╌╌╌╌╌╌
            │                            •   ⠈⠑⠢⠤⣀⡀
        140 │                            │        ⠈⠉•⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒•
            │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌•╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
             ────────────────────────────▲──────────────────────
             day 0          day 3           day 6          day 9
        """,
      roles: """
        lllllllll        hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
            b           L                M
            bLvvvvvvvvvvvvvvv      L     M
        hhh b               vvLvvvv      M
            b      L               vvvv  M
            b                         vvvv
            bBBBBBBBBBBBBBBBBBBBBBBBBBBBBvvvvvBBBBBBBBBBBLBBBBBB
            b                            L   vvvvvv
        hhh b                            M        vvLvvvvvvvvvvL
            bBBBBBBBBBBBBBBBBBBBBBBBBBBBBMBBBBLBBBBBBBBBBBBBBBBB
             bbbbbbbbbbbbbbbbbbbbbbbbbbbbMbbbbbbbbbbbbbbbbbbbbbb
             hhhhh          hhhhh           hhhhh          hhhhh
        """)
  }

  @Test func `block elements draw the same`() {
    check(
      Self.pace, 44, 10, .blocks,
      shows: """
        Pace, wpm      • session  ▄▄ smooth  ╌╌ band
            │        •            │
            │•▀▀▀▀▀▀▀▀▀▀▄▄•▄  •   │
        150 │    •          ▀▀▀▄▖ │
            │                   ▝▀▄▖
            │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│▝▀▚▄▄╌╌╌╌╌╌╌•╌╌╌╌
        140 │                     •     ▀▀▄•▄▄▄▄▄▄▄•
            │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌•╌╌╌╌╌╌╌╌╌╌╌╌╌
             ─────────────────────▲─────────────────
             day 0            day 4            day 9
        """)
  }

  @Test func `ASCII draws the same, without a sign that is not ASCII`() {
    check(
      Self.pace, 44, 10, .ascii,
      shows: """
        Pace, wpm      * session  -- smooth  == band
            |        *            |
            |*''''''''''--*.  *   |
        150 |    *          ''-.  |
            |                   '-.
            |=====================|'--.========*====
        140 |                     *    ''--*.......*
            |=====================|===*=============
             ---------------------^-----------------
             day 0            day 4            day 9
        """)
  }

  @Test func `the smallest place has the dates and the values too`() {
    check(
      Self.pace, 30, 6,
      shows: """
        Pace, wpm            • session
        155 │•⠤⠤⠤⠤•⠤⠤•⣀⡀• │
            │╌╌╌•╌╌╌╌╌╌⠈⠉⠒⠤⢄⣀╌╌╌╌╌•╌╌╌
        137 │╌╌╌╌╌╌╌╌╌╌╌╌╌•╌╌•⠉⠒•⠒⠒⠒⠒•
             ─────────────▲───────────
             day 0               day 9
        """)
    check(
      Self.pace, 12, 3, .ascii,
      shows: """
        ---..:|
        =:==='-.==:=
        ======:'----
        """)
  }

  @Test func `many points are dots, and the line stays whole among them`() {
    var cloud = Self.pace
    cloud.points = Self.samples((0..<100).map { 140 + Double($0 * 37 % 17) }, every: 0.09)
    check(
      cloud, 44, 9,
      shows: """
        Pace, wpm      • session  ⠒⠒ smooth  ╌╌ band
        156 │  ⠂ ⠈ ⠄ ⠐  ⠁ ⠄ ⠂ ⠈ ⠠ │⠂ ⠁ ⠄ ⠐ ⠈ ⠠  ⠂ ⠈
            │⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⢄⣀⡀⠁ ⠄ ⠐ ⢈ ⠠  ⠂ ⡈ ⠠ ⠐ ⢀⠁
            │ ⠁ ⡀ ⠠  ⠁⢀  ⠄ ⠈ ⠈⠉⠒⢄⡀⠁ ⡀ ⠠ ⠈ ⢀  ⠄ ⠁ ⡀ ⠠
            │╌⠁⢀╌╌⠂╌⠈╌⢀╌⠐╌╌⠁╌⡀╌⠐╌⠈⠑⠢⢄⡀⠂╌⠁╌⡀╌⠐╌╌⠁╌⡀╌⠂
            │⡈ ⠠ ⠐ ⢀⠁ ⠄ ⠐ ⡈ ⠠  ⠂ ⡁│⠄ ⠈⠑⠒⠤⠤⣀⣀⣀⣀⣀⣀⠠ ⠐
        137 │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
             ─────────────────────▲─────────────────
             day 0            day 4            day 8
        """)
    check(
      cloud, 44, 9, .ascii,
      shows: """
        Pace, wpm      * session  -- smooth  == band
        156 |  : : : :  : : : : : :  : : : : :  : :
            |--------------.. : : : : :  : : : : :
            | : : :  : : : : ''-. : : : : : :  : : :
            |=:=:=:=:=:==:=:=:=:='-..=:=:=:=:=:=:==:
            |: :  : : : : : :  : :|: ''--.......: :
        137 |=====================|=================
             ---------------------^-----------------
             day 0            day 4            day 8
        """)
  }

  @Test func `one point lies in the middle, under its date`() {
    let one = Chart(label: "Pace", unit: "wpm", points: Self.samples([140], from: 3), date: Self.date)
    check(
      one, 30, 7,
      shows: """
        Pace, wpm            • session
        154 │
            │            •
            │
        126 │
             ─────────────────────────
                       day 3
        """)
    #expect(one.text == ["Pace, wpm: 1 session, day 3: 140."])
  }

  @Test func `constant values have a place`() {
    check(
      Chart(
        label: "Pace", unit: "", points: Self.samples([7, 7, 7]), smooth: Self.samples([7, 7, 7]), date: Self.date),
      30, 6,
      shows: """
        Pace      • session  ⠒⠒ smooth
        8 │
          │•⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒•⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒•
        6 │
           ───────────────────────────
           day 0                 day 2
        """)
  }

  @Test func `what is far off is an arrow at the edge and flattens nothing`() {
    var chart = Chart(label: "Pace", unit: "", points: Self.samples([4, 5, 6, 900, 5, 4, -900, 6]), date: Self.date)
    check(
      chart, 30, 7,
      shows: """
        Pace                 • session
        6 │       •   ↑              •
          │    •          •
          │
        4 │•                  •  ↓
           ───────────────────────────
           day 0                 day 7
        """)
    chart.points[3].value = 1e300
    chart.points[6].value = .nan
    check(
      chart, 30, 7,
      shows: """
        Pace                 • session
        6 │       •                  •
          │    •          •
          │
        4 │•                  •
           ───────────────────────────
           day 0                 day 7
        """)
  }

  @Test func `a value that is no number breaks the line`() {
    let chart = Chart(
      label: "Pace", unit: "", points: Self.samples([1, 9], every: 4), smooth: Self.samples([1, 3, .nan, 7, 9]),
      date: Self.date)
    check(
      chart, 24, 6,
      shows: """
        Pace           • session
        9 │               ⢀⡠⠤⠒⠒•
          │
        1 │•⠤⠔⠒⠊⠁
           ─────────────────────
           day 0           day 4
        """)
  }

  @Test func `nothing to draw is said`() {
    let none = Chart(label: "Pace", unit: "wpm", points: Self.samples([.nan]), date: Self.date)
    check(none, 30, 6, shows: "Pace, wpm\nno session yet\n\n\n\n")
    #expect(none.text == ["Pace, wpm: no session yet."])
  }

  @Test func `the text says what the picture shows`() {
    #expect(
      Self.pace.text == [
        "Pace, wpm: 10 sessions, day 0 to day 9.", "First 152, last 139.",
        "Smoothed: 152 on day 0, 145 on day 5, 140 on day 9.", "Band: 137 to 143.",
        "Change on day 5: 152 before, 140 since.",
      ])
  }

  @Test func `labels of the axes never touch`() {
    for columns in stride(from: 1, through: 120, by: 7) {
      for (first, every) in [(0.0, 1.0), (99, 3), (20_000, 0.001), (9_990, 4)] {
        let chart = Chart(
          label: "", unit: "", points: Self.samples([1, 2, 3, 4], from: first, every: every), date: Self.date)
        var grid = Grid(Size(columns: columns, rows: 8))
        grid.draw(chart, in: grid.area)
        let labels = (grid.lines().last ?? "").split(separator: "  ").map { $0.drop { $0 == " " } }
        #expect(labels.allSatisfy { $0.wholeMatch(of: /day \d+/) != nil }, "\(labels)")
        #expect(Set(labels).count == labels.count, "\(labels)")
      }
    }
  }

  @Test(arguments: [Glyphs.unicode, .blocks, .ascii])
  func `nothing is drawn outside, at any size and of any values`(glyphs: Glyphs) {
    let odd: [[Double]] = [
      [], [.nan], [0], [1e300, -1e300, 3], [1e11, -1e11], [.infinity, -.infinity, .nan], [1e-9, 2e-9, 3e-9],
      (0..<300).map { Double($0 * 7919 % 101) }, [5, 5, 5, 5, 5, 1e11],
    ]
    for values in odd {
      let samples = Self.samples(values)
      let chart = Chart(
        label: "Pitch 世", unit: "semitones", decimals: 9, points: samples, smooth: samples + samples,
        band: 2 ... .infinity,
        changes: [.init(at: .nan, before: 1, after: 2), .init(at: Self.day, before: 1, after: .nan)], date: Self.date)
      #expect(!chart.text.isEmpty)
      for (columns, rows) in [
        (0, 0), (1, 1), (2, 9), (9, 2), (3, 3), (15, 4), (16, 5), (17, 6), (30, 6), (31, 7), (80, 24), (200, 50),
      ] {
        var grid = Grid(Size(columns: columns + 4, rows: rows + 4))
        grid.fill(grid.area, "?")
        let whole = grid
        let area = grid.area.inset(by: 2)
        grid.fill(area)
        grid.draw(chart, in: area, glyphs)
        grid.fill(area, "?")
        #expect(grid == whole)
      }
    }
    var grid = Grid(Size(columns: 10, rows: 4))
    grid.draw(Self.pace, in: Area(column: -5, row: -3, columns: 100_000, rows: 100_000), glyphs)
  }

  @Test func `any moment is survived`() {
    for at in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 1e11] {
      let chart = Chart(
        label: "a", unit: "b", points: [.init(at: at, value: 1), .init(at: 0, value: 2)],
        smooth: [.init(at: at, value: 1)], changes: [.init(at: at, before: 0, after: 1)]
      ) { _ in "now" }
      var grid = Grid(Size(columns: 40, rows: 8))
      grid.draw(chart, in: grid.area)
      #expect(chart.text.count >= 1)
    }
  }
}
