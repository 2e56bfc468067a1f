/// A token taken apart: what is said of it, without the punctuation around it.
struct WrittenWord {
  /// Punctuation off both ends, curly quotes straight, every dash a "-", accents off; capitals as written.
  let text: String
  /// `text` in lower case.
  let lower: String
  /// A full stop stood at its end, as after "Dr." and after the last word of a sentence.
  let hasStop: Bool
  /// The neighbours, taken apart as far: their `text`, empty where there is none.
  let before: String
  let after: String

  /// Takes `token` apart.
  init(_ token: String, before: String?, after: String?) {
    (text, hasStop) = Self.core(of: token)
    lower = text.lowercased()
    self.before = before.map { Self.core(of: $0).text } ?? ""
    self.after = after.map { Self.core(of: $0).text } ?? ""
  }

  /// Signs that belong to a word at its beginning or end.
  private static let leading: Set<Character> = [
    "$", "€", "£", "¥", "#", "@", "&", "+", "-", "'", "°", "=", "<", ">", "~", ".",
  ]
  private static let trailing: Set<Character> = [
    "$", "€", "£", "¥", "%", "‰", "°", "&", "+", "=", "<", ">", "'", "#", "@",
  ]
  /// Signs written in many ways, in the one that the rules know.
  private static let plainSigns: [Character: String] = [
    "\u{2019}": "'", "\u{2018}": "'", "\u{02BC}": "'", "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-",
    "\u{2013}": "-", "\u{2014}": "-", "\u{2212}": "-", "\u{00A0}": "", "\u{202F}": "", "\u{200B}": "", "\u{00AD}": "",
    "\u{2126}": "Ω", "µ": "μ", "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "²": "2", "³": "3",
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "þ": "th", "Þ": "Th", "ı": "i",
  ]

  private static func core(of token: String) -> (text: String, hasStop: Bool) {
    if token.utf8.allSatisfy(isPlain) { return (token, false) }
    // A pronouncing dictionary's second entry of a word, as in its word lists: "fellow(2)".
    if let plain = withoutVariant(token) { return (plain, false) }
    var characters: [Character] = []
    for character in token {
      if character.isASCII {
        characters.append(character)
      } else if let plain = plainSigns[character] {
        // "2½" is two and a half.
        if "½¼¾⅓⅔".contains(character), characters.last?.isNumber == true { characters.append("+") }
        characters += plain
      } else {
        characters.append(base(of: character))
      }
    }
    // Signs alone are looked up whole.
    if characters.count <= 2, !characters.contains(where: isWordSign) { return (String(characters), false) }
    var slice = characters[...]
    var hasStop = false
    while let last = slice.last, !isWordSign(last), !trailing.contains(last) {
      if last == "." { hasStop = true }
      slice.removeLast()
    }
    while let first = slice.first, !isWordSign(first), !leading.contains(first) || first == "." && !isDecimal(slice) {
      slice.removeFirst()
    }
    // A quotation mark is an apostrophe where it leans on letters: 'tis, the '90s, dogs'.
    return (String(slice), hasStop)
  }

  private static func withoutVariant(_ token: String) -> String? {
    guard token.hasSuffix(")"), let open = token.lastIndex(of: "("), open > token.startIndex,
      token[token.index(after: open)...].dropLast().utf8.count == 1,
      let digit = token[token.index(after: open)...].utf8.first, (50...57).contains(digit),
      token[..<open].utf8.allSatisfy({ isPlain($0) && !(48...57).contains($0) || $0 == UInt8(ascii: "'") })
    else { return nil }
    return String(token[..<open])
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57
  }

  private static func isWordSign(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// ".5"
  private static func isDecimal(_ slice: ArraySlice<Character>) -> Bool { slice.dropFirst().first?.isNumber == true }

  /// A Latin letter without its accents; others as they are.
  private static func base(of character: Character) -> Character {
    guard character.isLetter, let scalar = character.unicodeScalars.first else { return character }
    if character.unicodeScalars.count > 1 {
      return Character(scalar).isASCII ? Character(scalar) : base(of: Character(scalar))
    }
    return accented[scalar] ?? character
  }

  private static let accented: [Unicode.Scalar: Character] = {
    var table: [Unicode.Scalar: Character] = [:]
    let rows: [(Character, String)] = [
      ("a", "àáâãäåāăąǎ"), ("c", "çćĉċč"), ("d", "ďḍ"), ("e", "èéêëēĕėęěẽ"), ("g", "ĝğġģǧ"), ("h", "ĥħḥ"),
      ("i", "ìíîïĩīĭį"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀ"), ("n", "ñńņňŉ"), ("o", "òóôõöōŏőǒ"), ("r", "ŕŗř"),
      ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűųǔ"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    ]
    for (letter, accents) in rows {
      for accent in accents {
        for scalar in String(accent).unicodeScalars { table[scalar] = letter }
        for scalar in String(accent).uppercased().unicodeScalars where !scalar.isASCII {
          table[scalar] = Character(String(letter).uppercased())
        }
      }
    }
    return table
  }()
}
