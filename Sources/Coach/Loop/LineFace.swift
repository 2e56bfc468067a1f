import Glibc
import Practice
import Screen
import Terminal

/// The session as lines: sentences for screen readers, dumb terminals and logs, or event lines for machines.
///
/// Append-only: no cursor movement, no box or block glyphs, nothing repeated. Meters become one line every ten seconds.
final class LineFace: Face {
  enum Style { case plain, json }

  let style: Style
  private let outlet = Outlet(descriptor: STDOUT_FILENO)
  private let keys: PlainKeys?
  private var lines = PlainLines()

  init(style: Style, keys: PlainKeys?) {
    self.style = style
    self.keys = keys
  }

  var inputDescriptor: Int32 { keys?.inputDescriptor ?? -1 }
  var outputDescriptor: Int32 { STDOUT_FILENO }
  var wantsToWrite: Bool { outlet.wantsToWrite }
  var isReady: Bool { true }
  var isCongested: Bool { outlet.isCongested }
  var isGone: Bool { outlet.isClosed || (keys?.isHungUp ?? false) }
  var outputFailure: String? { outlet.failure.map(Messages.cannotWrite) }
  var drawsFrames: Bool { false }
  var size: Size? { nil }

  func readKeys() -> [Key] { keys?.readKeys() ?? [] }

  func show(_ desk: Desk) {
    guard style == .plain else { return }
    for line in lines.lines(about: desk) { write(line) }
  }

  func tell(_ event: SessionEvent, _ session: Session) {
    switch style {
    case .json: outlet.write(EventLine.text(of: event))
    case .plain:
      for line in lines.lines(for: event, session) { write(line) }
    }
  }

  /// Writes a line as it is.
  func put(_ line: String) { outlet.write(line) }

  /// Writes a sentence, broken between words where a terminal ends.
  func write(_ sentence: String) {
    for line in Printed.broken(sanitised(sentence), to: Terminals.columns(STDOUT_FILENO)) { outlet.write(line) }
  }

  func flush() { outlet.flush() }
  func use(_ theme: Theme) {}
  let isOutgrown = false
  func resize() {}
  func repaint() {}
  func suspend() { keys?.suspend() }
  func resume() { keys?.resume() }

  func close() {
    keys?.close()
    outlet.flush(waitMilliseconds: 2_000)
  }
}
