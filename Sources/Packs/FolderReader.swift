import Glibc

/// Reads the files of a folder as those of an archive are read, by the same rules: no link in it is followed.
struct FolderReader {
  private var gathering: PackGathering

  init(path: String, limits: PackLimits) { gathering = PackGathering(path: path, limits: limits) }

  /// The pack in the folder.
  mutating func read() throws(PackError) -> Pack {
    let folder = open(gathering.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw gathering.error(.system("read", errno)) }
    try read(folder: folder, name: "", depth: 0)
    return try gathering.pack()
  }

  /// Reads the folder behind a descriptor, which is closed.
  private mutating func read(folder: CInt, name: String, depth: Int) throws(PackError) {
    guard let listing = fdopendir(folder) else {
      close(folder)
      throw gathering.error(.system("read", errno))
    }
    defer { closedir(listing) }
    for entry in try names(in: listing) {
      guard let last = String(validating: entry.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) else {
        try gathering.refuse(
          name + String(decoding: entry.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self), .notUTF8)
        continue
      }
      try take(entry, called: name + last, in: folder, depth: depth)
    }
  }

  private mutating func take(_ entry: [CChar], called path: String, in folder: CInt, depth: Int) throws(PackError) {
    var status = stat()
    guard fstatat(folder, entry, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw gathering.error(.system("read", errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFLNK: try gathering.refuse(path, .link)
    case S_IFDIR:
      if entry.first == CChar(bitPattern: UInt8(ascii: ".")) { return gathering.leaveOut(path + "/", .hidden) }
      try gathering.judge(folder: path)
      // As many as a file may lie in, and one around everything.
      guard depth <= gathering.limits.depth else {
        return try gathering.refuse(path + "/", .tooDeep(limit: gathering.limits.depth))
      }
      let inner = openat(folder, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard inner >= 0 else { throw gathering.error(.system("read", errno)) }
      try read(folder: inner, name: path + "/", depth: depth + 1)
    case S_IFREG:
      guard let wanted = try gathering.judge(path) else { return }
      gathering.take(wanted.name, try contents(of: entry, called: path, in: folder, limit: wanted.limitBytes))
    default: try gathering.refuse(path, .notAFile)
    }
  }

  /// The bytes of a file; the descriptor is asked once more what it is, for a name may change its file meanwhile.
  private mutating func contents(
    of entry: [CChar], called path: String, in folder: CInt, limit: Int
  ) throws(PackError) -> [UInt8] {
    let file = openat(folder, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw gathering.error(.system("read", errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw gathering.error(.system("read", errno == 0 ? EINVAL : errno))
    }
    guard let bytes = try FileBytes.read(file, limit: limit, gathering.path) else {
      try gathering.give(up: path, .tooLarge(limitBytes: limit))
    }
    try gathering.count(bytes: bytes.count)
    return bytes
  }

  /// The names in a folder, each with a zero at its end, in order.
  private mutating func names(in listing: OpaquePointer) throws(PackError) -> [[CChar]] {
    var names: [[CChar]] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
      }
      if name == [46, 0] || name == [46, 46, 0] { continue }
      try gathering.count()
      names.append(name)
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// Bytes of files that are open.
enum FileBytes {
  /// All bytes of a file, nil where they are more than `limit`.
  static func read(_ file: CInt, limit: Int, _ path: String) throws(PackError) -> [UInt8]? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw PackError(path: path, reason: .system("read", errno)) }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else { return nil }
      bytes += block[..<count]
    }
  }
}
