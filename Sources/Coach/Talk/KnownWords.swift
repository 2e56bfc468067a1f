import Practice
import Recognition

/// The words of a talk that are in the recogniser's dictionary.
enum KnownWords {
  /// Where Debian's `pocketsphinx-en-us` keeps it.
  static let dictionary = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
  /// The largest dictionary read; Debian's has 3.2 MB.
  private static let limitBytes = 16 << 20

  /// The phones of those words of `script` that the dictionary has; nil where it is not installed, or damaged.
  static func phones(
    of script: Script, dictionary: String = dictionary, leastEntries: Int = PronouncingDictionary.leastEntries
  ) -> [String: [String]]? {
    guard let text = try? readText(path: dictionary, limit: limitBytes) else { return nil }
    var words: [String: [String]?] = [:]
    for token in script.tokens {
      for word in token.readings.joined() {
        words[word] = .some(nil)
        if word.hasSuffix("'s") { words[String(word.dropLast(2))] = .some(nil) }
      }
    }
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    // One that is damaged knows no word, and would make every talk a foreign one.
    guard lines.count >= leastEntries else { return nil }
    for line in lines {
      guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let word = String(Substring(line[..<blank]))
      guard words[word] != nil else { continue }
      words[word] = Substring(line[blank...]).split(separator: " ").map(String.init)
    }
    return words.compactMapValues { $0 }
  }
}
