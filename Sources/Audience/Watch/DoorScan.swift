import Glibc

/// One look for doors.
///
/// Nothing is followed and little is believed: a socket counts where it, and the folder that it lies in, are of one
/// account, where nobody else can put things into that folder, and where somebody listens to whom this account may come.
enum DoorScan {
  /// The doors in `folders` and in those one folder below, in the order of learners and sessions, each once.
  static func doors(in folders: [String], _ names: inout AccountNames) -> [Door] {
    var doors: Set<Door> = []
    for folder in folders {
      for place in [folder] + foldersBelow(folder) where doors.count < WatchLimits.doors {
        for door in self.doors(of: place, &names) where doors.count < WatchLimits.doors { doors.insert(door) }
      }
    }
    return doors.sorted { ($0.learner, $0.session, $0.path) < ($1.learner, $1.session, $1.path) }
  }

  /// The folders in `folder`, in the order of their names.
  private static func foldersBelow(_ folder: String) -> [String] {
    let found = read(folder).flatMap { $0.names.filter { !$0.hasPrefix(".") } } ?? []
    return found.sorted().prefix(WatchLimits.folders).map { folder + "/" + $0 }
  }

  /// The doors in a folder itself.
  private static func doors(of folder: String, _ names: inout AccountNames) -> [Door] {
    guard let (files, owner) = read(folder) else { return [] }
    // Of another account so few that it keeps nobody else out of sight.
    let most = owner == geteuid() ? WatchLimits.doors : WatchLimits.doorsOfOne
    var doors: [Door] = []
    for name in files.sorted() where doors.count < most {
      let path = folder + "/" + name
      guard let session = SocketName.session(name), let file = Knock.status(path), Knock.kind(file) == S_IFSOCK,
        file.st_uid == owner, Knock.isAnswered(path)
      else { continue }
      doors.append(Door(path: path, learner: names[owner], session: session))
    }
    return doors
  }

  /// What is in a folder, and whose it is; nil where it is none, or where others could put things into it.
  private static func read(_ folder: String) -> (names: [String], owner: UInt32)? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var found = stat()
    guard fstat(descriptor, &found) == 0, !Knock.isOpenToOthers(found), let reader = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    defer { closedir(reader) }
    var names: [String] = []
    while names.count < WatchLimits.entries, let entry = readdir(reader) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(validatingUTF8Bytes: $0.prefix { $0 != 0 }) }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return (names, found.st_uid)
  }
}

extension String {
  /// Bytes as text; nil where they are none.
  fileprivate init?(validatingUTF8Bytes bytes: some Collection<UInt8>) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self = text
  }
}

/// Names of accounts, each looked up once.
struct AccountNames {
  private var known: [UInt32: String] = [:]

  /// The name of an account.
  subscript(uid: UInt32) -> String {
    mutating get {
      if let name = known[uid] { return name }
      if known.count >= WatchLimits.folders { known = [:] }
      let name = PeerLookup.name(of: uid)
      known[uid] = name
      return name
    }
  }
}
