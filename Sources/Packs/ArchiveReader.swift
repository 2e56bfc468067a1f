import CArchive
import Glibc

/// Reads an archive in memory: nothing of it touches a disk.
///
/// A compressed one is unpacked first, into memory and no further than the limits, and read as an archive only then: what
/// libarchive does while it looks for the next entry cannot be bounded, what it unpacks can. So a packing around another
/// one is not looked into either.
struct ArchiveReader {
  let path: String
  let limits: PackLimits

  /// Bytes that are asked for at a time.
  private static let blockBytes = 1 << 16

  /// The pack in the bytes of an archive.
  func read(_ bytes: [UInt8]) throws(PackError) -> Pack {
    guard bytes.count <= limits.archiveBytes else {
      throw error(.archiveTooLarge(limitBytes: limits.archiveBytes))
    }
    let isCompressed = bytes.starts(with: [0x1F, 0x8B])
    return try withUTF8Names { () throws(PackError) in
      try entries(of: isCompressed ? try unpacked(bytes) : bytes)
    }
  }

  // MARK: What is compressed

  private func unpacked(_ bytes: [UInt8]) throws(PackError) -> [UInt8] {
    let unpacked = try bytes.withUnsafeBufferPointer { (source) throws(PackError) -> [UInt8] in
      let archive = try opened(source) { archive in
        // Asked for and not found out: of a packing in a packing the library would undo both, the inner one unbounded.
        archive_read_append_filter(archive, ARCHIVE_FILTER_GZIP)
        archive_read_support_format_raw(archive)
      }
      defer { archive_read_free(archive) }
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { throw error(.nothingInIt) }
      guard status == ARCHIVE_OK else { throw damage(archive) }
      // Headers and padding of entries come on top of what is in them.
      let most = limits.totalBytes + limits.entries * 2_048
      var unpacked: [UInt8] = []
      var block = [UInt8](repeating: 0, count: Self.blockBytes)
      while true {
        let count = archive_read_data(archive, &block, block.count)
        guard count >= 0 else { throw damage(archive) }
        if count == 0 { return unpacked }
        unpacked += block[..<count]
        if unpacked.count > limits.ratioFreeBytes, unpacked.count / limits.ratio > bytes.count {
          throw error(.bomb(ratio: limits.ratio))
        }
        guard unpacked.count <= most else { throw error(.unpacksTooLarge(limitBytes: limits.totalBytes)) }
      }
    }
    guard GzipTrailer.fits(bytes, unpacked) else { throw error(.damaged("its check sum is wrong")) }
    return unpacked
  }

  // MARK: Entries

  private func entries(of bytes: [UInt8]) throws(PackError) -> Pack {
    try bytes.withUnsafeBufferPointer { (source) throws(PackError) -> Pack in
      let archive = try opened(source) { archive in
        archive_read_support_format_tar(archive)
        archive_read_support_format_zip(archive)
      }
      defer { archive_read_free(archive) }
      var gathering = PackGathering(path: path, limits: limits)
      while true {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { break }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damage(archive) }
        try gathering.count()
        try take(entry, of: archive, into: &gathering)
      }
      // A tape archive that was cut between two entries reads as a shorter one; its end is blocks of nothing.
      let isTape = archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR
      if isTape, !bytes.suffix(512).allSatisfy({ $0 == 0 }) { throw error(.damaged("its end is missing")) }
      return try gathering.pack()
    }
  }

  private func take(
    _ entry: OpaquePointer, of archive: OpaquePointer, into gathering: inout PackGathering
  ) throws(PackError) {
    guard let name = archive_entry_pathname(entry) else { return try gathering.refuse("", .noName) }
    guard let name = String(validatingCString: name) else {
      return try gathering.refuse(String(cString: name), .notUTF8)
    }
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil {
      return try gathering.refuse(name, .link)
    }
    let kind = archive_entry_filetype(entry)
    if Int(kind) == ROSTRUM_ARCHIVE_FOLDER { return try gathering.judge(folder: name) }
    guard Int(kind) == ROSTRUM_ARCHIVE_FILE else { return try gathering.refuse(name, .notAFile) }
    if archive_entry_is_encrypted(entry) != 0 { return try gathering.refuse(name, .encrypted) }
    let wanted = try gathering.judge(name)
    let limit = wanted?.limitBytes ?? limits.totalBytes
    if archive_entry_size_is_set(entry) != 0, archive_entry_size(entry) > Int64(limit) {
      try gathering.give(up: name, .tooLarge(limitBytes: limit))
    }
    let bytes = try contents(of: archive, name, limit: limit, isKept: wanted != nil, into: &gathering)
    if let wanted { gathering.take(wanted.name, bytes) }
  }

  /// The bytes of the entry under way, all of which are counted.
  private func contents(
    of archive: OpaquePointer, _ name: String, limit: Int, isKept: Bool, into gathering: inout PackGathering
  ) throws(PackError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    var total = 0
    while true {
      let count = archive_read_data(archive, &block, block.count)
      guard count >= 0 else { throw damage(archive) }
      if count == 0 { return bytes }
      total += count
      if total > limit { try gathering.give(up: name, .tooLarge(limitBytes: limit)) }
      try gathering.count(bytes: count)
      if isKept { bytes += block[..<count] }
    }
  }

  // MARK: libarchive

  /// An archive that reads `bytes`, which must outlive it, with what `support` asks for.
  private func opened(
    _ bytes: UnsafeBufferPointer<UInt8>, _ support: (OpaquePointer) -> Void
  ) throws(PackError) -> OpaquePointer {
    guard let archive = archive_read_new() else { throw error(.system("read", ENOMEM)) }
    support(archive)
    let status = archive_read_open_memory(archive, bytes.baseAddress, bytes.count)
    guard status == ARCHIVE_OK else {
      archive_read_free(archive)
      throw error(.notAPack)
    }
    return archive
  }

  /// What libarchive complains about.
  private func damage(_ archive: OpaquePointer) -> PackError {
    let text = archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be read"
    if archive_errno(archive) == ENOMEM { return error(.system("read", ENOMEM)) }
    return error(archive_format(archive) == 0 && text.hasPrefix("Unrecognized") ? .notAPack : .damaged(text))
  }

  /// Does something with names in UTF-8, whatever the locale: libarchive turns some of them into the locale's letters.
  private func withUTF8Names<Value>(_ body: () throws(PackError) -> Value) throws(PackError) -> Value {
    guard let utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return try body() }
    let before = uselocale(utf8)
    defer {
      uselocale(before)
      freelocale(utf8)
    }
    return try body()
  }

  private func error(_ reason: PackError.Reason) -> PackError { PackError(path: path, reason: reason) }
}
