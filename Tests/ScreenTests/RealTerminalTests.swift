import Glibc
import Screen
import Terminal
import Testing

/// Runs a shell command and gives its output. Not by `Process`, which waits for what a program leaves behind as well.
@discardableResult
private func run(_ command: String) throws -> String {
  let stream = try #require(popen("LC_ALL=C.UTF-8 " + command + " 2>&1 </dev/null", "r"))
  var output: [UInt8] = []
  while case let byte = getc(stream), byte != EOF, output.count < 1 << 20 { output.append(UInt8(byte)) }
  #expect(pclose(stream) == 0, "\(command): \(String(decoding: output, as: UTF8.self))")
  return String(decoding: output, as: UTF8.self)
}

extension ScreenTests {
  @Test func `tmux shows the grid that was drawn`() throws {
    let tmux = "tmux -L rostrum-\(getpid()) -f /dev/null "
    try run(tmux + "new-session -d -x 60 -y 12 'sleep 600' >/dev/null")
    defer { _ = try? run(tmux + "kill-server") }
    let path = String(try run(tmux + "display-message -p '#{pane_tty}'").dropLast())
    try #require(path.hasPrefix("/dev/"), "tmux gives a terminal")
    let tty = open(path, O_RDWR | O_NOCTTY)
    defer { close(tty) }
    let screen = try Screen(
      terminal: .descriptor(tty), termName: "tmux-256color", depth: .truecolor, theme: .fallback)
    #expect(screen.size == Size(columns: 60, rows: 12))
    var grid = Grid(screen.size)
    for frame in 0..<30 {
      grid = Grid(screen.size)
      let inside = grid.box(grid.area, title: "Pace 世界")
      let meter = BandMeter(value: 100 + Double(frame) * 3, range: 60...240, calm: 140...160, usable: 120...175)
      grid.draw(meter, in: inside.rows(from: 0, count: 3))
      grid.draw(BigNumber("\(100 + frame * 3)"), in: inside.rows(from: 4, count: 3))
      grid.putRight("e\u{301}世\(frame)", inside.column + inside.columns, inside.row + 8, .cue)
      screen.draw(grid)
    }
    let expected = grid.lines()
    var shown: [String] = []
    for _ in 0..<1500 where shown != expected {  // tmux takes the bytes in its own time.
      usleep(20_000)
      shown = try run(tmux + "capture-pane -p").split(separator: "\n", omittingEmptySubsequences: false)
        .prefix(12).map { String($0) }
    }
    #expect(shown == expected)
    #expect(try run(tmux + "capture-pane -p -e").contains("38;2;244;201;139"))
  }

  @Test func `a crash gives the terminal back`() async throws {
    let pty = try Pseudoterminal()
    let before = pty.modes
    await #expect(processExitsWith: .failure) { [path = pty.path as String] in
      setenv("LC_ALL", "C.UTF-8", 1)
      let tty = open(path, O_RDWR | O_NOCTTY)
      let screen = try Screen(
        terminal: .descriptor(tty), termName: "xterm-256color", depth: .indexed256, theme: .fallback)
      screen.draw(Grid(screen.size))
      withExtendedLifetime(screen) { abort() }
    }
    let output = pty.output()
    #expect(output.contains("\u{1B}[?1049h") && output.hasSuffix("\u{1B}[?1049l\u{1B}[23;0;0t"))
    #expect(output.contains("\u{1B}[?25h") && pty.modes == before)
  }

  @Test func `a library that ends the process gives the terminal back`() async throws {
    let pty = try Pseudoterminal()
    let before = pty.modes
    await #expect(processExitsWith: .exitCode(7)) { [path = pty.path as String] in
      setenv("LC_ALL", "C.UTF-8", 1)
      let tty = open(path, O_RDWR | O_NOCTTY)
      let screen = try Screen(
        terminal: .descriptor(tty), termName: "xterm-256color", depth: .indexed256, theme: .fallback)
      screen.draw(Grid(screen.size))
      withExtendedLifetime(screen) { exit(7) }
    }
    #expect(pty.output().hasSuffix("\u{1B}[?1049l\u{1B}[23;0;0t") && pty.modes == before)
  }
}
