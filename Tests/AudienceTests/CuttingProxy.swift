import Audience
import CLinux
import Glibc
import Support
import Synchronization

/// A socket in between, which hands everything on in both directions and cuts the line to the watcher after so many bytes.
///
/// It runs on a thread of its own and has one visitor at a time.
final class CuttingProxy: Sendable {
  let door: Door
  private let path: String
  private let listener: Int32
  private let limit = Mutex(Int.max)

  /// Listens in `folder` for who wants to come to `path`.
  init(to path: String, in folder: String, learner: String) throws {
    door = Door(path: folder + "/s1.sock", learner: learner, session: "s1")
    self.path = path
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard CuttingProxy.with(door.path, { bind(listener, $0, $1) }) == 0, listen(listener, 8) == 0 else {
      throw SupportError("no proxy at \(door.path)", errno)
    }
    // SAFETY: the thread takes over the one reference.
    let box = Unmanaged.passRetained(self)
    let code = rostrum_thread_start(
      "proxy", { if let proxy = $0 { Unmanaged<CuttingProxy>.fromOpaque(proxy).takeRetainedValue().run() } },
      box.toOpaque())
    if code != 0 { box.release() }
  }

  /// Cuts the lines of those who come from now on after so many bytes.
  func cut(after bytes: Int) { limit.withLock { $0 = bytes } }

  /// Listens no more.
  func close() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func run() {
    while case let watcher = accept(listener, nil, nil), watcher >= 0 {
      let learner = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      if CuttingProxy.with(path, { connect(learner, $0, $1) }) == 0 {
        forward(watcher, learner, limit.withLock { $0 })
      }
      Glibc.close(watcher)
      Glibc.close(learner)
    }
    Glibc.close(listener)
  }

  /// Hands on until one end is gone or `left` bytes went to the watcher.
  private func forward(_ watcher: Int32, _ learner: Int32, _ left: Int) {
    var left = left
    var room = [UInt8](repeating: 0, count: 65_536)
    while left > 0 {
      var ends = [watcher, learner].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&ends, 2, -1) > 0 else { return }
      if ends[0].revents != 0 {
        let count = read(watcher, &room, room.count)
        guard count > 0, send(learner, room, count, Int32(MSG_NOSIGNAL)) == count else { return }
      }
      if ends[1].revents != 0 {
        let count = read(learner, &room, min(room.count, left))
        guard count > 0, send(watcher, room, count, Int32(MSG_NOSIGNAL)) == count else { return }
        left -= count
      }
    }
  }

  private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }
}
