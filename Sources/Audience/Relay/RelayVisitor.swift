import NIOCore

/// Somebody at a relay's door: what they say goes to the learner's machine, what comes from there to them.
final class RelayVisitor: Visitor {
  let number: Int
  private let identity: PeerIdentity
  private let line: any VisitorLine
  private weak var core: FarCore?
  /// Whether the learner's machine knows of them: since their first line.
  private(set) var hasCome = false
  private let since = AudienceLoop.now
  private var (written, told) = (0, 0)
  private var (second, linesOfSecond) = (0, 0)
  private var isClosing = false

  init(_ number: Int, _ identity: PeerIdentity, _ line: any VisitorLine, _ core: FarCore) {
    (self.number, self.identity, self.line, self.core) = (number, identity, line, core)
  }

  let lineBytes = Wire.watcherLineBytes

  func take(_ bytes: ByteBuffer) {
    guard let core, !isClosing else { return }
    if !hasCome {
      if identity.uid == RelayYield.ownAccount, bytes.readableBytesView.elementsEqual(RelayWire.yield.utf8) {
        return core.end(.displaced)
      }
      hasCome = true
      core.send(.came(visitor: number, identity))
    }
    let now = Int(AudienceLoop.now)
    (second, linesOfSecond) = (now, now == second ? linesOfSecond + 1 : 1)
    // The hub, which hears the first of them, ends the watch for it.
    guard linesOfSecond <= core.limits.visitorLinesPerSecond, core.unsentBytes <= core.limits.outBytes else { return }
    core.send(.line(visitor: number, bytes))
  }

  func moved() { tellIfMuch() }

  private func tellIfMuch() {
    if taken - told >= (core?.limits.tookBytes ?? 0) { tell() }
  }

  func left() { core?.forget(number) }

  private var taken: Int { written - line.unsentBytes }

  private func tell() {
    told = taken
    core?.send(.took(visitor: number, bytes: told))
  }

  /// Tells each second what was taken; sends away who has come and says nothing.
  func beat() {
    if hasCome, taken > told { tell() }
    if !hasCome, let core, AudienceLoop.now - since > core.bounds.greetingSeconds { close(within: 0) }
  }

  func write(_ bytes: ByteBuffer) {
    guard !isClosing, let core else { return }
    var whole = bytes
    whole.writeInteger(UInt8(ascii: "\n"))
    written += whole.readableBytes
    line.write(whole)
    tellIfMuch()
    if line.unsentBytes > core.limits.visitorBytes { close(within: 0) }
  }

  func close(within seconds: Double) {
    isClosing = true
    line.close(within: seconds)
  }
}
