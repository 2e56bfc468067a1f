import NIOCore
import NIOPosix

/// The far end of `--publish`: opens sockets on a class host, and carries the lines of those who come to them.
///
/// It decides nothing, runs nothing and opens nothing but these sockets: who is let in and what they see is decided by
/// the hub on the learner's machine. Its own are bounds alone, so that one visitor does not hold up another.
package final class Relay: Sendable {
  /// Why it ended.
  package typealias Ending = FarEnding
  /// How its sockets are opened.
  package typealias OpenDoors = OpenRelayDoors

  /// The sockets of a session, as a hub opens them.
  package static let sockets: OpenDoors = { session, places, admit throws(AudienceError) in
    try SocketDoors(session, places, admit)
  }

  private let core: NIOLoopBoundBox<FarCore?>

  /// Begins to speak over two descriptors, which it takes over; `ended` is called once, on the thread "audience", when
  /// sockets are closed.
  ///
  /// - Parameters:
  ///   - places: Where sockets may lie.
  ///   - name: The host and the account, as they are told to the learner's machine.
  package init(
    reading: Int32, writing: Int32, places: [SocketPlace], name: RelayReady, limits: RelayLimits = RelayLimits(),
    bounds: AudienceLimits = AudienceLimits(), doors: @escaping OpenDoors = Relay.sockets,
    ended: @escaping @Sendable (Ending) -> Void
  ) {
    let loop = AudienceLoop.loop
    let core = NIOLoopBoundBox<FarCore?>.makeEmptyBox(valueType: FarCore.self, eventLoop: loop)
    self.core = core
    loop.execute {
      core.value = FarCore(places, name, limits, bounds, doors, ended)
      NIOPipeBootstrap(group: loop).channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let core = core.value { try channel.pipeline.syncOperations.addHandler(core) }
        }
      }.takingOwnershipOfDescriptors(input: reading, output: writing).whenFailure { _ in
        for descriptor in [reading, writing] { closeDescriptor(descriptor) }
        core.value?.end(.closed)
      }
    }
  }

  /// Ends it as if the learner's machine had closed the line.
  package func close() { core.eventLoop.execute { [core] in core.value?.end(.closed) } }
}
