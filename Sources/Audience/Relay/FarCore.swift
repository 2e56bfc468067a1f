import NIOCore
import Practice

/// What a `Relay` is on the thread "audience".
final class FarCore: ChannelInboundHandler, RelayVisitorKeeper {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the learner reads who took its place.
  private static let displaced = "another connection of yours took the place of this one"

  private let places: [SocketPlace]
  private let name: RelayReady
  let limits: RelayLimits
  let bounds: AudienceLimits
  private let loop = AudienceLoop.loop
  private let openDoors: OpenRelayDoors
  private let ended: @Sendable (FarEnding) -> Void
  private var channel: (any Channel)?
  private var cutter = LineCutter()
  private var out = OutgoingLines()
  private var (isGreeted, isOver, isFinished) = (false, false, false)
  /// What is to be done once nobody is owed anything.
  private var whenDone: (() -> Void)?
  private var heardAt = AudienceLoop.now
  private var beats: RepeatedTask?
  private var doors: (any RelayDoors)?
  private var session: String?
  private var visitors: [Int: RelayVisitor] = [:]
  private var lastNumber = 0

  init(
    _ places: [SocketPlace], _ name: RelayReady, _ limits: RelayLimits, _ bounds: AudienceLimits,
    _ openDoors: @escaping OpenRelayDoors, _ ended: @escaping @Sendable (FarEnding) -> Void
  ) {
    (self.places, self.name, self.limits, self.bounds) = (places, name, limits, bounds)
    (self.openDoors, self.ended) = (openDoors, ended)
  }

  func channelActive(context: ChannelHandlerContext) {
    channel = context.channel
    heardAt = AudienceLoop.now
    let core = NIOLoopBound(self, eventLoop: loop)
    beats = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in core.value.beat() }
    if isOver { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    heardAt = AudienceLoop.now
    cutter.put(&bytes)
    while !isOver {
      switch cutter.next(limit: RelayWire.toRelayBytes) {
      case .none: return
      case .tooLong: end(.malformed)
      case .line(let bytes):
        if let line = ToRelay(bytes) { take(line) } else if !isGreeted { end(.malformed) }
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) { end(.closed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.closed) }

  private func beat() {
    if AudienceLoop.now - heardAt > limits.silentSeconds { return end(.silent) }
    for visitor in visitors.values { visitor.beat() }
  }

  var unsentBytes: Int { out.unsentBytes }

  /// Sends a line; gathered until all that is at hand was looked at.
  func send(_ line: FromRelay) {
    guard !isOver, out.gather(line.write) else { return }
    let core = NIOLoopBound(self, eventLoop: loop)
    loop.execute { core.value.flush() }
  }

  private func flush() {
    guard let (channel, bytes) = out.flush(on: channel) else { return }
    let core = NIOLoopBound(self, eventLoop: loop)
    channel.writeAndFlush(bytes).whenComplete { _ in
      core.value.out.went(bytes)
      if core.value.isDone { core.value.whenDone?() }
    }
  }
}

extension FarCore {
  private func take(_ line: ToRelay) {
    switch line {
    case .hello(let wire, let version):
      isGreeted = true
      send(.ready(name))
      if wire != RelayWire.version { end(.version(version)) }
    case .ping: send(.pong)
    case .open(let session): if isGreeted { open(session) }
    case .shut: shut()
    case .to(let number, let line): visitors[number]?.write(line)
    case .close(let number, let seconds): visitors[number]?.close(within: seconds)
    }
  }

  private func open(_ session: String) {
    guard session != self.session else { return }
    shut()
    self.session = session
    listen(yielded: false)
  }

  private func listen(yielded: Bool) {
    guard let session, !isOver else { return }
    do throws(AudienceError) {
      let doors = try openDoors(session, places) { [weak self] identity, line in self?.admit(identity, line) }
      self.doors = doors
      send(.opened(doors.paths))
    } catch {
      guard case .taken(let path) = error, !yielded else {
        self.session = nil
        return send(.trouble(error.words))
      }
      let core = NIOLoopBound(self, eventLoop: loop)
      RelayYield.ask(path, seconds: limits.yieldSeconds, loop: loop).whenComplete { _ in
        if core.value.session == session { core.value.listen(yielded: true) }
      }
    }
  }

  /// Closes the doors. Who came by them is for the learner's machine to send away, which may have something to say.
  private func shut() {
    session = nil
    doors?.close()
    doors = nil
    for visitor in visitors.values where !visitor.hasCome { visitor.close(within: 0) }
  }

  /// Lets somebody to the door, who is told of when they have said something.
  private func admit(_ identity: PeerIdentity, _ line: any VisitorLine) -> (any Visitor)? {
    guard !isOver, visitors.count < bounds.visitors + bounds.greeting else { return nil }
    let silent = visitors.values.filter { !$0.hasCome }
    if silent.count >= bounds.greeting, let longest = silent.min(by: { $0.number < $1.number }) {
      longest.close(within: 0)
    }
    lastNumber += 1
    let visitor = RelayVisitor(lastNumber, identity, line, self)
    visitors[lastNumber] = visitor
    return visitor
  }

  func forget(_ number: Int) {
    guard let visitor = visitors.removeValue(forKey: number) else { return }
    if visitor.hasCome { send(.gone(visitor: number)) }
    if isDone { whenDone?() }
  }

  /// Ends it, once: sockets first, then what visitors are still owed.
  func end(_ ending: FarEnding) {
    guard !isOver else { return }
    shut()
    for visitor in visitors.values { visitor.close(within: bounds.farewellSeconds) }
    if case .displaced = ending { send(.trouble(FarCore.displaced)) }
    flush()
    isOver = true
    beats?.cancel()
    guard !isDone else { return finish(ending) }
    let core = NIOLoopBound(self, eventLoop: loop)
    loop.scheduleTask(in: .nanoseconds(Int64(bounds.farewellSeconds * 1e9))) { core.value.finish(ending) }
    whenDone = { core.value.finish(ending) }
  }

  /// Whether nobody is owed anything any more, neither visitors nor the learner's machine.
  private var isDone: Bool { visitors.isEmpty && unsentBytes == 0 }

  private func finish(_ ending: FarEnding) {
    guard !isFinished else { return }
    isFinished = true
    whenDone = nil
    channel?.close(promise: nil)
    ended(ending)
  }
}
