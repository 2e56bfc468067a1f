import NIOCore
import NIOPosix

/// The learner's end of a line to a relay: who comes there, comes to the hub here, as if they had come to a socket.
///
/// All decisions are the hub's; before it lets somebody in, nothing of the session goes over the line.
package final class RelayEnd: Sendable {
  /// What it has to tell, on the thread "audience".
  package typealias News = NearNews
  /// Why it is over.
  package typealias Ending = NearEnding

  private let core: NIOLoopBoundBox<NearCore?>
  private var loop: any EventLoop { core.eventLoop }

  /// Begins to speak over two descriptors, which it takes over.
  ///
  /// - Parameter host: What the learner calls the host, which is said of those who come from there.
  package init(
    reading: Int32, writing: Int32, host: String, limits: RelayLimits = RelayLimits(),
    news: @escaping @Sendable (News) -> Void
  ) {
    let loop = AudienceLoop.loop
    let core = NIOLoopBoundBox<NearCore?>.makeEmptyBox(valueType: NearCore.self, eventLoop: loop)
    self.core = core
    loop.execute {
      core.value = NearCore(host: host, limits: limits, loop: loop, news: news)
      NIOPipeBootstrap(group: loop).channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let core = core.value { try channel.pipeline.syncOperations.addHandler(core) }
        }
      }.takingOwnershipOfDescriptors(input: reading, output: writing).whenFailure { _ in
        for descriptor in [reading, writing] { closeDescriptor(descriptor) }
        core.value?.end(.broken)
      }
    }
  }

  /// Has `hub` serve those who come to the sockets of its session there, in the place of another one.
  package func serve(_ hub: Hub, session: String) {
    serve(session) { identity, line in hub.admit(identity, line: line) }
  }

  /// The same for whatever lets them in; on the thread "audience".
  package func serve(
    _ session: String, admit: @escaping @Sendable (PeerIdentity, any VisitorLine) -> (any Visitor)?
  ) {
    loop.execute { [core] in core.value?.serve(session, admit) }
  }

  /// Serves nobody any more: sockets there are closed, and who came by them goes when they were told at last.
  package func rest() { loop.execute { [core] in core.value?.rest() } }

  /// Ends it: sockets there are closed, and what visitors are told at last goes out within `seconds`.
  package func close(within seconds: Double) {
    loop.execute { [core] in core.value?.close(within: seconds) }
  }
}
