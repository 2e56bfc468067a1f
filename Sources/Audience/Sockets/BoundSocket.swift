import CLinux
import Glibc

/// A Unix socket that lies where it may and can be listened on.
///
/// Its folder is the learner's own and nobody else can put anything there: it was looked at itself, not through a symbolic
/// link, and no folder above it is open to the world. So nothing moves between the look and the binding but by the
/// learner's own hand. Whatever lies in the socket's place is left alone, but for a socket of the learner's whose process
/// is gone.
final class BoundSocket: Sendable {
  let path: String
  /// Listening; never blocks, and no child inherits it.
  let descriptor: Int32
  /// Which file it is; a number alone is used again for the next one.
  private let identity: Identity

  private struct Identity: Equatable {
    var device: dev_t
    var number: ino_t
    var (changedSeconds, changedNanoseconds): (Int, Int)

    init(_ found: stat) {
      (device, number) = (found.st_dev, found.st_ino)
      (changedSeconds, changedNanoseconds) = (found.st_ctim.tv_sec, found.st_ctim.tv_nsec)
    }
  }

  /// The sockets of a session in those of `places` that can be had, and what was wrong with the others; throws where none
  /// can. A group's folder that nobody made is nothing wrong.
  static func all(
    _ session: String, _ places: [SocketPlace]
  ) throws(AudienceError) -> (sockets: [BoundSocket], troubles: [AudienceError]) {
    var (sockets, troubles) = ([BoundSocket](), [AudienceError]())
    for place in places {
      do throws(AudienceError) {
        sockets.append(try BoundSocket(session, place))
      } catch {
        if error != .noFolder { troubles.append(error) }
      }
    }
    guard !sockets.isEmpty else { throw troubles.first ?? .noFolder }
    return (sockets, troubles)
  }

  /// Binds the socket of `session` in `place`.
  init(_ session: String, _ place: SocketPlace) throws(AudienceError) {
    let file = SocketName.file(session)
    let path = place.folder + "/" + file
    guard SocketName.session(file) != nil else { throw .system(operation: "name", path: path, errno: EINVAL) }
    guard path.utf8.count <= AudienceLimits.pathBytes else { throw .pathTooLong(path, bytes: path.utf8.count) }
    let folder = try SocketFolder.checked(place)
    try BoundSocket.clear(path)
    BoundSocket.sweep(place.folder)
    let socket = UnixAddress.socket()
    guard socket >= 0 else { throw .system(operation: "socket", path: path, errno: errno) }
    do throws(AudienceError) {
      identity = Identity(try BoundSocket.bind(socket, path, place.reach, folder))
    } catch {
      close(socket)
      throw error
    }
    (self.path, descriptor) = (path, socket)
  }

  /// Removes the socket's file, where it is still this one.
  func remove() {
    var found = stat()
    if lstat(path, &found) == 0, Identity(found) == identity { unlink(path) }
  }

  /// Removes what a process that is gone left at `path`.
  private static func clear(_ path: String) throws(AudienceError) {
    var found = stat()
    guard lstat(path, &found) == 0 else {
      if errno == ENOENT { return }
      throw .system(operation: "lstat", path: path, errno: errno)
    }
    guard found.st_mode & S_IFMT == S_IFSOCK, found.st_uid == geteuid(), UnixAddress(path).probe() == ECONNREFUSED
    else {
      throw .taken(path)
    }
    guard unlink(path) == 0 || errno == ENOENT else { throw .system(operation: "unlink", path: path, errno: errno) }
  }

  /// Seconds after which a socket that nobody listens at is one that a process left: between its name and its listening
  /// lies less than a moment.
  private static let staleSeconds = 10

  /// Removes what processes of this account left in a folder when they were killed: nobody else ever has their names.
  private static func sweep(_ folder: String) {
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    let now = time(nil)
    var names: [String] = []
    while names.count < AudienceLimits.sweptSockets, let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if SocketName.session(name) != nil { names.append(name) }
    }
    for name in names {
      let path = folder + "/" + name
      var found = stat()
      guard lstat(path, &found) == 0, now - found.st_mtim.tv_sec >= staleSeconds else { continue }
      try? clear(path)
    }
  }

  /// Binds and listens: modes are set before anybody can connect.
  private static func bind(
    _ socket: Int32, _ path: String, _ reach: SocketPlace.Reach, _ folder: stat
  ) throws(AudienceError) -> stat {
    switch UnixAddress(path).bind(socket) {
    case 0: break
    case EADDRINUSE: throw .taken(path)
    case let code: throw .system(operation: "bind", path: path, errno: code)
    }
    var found = stat()
    let mode: mode_t = reach == .own ? 0o600 : 0o660
    guard chmod(path, mode) == 0, lstat(path, &found) == 0 else {
      let code = errno
      unlink(path)
      throw .system(operation: "chmod", path: path, errno: code)
    }
    // Without the folder's set-group-ID bit the socket is the learner's own group's, and not the tutors'.
    guard reach == .own || found.st_gid == folder.st_gid else {
      unlink(path)
      throw .unsafeFolder(path)
    }
    guard listen(socket, 128) == 0 else {
      let code = errno
      unlink(path)
      throw .system(operation: "listen", path: path, errno: code)
    }
    return found
  }
}

/// The rules for a folder that a socket may lie in.
enum SocketFolder {
  /// The folder, which is as it has to be; one's own is made where it is missing.
  static func checked(_ place: SocketPlace) throws(AudienceError) -> stat {
    guard place.folder.hasPrefix("/") else { throw .noFolder }
    var found = stat()
    if lstat(place.folder, &found) != 0 {
      guard errno == ENOENT else { throw .system(operation: "lstat", path: place.folder, errno: errno) }
      guard place.reach == .own else { throw .noFolder }
      try make(place.folder)
      guard lstat(place.folder, &found) == 0 else {
        throw .system(operation: "lstat", path: place.folder, errno: errno)
      }
    }
    let open: mode_t = place.reach == .own ? 0o077 : 0o027
    guard found.st_mode & S_IFMT == S_IFDIR, found.st_uid == geteuid(), found.st_mode & open == 0 else {
      throw .unsafeFolder(place.folder)
    }
    try checkAbove(place.folder)
    return found
  }

  /// No folder above may let others put another one in its place: either the world cannot write to it, or it is one like
  /// /tmp, in which each can move only what is theirs.
  private static func checkAbove(_ folder: String) throws(AudienceError) {
    var path = folder[...]
    while let slash = path.lastIndex(of: "/"), path != "/" {
      path = slash == path.startIndex ? "/" : path[..<slash]
      var found = stat()
      guard stat(String(path), &found) == 0 else {
        throw .system(operation: "stat", path: String(path), errno: errno)
      }
      guard found.st_mode & S_IWOTH == 0 || found.st_mode & mode_t(S_ISVTX) != 0 else {
        throw .unsafeFolder(String(path))
      }
    }
  }

  /// Makes a folder and those above it that are missing, for its owner alone.
  private static func make(_ folder: String) throws(AudienceError) {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o700) == 0 || errno == EEXIST || access(path, F_OK) == 0 else {
        throw .system(operation: "mkdir", path: path, errno: errno)
      }
    }
  }
}
