import NIOCore
import NIOPosix
import Practice
import Synchronization

/// The line of a watch: a socket, its bounds, and `WatchStream` between it and the watcher. All on the thread "audience".
// SAFETY: everything but `known`, which has its own lock, is touched on `AudienceLoop.loop` alone.
final class WatchLine: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What others may ask for at any time.
  struct Known: Sendable {
    var resume: Resume?
    var eventBytes: Int
  }

  let known: Mutex<Known>
  private let door: Door
  private let hello: Hello
  private let limits: WatchLimits
  private var told: (@Sendable (WatchNews) -> Void)?
  private var stream: WatchStream
  private var cutter = LineCutter()
  private var budget: WatchBudget
  private var context: ChannelHandlerContext?
  /// What waits for its time: to read on, and to look whether anything came.
  private var readingOn: Scheduled<Void>?
  private var silenceCheck: Scheduled<Void>?
  private var heard = 0.0
  private var unsent = 0
  private var owesPong = false
  /// Remarks within the second that began at a time of the loop's clock.
  private var remarks = (since: 0.0, count: 0)
  private var isClosing = false

  /// A line to `door`, not open yet.
  init(
    _ door: Door, _ hello: Hello, eventBytes: Int, _ limits: WatchLimits,
    _ news: @escaping @Sendable (WatchNews) -> Void
  ) {
    (self.door, self.hello, self.limits, told) = (door, hello, limits, news)
    stream = WatchStream(door, hello, eventBytes: eventBytes, limits: limits)
    budget = WatchBudget(limits, now: AudienceLoop.now)
    known = Mutex(Known(resume: hello.resume, eventBytes: eventBytes))
  }

  // MARK: What the watcher asks for

  /// Comes to the door.
  func open() {
    guard told != nil else { return }
    switch Knock.at(door) {
    case .failure(let reason): end(reason)
    case .success(let descriptor):
      ClientBootstrap(group: AudienceLoop.loop)
        .channelOption(ChannelOptions.autoRead, value: false)
        .channelOption(ChannelOptions.maxMessagesPerRead, value: 1)
        .channelOption(
          ChannelOptions.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: WatchLimits.readBytes)
        )
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(self) }
        }
        .withConnectedSocket(descriptor)
        .whenFailure { [self] _ in end(.ended) }
    }
  }

  /// Sends a remark, or says that it was not sent.
  func send(_ remark: Remark, number: Int) {
    let text = WatcherLine.remark(number: number, remark).text
    if let reason = whyNot(text) {
      told?(.answer(number: number, .refused(reason)))
    } else {
      write(text)
    }
  }

  /// Ends the line when what was said has gone; nothing is told any more.
  func close() {
    told = nil
    guard !isClosing else { return }
    isClosing = true
    guard let context, unsent > 0 else { return drop() }
    context.eventLoop.scheduleTask(in: .milliseconds(Int64(limits.farewellSeconds * 1_000))) { [self] in drop() }
  }

  /// Why a remark cannot be sent; nil for one that is going to be.
  private func whyNot(_ text: String) -> String? {
    guard case .watching = stream.stage, context != nil else { return "nobody is listening" }
    guard text.utf8.count <= Wire.watcherLineBytes else { return "too long" }
    let now = AudienceLoop.now
    if now - remarks.since >= 1 { remarks = (now, 0) }
    guard unsent < limits.unsentRemarks, remarks.count < limits.remarksPerSecond else { return "too many at once" }
    remarks.count += 1
    return nil
  }

  // MARK: What the socket says

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    guard told != nil else { return drop() }
    heard = AudienceLoop.now
    write(WatcherLine.hello(hello).text)
    watchSilence(after: limits.silentSeconds)
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    cutter.put(&bytes)
    var isAsked = false
    while stream.stage != .over, let line = nextLine() { isAsked = take(line) || isAsked }
    tellNews()
    // Last, for a line that is gone says so at once when it is written to.
    guard isAsked, !owesPong, stream.stage != .over else { return }
    owesPong = true
    write(WatcherLine.pong.text)
  }

  func channelReadComplete(context: ChannelHandlerContext) { readOn() }

  func channelInactive(context: ChannelHandlerContext) { end(.ended) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.ended) }

  private func nextLine() -> ByteBuffer? {
    switch cutter.next(limit: Wire.hubLineBytes) {
    case .line(let line): return line
    case .none: return nil
    case .tooLong:
      stream.fail(.tooLong)
      return nil
    }
  }

  /// Takes a line; true for one that wants an answer.
  private func take(_ bytes: ByteBuffer) -> Bool {
    let text = String(buffer: bytes)
    let line = HubLine(line: text)
    heard = AudienceLoop.now
    var events = 0
    if case .past(let past) = line { events = past.count }
    budget.take(events: events, bytes: bytes.readableBytes)
    if line == nil, HubLine.isOfNewer(text) { return false }
    return stream.take(line, bytes: bytes.readableBytes)
  }

  private func tellNews() {
    let news = stream.news()
    known.withLock { known in
      if let resume = stream.resume { known.resume = resume }
      known.eventBytes = stream.eventBytes
    }
    for item in news { told?(item) }
    if stream.stage == .over {
      told = nil
      drop()
    }
  }

  /// Reads on at once, or when so much may be read again.
  private func readOn() {
    guard let context, told != nil else { return }
    let wait = budget.wait(now: AudienceLoop.now)
    guard wait > 0 else { return context.read() }
    readingOn = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(wait * 1e9))) { [self] in
      heard = AudienceLoop.now
      readOn()
    }
  }

  // MARK: What is done

  private func write(_ text: String) {
    guard let context else { return }
    var bytes = context.channel.allocator.buffer(capacity: text.utf8.count + 1)
    bytes.writeString(text)
    bytes.writeInteger(UInt8(10))
    unsent += 1
    context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenComplete { [self] _ in
      unsent -= 1
      if unsent == 0 { owesPong = false }
      if isClosing, unsent == 0 { drop() }
    }
  }

  private func watchSilence(after seconds: Double) {
    guard let loop = context?.eventLoop else { return }
    silenceCheck = loop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { [self] in
      let patience = limits.silentSeconds + (stream.stage == .waiting ? limits.answerSeconds : 0)
      let left = heard + patience - AudienceLoop.now
      if left > 0 { watchSilence(after: left) } else { end(.silent) }
    }
  }

  private func end(_ reason: WatchBreak) {
    stream.fail(reason)
    tellNews()
  }

  private func drop() {
    isClosing = true
    for task in [readingOn, silenceCheck] { task?.cancel() }
    (readingOn, silenceCheck) = (nil, nil)
    context?.close(promise: nil)
  }
}
