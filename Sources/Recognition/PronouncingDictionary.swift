import Glibc

/// The recogniser's pronouncing dictionary, as it lies on disk: 134,000 lines of a word and its phones.
///
/// The file's bytes and a table of where its lines begin, searched by halves: four megabytes and a few milliseconds,
/// where a table of strings would take thirty and a second. A word's further pronunciations are lines of `word(2)`,
/// `word(3)` and so on.
package struct PronouncingDictionary: Sendable {
  /// Why a dictionary could not be read.
  package struct LoadError: Error, Equatable, Sendable {
    /// The file.
    package let path: String
    /// The system's number, or 0 where the file is not one that a dictionary can be.
    package let code: Int32
  }

  /// Where Debian's `pocketsphinx-en-us` puts it.
  package static let installedPath = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
  /// The largest file that is read, bytes.
  package static let byteLimit = 64 << 20
  /// The most pronunciations that a word has.
  static let variantLimit = 9

  private let bytes: [UInt8]
  /// Where lines begin in `bytes`, in the order of their words' bytes.
  private let lines: [UInt32]

  /// Lines of a word and phones below which a file is no dictionary of a language.
  package static let leastEntries = 1_000

  /// Whether it has `leastEntries` lines of a word and phones that the model knows.
  package var isWhole: Bool {
    var entries = 0
    for start in lines where entries < Self.leastEntries {
      let fields = bytes[Int(start)...].prefix { $0 != 10 && $0 != 13 }.split(separator: 32)
      if fields.count > 1,
        fields.dropFirst().allSatisfy({ ScriptDictionary.phones.contains(Substring(decoding: $0, as: UTF8.self)) })
      {
        entries += 1
      }
    }
    return entries >= Self.leastEntries
  }

  /// The installed one; nil where there is none, or one that is damaged.
  package static var whole: PronouncingDictionary? {
    (try? PronouncingDictionary()).flatMap { $0.isWhole ? $0 : nil }
  }

  /// Lines of pronunciations.
  package var count: Int { lines.count }

  /// Reads the file at `path`. Throws `LoadError`.
  package init(path: String = installedPath) throws(LoadError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw LoadError(path: path, code: errno) }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= Self.byteLimit else {
      throw LoadError(path: path, code: 0)
    }
    let size = Int(facts.st_size)
    let read = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let more = Glibc.read(file, buffer.baseAddress.map { $0 + count }, size - count)
        guard more > 0 else { break }
        count += more
      }
    }
    self.init(bytes: read)
  }

  /// A dictionary from its text, one word and its phones a line.
  package init(text: String) { self.init(bytes: Array(text.utf8)) }

  private init(bytes: [UInt8]) {
    var starts: [UInt32] = []
    starts.reserveCapacity(bytes.count / 24)
    var isSorted = true
    bytes.withUnsafeBufferPointer { all in
      var start = 0
      while start < all.count {
        var end = start
        while end < all.count, all[end] != 10 { end += 1 }
        if end > start, all[start] > 32 {
          if let last = starts.last, Self.order(all, Int(last), all, start) > 0 { isSorted = false }
          starts.append(UInt32(start))
        }
        start = end + 1
      }
      if !isSorted { starts.sort { Self.order(all, Int($0), all, Int($1)) < 0 } }
    }
    self.bytes = bytes
    lines = starts
  }

  /// Below 0, 0 or above it as the word at `left` is before, the same as or behind the word at `right`.
  private static func order(
    _ one: UnsafeBufferPointer<UInt8>, _ left: Int, _ other: UnsafeBufferPointer<UInt8>, _ right: Int
  ) -> Int {
    var (left, right) = (left, right)
    while true {
      // A word ends at a blank, a line's end or the file's.
      let a = left < one.count && one[left] > 32 ? Int(one[left]) : 0
      let b = right < other.count && other[right] > 32 ? Int(other[right]) : 0
      if a != b || a == 0 { return a - b }
      left += 1
      right += 1
    }
  }

  /// Whether `word`, in lower case, is in it.
  package func contains(_ word: String) -> Bool { line(of: word) != nil }

  /// The pronunciations of `word`, in lower case, the first of them the usual one: phones apart by spaces. Empty for a
  /// word that is not in it.
  package func pronunciations(of word: String) -> [String] {
    guard !word.contains("("), let first = line(of: word) else { return [] }
    var found = [phones(at: first)]
    for variant in 2...Self.variantLimit {
      guard let next = line(of: "\(word)(\(variant))") else { break }
      found.append(phones(at: next))
    }
    return found
  }

  /// The words of every `step`th line in order, at most `limit` of them: a sample for benches.
  package func sample(every step: Int, limit: Int) -> [String] {
    var words: [String] = []
    var index = 0
    while index < lines.count, words.count < limit {
      let start = Int(lines[index])
      words.append(String(decoding: bytes[start...].prefix { $0 > 32 }, as: UTF8.self))
      index += max(1, step)
    }
    return words
  }

  private func line(of word: String) -> Int? {
    guard !word.isEmpty else { return nil }
    var word = word
    return word.withUTF8 { wanted in
      bytes.withUnsafeBufferPointer { all in
        var (low, high) = (0, lines.count)
        while low < high {
          let middle = (low + high) / 2
          let order = Self.order(all, Int(lines[middle]), wanted, 0)
          if order == 0 { return Int(lines[middle]) }
          if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
      }
    }
  }

  private func phones(at start: Int) -> String {
    let line = bytes[start...].prefix { $0 != 10 && $0 != 13 }
    let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
    return words.dropFirst().joined(separator: " ")
  }
}
