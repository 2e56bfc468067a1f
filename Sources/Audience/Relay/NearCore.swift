import NIOCore
import Practice

/// What a `RelayEnd` is on the thread "audience".
final class NearCore: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let host: String
  private let limits: RelayLimits
  private let loop: any EventLoop
  private let news: @Sendable (NearNews) -> Void
  private var channel: (any Channel)?
  private var cutter = LineCutter()
  private var out = OutgoingLines()
  private var (isReady, isOver, isClosing) = (false, false, false)
  private var noise = 0
  private let beganAt = AudienceLoop.now
  private var heardAt = AudienceLoop.now
  private var (second, linesOfSecond) = (0, 0)
  private var pinger: RepeatedTask?
  private var served: (session: String, admit: (PeerIdentity, any VisitorLine) -> (any Visitor)?)?
  private var lines: [Int: RelayedLine] = [:]

  init(
    host: String, limits: RelayLimits, loop: any EventLoop, news: @escaping @Sendable (NearNews) -> Void
  ) {
    (self.host, self.limits, self.loop, self.news) = (host, limits, loop, news)
  }

  func channelActive(context: ChannelHandlerContext) {
    channel = context.channel
    heardAt = AudienceLoop.now
    let core = NIOLoopBound(self, eventLoop: loop)
    let ping = TimeAmount.nanoseconds(Int64(limits.pingSeconds * 1e9))
    pinger = loop.scheduleRepeatedTask(initialDelay: ping, delay: ping) { _ in core.value.beat() }
    send(.hello(wire: RelayWire.version, version: Beginning.currentVersion))
    if isOver { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    heardAt = AudienceLoop.now
    cutter.put(&bytes)
    while !isOver {
      switch cutter.next(limit: RelayWire.fromRelayBytes) {
      case .none: return
      case .tooLong: end(.malformed)
      case .line(let line): take(line)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) { end(isClosing ? .closed : .broken) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { end(isClosing ? .closed : .broken) }

  private func beat() {
    guard isReady else { return AudienceLoop.now - beganAt > limits.greetingSeconds ? end(.silent) : () }
    if AudienceLoop.now - heardAt > limits.silentSeconds { end(.silent) } else { send(.ping) }
  }

  /// Sends a line; gathered until all that is at hand was looked at.
  func send(_ line: ToRelay) {
    guard !isOver, out.gather(line.write) else { return }
    let core = NIOLoopBound(self, eventLoop: loop)
    loop.execute { core.value.flush() }
  }

  private func flush() {
    guard !isOver, let (channel, bytes) = out.flush(on: channel) else { return }
    let core = NIOLoopBound(self, eventLoop: loop)
    channel.writeAndFlush(bytes).whenComplete { _ in core.value.out.went(bytes) }
    if out.unsentBytes > limits.unsentBytes { end(.broken) }
  }
}

extension NearCore {
  private func take(_ bytes: ByteBuffer) {
    let now = Int(AudienceLoop.now)
    (second, linesOfSecond) = (now, now == second ? linesOfSecond + 1 : 1)
    guard linesOfSecond <= limits.linesPerSecond else { return end(.malformed) }
    guard let line = FromRelay(bytes) else {
      // What a login prints of itself comes before the relay's first line; and a newer relay may say more than is known.
      noise += bytes.readableBytes + 1
      if noise > limits.noiseBytes { end(.malformed) }
      return
    }
    guard isReady else {
      guard case .ready(let ready) = line else { return end(.malformed) }
      return greet(ready)
    }
    switch line {
    case .ready, .pong: break
    case .opened(let sockets): news(.opened(sockets))
    case .trouble(let words): news(.trouble(words))
    case .came(let number, let identity): admit(number, identity)
    case .line(let number, let line): lines[number]?.take(line)
    case .took(let number, let bytes): lines[number]?.took(bytes)
    case .gone(let number):
      lines.removeValue(forKey: number)?.end()
      finishIfEmpty()
    }
  }

  private func greet(_ ready: RelayReady) {
    guard ready.wire == RelayWire.version else { return end(.version(ready.version)) }
    isReady = true
    news(.ready(ready))
    if let served { send(.open(session: served.session)) }
  }

  private func admit(_ number: Int, _ identity: PeerIdentity) {
    guard lines[number] == nil, lines.count < limits.visitors else { return end(.malformed) }
    let line = RelayedLine(number, self)
    var identity = identity
    identity.host = host
    guard !isClosing, let visitor = served?.admit(identity, line) else {
      return send(.close(visitor: number, seconds: 0))
    }
    lines[number] = line
    line.visitor = visitor
  }

  func serve(_ session: String, _ admit: @escaping (PeerIdentity, any VisitorLine) -> (any Visitor)?) {
    guard !isOver, !isClosing else { return }
    // Those of another session; its hub has told them at last, or does so within a second.
    if session != served?.session { sendAway(lines.keys.sorted()) }
    served = (session, admit)
    if isReady { send(.open(session: session)) }
  }

  func rest() {
    guard served != nil else { return }
    served = nil
    send(.shut)
    sendAway(lines.keys.sorted())
  }

  /// Sends away who is still there when their hub has had the time to do so itself.
  private func sendAway(_ numbers: [Int]) {
    guard !numbers.isEmpty else { return }
    let core = NIOLoopBound(self, eventLoop: loop)
    AudienceLoop.after(limits.farewellSeconds) {
      for number in numbers where core.value.lines[number] != nil {
        core.value.send(.close(visitor: number, seconds: 0))
      }
    }
  }

  func close(within seconds: Double) {
    guard !isOver, !isClosing else { return }
    isClosing = true
    send(.shut)
    let core = NIOLoopBound(self, eventLoop: loop)
    loop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { core.value.end(.closed) }
    finishIfEmpty()
  }

  private func finishIfEmpty() {
    guard isClosing, lines.isEmpty else { return }
    flush()
    end(.closed)
  }

  /// Ends it, once: whoever came over it has left.
  func end(_ ending: NearEnding) {
    guard !isOver else { return }
    isOver = true
    pinger?.cancel()
    channel?.close(promise: nil)
    let lines = self.lines.values
    self.lines = [:]
    served = nil
    for line in lines { line.end() }
    news(.over(ending))
  }
}

/// A visitor's line that goes through a relay.
final class RelayedLine: VisitorLine {
  private let number: Int
  private weak var core: NearCore?
  private var (written, taken) = (0, 0)
  private var isOver = false
  var visitor: (any Visitor)?

  init(_ number: Int, _ core: NearCore) { (self.number, self.core) = (number, core) }

  /// What the visitor's socket, at the other end, has not taken.
  var unsentBytes: Int { written - taken }

  func write(_ bytes: ByteBuffer) {
    guard !isOver else { return }
    written += bytes.readableBytes
    var rest = bytes
    while let length = rest.lineLength(), let line = rest.readSlice(length: length) {
      rest.moveReaderIndex(forwardBy: 1)
      core?.send(.to(visitor: number, line))
    }
  }

  func close(within seconds: Double) {
    isOver = true
    core?.send(.close(visitor: number, seconds: seconds))
  }

  func take(_ line: ByteBuffer) {
    guard let visitor else { return }
    visitor.take(line.getSlice(at: line.readerIndex, length: min(line.readableBytes, visitor.lineBytes + 1)) ?? line)
  }

  func took(_ bytes: Int) {
    guard bytes > taken else { return }
    taken = min(bytes, written)
    visitor?.moved()
  }

  func end() {
    isOver = true
    let visitor = self.visitor
    self.visitor = nil
    visitor?.left()
  }
}
