import CArchive
import Glibc

/// Makes drill packs: `.tar.gz` archives, the same bytes for the same files wherever and whenever they are made.
package enum PackWriter {
  /// The archive of `files`, by name, in a folder called `folder`: ustar, so that anything can open it.
  ///
  /// Names are judged as a reader judges them, and refused for the same reasons. Without compression it is a `.tar`.
  package static func archive(
    _ files: [PackedFile], folder: String, isCompressed: Bool = true, limits: PackLimits = PackLimits()
  ) throws(PackError) -> [UInt8] {
    var gathering = PackGathering(path: folder, limits: limits)
    for file in files {
      try gathering.count()
      try gathering.count(bytes: file.bytes.count)
      guard let wanted = try gathering.judge(folder + "/" + file.name) else {
        throw PackError(path: file.name, reason: .notAPack)
      }
      gathering.take(wanted.name, file.bytes)
    }
    let pack = try gathering.pack()
    return try Archiving(folder: folder, isCompressed: isCompressed).write(pack.files)
  }
}

/// One archive being made.
private struct Archiving {
  let folder: String
  let isCompressed: Bool

  /// The day that all files are of, in seconds since 1970: that of the format zip keeps time from.
  private static let day = 315_532_800

  func write(_ files: [PackedFile]) throws(PackError) -> [UInt8] {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else { throw failure(ENOMEM) }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    // The day of the packing is left out, and the last block not filled up.
    var isReady = [
      archive_write_set_format_ustar(archive), archive_write_set_bytes_in_last_block(archive, 1),
    ]
    if isCompressed {
      isReady += [
        archive_write_add_filter_gzip(archive),
        archive_write_set_filter_option(archive, "gzip", "timestamp", nil),
        archive_write_set_filter_option(archive, "gzip", "compression-level", "9"),
      ]
    }
    guard isReady.allSatisfy({ $0 == ARCHIVE_OK }) else { throw failure(archive) }
    let room = files.reduce(1 << 16) { $0 + $1.bytes.count + $1.bytes.count / 512 + 2_048 }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 16)
    let used = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    used.initialize(to: 0)
    defer {
      buffer.deallocate()
      used.deallocate()
    }
    guard archive_write_open_memory(archive, buffer.baseAddress, buffer.count, used) == ARCHIVE_OK else {
      throw failure(archive)
    }
    for file in files { try add(file, entry, to: archive) }
    guard archive_write_close(archive) == ARCHIVE_OK else { throw failure(archive) }
    return Array(buffer[..<used.pointee])
  }

  private func add(_ file: PackedFile, _ entry: OpaquePointer, to archive: OpaquePointer) throws(PackError) {
    archive_entry_clear(entry)
    archive_entry_set_pathname(entry, folder + "/" + file.name)
    archive_entry_set_filetype(entry, UInt32(ROSTRUM_ARCHIVE_FILE))
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_mtime(entry, Self.day, 0)
    archive_entry_set_size(entry, Int64(file.bytes.count))
    guard archive_write_header(archive, entry) == ARCHIVE_OK,
      archive_write_data(archive, file.bytes, file.bytes.count) == file.bytes.count
    else { throw failure(archive) }
  }

  private func failure(_ code: CInt) -> PackError { PackError(path: folder, reason: .system("packed", code)) }

  private func failure(_ archive: OpaquePointer) -> PackError {
    let code = archive_errno(archive)
    return failure(code > 0 ? code : EINVAL)
  }
}
