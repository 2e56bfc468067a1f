import Glibc
import Screen
import Terminal
import Testing

/// ncurses, the locale and the crash handler are the process's own, so one test at a time.
@Suite(.serialized) final class ScreenTests {
  private let pty: Pseudoterminal

  init() throws {
    setenv("LC_ALL", "C.UTF-8", 1)
    pty = try Pseudoterminal()
  }

  private func open(
    _ depth: ColourDepth = .indexed256, term: String = "xterm-256color", theme: Theme = .fallback
  ) throws -> Screen {
    try Screen(terminal: .descriptor(pty.slave), termName: term, depth: depth, theme: theme)
  }

  private func sample(_ size: Size, _ text: String = "148", _ role: Role = .good) -> Grid {
    var grid = Grid(size)
    grid.put(text, 3, 2, role)
    return grid
  }

  @Test func `only what changed is sent`() throws {
    let screen = try open()
    var grid = sample(screen.size, "pace 148 世界 e\u{301}")
    #expect(screen.draw(grid))
    #expect(pty.output().contains("pace 148 世界 e\u{301}"))
    #expect(screen.draw(grid))
    #expect(pty.output() == "")
    grid.put("9", 10, 2, .good)
    screen.draw(grid)
    let change = pty.output()
    #expect(change.contains("9") && !change.contains("pace"))
    #expect(change.utf8.count < 50, "\(change.debugDescription)")
  }

  @Test func `meters at ten frames a second stay under two kilobytes a second`() throws {
    let screen = try open(.truecolor)
    var level = 0.0
    var sent = 0
    for frame in 0..<51 {
      level = 0.9 * level + Double(frame * 7919 % 60) * 0.1
      var grid = Grid(screen.size)
      grid.draw(
        LevelBar(value: level - 60, range: -60...0, peak: -12), in: Area(column: 2, row: 20, columns: 60, rows: 1))
      grid.draw(
        BandMeter(value: 140 + level / 4, range: 60...240, calm: 140...160, usable: 120...180),
        in: Area(column: 2, row: 5, columns: 60, rows: 3))
      grid.draw(Fact("Pace", "\(140 + Int(level) / 8)", unit: "wpm"), in: Area(column: 2, row: 3, columns: 20, rows: 1))
      grid.put(clockTime(Double(frame) / 10), 70, 0, .value)
      screen.draw(grid)
      if frame == 0 { sent = screen.bytesWritten }
      _ = pty.bytes()
    }
    #expect((screen.bytesWritten - sent) / 5 < 2048, "\((screen.bytesWritten - sent) / 5) bytes a second")
  }

  @Test(arguments: [
    (ColourDepth.truecolor, "xterm-256color", "38;2;143;208;168"), (.truecolor, "tmux-256color", "38:2::143:208:168"),
    (.truecolor, "alacritty", "38;2;143;208;168"), (.truecolor, "xterm-kitty-of-2030", "38;2;143;208;168"),
    (.indexed256, "ghostty", "38;5;115"), (.indexed256, "xterm", "38;5;115"),
    (.indexed256, "xterm-256color", "38;5;115"),
    (.indexed256, "xterm-direct", "38;5;115"), (.ansi16, "xterm-256color", "\u{1B}[32m"),
    (.ansi8, "linux", "\u{1B}[32m"),
    (.truecolor, "linux", "\u{1B}[32m"), (.truecolor, "screen-256color", "38:2::143:208:168"),
  ])
  func `a role has its colour at each depth`(depth: ColourDepth, term: String, colour: String) throws {
    let screen = try open(depth, term: term)
    screen.draw(sample(screen.size))
    let output = pty.output()
    #expect(output.contains(colour), "\(output.debugDescription)")
    screen.suspend()
    screen.resume()
    screen.draw(sample(screen.size))
    screen.close()
    #expect(!(output + pty.output()).contains("\u{1B}]"), "the palette is left alone")
  }

  @Test(arguments: ["xterm-256color", "vt100"]) func `without colours no colour is sent`(term: String) throws {
    let screen = try open(.none, term: term)
    screen.draw(sample(screen.size, "SELECTED", .selection))
    let output = pty.output()
    #expect(!output.contains(/\x1B\[[0-9;]*[34][0-9](;[0-9;]*)?m/) && output.contains("SELECTED"))
    #expect(output.contains("7m") || output.contains(";7"), "shown reversed: \(output.debugDescription)")
  }

  @Test func `the terminal's own background stays where the theme says so`() throws {
    let own = Theme(name: "own", summary: "", background: nil, styles: [.text: Style(), .good: Style(ansi: .green)])
    let screen = try open(.indexed256, theme: own)
    screen.draw(sample(screen.size))
    #expect(!pty.output().contains("48;5"))
    screen.use(.fallback)
    screen.draw(sample(screen.size))
    #expect(pty.output().contains("48;5;235"))
  }

  @Test(arguments: [
    ("xterm-ghostty", "truecolor", ColourDepth.truecolor), ("xterm-256color", "", .indexed256), ("linux", "", .ansi8),
    ("no-such-terminal", "truecolor", .none), ("../x", "truecolor", .none), ("dumb", "truecolor", .none),
  ])
  func `the depth is what terminfo and the environment agree on`(term: String, promise: String, depth: ColourDepth) {
    #expect(ColourDepth.detect(environment: ["TERM": term, "COLORTERM": promise]) == depth)
  }

  @Test(arguments: ["no-such-terminal", "", "../../etc/passwd", "x\u{1B}y", String(repeating: "x", count: 5000)])
  func `a terminal that is not known is refused`(term: String) {
    #expect(throws: ScreenError.self) { try self.open(term: term) }
  }

  @Test func `what is no terminal is refused`() throws {
    #expect(throws: ScreenError.self) { try self.open(term: "dumb") }
    #expect(throws: ScreenError.self) {
      try Screen(terminal: .descriptor(-1), termName: "xterm", depth: .none, theme: .fallback)
    }
    let before = pty.modes
    #expect(throws: ScreenError.self) { try PlainKeys(terminal: .descriptor(9999)) }
    #expect(pty.modes == before)
  }

  @Test func `resizing is taken over at once, down to nothing`() throws {
    let screen = try open()
    screen.draw(sample(screen.size))
    for (columns, rows) in [(40, 12), (200, 60), (1, 1), (65535, 65535), (80, 24)] as [(UInt16, UInt16)] {
      pty.resize(columns: columns, rows: rows)
      screen.resize()
      #expect(screen.size == Size(columns: Int(columns), rows: Int(rows)))
      _ = pty.output()
      var grid = Grid(screen.size)
      grid.put("corner", screen.size.columns - 6, screen.size.rows - 1, .value)
      screen.draw(grid)
      while screen.wantsToWrite {
        _ = pty.bytes()
        screen.flush()
      }
      #expect(screen.isReady)
    }
    #expect(pty.output().contains("corn"))
    screen.draw(sample(Size(columns: 300, rows: 3), "other size"))
    #expect(pty.output().contains("other size"))
  }

  @Test func `keys arrive decoded`() throws {
    let screen = try open()
    screen.draw(sample(screen.size))
    pty.type("aé世\u{1B}[A\u{1B}OB\r\t\u{3}\u{1A}\u{1C}\u{13}\u{7F}\u{1B}[6~")
    #expect(
      screen.readKeys() == [
        .character("a"), .character("é"), .character("世"), .up, .down, .enter, .tab, .control("c"), .control("z"),
        .control("\\"), .control("s"), .backspace, .pageDown,
      ])
    pty.type("\u{1B}")
    #expect(screen.readKeys() == [.escape])
    #expect(screen.readKeys() == [])
    #expect(!screen.isHungUp)
  }

  @Test func `closing gives everything back, once`() throws {
    let before = pty.modes
    let screen = try open()
    #expect(pty.modes != before)
    screen.draw(sample(screen.size))
    #expect(pty.output().contains("\u{1B}[?1049h"))
    screen.close()
    let output = pty.output()
    for sequence in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?1l\u{1B}>"] { #expect(output.contains(sequence)) }
    #expect(pty.modes == before)
    screen.close()
    #expect(!screen.draw(sample(screen.size)) && screen.readKeys().isEmpty)
    screen.resize()
    screen.use(.fallback)
    screen.resume()
    #expect(pty.output() == "" && pty.modes == before)
  }

  @Test func `a screen on which nothing was drawn leaves nothing behind`() throws {
    let screen = try open()
    #expect(screen.isReady)
    screen.close()
    #expect(pty.output() == "\u{1B}[?1h\u{1B}=\u{1B}[?1l\u{1B}>")
  }

  @Test func `a screen that is let go gives everything back`() throws {
    let before = pty.modes
    do { _ = try open() }
    #expect(pty.modes == before)
  }

  @Test func `suspending gives the terminal back and resuming takes it again`() throws {
    let before = pty.modes
    let screen = try open()
    screen.draw(sample(screen.size))
    _ = pty.output()
    screen.suspend()
    let left = pty.output()
    #expect(left.contains("\u{1B}[?1049l") && left.contains("\u{1B}[?25h") && pty.modes == before)
    #expect(!screen.draw(sample(screen.size)))
    pty.resize(columns: 100, rows: 30)
    screen.resume()
    #expect(screen.size == Size(columns: 100, rows: 30) && pty.modes != before)
    screen.draw(sample(screen.size))
    let output = pty.output()
    #expect(output.contains("\u{1B}[?1049h") && output.contains("\u{1B}[?1h") && output.contains("148"))
    #expect(output.contains("\u{1B}[1;30r") && output.contains("\u{1B}[?25l"))
  }

  @Test func `a terminal that stands still never holds the program up`() throws {
    let screen = try open(.truecolor)
    pty.resize(columns: 200, rows: 60)
    screen.resize()
    var drawn = 0
    for frame in 0..<200 {
      var grid = Grid(screen.size)
      grid.fill(grid.area, frame % 2 == 0 ? "a" : "b", frame % 3 == 0 ? .good : .act)
      if screen.draw(grid) { drawn += 1 }
    }
    #expect(drawn < 20 && !screen.isReady && screen.wantsToWrite)
    let last = sample(screen.size, "caught up")
    while !screen.isReady {
      _ = pty.bytes()
      screen.flush()
    }
    #expect(screen.draw(last) && pty.output().contains("caught up"))
  }

  @Test func `leaving a terminal that stands still takes no longer than a moment`() throws {
    let before = pty.modes
    let screen = try open()
    for frame in 0..<100 {
      var grid = Grid(screen.size)
      for row in 0..<24 {
        for column in 0..<80 { grid[column, row] = Cell((frame + column) % 2 == 0 ? "x" : "y", .good) }
      }
      screen.draw(grid)
    }
    #expect(!screen.isReady)
    let time = ContinuousClock().measure { screen.close() }
    #expect(time < .seconds(1) && pty.modes == before)
  }

  @Test func `keys come one by one on a plain terminal as well`() throws {
    let before = pty.modes
    let keys = try PlainKeys(terminal: .descriptor(pty.slave))
    pty.type("q\u{1B}[B ")
    #expect(keys.readKeys() == [.character("q"), .down, .character(" ")])
    keys.suspend()
    #expect(pty.modes == before)
    keys.resume()
    #expect(pty.modes != before)
    keys.close()
    keys.close()
    #expect(pty.modes == before && keys.readKeys().isEmpty)
  }

  @Test func `where the locale is not UTF-8 only ASCII is sent`() throws {
    setenv("LC_ALL", "C", 1)
    defer { setenv("LC_ALL", "C.UTF-8", 1) }
    #expect(!Screen.localeIsUTF8)
    let screen = try open(.none)
    screen.draw(sample(screen.size, "naïve 世 ▼"))
    let output = pty.bytes()
    #expect(output.allSatisfy { $0 < 0x80 })
    #expect(String(decoding: output, as: UTF8.self).contains("na?ve ?  ?"))
  }
}
