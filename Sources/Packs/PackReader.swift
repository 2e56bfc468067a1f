import Glibc

/// Reads drill packs: folders, and archives that somebody sent. Nothing is written, links are not followed, and what is
/// larger than `PackLimits` is refused.
package enum PackReader {
  /// The pack at `path`: a folder, or a `.tar.gz`, `.tar` or `.zip` whatever it is called.
  package static func read(_ path: String, limits: PackLimits = PackLimits()) throws(PackError) -> Pack {
    func failure(_ reason: PackError.Reason) -> PackError { PackError(path: path, reason: reason) }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw failure(.system("read", errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(.system("read", errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      var folder = FolderReader(path: path, limits: limits)
      return try folder.read()
    case S_IFREG:
      guard let bytes = try FileBytes.read(file, limit: limits.archiveBytes, path) else {
        throw failure(.archiveTooLarge(limitBytes: limits.archiveBytes))
      }
      return try read(archive: bytes, called: path, limits: limits)
    default: throw failure(.notAPack)
    }
  }

  /// The pack in the bytes of an archive; `path` is what errors call it.
  package static func read(
    archive bytes: [UInt8], called path: String, limits: PackLimits = PackLimits()
  ) throws(PackError) -> Pack {
    try ArchiveReader(path: path, limits: limits).read(bytes)
  }
}
