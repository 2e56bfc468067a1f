import Glibc

/// A file being made: written beside its place, and put there whole when it is complete.
///
/// What is there already stays untouched unless it may be replaced, and until all of the new one is written. A symbolic link stays one: what it leads to is
/// made or replaced. A device or a pipe (`/dev/null`) is written into.
final class NewFile {
  private let path: String
  private var temporary: String?
  private let replaces: Bool
  private let descriptor: Int32
  /// Whether something could not be written: what is there is torn, and never put in place.
  private var isTorn = false
  /// Whether `finish` will replace a file that was there before.
  let replacesFile: Bool

  /// Begins the file at `path`; one that `isPrivate` is for its owner alone. Fails where there is one that may not be
  /// replaced, or where none can be made.
  init(path: String, replaces: Bool, isPrivate: Bool = false) throws(Failure) {
    // What `/dev/stdout` leads to has a name only where it is a file.
    let isFile = [nil, S_IFREG, S_IFDIR].contains(kind(of: path))
    do throws(PlaceError) { self.path = isFile ? try linkTarget(of: path) : path } catch { throw Failure(error) }
    let path = self.path
    self.replaces = replaces
    let found = kind(of: path)
    replacesFile = found == S_IFREG
    guard found != S_IFDIR else { throw Failure(.cannotCreate, Messages.outputIsFolder(path)) }
    if let found, found != S_IFREG {
      let opened = open(path, O_WRONLY | O_CLOEXEC)
      guard opened >= 0 else { throw Self.failure(path, errno) }
      (temporary, descriptor) = (nil, opened)
      return
    }
    guard found == nil || replaces else { throw Failure(.cannotCreate, Messages.outputExists(path)) }
    var template = Array((path + ".XXXXXX").utf8CString)
    let opened = mkstemp(&template)
    guard opened >= 0 else { throw Self.failure(path, errno) }
    (temporary, descriptor) = (
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self), opened
    )
    if !isPrivate {
      // As any other program's file: readable for those whom the user lets read.
      let mask = umask(0)
      umask(mask)
      _ = fchmod(descriptor, 0o666 & ~mask)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// Appends `text`.
  func put(_ text: String) throws(Failure) {
    var text = text
    let code = text.withUTF8 { bytes -> Int32 in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        if temporary == nil { Printed.waitForRoom(descriptor) }
        let room = temporary == nil ? min(rest.count, Int(PIPE_BUF)) : rest.count
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, room)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
      }
      return 0
    }
    guard code == 0 else {
      isTorn = true
      throw Self.failure(path, code)
    }
  }

  /// Puts the file in its place; one of which something could not be written, which `put` has said, is dropped.
  func finish() throws(Failure) {
    guard let temporary, !isTorn else { return }
    if !replaces {
      if link(temporary, path) == 0 { return }
      // A file system without hard links: a name that came up in between is noticed all the same.
      guard errno != EEXIST, kind(of: path) == nil else { throw Failure(.cannotCreate, Messages.outputExists(path)) }
    }
    guard rename(temporary, path) == 0 else { throw Self.failure(path, errno) }
    self.temporary = nil
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    let isFull = code == ENOSPC || code == EDQUOT || code == EIO
    return Failure(
      isFull ? .io : code == EACCES || code == EPERM ? .noPermission : .cannotCreate, Messages.notWritten(path, code))
  }
}
