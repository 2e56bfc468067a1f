/// Archives made by hand, byte by byte, so that they can be what no archiver makes.
enum MadeArchive {
  /// An entry of a tape archive.
  struct Entry {
    var name: String
    var kind: Character
    var text: String
    var link: String
    /// The size in the header, where it is not that of the text.
    var size: Int?

    init(_ name: String, _ text: String = "x", kind: Character = "0", link: String = "", size: Int? = nil) {
      (self.name, self.text, self.kind, self.link, self.size) = (name, text, kind, link, size)
    }
  }

  /// A tape archive (POSIX ustar), its end included where `isWhole`.
  static func tar(_ entries: [Entry], isWhole: Bool = true) -> [UInt8] {
    entries.flatMap { entry in
      let text = Array(entry.text.utf8)
      let padding = [UInt8](repeating: 0, count: (512 - text.count % 512) % 512)
      return header(entry, size: entry.size ?? text.count) + text + padding
    } + (isWhole ? [UInt8](repeating: 0, count: 1_024) : [])
  }

  private static func header(_ entry: Entry, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at start: Int) {
      for (at, byte) in text.utf8.prefix(100).enumerated() { block[start + at] = byte }
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(entry.name, at: 0)
    put("0000644", at: 100)
    put(octal(size, digits: 11), at: 124)
    put("00000000000", at: 136)
    put(String(repeating: " ", count: 8), at: 148)
    put(String(entry.kind), at: 156)
    put(entry.link, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    return block
  }

  /// A pax record: `12 path=name\n`, its own length in front.
  static func paxRecord(_ key: String, _ value: String) -> String {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count + 1
    while "\(length)".utf8.count + rest.utf8.count != length { length = "\(length)".utf8.count + rest.utf8.count }
    return "\(length)\(rest)"
  }

  /// `bytes` in a gzip file, not compressed at all; its sum may be wrong.
  static func gzip(_ bytes: [UInt8], sum: UInt32) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      packed += [end == bytes.count ? 1 : 0] + little(UInt32(end - start), 2) + little(~UInt32(end - start), 2)
      packed += bytes[start..<end]
      start = end
    } while start < bytes.count
    return packed + little(sum, 4) + little(UInt32(bytes.count), 4)
  }

  /// A zip archive of files that are stored as they are; `sum` says a text's check sum.
  static func zip(_ files: [(name: String, text: String)], sum: ([UInt8]) -> UInt32, mode: UInt32 = 0o100644) -> [UInt8]
  {
    var (bytes, directory) = ([UInt8](), [UInt8]())
    for file in files {
      let (name, text) = (Array(file.name.utf8), Array(file.text.utf8))
      let facts =
        little(0x21_0000, 4) + little(sum(text), 4) + little(UInt32(text.count), 4) + little(UInt32(text.count), 4)
        + little(UInt32(name.count), 2) + little(0, 2)
      let version = little(20, 2) + little(0x800, 2) + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(0x314, 2) + version + facts + little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(mode << 16, 4) + little(UInt32(bytes.count), 4) + name
      bytes += [0x50, 0x4B, 3, 4] + version + facts + name + text
    }
    let count = little(UInt32(files.count), 2)
    return bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(UInt32(directory.count), 4)
      + little(UInt32(bytes.count), 4) + [0, 0]
  }

  private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }
}
