import CPocketSphinx
import Glibc

/// The part of the pronouncing dictionary that a script's language model needs.
///
/// With all its 134,000 words the library takes 2 to 6 s to fit a model of a few hundred to them, and 40 MB; with these
/// a hundredth of a second, and 7 MB.
enum ScriptDictionary {
  /// The words of an ARPA model, those in angle brackets left out.
  static func words(of arpa: String) -> Set<String> {
    var words: Set<String> = []
    var isSingle = false
    for line in arpa.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      if line.first == UInt8(ascii: "\\") {
        if isSingle { break }
        isSingle = line.starts(with: "\\1-grams:".utf8)
      } else if isSingle {
        let fields = line.split(maxSplits: 2, whereSeparator: { $0 == 32 || $0 == 9 })
        if fields.count > 1, fields[1].first != UInt8(ascii: "<") { words.insert(String(Substring(fields[1]))) }
      }
    }
    return words
  }

  /// The lines of the dictionary at `path` about `words`, their variants too, and one for each of `entries` that can
  /// be one and is of a word among them that the dictionary lacks. nil where it cannot be read.
  static func text(of words: Set<String>, from path: String, entries: [SphinxLanguage.Entry]) -> String? {
    guard let file = bytes(of: path) else { return nil }
    var text = ""
    var found: Set<String> = []
    file.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty {
        let line = rest.prefix { $0 != 10 }
        rest = rest.dropFirst(line.count + 1)
        let word = String(decoding: line.prefix { $0 != 32 && $0 != 9 && $0 != UInt8(ascii: "(") }, as: UTF8.self)
        guard words.contains(word) else { continue }
        found.insert(word)
        text += String(decoding: line, as: UTF8.self) + "\n"
      }
    }
    for entry in entries where words.contains(entry.word) && isFit(entry) && found.insert(entry.word).inserted {
      text += entry.word + " " + entry.phones + "\n"
    }
    return text
  }

  /// Whether an entry can be a line: a word that means nothing else to the library, and at least one phone.
  static func isFit(_ entry: SphinxLanguage.Entry) -> Bool {
    let isWord = SphinxDecoder.plain(entry.word) == entry.word && !entry.word.contains("(")
    return isWord && !entry.word.hasPrefix("#") && !entry.word.hasPrefix(";")
      && !entry.word.unicodeScalars.contains { $0.value <= 32 || $0.value == 127 }
      && entry.phones.split(separator: " ").allSatisfy(phones.contains) && entry.phones.contains { $0 != " " }
  }

  /// The sounds of the model.
  static let phones: Set<Substring> = Set(
    """
    AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH
    """.split { $0 == " " || $0 == "\n" })

  private static func bytes(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_size > 0, facts.st_size < 1 << 28 else { return nil }
    return [UInt8](unsafeUninitializedCapacity: Int(facts.st_size)) { buffer, count in
      while count < buffer.count {
        let got = read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        guard got > 0 else { return }
        count += got
      }
    }
  }
}

/// A text as a file in memory: the library reads files only, and what a talk says is nobody's business on a disk.
struct MemoryFile: ~Copyable {
  private let descriptor: Int32

  /// Makes it; nil where the system gives none.
  init?(_ text: String) {
    var text = text
    let made = text.withUTF8 { rostrum_sphinx_memory($0.baseAddress, UInt64($0.count)) }
    guard made >= 0 else { return nil }
    descriptor = made
  }

  deinit { close(descriptor) }

  /// The name under which this process can open it.
  var path: String { "/proc/self/fd/\(descriptor)" }
}
