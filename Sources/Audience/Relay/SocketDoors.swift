/// Stub until the hub's doors are there.
package enum SocketDoors {
  package static func open(
    _ session: String, _ places: [SocketPlace], _ admit: @escaping Relay.Admit
  ) throws(AudienceError) -> any RelayDoors { throw .noFolder }
}
