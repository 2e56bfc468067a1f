import Glibc

/// Where exported files go: standard output, one file, or a folder of files.
struct ExportPlace {
  enum Target: Equatable {
    case standardOutput
    case file(String)
    case folder(String)
  }

  let target: Target
  private let replaces: Bool

  /// Reads what `--output` says; nothing is the current folder. A name that ends in a slash, that of a folder, and any
  /// where `several` files are made, is a folder: made where it is missing.
  init(_ output: String?, several: Bool, replaces: Bool) throws(Failure) {
    self.replaces = replaces
    guard let output else {
      target = .folder(".")
      return
    }
    if output.isEmpty { throw Failure(.usage, Messages.outputHasNoName) }
    if output == "-" {
      target = .standardOutput
    } else if several || output.hasSuffix("/") || kind(of: output) == S_IFDIR {
      let folder = withoutTrailingSlash(output)
      do throws(PlaceError) { try makeFolder(folder) } catch { throw Self.failure(error) }
      target = .folder(folder)
    } else {
      target = .file(output)
    }
  }

  /// The path of a file that is called `name` where there is a choice; nil for standard output.
  func path(_ name: String) -> String? {
    switch target {
    case .standardOutput: nil
    case .file(let path): path
    case .folder(let folder): folder == "." ? name : folder + "/" + name
    }
  }

  /// Writes one file whole, for its owner alone; returns its path, nil for standard output. What is there already is
  /// replaced only where that was asked for.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws(Failure) -> String? {
    guard let path = path(name) else {
      Printed.bytes(bytes)
      return nil
    }
    try Self.write(bytes, to: path, replaces: replaces)
    return path
  }

  /// Writes one file at `path`.
  static func write(_ bytes: [UInt8], to path: String, replaces: Bool) throws(Failure) {
    if let found = kind(of: path) {
      if found == S_IFDIR { throw Failure(.cannotCreate, Messages.outputIsFolder(path)) }
      if found != S_IFREG { return try pour(bytes, into: path) }
      if !replaces { throw Failure(.cannotCreate, Messages.outputExists(path)) }
    }
    let folder = parent(of: path)
    guard kind(of: folder) == S_IFDIR else { throw Failure(.cannotCreate, Messages.notWritten(path, ENOENT)) }
    do throws(PlaceError) { try writeBytes(bytes, path: path) } catch { throw failure(error) }
  }

  /// Writes into what is no file but a device or a pipe.
  private static func pour(_ bytes: [UInt8], into path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw failure(PlaceError(operation: "open", path: path, cause: .system(errno)))
    }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(PlaceError(operation: "write", path: path, cause: .system(errno))) }
      rest = rest.dropFirst(count)
    }
  }

  /// Why something could not be written, by its own place.
  static func failure(_ error: PlaceError) -> Failure {
    guard case .system(let code) = error.cause else { return Failure(error) }
    let isFull = code == ENOSPC || code == EDQUOT || code == EIO
    return Failure(
      isFull ? .io : code == EACCES || code == EPERM ? .noPermission : .cannotCreate,
      Messages.notWritten(error.path, code))
  }
}
