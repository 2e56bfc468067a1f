import Audience
import Glibc

/// Where a session is shared on this host, and what is wrong with a place where it is not.
struct SharedWhere: Equatable, Sendable {
  /// Who reaches its sockets: one's own account, the tutors.
  var reaches: Set<SocketPlace.Reach>
  /// A clause.
  var trouble: String?

  init(_ reaches: Set<SocketPlace.Reach>, trouble: String? = nil) {
    (self.reaches, self.trouble) = (reaches, trouble)
  }

  /// Those of `places` in which `hub` listens.
  init(_ hub: Hub, of places: [SocketPlace]) {
    let (own, lacking) = (places.filter { hub.listens(in: $0) }, places.first { !hub.listens(in: $0) })
    reaches = Set(own.map(\.reach))
    if let lacking, let error = hub.troubles.first {
      trouble = ShareFolder.cause(error, of: lacking, ShareFolder.Look(lacking.folder), uid: geteuid())
    }
  }
}

extension Hub {
  /// Whether one of its sockets lies in `place`.
  fileprivate func listens(in place: SocketPlace) -> Bool { paths.contains { $0.hasPrefix(place.folder + "/") } }
}
