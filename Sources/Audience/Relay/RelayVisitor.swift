import NIOCore

/// Who looks after a relay's visitors, and has the way to the learner's machine.
protocol RelayVisitorKeeper: AnyObject {
  var limits: RelayLimits { get }
  var bounds: AudienceLimits { get }
  /// Bytes that the way to the learner's machine has not taken.
  var unsentBytes: Int { get }
  /// Sends a line to the learner's machine.
  func send(_ line: FromRelay)
  /// The visitor of this number has gone.
  func forget(_ number: Int)
  /// Ends the relay.
  func end(_ ending: FarEnding)
}

/// Somebody at a relay's door: what they say goes to the learner's machine, what comes from there to them.
final class RelayVisitor: Visitor {
  let number: Int
  private let identity: PeerIdentity
  private let line: any VisitorLine
  private weak var keeper: (any RelayVisitorKeeper)?
  /// Whether the learner's machine knows of them: since their first line.
  private(set) var hasCome = false
  private let since = AudienceLoop.now
  private var (written, told) = (0, 0)
  private var (second, linesOfSecond) = (0, 0)
  private var isClosing = false

  init(_ number: Int, _ identity: PeerIdentity, _ line: any VisitorLine, _ keeper: any RelayVisitorKeeper) {
    (self.number, self.identity, self.line, self.keeper) = (number, identity, line, keeper)
  }

  let lineBytes = Wire.watcherLineBytes

  func take(_ bytes: ByteBuffer) {
    guard let keeper, !isClosing else { return }
    if !hasCome {
      if identity.uid == RelayYield.ownAccount, bytes.readableBytesView.elementsEqual(RelayWire.yield.utf8) {
        return keeper.end(.displaced)
      }
      hasCome = true
      keeper.send(.came(visitor: number, identity))
    }
    let now = Int(AudienceLoop.now)
    (second, linesOfSecond) = (now, now == second ? linesOfSecond + 1 : 1)
    // The hub, which hears the first of them, ends the watch for it.
    guard linesOfSecond <= keeper.limits.visitorLinesPerSecond, keeper.unsentBytes <= keeper.limits.outBytes else {
      return
    }
    keeper.send(.line(visitor: number, bytes))
  }

  func moved() { tellIfMuch() }

  private func tellIfMuch() {
    if taken - told >= (keeper?.limits.tookBytes ?? 0) { tell() }
  }

  func left() { keeper?.forget(number) }

  private var taken: Int { written - line.unsentBytes }

  private func tell() {
    told = taken
    keeper?.send(.took(visitor: number, bytes: told))
  }

  /// Tells each second what was taken; sends away who has come and says nothing.
  func beat() {
    if hasCome, taken > told { tell() }
    if !hasCome, let keeper, AudienceLoop.now - since > keeper.bounds.greetingSeconds { close(within: 0) }
  }

  func write(_ bytes: ByteBuffer) {
    guard !isClosing, let keeper else { return }
    var whole = bytes
    whole.writeInteger(UInt8(ascii: "\n"))
    written += whole.readableBytes
    line.write(whole)
    tellIfMuch()
    if line.unsentBytes > keeper.limits.visitorBytes { close(within: 0) }
  }

  func close(within seconds: Double) {
    isClosing = true
    line.close(within: seconds)
  }
}
