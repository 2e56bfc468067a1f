import Glibc
import NIOCore
import NIOPosix

/// A relay asks the one in whose place it comes to leave: an old one may not yet know that its line broke.
enum RelayYield {
  /// The account of this process.
  static let ownAccount = geteuid()

  /// Says to who listens at `path` that another one is here; done when they have gone, or after `seconds`.
  static func ask(_ path: String, seconds: Double, loop: any EventLoop) -> EventLoopFuture<Void> {
    let limit = TimeAmount.nanoseconds(Int64(seconds * 1e9))
    return ClientBootstrap(group: loop).connectTimeout(limit).connect(unixDomainSocketPath: path).flatMap { channel in
      channel.writeAndFlush(ByteBuffer(string: RelayWire.yield + "\n"), promise: nil)
      let late = loop.scheduleTask(in: limit) { channel.close(promise: nil) }
      return channel.closeFuture.always { _ in late.cancel() }
    }
  }
}

/// Closes a descriptor.
func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
