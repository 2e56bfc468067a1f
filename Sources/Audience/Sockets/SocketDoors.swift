import NIOCore
import NIOPosix

/// The sockets that are listened on, each connection of which is a line to one who comes. On the thread "audience".
package final class SocketDoors {
  /// Where they lie.
  package let paths: [String]
  private let sockets: [BoundSocket]
  private var channels: [any Channel] = []
  private var isClosed = false

  /// Binds sockets of `session` in `places`, of which one at least must be had, and listens on them; `admit` is asked for
  /// the visitor of each connection, and nil closes it.
  package convenience init(
    _ session: String, _ places: [SocketPlace],
    _ admit: @escaping (PeerIdentity, any VisitorLine) -> (any Visitor)?
  ) throws(AudienceError) {
    self.init(try BoundSocket.all(session, places).sockets, AudienceLimits(), { _ in }, admit)
  }

  /// Listens on `sockets`; `trouble` is told where one of them cannot be.
  init(
    _ sockets: [BoundSocket], _ limits: AudienceLimits, _ trouble: @escaping (AudienceError) -> Void,
    _ admit: @escaping (PeerIdentity, any VisitorLine) -> (any Visitor)?
  ) {
    (self.sockets, paths) = (sockets, sockets.map(\.path))
    let loop = AudienceLoop.loop
    let bound = NIOLoopBound((doors: self, admit: admit, trouble: trouble), eventLoop: loop)
    for socket in sockets {
      ServerBootstrap(group: loop)
        .childChannelOption(
          .writeBufferWaterMark, value: .init(low: limits.firstMark / 2, high: max(limits.firstMark - 1, 1))
        )
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(SocketLine(channel, bound.value.admit))
          }
        }
        .withBoundSocket(socket.descriptor)
        .whenComplete { result in
          switch result {
          case .success(let channel): bound.value.doors.keep(channel)
          case .failure(let error):
            socket.remove()
            let code = (error as? IOError)?.errnoCode ?? 0
            bound.value.trouble(.system(operation: "listen", path: socket.path, errno: code))
          }
        }
    }
  }

  /// Removes the sockets and takes nobody more; lines that are there stay.
  package func close() {
    isClosed = true
    for socket in sockets { socket.remove() }
    for channel in channels { channel.close(promise: nil) }
    channels = []
  }

  private func keep(_ channel: any Channel) {
    if isClosed { channel.close(promise: nil) } else { channels.append(channel) }
  }
}

/// A connection as the line of one who comes.
final class SocketLine: ChannelInboundHandler, VisitorLine {
  typealias InboundIn = ByteBuffer

  private let channel: any Channel
  private let admit: (PeerIdentity, any VisitorLine) -> (any Visitor)?
  private var visitor: (any Visitor)?
  private var cutter = LineCutter()
  /// Whether nothing is read any more.
  private var isDeaf = false

  init(_ channel: any Channel, _ admit: @escaping (PeerIdentity, any VisitorLine) -> (any Visitor)?) {
    (self.channel, self.admit) = (channel, admit)
  }

  // MARK: What comes

  func channelActive(context: ChannelHandlerContext) {
    let identity = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
      PeerLookup.identity(of: $0)
    }
    if let identity = identity ?? nil { visitor = admit(identity, self) }
    if visitor == nil { channel.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDeaf else { return }
    var bytes = unwrapInboundIn(data)
    cutter.put(&bytes)
    while !isDeaf, let visitor {
      switch cutter.next(limit: visitor.lineBytes) {
      case .line(let line): visitor.take(line)
      case .none: return
      case .tooLong(let beginning):
        // Its beginning alone tells that it is too long.
        visitor.take(beginning)
        hushUp()
      }
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if channel.isWritable { visitor?.moved() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { channel.close(promise: nil) }

  func channelInactive(context: ChannelHandlerContext) {
    isDeaf = true
    visitor?.left()
    visitor = nil
  }

  private func hushUp() {
    isDeaf = true
    try? channel.syncOptions?.setOption(.autoRead, value: false)
  }

  // MARK: What goes

  var unsentBytes: Int { (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 }

  func write(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

  func close(within seconds: Double) {
    hushUp()
    let channel = channel
    guard unsentBytes > 0, seconds > 0 else { return channel.close(promise: nil) }
    // An empty write is done when all before it is.
    channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
    AudienceLoop.after(seconds) { channel.close(promise: nil) }
  }
}
