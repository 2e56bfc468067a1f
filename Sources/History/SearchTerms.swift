/// What a person typed into the search field, as words to be found. Any text is one: there is no syntax to get wrong.
///
/// Words in double quotes are a phrase, `word*` is the beginning of a word, and so is the last word while it is being
/// typed. Everything else that is no letter and no digit only separates words. Several are all to be found.
struct SearchTerms: Equatable, Sendable {
  struct Term: Equatable, Sendable {
    /// One, or those of a phrase.
    var words: [String]
    /// Whether the last of them is only a beginning.
    var isPrefix: Bool
  }

  /// Characters of a text that are looked at, and terms that are taken from it: nobody types more by hand.
  static let characters = 1_000
  static let limit = 16

  var terms: [Term] = []

  init(_ typed: String) {
    var word = ""
    var phrase: [String] = []
    var isQuoted = false
    func take(_ words: [String], prefix: Bool) {
      let term = Term(words: words, isPrefix: prefix)
      if !words.isEmpty, !terms.contains(term), terms.count < Self.limit { terms.append(term) }
    }
    for scalar in typed.unicodeScalars.prefix(Self.characters) {
      if Self.isPart(scalar) {
        word.unicodeScalars.append(scalar)
        continue
      }
      let isStar = scalar == "*"
      if !word.isEmpty { phrase.append(word) }
      word = ""
      if scalar == "\"" {
        take(phrase, prefix: false)
        phrase = []
        isQuoted.toggle()
      } else if !isQuoted && !(scalar == "'" || scalar == "’" || scalar == "-") {
        // "don't" and "so-called" are two words to the index, side by side: a phrase.
        take(phrase, prefix: isStar)
        phrase = []
      }
    }
    let isOpen = !word.isEmpty
    if isOpen { phrase.append(word) }
    take(phrase, prefix: isOpen)
  }

  /// Whether a character belongs to a word: letters, digits and marks, as SQLite's `unicode61` has it.
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse, .nonspacingMark:
      true
    default: false
    }
  }

  /// The query in FTS5's own language, where every word stands in quotes and so can mean nothing but itself.
  var expression: String {
    terms.map { "\"\($0.words.joined(separator: " "))\"" + ($0.isPrefix ? "*" : "") }.joined(separator: " ")
  }
}
