import Foundation

/// A terminal that can be looked at: tmux with a server, a socket and a configuration of its own.
///
/// What a test sees is what a person would: tmux has taken every escape sequence in, and hands the cells out as text.
/// The pane runs a plain shell whose prompt is `ready$ `, so that a test can also see what a program leaves behind.
package final class Tmux: Sendable {
  /// The prompt of the shell in the pane.
  package static let prompt = "ready$"
  /// Whether tmux is installed.
  package static let isThere = Machine.has("tmux")

  private let scratch: Scratch
  private let leash: Leash
  private var call: [String] { ["tmux", "-L", "rostrum", "-f", scratch.path("tmux.conf")] }

  /// Opens a pane of the given size with a shell in it.
  /// - Parameters:
  ///   - environment: what the shell has, laid over `Machine.base`; TERM says what kind of terminal tmux plays.
  ///   - columns: the width in cells.
  ///   - rows: the height in cells.
  /// - Throws: `SupportError` if tmux does not start.
  package init(environment: [String: String] = [:], columns: Int = 80, rows: Int = 24) throws {
    scratch = try Scratch()
    let kind = environment["TERM"] ?? "tmux-256color"
    let settings = """
      set -g default-terminal "\(kind)"
      set -s escape-time 0
      set -g status off
      set -g history-limit 5000
      set -g default-shell /bin/sh
      """
    _ = try scratch.write(settings + "\n", to: "tmux.conf")
    leash = try Leash("TMUX_TMPDIR='\(scratch.path)' tmux -L rostrum kill-server")
    var given = environment.filter { $0.key != "TERM" }
    given["PS1"] = "\(Tmux.prompt) "
    given["ENV"] = ""
    given["TMUX_TMPDIR"] = scratch.path
    let started = try run(
      call + ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "/bin/sh"], environment: given)
    guard started.code == 0 else { throw SupportError("tmux does not start: \(started)") }
    guard wait(until: { $0.contains(Tmux.prompt) }) else { throw SupportError("no prompt in tmux") }
  }

  deinit { command("kill-server") }

  /// Does one tmux command and returns what it printed.
  @discardableResult
  package func command(_ arguments: String...) -> String {
    (try? run(call + arguments, environment: ["TMUX_TMPDIR": scratch.path]))?.output ?? ""
  }

  /// Types a line and presses Enter.
  package func enter(_ line: String) {
    command("send-keys", "-l", line)
    command("send-keys", "Enter")
  }

  /// Presses keys by tmux's names (`q`, `Space`, `Escape`, `C-c`, `Up`).
  package func press(_ keys: String...) {
    for key in keys { command("send-keys", key) }
  }

  /// The screen as text, a line a row, blanks at the end of lines left off.
  package var screen: String { command("capture-pane", "-p") }

  /// The screen as text with its colours and attributes as escape sequences.
  package var styledScreen: String { command("capture-pane", "-p", "-e") }

  /// The screen with what has scrolled off it.
  package var everything: String { command("capture-pane", "-p", "-S", "-") }

  /// Changes the size of the terminal.
  package func resize(columns: Int, rows: Int) {
    command("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Whether a program draws on the alternate screen, as full-screen programs do.
  package var isAlternate: Bool { ask("alternate_on") == "1" }

  /// Whether the cursor is shown.
  package var isCursorShown: Bool { ask("cursor_flag") == "1" }

  /// The name of the program in the foreground.
  package var foreground: String { ask("pane_current_command") }

  /// The process id of the server.
  package var server: Int32 { Int32(ask("pid")) ?? 0 }

  /// The process id of the shell in the pane.
  package var shell: Int32 { Int32(ask("pane_pid")) ?? 0 }

  /// Ends the pane at once, as a dropped line does: its programs get SIGHUP.
  package func hangUp() { command("kill-session") }

  /// Waits until the screen holds what `condition` asks for; false when patience is over.
  package func wait(until condition: (String) -> Bool) -> Bool {
    eventually(everySeconds: 0.05) { condition(screen) }
  }

  private func ask(_ name: String) -> String {
    command("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
