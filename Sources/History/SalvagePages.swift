import Glibc

/// The pages of a database file, those of its log over them, read one by one.
///
/// The descriptors are never closed: closing one would drop the locks that SQLite holds on the file in this process
/// (sqlite.org/howtocorrupt.html, 2.2), and whoever salvages something does it once.
struct SalvagePages: Sendable {
  private let file: CInt
  private let log: CInt
  private let size: Int
  /// Bytes of a page that hold something.
  private let usable: Int
  /// Where in the log the last state of a page stands.
  private let logged: [Int: Int]
  /// How many pages there are.
  let count: Int

  init(_ folder: HistoryFolder) throws(HistoryError) {
    file = open(folder.database, O_RDONLY | O_CLOEXEC)
    var found = stat()
    guard file >= 0, fstat(file, &found) == 0 else {
      throw HistoryError(errno: errno, operation: "salvage", path: folder.database)
    }
    let head = Self.read(file, at: 0, 100)
    let isWhole = head.count == 100 && head.starts(with: Array("SQLite format 3\0".utf8))
    let said = head.number(at: 16, size: 2)
    let size = isWhole && said == 1 ? 65_536 : said
    // Where the head is lost, it is the size that SQLite makes pages of.
    self.size = isWhole && size >= 512 && size & (size - 1) == 0 ? size : 4_096
    usable = self.size - (isWhole ? min(head.number(at: 20, size: 1), self.size - 480) : 0)
    log = open(folder.database + "-wal", O_RDONLY | O_CLOEXEC)
    logged = log >= 0 ? Self.committed(in: log, pageSize: self.size) : [:]
    count = max((Int(found.st_size) + self.size - 1) / self.size, logged.keys.max() ?? 0)
  }

  private static func read(_ file: CInt, at offset: Int, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(file, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else { break }
        filled += got
      }
    }
  }

  /// The pages of the log's whole transactions, each by the place of its last state (fileformat2, 4).
  private static func committed(in log: CInt, pageSize: Int) -> [Int: Int] {
    let head = read(log, at: 0, 32)
    let magic = head.number(at: 0, size: 4)
    guard magic & ~1 == 0x377f_0682, head.number(at: 8, size: 4) == pageSize else { return [:] }
    var sums = Sums(isBigEndian: magic & 1 == 1)
    sums.add(head[..<24])
    guard sums.fit(head, at: 24) else { return [:] }
    var (pages, pending): ([Int: Int], [Int: Int]) = ([:], [:])
    var place = 32
    while true {
      let frame = read(log, at: place, 24 + pageSize)
      guard frame.count == 24 + pageSize, frame[8..<16] == head[16..<24] else { return pages }
      sums.add(frame[..<8])
      sums.add(frame[24...])
      guard sums.fit(frame, at: 16) else { return pages }
      pending[frame.number(at: 0, size: 4)] = place + 24
      if frame.number(at: 4, size: 4) != 0 {
        pages.merge(pending) { $1 }
        pending = [:]
      }
      place += frame.count
    }
  }

  /// The checksum of the log (fileformat2, 4.2).
  private struct Sums {
    let isBigEndian: Bool
    var (first, second): (UInt32, UInt32) = (0, 0)

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
      func word(_ at: Int) -> UInt32 {
        let read = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
        let value = read | UInt32(bytes[at + 3])
        return isBigEndian ? value : value.byteSwapped
      }
      for at in stride(from: bytes.startIndex, to: bytes.endIndex - 7, by: 8) {
        first = first &+ word(at) &+ second
        second = second &+ word(at + 4) &+ first
      }
    }

    func fit(_ bytes: [UInt8], at place: Int) -> Bool {
      bytes.number(at: place, size: 4) == Int(first) && bytes.number(at: place + 4, size: 4) == Int(second)
    }
  }

  private func page(_ number: Int) -> [UInt8] {
    guard number >= 1, number <= count else { return [] }
    if let place = logged[number] { return Self.read(log, at: place, size) }
    let bytes = Self.read(file, at: (number - 1) * size, size)
    return bytes.count == size || bytes.isEmpty ? bytes : bytes + [UInt8](repeating: 0, count: size - bytes.count)
  }

  /// The rows that stand on a page, as far as they can be read (fileformat2, 1.6).
  func records(on number: Int) -> [SalvagedRecord] {
    let page = page(number)
    let start = number == 1 ? 100 : 0
    guard page.count == size else { return [] }
    // 13: rows of a table. 10 and 2: rows of a table without row numbers, or of an index; 2 has a reference each too.
    guard let kind = page[start...].first, [13, 10, 2].contains(kind) else { return [] }
    let cells = min(page.number(at: start + 3, size: 2), size / 4)
    let pointers = start + (kind == 2 ? 12 : 8)
    return (0..<cells).compactMap { cell in
      let place = page.number(at: pointers + 2 * cell, size: 2)
      guard place >= pointers, place < usable else { return nil }
      return record(in: page, at: kind == 2 ? place + 4 : place, isIndex: kind != 13)
    }
  }

  /// A row whose end may be on pages of its own.
  private func record(in page: [UInt8], at place: Int, isIndex: Bool) -> SalvagedRecord? {
    guard let (length, afterLength) = page.varint(at: place), length > 0, length < 1 << 28 else { return nil }
    var start = afterLength
    if !isIndex {
      guard let (_, afterNumber) = page.varint(at: start) else { return nil }
      start = afterNumber
    }
    let total = Int(length)
    let most = isIndex ? (usable - 12) * 64 / 255 - 23 : usable - 35
    let least = (usable - 12) * 32 / 255 - 23
    let wanted = least + (total - least) % (usable - 4)
    let local = total <= most ? total : wanted <= most ? wanted : least
    guard start + local <= usable else { return nil }
    var bytes = Array(page[start..<start + local])
    if local < total {
      var next = page.number(at: start + local, size: 4)
      while bytes.count < total {
        let more = self.page(next)
        guard more.count == size else { return nil }
        bytes += more[4..<4 + min(usable - 4, total - bytes.count)]
        next = more.number(at: 0, size: 4)
      }
    }
    return SalvagedRecord(bytes, isIndex: isIndex)
  }
}
