import CLinux
import CNcurses
import Glibc
package import Terminal

/// A grid on a terminal.
///
/// Views hand over a whole grid each time; the screen compares it with the one before, gives ncurses the cells that
/// changed, and ncurses finds the shortest bytes for them. Those go to a file in memory first and from there to the
/// terminal as it takes them. While it does not take them (a slow line, a stopped terminal) frames are left out
/// instead of queued: `isReady` says so, and no call here ever waits for the terminal, except leaving it, which waits
/// 300 ms at most.
///
/// It belongs to one thread, the main one.
package final class Screen {
  /// The size, held within `Size`'s bounds.
  package private(set) var size: Size
  /// The colours that are used, at most those asked for.
  package let depth: ColourDepth

  private let line: TerminalLine
  private let curses: OpaquePointer
  private let memory: Int32
  /// How much of the file in memory has been taken out of it, in bytes.
  private var taken = 0
  private let isUTF8: Bool
  private let restore: [UInt8]
  private var theme: Theme
  private var inks: [Ink] = []
  private var drawn: Grid?
  private var pending: ArraySlice<UInt8> = []
  private var reader: KeyReader
  private var state = State.open
  /// Whether curses has entered the terminal's other screen, as it does with its first frame.
  private var isShown = false

  private enum State { case open, suspended, closed }

  /// Bytes from which the file in memory is emptied: done with every frame it would cost as much as drawing it.
  private static let memoryLimit = 1 << 16

  /// Takes over a terminal: its modes, its other screen, its cursor.
  ///
  /// `close` gives them back, and so does a crash.
  ///
  /// Throws where there is no terminal, or none that can be drawn on; the caller then writes plain lines.
  package init(
    terminal: TerminalPlace, termName: String, depth: ColourDepth, theme: Theme
  ) throws(ScreenError) {
    isUTF8 = rostrum_curses_locale()
    line = try TerminalLine(terminal)
    let chosen = try TerminalName.choose(termName, depth) { Int(rostrum_terminfo_colours($0)) }
    self.depth = chosen.depth
    let (columns, rows) = line.size
    size = Size(columns: columns, rows: rows)
    memory = rostrum_memfd("rostrum-screen")
    guard memory >= 0 else { throw ScreenError(.system, "memfd_create", errno) }
    guard
      let curses = rostrum_curses_open(
        chosen.name, memory, Int32(size.rows), Int32(size.columns), chosen.depth != .none)
    else {
      Glibc.close(memory)
      throw ScreenError(.unknownTerminal(termName), "newterm")
    }
    self.curses = curses
    self.theme = theme
    restore = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].flatMap { Screen.string(curses, $0) }
    reader = KeyReader(decoder: KeyDecoder(sequences: Screen.keySequences(curses)))
    line.protect(restore: restore)
    do throws(ScreenError) { try line.enter(.screen) } catch {
      state = .closed
      rostrum_restore_forget()
      rostrum_curses_close(curses)
      Glibc.close(memory)
      throw error
    }
    use(theme)
    pending += Screen.string(curses, "smkx")
    flush()
  }

  deinit { close() }

  /// Whether the locale takes UTF-8; where it does not, draw with ASCII glyphs.
  ///
  /// Reads the locale from the environment.
  package static var localeIsUTF8: Bool { rostrum_curses_locale() }

  /// Poll it for `POLLIN`, then call `readKeys`.
  package var inputDescriptor: Int32 { line.descriptor }
  /// Poll it for `POLLOUT` while `wantsToWrite`, then call `flush`.
  package var outputDescriptor: Int32 { line.descriptor }
  /// Whether bytes wait for the terminal to take them.
  package var wantsToWrite: Bool { !pending.isEmpty && !line.isHungUp }
  /// Whether a frame would be drawn now; if not, draw the then newest one once the bytes are out.
  package var isReady: Bool { state == .open && pending.isEmpty && !line.isHungUp }
  /// Whether the terminal is gone: nothing will come from it or go to it again.
  package var isHungUp: Bool { line.isHungUp }
  /// How many bytes the terminal has taken.
  package var bytesWritten: Int { line.bytesWritten }

  /// Shows a grid, and says whether it did; a frame that comes while the last one is still under way is left out.
  @discardableResult
  package func draw(_ grid: Grid) -> Bool {
    flush()
    guard isReady else { return false }
    if grid.size != drawn?.size {
      rostrum_curses_erase(curses)
      drawn = nil
    }
    let before = drawn ?? Grid(grid.size)  // What curses holds once it is erased.
    for row in 0..<min(grid.size.rows, size.rows) where grid.differs(from: before, inRow: row) {
      for column in 0..<min(grid.size.columns, size.columns) {
        let cell = grid[column, row]
        if cell.width > 0, cell != before[column, row] { put(cell, column, row) }
      }
    }
    drawn = grid
    isShown = true
    rostrum_curses_update(curses)
    takeBytes()
    return true
  }

  /// Sends what the terminal takes of the bytes that wait.
  package func flush() {
    guard !pending.isEmpty else { return }
    pending = pending.dropFirst(line.write(pending))
    if line.isHungUp { pending = [] }
  }

  /// The keys that were pressed; waits 25 ms at most, and only where the last byte is an Escape.
  package func readKeys() -> [Key] { state == .open ? reader.read(line) : [] }

  /// Takes over the terminal's size after it has changed (SIGWINCH), and draws everything anew with the next frame.
  package func resize() {
    guard state == .open else { return }
    takeSize()
    pending += region
    flush()
  }

  /// Whether the terminal has another size than the screen: multiplexers do not always send the signal with the last
  /// of several sizes.
  package var isOutgrown: Bool {
    let (columns, rows) = line.size
    return state == .open && Size(columns: columns, rows: rows) != size
  }

  /// Draws everything anew with the next frame: after something else has written over it.
  package func repaint() {
    guard state != .closed else { return }
    rostrum_curses_erase(curses)
    rostrum_curses_repaint(curses)
    drawn = nil
  }

  /// Changes the theme; the next frame shows it.
  package func use(_ theme: Theme) {
    guard state != .closed else { return }
    self.theme = theme
    inks = Role.allCases.map { theme.ink($0, depth) }
    for (index, ink) in inks.enumerated() {
      rostrum_curses_pair(curses, Int32(index + 1), Int32(ink.foreground), Int32(ink.background))
    }
    let text = inks[Int(Role.text.rawValue)]
    rostrum_curses_background(curses, Int32(Role.text.rawValue) + 1, UInt32(text.attributes.rawValue))
    repaint()
  }

  /// Gives the terminal back for a while: before the program stops itself (Ctrl-Z) or runs another.
  package func suspend() {
    guard state == .open else { return }
    leave()
    state = .suspended
  }

  /// Takes the terminal again after `suspend`, in whatever size it now has.
  package func resume() {
    guard state == .suspended else { return }
    state = .open
    try? line.enter(.screen)
    line.protect(restore: restore)
    takeSize()
    pending += Screen.string(curses, "smkx")
    flush()
  }

  /// Gives the terminal back for good.
  ///
  /// May be called again.
  package func close() {
    guard state != .closed else { return }
    if state == .open { leave() }
    state = .closed
    rostrum_curses_close(curses)
    Glibc.close(memory)
  }

  private func takeSize() {
    let (columns, rows) = line.size
    size = Size(columns: columns, rows: rows)
    rostrum_curses_resize(curses, Int32(max(size.rows, 1)), Int32(max(size.columns, 1)))
    repaint()
  }

  /// Makes all rows scroll again. Curses does it when it enters, and then takes the size to stay as it was.
  private var region: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = rostrum_curses_region(curses, Int32(max(size.rows, 1)), &bytes, bytes.count)
    return Array(bytes.prefix(count))
  }

  private func leave() {
    if isShown {
      rostrum_curses_leave(curses)
      takeBytes()
    } else {
      pending += Screen.string(curses, "rmkx")
    }
    isShown = false
    flush(milliseconds: 300)
    if !pending.isEmpty {
      // The terminal has stood still: what it has not taken is lost, also half a sequence, which CAN ends.
      pending = []
      _ = line.write([0x18] + restore[...])
    }
    line.leave()
    rostrum_restore_forget()
  }

  private func flush(milliseconds: Int32) {
    var left = milliseconds
    while wantsToWrite, left > 0 {
      flush()
      guard wantsToWrite else { return }
      if !line.waits(for: POLLOUT, milliseconds: 20) { left -= 20 }
    }
  }

  private func put(_ cell: Cell, _ column: Int, _ row: Int) {
    let ink = inks[Int(cell.role.rawValue)]
    let pair = Int32(cell.role.rawValue) + 1
    var scalars = cell.glyph.unicodeScalars.prefix(5).map(\.value)
    let isShown = isUTF8 || scalars.allSatisfy { $0 < 0x80 }
    if !isShown || rostrum_curses_width(scalars[0]) != Int32(cell.width) { scalars = [0x3F] }
    let attributes = UInt32(ink.attributes.rawValue)
    rostrum_curses_put(curses, Int32(row), Int32(column), scalars, Int32(scalars.count), attributes, pair)
    if cell.width == 2, scalars == [0x3F] {
      rostrum_curses_put(curses, Int32(row), Int32(column + 1), [0x20], 1, attributes, pair)
    }
  }

  /// Moves what curses has written in memory to the bytes that wait.
  private func takeBytes() {
    let end = Int(lseek(memory, 0, SEEK_CUR))
    guard end > taken else { return }
    var bytes = [UInt8](repeating: 0, count: end - taken)
    let done = pread(memory, &bytes, bytes.count, off_t(taken))
    taken = end
    if taken >= Screen.memoryLimit {
      ftruncate(memory, 0)
      lseek(memory, 0, SEEK_SET)
      taken = 0
    }
    pending += bytes.prefix(max(done, 0))
    flush()
  }

  private static func string(_ curses: OpaquePointer, _ capability: String) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = rostrum_curses_string(curses, capability, &bytes, bytes.count)
    return Array(bytes.prefix(count))
  }

  private static func keySequences(_ curses: OpaquePointer) -> [[UInt8]: Key] {
    let named: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
      ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backtab),
      ("kent", .enter),
    ]
    let functions = (1...12).map { ("kf\($0)", Key.function($0)) }
    var sequences: [[UInt8]: Key] = [:]
    for (capability, key) in named + functions { sequences[string(curses, capability)] = key }
    return sequences
  }
}
