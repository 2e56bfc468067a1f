import Glibc

/// Where a recording lies: the bytes that the file system knows it by, and a name that can be shown.
///
/// Most names are UTF-8, and both are the same. The others, from old archives and foreign disks, are shown with
/// replacement characters and opened by their bytes.
struct RecordingPath: Hashable, Sendable {
  /// For people; not always the name of a file.
  let name: String
  /// For the file system, with a zero at the end.
  let bytes: [CChar]

  /// A path whose bytes are known, without the zero.
  init(bytes: [UInt8]) {
    name = String(decoding: bytes, as: UTF8.self)
    self.bytes = bytes.map(CChar.init(bitPattern:)) + [0]
  }

  /// A path by its name.
  init(_ name: String) { self.init(bytes: Array(name.utf8)) }

  /// Arguments as they were typed. `arguments` come with their bytes made readable; where that lost something, they are
  /// looked up among those the program was started with, in the same order.
  static func typed(_ arguments: [String]) -> [RecordingPath] {
    var started: [[UInt8]] = []
    for index in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      started.append(UnsafeRawBufferPointer(start: argument, count: strlen(argument)).map { $0 })
    }
    return arguments.map { argument in
      guard argument.unicodeScalars.contains("\u{FFFD}"),
        let place = started.firstIndex(where: { String(decoding: $0, as: UTF8.self) == argument })
      else { return RecordingPath(argument) }
      return RecordingPath(bytes: started.remove(at: place))
    }
  }

  /// What is called `name` in this folder.
  func appending(_ name: [UInt8]) -> RecordingPath {
    let folder = bytes.dropLast().map(UInt8.init(bitPattern:))
    return RecordingPath(bytes: folder + (folder.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
  }

  /// The kind of file it leads to, links followed or not, as `S_IFMT` has it; nil where there is none.
  func kind(followsLinks: Bool = true) -> mode_t? {
    var facts = stat()
    let code = followsLinks ? stat(bytes, &facts) : lstat(bytes, &facts)
    return code == 0 ? facts.st_mode & S_IFMT : nil
  }
}
