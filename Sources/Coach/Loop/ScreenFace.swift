import Practice
import Screen
import Terminal

/// The session on a screen.
final class ScreenFace: Face {
  private let screen: Screen
  private let glyphs: Glyphs

  init(screen: Screen, glyphs: Glyphs) {
    self.screen = screen
    self.glyphs = glyphs
  }

  var inputDescriptor: Int32 { screen.inputDescriptor }
  var outputDescriptor: Int32 { screen.outputDescriptor }
  var wantsToWrite: Bool { screen.wantsToWrite }
  var isReady: Bool { screen.isReady }
  var isCongested: Bool { false }
  var isGone: Bool { screen.isHungUp }
  var outputFailure: String? { nil }
  var drawsFrames: Bool { true }
  var size: Size? { screen.size }

  func readKeys() -> [Key] { screen.readKeys() }
  func show(_ desk: Desk) { screen.draw(Frame.grid(of: desk, size: screen.size, glyphs: glyphs)) }
  func tell(_ event: SessionEvent, _ session: Session) {}
  func flush() { screen.flush() }
  func use(_ theme: Theme) { screen.use(theme) }
  var isOutgrown: Bool { screen.isOutgrown }
  func resize() { screen.resize() }
  func repaint() { screen.repaint() }
  func suspend() { screen.suspend() }
  func resume() { screen.resume() }
  func close() { screen.close() }
}
