import Audience
import NIOCore
import NIOPosix
import Synchronization

/// A socket in between, which hands everything on in both directions and cuts the line to the watcher after so many bytes.
final class CuttingProxy: Sendable {
  let door: Door
  private let channel: any Channel
  private let left = Limit()

  /// Bytes to a watcher until the line is cut, for who comes next.
  private final class Limit: Sendable {
    let bytes = Mutex(Int.max)
  }

  /// Listens in `folder` for who wants to come to `path`.
  init(to path: String, in folder: String, learner: String) throws {
    door = Door(path: folder + "/s1.sock", learner: learner, session: "s1")
    let left = left
    channel = try ServerBootstrap(group: AudienceLoop.loop)
      .childChannelOption(ChannelOptions.autoRead, value: false)
      .childChannelInitializer { watcher in
        let limit = left.bytes.withLock { $0 }
        return ClientBootstrap(group: AudienceLoop.loop)
          .channelInitializer { learner in
            learner.eventLoop.makeCompletedFuture {
              try learner.pipeline.syncOperations.addHandler(Pipe(to: watcher, limit: limit))
            }
          }
          .connect(unixDomainSocketPath: path)
          .flatMapThrowing { learner in
            try watcher.pipeline.syncOperations.addHandler(Pipe(to: learner, limit: .max))
            watcher.setOption(ChannelOptions.autoRead, value: true).whenSuccess { watcher.read() }
          }
      }
      .bind(unixDomainSocketPath: door.path).wait()
  }

  /// Cuts the lines of those who come from now on after so many bytes.
  func cut(after bytes: Int) { left.bytes.withLock { $0 = bytes } }

  /// Listens no more.
  func close() { try? channel.close().wait() }

  /// One direction.
  private final class Pipe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let other: any Channel
    private var left: Int

    init(to other: any Channel, limit: Int) { (self.other, left) = (other, limit) }

    func channelActive(context: ChannelHandlerContext) { if left == 0 { cut(context) } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var bytes = unwrapInboundIn(data)
      guard let piece = bytes.readSlice(length: min(left, bytes.readableBytes)), left > 0 else { return }
      left -= piece.readableBytes
      let written = other.writeAndFlush(piece)
      if left == 0 {
        let (other, context) = (other, NIOLoopBound(context, eventLoop: context.eventLoop))
        written.whenComplete { _ in
          other.close(promise: nil)
          context.value.close(promise: nil)
        }
      }
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { cut(context) }

    private func cut(_ context: ChannelHandlerContext) {
      other.close(promise: nil)
      context.close(promise: nil)
    }
  }
}
