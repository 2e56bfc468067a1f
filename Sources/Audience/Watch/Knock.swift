import CLinux
import Glibc

/// Comes to a door: connects to its socket and looks who answers.
///
/// The socket file must be its folder's owner's, and whoever listens must be the same account: then nobody else can stand
/// in the learner's place, whatever they say.
enum Knock {
  /// What is at a path, before anybody connects.
  struct Owner: Equatable {
    var uid: UInt32
  }

  /// A connection to `door` that does not block, to be closed by the caller; or why there is none.
  static func at(_ door: Door) -> Result<Int32, WatchBreak> {
    guard let owner = owner(ofSocket: door.path) else { return .failure(.nobody) }
    guard PeerLookup.name(of: owner.uid) == door.learner else { return .failure(.impostor) }
    let line = socket(AF_UNIX, stream | closing | waitless, 0)
    guard line >= 0 else { return .failure(.ended) }
    if let reason = connect(line, to: door.path) ?? (listener(of: line) == owner.uid ? nil : WatchBreak.impostor) {
      close(line)
      return .failure(reason)
    }
    return .success(line)
  }

  /// Whether anybody listens at `path` to whom this account may come; asked so that they do not notice.
  ///
  /// A datagram socket cannot connect to one of streams: Linux says `EPROTOTYPE` where such a one is alive, and
  /// `ECONNREFUSED` where its process is gone.
  static func isAnswered(_ path: String) -> Bool {
    let probe = socket(AF_UNIX, datagram | closing | waitless, 0)
    guard probe >= 0 else { return false }
    defer { close(probe) }
    return tryConnect(probe, to: path) == EPROTOTYPE
  }

  /// Whose socket lies at `path`; nil where none does, or where it is not its folder's owner's.
  private static func owner(ofSocket path: String) -> Owner? {
    guard let slash = path.lastIndex(of: "/"), let file = status(path), let folder = status(String(path[..<slash])),
      kind(file) == S_IFSOCK, kind(folder) == S_IFDIR, file.st_uid == folder.st_uid, !isOpenToOthers(folder)
    else { return nil }
    return Owner(uid: file.st_uid)
  }

  private static func connect(_ line: Int32, to path: String) -> WatchBreak? {
    switch tryConnect(line, to: path) {
    case 0: nil
    case EACCES, EPERM: .forbidden
    case EAGAIN: .busy
    default: .nobody
    }
  }

  /// The account that listens at the other end, as the kernel has it.
  private static func listener(of line: Int32) -> UInt32? {
    var (process, user) = (Int32(0), UInt32(0))
    return rostrum_peer(line, &process, &user) ? user : nil
  }

  /// Connects, or says why not, as the system has it.
  private static func tryConnect(_ line: Int32, to path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count <= AudienceLimits.pathBytes else { return ENAMETOOLONG }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(line, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 ? 0 : errno
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

  private static let stream = Int32(SOCK_STREAM.rawValue)
  private static let datagram = Int32(SOCK_DGRAM.rawValue)
  private static let closing = Int32(SOCK_CLOEXEC.rawValue)
  private static let waitless = Int32(SOCK_NONBLOCK.rawValue)
}
