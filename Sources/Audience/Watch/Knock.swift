import Glibc

/// Comes to a door: connects to its socket and looks who answers.
///
/// The socket file must be its folder's owner's, and whoever listens must be the same account: then nobody else can stand
/// in the learner's place, whatever they say.
enum Knock {
  /// A connection to `door` that does not block, to be closed by the caller; or why there is none.
  static func at(_ door: Door) -> Result<Int32, WatchBreak> {
    guard let owner = owner(ofSocket: door.path) else { return .failure(.nobody) }
    guard PeerLookup.name(of: owner) == door.learner else { return .failure(.impostor) }
    let line = UnixAddress.socket()
    guard line >= 0 else { return .failure(.ended) }
    if let reason = connect(line, to: door.path)
      ?? (PeerLookup.peer(of: line)?.user == owner ? nil : WatchBreak.impostor)
    {
      close(line)
      return .failure(reason)
    }
    return .success(line)
  }

  /// Whether anybody listens at `path` to whom this account may come; asked so that they do not notice.
  static func isAnswered(_ path: String) -> Bool { UnixAddress(path).probe() == EPROTOTYPE }

  /// The account whose socket lies at `path`; nil where none does, or where it is not its folder's owner's.
  private static func owner(ofSocket path: String) -> UInt32? {
    guard let slash = path.lastIndex(of: "/"), let file = status(path), let folder = status(String(path[..<slash])),
      kind(file) == S_IFSOCK, kind(folder) == S_IFDIR, file.st_uid == folder.st_uid, !isOpenToOthers(folder)
    else { return nil }
    return file.st_uid
  }

  private static func connect(_ line: Int32, to path: String) -> WatchBreak? {
    switch UnixAddress(path).connect(line) {
    case 0: nil
    case EACCES, EPERM: .forbidden
    case EAGAIN: .busy
    default: .nobody
    }
  }

  /// What lies at `path` itself, not behind a symbolic link.
  static func status(_ path: String) -> stat? {
    var found = stat()
    return lstat(path, &found) == 0 ? found : nil
  }

  /// The kind of file.
  static func kind(_ file: stat) -> mode_t { file.st_mode & S_IFMT }

  /// Whether others than its owner could put things into a folder.
  static func isOpenToOthers(_ folder: stat) -> Bool { folder.st_mode & (S_IWGRP | S_IWOTH) != 0 }
}
