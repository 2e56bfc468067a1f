import CLinux
import Glibc
package import Terminal

/// Single keys from a terminal on which nothing is drawn: for the mode that writes plain lines.
///
/// Signals and output stay as the terminal has them, so Ctrl-C and Ctrl-Z do what they always do.
package final class PlainKeys {
  private let line: TerminalLine
  private var reader = KeyReader(decoder: KeyDecoder())
  private var isOpen = true

  /// Has a terminal hand over each key at once, unseen.
  ///
  /// `close` puts it back, and so does a crash.
  package init(terminal: TerminalPlace) throws(ScreenError) {
    line = try TerminalLine(terminal)
    line.protect(restore: [])
    do throws(ScreenError) { try line.enter(.lines) } catch {
      rostrum_restore_forget()
      isOpen = false
      throw error
    }
  }

  deinit { close() }

  /// Poll it for `POLLIN`, then call `readKeys`.
  package var inputDescriptor: Int32 { line.descriptor }
  /// Whether the terminal is gone.
  package var isHungUp: Bool { line.isHungUp }

  /// The keys that were pressed; waits 25 ms at most, and only where the last byte is an Escape.
  package func readKeys() -> [Key] { isOpen ? reader.read(line) : [] }

  /// Puts the terminal back as it was.
  ///
  /// May be called again.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    line.leave()
    rostrum_restore_forget()
  }

  /// Puts the terminal back before the program stops itself; `resume` takes it again.
  package func suspend() {
    if isOpen { line.leave() }
  }

  /// Takes the terminal again after `suspend`.
  package func resume() {
    if isOpen { try? line.enter(.lines) }
  }
}
