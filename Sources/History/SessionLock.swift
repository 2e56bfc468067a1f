import CLinux
import Glibc

/// The file lock that says "some process is adding to this session".
///
/// The kernel lets go of it when the process dies, however it dies: a row that says `live` without a lock is one that
/// was abandoned. The file is removed while the lock is held, so whoever gets a lock looks whether its file is still
/// the one at the path.
final class SessionLock: Sendable {
  /// The session it is the lock of.
  let id: String
  private let descriptor: CInt
  private let path: String

  private init(id: String, descriptor: CInt, path: String) {
    self.id = id
    self.descriptor = descriptor
    self.path = path
  }

  deinit { Glibc.close(descriptor) }

  /// Takes the lock of session `id` without waiting; nil if somebody holds it.
  static func take(_ id: String, in folder: String) throws(HistoryError) -> SessionLock? {
    let path = folder + "/" + id + ".lock"
    guard SessionID.isValid(id) else {
      throw HistoryError(.cannotCreate, operation: "lock session", path: folder, detail: "not a session id")
    }
    for _ in 0..<8 {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw HistoryError(errno: errno, operation: "lock session", path: path) }
      let lock = SessionLock(id: id, descriptor: descriptor, path: path)
      guard rostrum_lock_file(descriptor) else {
        let code = errno
        if code == EWOULDBLOCK { return nil }
        throw HistoryError(errno: code, operation: "lock session", path: path)
      }
      if lock.isAtItsPath { return lock }
    }
    return nil
  }

  /// The ids of sessions that some process holds right now.
  static func held(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var held: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(".lock") else { continue }
      let descriptor = open(folder + "/" + name, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if !rostrum_lock_file(descriptor), errno == EWOULDBLOCK { held.append(String(name.dropLast(5))) }
      Glibc.close(descriptor)
    }
    return held
  }

  private var isAtItsPath: Bool {
    var mine = stat()
    var there = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0 && mine.st_ino == there.st_ino
      && mine.st_dev == there.st_dev
  }

  /// Removes the file: nobody will ask for this session's lock again. The lock itself goes with the last reference.
  func remove() {
    if isAtItsPath { unlink(path) }
  }
}
