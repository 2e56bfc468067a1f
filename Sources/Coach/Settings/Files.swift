import Glibc

/// Why a file or folder could not be read, made or written: what was tried, on what, and the system's answer.
package struct PlaceError: Error, Equatable, Sendable {
  /// What was tried, as a verb phrase: "create the folder".
  package let operation: String
  /// The file or folder.
  package let path: String
  /// The answer.
  package let cause: Cause

  /// The reason.
  package enum Cause: Equatable, Sendable {
    /// The system said no, with this `errno`.
    case system(CInt)
    case tooLarge(limitBytes: Int)
    /// The first line, counted from 1, that is not UTF-8.
    case notUTF8(line: Int)
    case notAFile
    case notAFolder
  }

  /// Whether there is simply no such file, nor a folder where it would be.
  package var isMissing: Bool { cause == .system(ENOENT) || cause == .system(ENOTDIR) }
}

extension PlaceError: CustomStringConvertible {
  /// One line: `cannot create the folder /x/y: Permission denied (errno 13)`.
  package var description: String {
    let reason =
      switch cause {
      case .system(let code): "\(String(cString: strerror(code))) (errno \(code))"
      case .tooLarge(let limit): "it is larger than \(limit / 1024) KiB"
      case .notUTF8(let line): "line \(line) is not UTF-8"
      case .notAFile: "it is not a file"
      case .notAFolder: "something that is not a folder is in the way"
      }
    return "cannot \(operation) \(path): \(reason)"
  }
}

extension Places {
  /// Creates every folder that is missing, open to their owner only; folders that exist are left as they are.
  package func make() throws(PlaceError) {
    for folder in folders { try makeFolder(folder) }
  }
}

/// Creates `path` and the folders above it where missing, each with mode 0700.
package func makeFolder(_ path: String) throws(PlaceError) {
  guard let found = kind(of: path) else {
    let above = parent(of: path)
    if above != path { try makeFolder(above) }
    if mkdir(path, 0o700) != 0 {
      let code = errno
      // Another process may have made it between the two calls.
      if code == EEXIST, kind(of: path) == S_IFDIR { return }
      throw PlaceError(operation: "create the folder", path: path, cause: .system(code))
    }
    if chmod(path, 0o700) != 0 {
      throw PlaceError(operation: "protect the folder", path: path, cause: .system(errno))
    }
    return
  }
  guard found == S_IFDIR else { throw PlaceError(operation: "create the folder", path: path, cause: .notAFolder) }
}

/// Reads a whole text file of at most `limit` bytes, which must be UTF-8.
///
/// Only regular files are read, so that a pipe or a device in a file's place cannot make the program wait.
package func readText(path: String, limit: Int) throws(PlaceError) -> String {
  let bytes = try readBytes(path: path, limit: limit)
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  throw PlaceError(operation: "read", path: path, cause: .notUTF8(line: firstLineNotUTF8(bytes)))
}

/// The first line, counted from 1, that is not UTF-8.
func firstLineNotUTF8(_ bytes: [UInt8]) -> Int {
  bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix {
    String(validating: $0, as: UTF8.self) != nil
  }.count + 1
}

/// Reads a whole regular file of at most `limit` bytes.
func readBytes(path: String, limit: Int) throws(PlaceError) -> [UInt8] {
  func failure(_ cause: PlaceError.Cause) -> PlaceError { PlaceError(operation: "read", path: path, cause: cause) }
  let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  guard file >= 0 else { throw failure(.system(errno)) }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw failure(.system(errno)) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw failure(.notAFile) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 16_384)
  while true {
    let count = read(file, &block, block.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw failure(.system(errno)) }
    if count == 0 { return bytes }
    bytes += block[..<count]
    guard bytes.count <= limit else { throw failure(.tooLarge(limitBytes: limit)) }
  }
}

/// Replaces the file at `path` in one step, so that a reader sees the old text or the new one and never a part.
///
/// A symbolic link is followed and its target replaced, so that a configuration kept elsewhere stays linked. The file
/// is readable by its owner only. Folders that are missing are made.
package func writeText(_ text: String, path: String) throws(PlaceError) {
  try writeBytes(Array(text.utf8), path: path)
}

/// Replaces a file by `bytes` in one step, as `writeText` does.
package func writeBytes(_ bytes: [UInt8], path: String) throws(PlaceError) {
  func failure(_ operation: String = "write") -> PlaceError {
    PlaceError(operation: operation, path: path, cause: .system(errno))
  }
  let target = try linkTarget(of: path)
  if let found = kind(of: target), found != S_IFREG {
    throw PlaceError(operation: "write", path: path, cause: .notAFile)
  }
  try makeFolder(parent(of: target))
  var template = Array((target + ".XXXXXX").utf8CString)
  let file = mkstemp(&template)
  guard file >= 0 else { throw failure("create") }
  _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  var isOpen = true
  do throws(PlaceError) {
    try writeAll(bytes, to: file, failure: { failure() })
    guard fsync(file) == 0 else { throw failure() }
    isOpen = false
    guard close(file) == 0 else { throw failure() }
    guard rename(temporary, target) == 0 else { throw failure("replace") }
  } catch {
    if isOpen { close(file) }
    unlink(temporary)
    throw error
  }
  // The new name is on disk once its folder is; a file system that cannot do this has no better to offer.
  let folder = open(parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if folder >= 0 {
    fsync(folder)
    close(folder)
  }
}

private func writeAll(
  _ bytes: [UInt8], to file: CInt, failure: () -> PlaceError
) throws(PlaceError) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw failure() }
    rest = rest.dropFirst(count)
  }
}

/// Follows symbolic links, also one that leads nowhere yet; eight at most.
func linkTarget(of path: String) throws(PlaceError) -> String {
  var path = path
  for _ in 0..<8 {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return path }
    let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = target.hasPrefix("/") ? target : parent(of: path) + "/" + target
  }
  throw PlaceError(operation: "follow the links of", path: path, cause: .system(ELOOP))
}

/// The kind of file at `path` (`S_IFREG`, `S_IFDIR`, …), links followed; nil where nothing can be found.
func kind(of path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}

/// Which file a path leads to, whatever it is called: two names of one file are equal.
struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// The file at `path`, links followed; nil where nothing can be found.
  init?(_ path: String) { self.init(Array(path.utf8CString)) }

  /// The file at a path given by its bytes, with a zero at the end.
  init?(_ path: [CChar]) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}

/// The folder of shipped themes and prompts for the program at `binary`: `../share/rostrum` beside it, else the source
/// tree it was built in, found by its `Package.swift` and `Themes`; nil where there is neither.
package func shippedData(binary: String = ownBinary()) -> String? {
  let candidates = Places.shareCandidates(binary: binary)
  for (index, folder) in candidates.enumerated() {
    let isTree = index == 0 || kind(of: folder + "/Package.swift") == S_IFREG
    if isTree, kind(of: folder + "/Themes") == S_IFDIR { return folder }
  }
  return nil
}

/// The path of the running program, links resolved; empty where the system does not say.
package func ownBinary() -> String {
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &buffer, buffer.count)
  return String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
