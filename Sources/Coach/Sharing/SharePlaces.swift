package import Audience
import Glibc

/// Where sessions are shared, and where those who watch look for them.
///
/// The folder of one's own account always; the folder that an administrator made for the learner (`ShareSetup`) where there
/// is one. Whether a folder is as safe as it has to be is for the `Hub` to judge, at the moment it puts a socket there.
package enum SharePlaces {
  /// What the rules ask of the machine.
  package struct Machine: Sendable {
    /// The account the program runs as.
    package var account: String
    package var uid: UInt32
    /// Whether something is at a path, whatever it is.
    package var isThere: @Sendable (String) -> Bool
    /// Whether a path is a folder of this account that nobody else may come to.
    package var isOwn: @Sendable (String) -> Bool

    /// Makes one.
    package init(
      account: String, uid: UInt32, isThere: @escaping @Sendable (String) -> Bool,
      isOwn: @escaping @Sendable (String) -> Bool
    ) {
      (self.account, self.uid, self.isThere, self.isOwn) = (account, uid, isThere, isOwn)
    }

    /// The machine as it is.
    package static var real: Machine {
      Machine(
        account: Account.name, uid: geteuid(), isThere: { status(of: $0) != nil },
        isOwn: { path in
          guard let status = status(of: path) else { return false }
          return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
        })
    }

    /// What is at a path, a symbolic link itself and not what it leads to.
    private static func status(of path: String) -> stat? {
      var status = stat()
      return lstat(path, &status) == 0 ? status : nil
    }
  }

  /// Where a learner listens, one's own folder first.
  package static func sockets(
    _ places: Places, _ settings: Settings, _ machine: Machine = .real
  ) -> [SocketPlace] {
    let folder = withoutTrailingSlash(settings.shareFolder) + "/" + machine.account
    let hasGroup = Account.isFolderName(machine.account) && machine.isThere(folder)
    return [SocketPlace(places.runtime, .own)] + (hasGroup ? [SocketPlace(folder, .group)] : [])
  }

  /// The folders that a watcher looks into, each once: one's own, also where the login has another idea of it than the
  /// learner's had, and the one of all learners.
  ///
  /// A login without a runtime folder (`ssh host command`) still finds `/run/user/UID/rostrum`, if it is this account's and
  /// nobody else's. `ROSTRUM_HOME` keeps to itself.
  package static func lobby(
    _ places: Places, _ settings: Settings, _ environment: [String: String], _ machine: Machine = .real
  ) -> [String] {
    let login = "/run/user/\(machine.uid)"
    let isKeptApart = environment["ROSTRUM_HOME"]?.isEmpty == false
    let isLogin = !isKeptApart && machine.isOwn(login) && machine.isOwn(login + "/rostrum")
    var folders: [String] = []
    for folder in [places.runtime] + (isLogin ? [login + "/rostrum"] : []) + [
      places.state + "/run", withoutTrailingSlash(settings.shareFolder),
    ] where !folders.contains(folder) {
      folders.append(folder)
    }
    return folders
  }
}
