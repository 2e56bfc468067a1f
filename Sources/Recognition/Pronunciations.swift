import Espeak

/// How a word that the dictionary lacks is said: espeak-ng's phonemes in the 39 phones of the acoustic model.
///
/// The phones are those of the CMU dictionary (ARPABET without stress); espeak-ng's letters are nearly Kirshenbaum's.
/// A phone that English lacks becomes its nearest neighbour: the model knows no other.
package enum Pronunciations {
  /// The voice whose English the model has heard.
  static let voice = "en-us"
  /// Words asked for at once: the library speaks a bounded text.
  private static let batch = 500
  /// The most phones of one word; a longer one is no word that is said.
  static let phoneLimit = 40

  /// The phones of each of `words`, apart by spaces, in the same order; nil where there are none, as everywhere when
  /// espeak-ng is not there.
  ///
  /// - Parameter words: Lower-case words of letters and apostrophes.
  package static func guess(_ words: [String]) -> [String?] {
    var found: [String?] = []
    found.reserveCapacity(words.count)
    for start in stride(from: 0, to: words.count, by: batch) {
      let some = words[start..<min(start + batch, words.count)]
      // A line of its own each: a clause's end keeps words from leaning on their neighbours.
      let text = some.joined(separator: ".\n")
      let spoken = (try? Espeak.phonemes(text, voice: voice))?.split(separator: " ") ?? []
      if spoken.count == some.count {
        found += spoken.map { phones(ofPhonemes: $0) }
      } else {
        found += some.map { word in
          (try? Espeak.phonemes(word, voice: voice)).flatMap { phones(ofPhonemes: $0[...]) }
        }
      }
    }
    return found
  }

  /// The possessive or plural of a word whose phones are known: after a hiss "IH Z", after a voiceless sound "S", else
  /// "Z".
  static func possessive(of phones: String) -> String {
    let last = phones.split(separator: " ").last ?? ""
    if ["S", "Z", "SH", "ZH", "CH", "JH"].contains(last) { return phones + " IH Z" }
    return phones + (["P", "T", "K", "F", "TH"].contains(last) ? " S" : " Z")
  }

  /// Phones, apart by spaces, of one word's phonemes as espeak-ng writes them, sounds apart by `_`; nil for none.
  static func phones(ofPhonemes phonemes: Substring) -> String? {
    var phones: [String] = []
    for sound in phonemes.split(whereSeparator: { $0 == "_" || $0 == " " }) {
      var rest = sound.drop { "',%=:|".contains($0) }
      while !rest.isEmpty {
        guard let (match, row) = match(rest) else {
          // A sign without a sound: stress, length, a tie.
          rest.removeFirst()
          continue
        }
        for phone in row { append(phone, to: &phones) }
        rest = rest.dropFirst(match)
      }
    }
    guard !phones.isEmpty, phones.count <= phoneLimit else { return nil }
    return phones.joined(separator: " ")
  }

  /// As the dictionary writes it: no "R" behind "ER", and no "R" twice.
  private static func append(_ phone: String, to phones: inout [String]) {
    if phone == "R", let last = phones.last, last == "ER" || last == "R" { return }
    phones.append(phone)
  }

  /// The longest row that `text` begins with, and its length.
  private static func match(_ text: Substring) -> (length: Int, phones: [String])? {
    for length in stride(from: min(longest, text.count), to: 0, by: -1) {
      if let row = table[String(text.prefix(length))] { return (length, row) }
    }
    return nil
  }

  private static let table: [String: [String]] = Dictionary(
    rows.map { ($0.0, $0.1.split(separator: " ").map(String.init)) }, uniquingKeysWith: { first, _ in first })
  private static let longest = table.keys.map(\.count).max() ?? 1

  private static let rows: [(String, String)] = [
    // Vowels.
    ("a", "AE"), ("aa", "AE"), ("a#", "AH"), ("A", "AA"), ("A:", "AA"), ("0", "AA"), ("0#", "AA"), ("O", "AO"),
    ("O:", "AO"), ("O2", "AO"), ("E", "EH"), ("E#", "EH"), ("E2", "EH"), ("e", "EH"), ("I", "IH"), ("I2", "IH"),
    ("I#", "IH"), ("i", "IY"), ("i:", "IY"), ("U", "UH"), ("u", "UW"), ("u:", "UW"), ("V", "AH"), ("V#", "AH"),
    ("@", "AH"), ("@2", "AH"), ("@5", "AH"), ("3", "ER"), ("3:", "ER"), ("y", "UW"), ("Y", "ER"), ("W", "ER"),
    // Two vowels in one.
    ("aI", "AY"), ("aU", "AW"), ("eI", "EY"), ("oU", "OW"), ("OI", "OY"), ("o", "OW"), ("o:", "OW"), ("e:", "EY"),
    ("u:@", "UW AH"), ("i@", "IY AH"),
    // Vowels before r.
    ("A@", "AA R"), ("A:@", "AA R"), ("O@", "AO R"), ("o@", "AO R"), ("e@", "EH R"), ("i@3", "IH R"),
    ("U@", "UH R"), ("aI@", "AY AH"), ("aI3", "AY ER"), ("aU@", "AW ER"), ("aU3", "AW ER"), ("@r", "ER"),
    // Syllables without a vowel.
    ("@L", "AH L"), ("n-", "AH N"), ("m-", "AH M"), ("l-", "AH L"), ("r-", "ER"),
    // Consonants.
    ("p", "P"), ("b", "B"), ("t", "T"), ("d", "D"), ("k", "K"), ("g", "G"), ("f", "F"), ("v", "V"), ("T", "TH"),
    ("D", "DH"), ("s", "S"), ("z", "Z"), ("S", "SH"), ("Z", "ZH"), ("h", "HH"), ("m", "M"), ("n", "N"), ("N", "NG"),
    ("l", "L"), ("r", "R"), ("w", "W"), ("j", "Y"), ("tS", "CH"), ("dZ", "JH"), ("hw", "W"), ("w#", "W"),
    // A flap and a stopped throat, which English writes as t.
    ("t#", "T"), ("t2", "T"), ("?", "T"), ("d#", "D"),
    // Other languages' sounds.
    ("x", "K"), ("C", "SH"), ("ts", "T S"), ("n^", "N Y"), ("l^", "L Y"), ("Q", "G"), ("B", "V"), ("R", "R"),
    ("*", "T"), ("L", "L"), ("c", "K"), ("q", "K"), ("H", "HH"), ("X", "K"), ("S;", "SH"), ("tS;", "CH"),
  ]
}
