import Audience
import Glibc
import Terminal

/// What `rostrum doctor` finds about sharing and watching, and who can mend what.
extension Checks {
  /// Where one's own sessions are shared.
  static func sharing(_ surroundings: Surroundings) -> Finding {
    let places = SharePlaces.sockets(surroundings.places, surroundings.settings)
    let looks = places.map { ($0, ShareFolder.Look($0.folder)) }
    return sharing(
      looks, host: withoutTrailingSlash(surroundings.settings.shareFolder), uid: geteuid(),
      hasSSH: isOnPath("ssh", surroundings.environment))
  }

  /// The same of what was found at each place; `host` is the folder in which an administrator makes those of learners.
  static func sharing(
    _ looks: [(place: SocketPlace, look: ShareFolder.Look?)], host: String, uid: UInt32, hasSSH: Bool
  ) -> Finding {
    for (place, look) in looks {
      let bytes = place.folder.utf8.count + "/12345678.sock".utf8.count
      guard bytes <= AudienceLimits.pathBytes else {
        return Finding(
          "sharing", .fair, "sockets in \(place.folder) would have paths of \(bytes) bytes, and 107 is the most",
          nextStep: place.reach == .own
            ? "Set XDG_RUNTIME_DIR to a shorter folder." : "Ask who runs this host for a shorter share-folder.")
      }
      // One's own is made when it is needed.
      guard let look, let fault = ShareFolder.fault(look, place.reach, uid: uid) else { continue }
      return Finding(
        "sharing", .fair, "\(place.folder) \(fault)",
        nextStep: place.reach == .own
          ? "Mend it: chmod 700 \(place.folder)"
          : "Tutors of this host cannot come. Ask who runs it; rostrum share --setup-help says how it has to be.")
    }
    guard let group = looks.first(where: { $0.place.reach == .group }), let look = group.look else {
      return Finding(
        "sharing", .good,
        "with your own account and guests; \(host) has no folder of yours, so tutors of this host cannot come",
        nextStep: "An administrator can make one: rostrum share --setup-help")
    }
    let tutors = Account.group(look.group)?.name ?? "\(look.group)"
    let ssh = hasSSH ? "" : "; without ssh there is no --publish (Debian: apt install openssh-client)"
    return Finding("sharing", .good, "\(group.place.folder), to which the group \(tutors) may come\(ssh)")
  }

  /// Whom one can watch, and with which cues.
  static func watching(_ surroundings: Surroundings) -> Finding {
    let folder = withoutTrailingSlash(surroundings.settings.shareFolder)
    if let closed = ShareFolder.closed(in: folder) {
      // Who is no tutor need not be told that as a fault.
      return Finding(
        "watching", closed.isMember ? .fair : .good, "\(Messages.closed(closed, in: folder))",
        nextStep: Messages.openClosed(closed))
    }
    let found = surroundings.cues()
    if let first = found.complaints.first {
      return Finding("watching", .fair, "\(first)", nextStep: "The other cues count. Mend the line in that file.")
    }
    let cues = Figures.count(found.cues.count { !$0.isEmpty }, "cue")
    guard ShareFolder.Look(folder) != nil else {
      return Finding("watching", .good, "\(cues) on keys; there is no \(folder), so sessions of your own account alone")
    }
    return Finding("watching", .good, "\(cues) on keys; learners share in \(folder)")
  }

  /// Whether a program of this name is found by PATH.
  private static func isOnPath(_ name: String, _ environment: [String: String]) -> Bool {
    (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }
}
