/// Stub until the hub's doors are there.
package final class SocketDoors {
  let paths: [String] = []
  init(
    _ session: String, _ places: [SocketPlace],
    _ admit: @escaping (PeerIdentity, any VisitorLine) -> (any Visitor)?
  ) throws(AudienceError) { throw .noFolder }
  func close() {}
}
