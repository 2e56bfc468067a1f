/// The open sockets of a session.
package protocol RelayDoors: AnyObject {
  /// Where they lie.
  var paths: [String] { get }
  /// Closes and removes them; who came by them stays.
  func close()
}

extension SocketDoors: RelayDoors {}

/// Lets somebody to a door; on the thread "audience".
package typealias AdmitVisitor = (PeerIdentity, any VisitorLine) -> (any Visitor)?

/// Opens the sockets of a session at places; on the thread "audience".
package typealias OpenRelayDoors =
  @Sendable (String, [SocketPlace], @escaping AdmitVisitor) throws(AudienceError) -> any RelayDoors
