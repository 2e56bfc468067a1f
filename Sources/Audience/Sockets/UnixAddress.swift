import Glibc

/// A path as the address of a Unix socket.
struct UnixAddress {
  private var address = sockaddr_un()
  private let fits: Bool

  /// Nobody is at a path of more than `AudienceLimits.pathBytes`: each call says `ENAMETOOLONG`.
  init(_ path: String) {
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    fits = bytes.count <= AudienceLimits.pathBytes
    if fits { withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) } }
  }

  /// A socket of streams that no child inherits and no call waits for; below 0 where there is none.
  static func socket() -> Int32 { make(SOCK_STREAM) }

  /// What the system says to who asks whether a process listens there, so that it does not notice: a datagram socket cannot
  /// connect to one of streams. Linux says `EPROTOTYPE` where such a one is alive and this account may come to it,
  /// `ECONNREFUSED` where its process is gone.
  func probe() -> Int32 {
    let probe = UnixAddress.make(SOCK_DGRAM)
    guard probe >= 0 else { return errno }
    defer { close(probe) }
    return connect(probe)
  }

  /// Binds `socket`; 0, or why not, as the system has it.
  func bind(_ socket: Int32) -> Int32 { call { Glibc.bind(socket, $0, $1) } }

  /// Connects `socket`; 0, or why not, as the system has it.
  func connect(_ socket: Int32) -> Int32 { call { Glibc.connect(socket, $0, $1) } }

  private static func make(_ kind: __socket_type) -> Int32 {
    Glibc.socket(AF_UNIX, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
  }

  private func call(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    guard fits else { return ENAMETOOLONG }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 ? 0 : errno
  }
}
