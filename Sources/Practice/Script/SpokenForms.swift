/// How a written word is said: its readings, as a speaker would say it and a recogniser hears it.
///
/// A written word goes down a list of rules, most particular first, and the first that knows it says it: addresses,
/// figures (dates, times, money, measures), abbreviations, Roman numerals, acronyms, and last plain words. English only.
package enum SpokenForms {
  /// The most readings of a token.
  package static let readingLimit = 6
  /// Bytes of a token that the rules look at; of a longer one only letters are read.
  static let lengthLimit = 120

  private static let rules: [@Sendable (WrittenWord) -> [[String]]?] = [
    plain, symbol, address, figure, abbreviation, roman, acronym, compound, word,
  ]

  /// The ways to say `token`, the likeliest first, each as lower-case words of letters and apostrophes.
  ///
  /// Empty for what is not said (an emoji, a dash) and for words that English letters cannot spell.
  ///
  /// - Parameters:
  ///   - token: A word as written, its punctuation with it.
  ///   - before: The token before it in the sentence; nil at its beginning.
  ///   - after: The token after it; nil at its end.
  package static func readings(of token: String, before: String?, after: String?) -> [[String]] {
    let written = WrittenWord(token, before: before, after: after)
    guard !written.text.isEmpty else { return [] }
    let applicable = written.text.utf8.count <= lengthLimit ? rules[...] : rules.suffix(1)
    for rule in applicable {
      guard let found = rule(written) else { continue }
      var kept: [[String]] = []
      for reading in found where !reading.isEmpty && !kept.contains(reading) { kept.append(reading) }
      return Array(kept.prefix(readingLimit))
    }
    return []
  }

  /// The share, 0 to 1, of words among `tokens` that are written in letters other than Latin ones: a script in another
  /// language's letters cannot be followed in English. 0 where nothing has letters.
  package static func foreignShare(of tokens: some Sequence<String>) -> Double {
    var (foreign, all) = (0, 0)
    for token in tokens {
      guard let letter = token.first(where: \.isLetter) else { continue }
      all += 1
      if !isLatin(WrittenWord(String(letter), before: nil, after: nil).text) { foreign += 1 }
    }
    return all == 0 ? 0 : Double(foreign) / Double(all)
  }

  private static func isLatin(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 128 } }

  /// Lower-case letters and apostrophes alone: nearly every word of a talk.
  private static func plain(_ written: WrittenWord) -> [[String]]? {
    let isPlain = written.text.utf8.allSatisfy { $0 >= 97 && $0 <= 122 } && written.before.last?.isNumber != true
    return isPlain && written.text.utf8.count > 2 && !written.hasStop ? [[written.text]] : nil
  }

  private static let symbols: [String: [[String]]] = [
    "&": [["and"]], "+": [["plus"], ["and"]], "=": [["equals"], ["is"]], "@": [["at"]], "%": [["percent"]],
    "#": [["number"], ["hash"]], "$": [["dollars"]], "€": [["euros"]], "£": [["pounds"]], "<": [["less", "than"]],
    ">": [["greater", "than"]], "°": [["degrees"]], "~": [["about"]], "->": [["to"]], "=>": [], "-": [],
  ]
  private static func symbol(_ written: WrittenWord) -> [[String]]? { symbols[written.text] }

  private static let domains: Set<String> = [
    "org", "com", "net", "io", "edu", "gov", "uk", "de", "eu", "dev", "app", "info", "ai", "tv", "fr", "us", "ca",
  ]
  private static let webSigns: [Character: String] = [
    ".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore",
  ]

  /// Web and mail addresses: "rostrum.org" is "rostrum dot org".
  private static func address(_ written: WrittenWord) -> [[String]]? {
    var rest = written.lower[...]
    var isAddress = false
    for scheme in ["https://", "http://", "mailto:"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      isAddress = true
    }
    let host = rest.prefix { $0 != "/" }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let isHost = labels.count > 1 && labels.allSatisfy { !$0.isEmpty && isLatin(String($0)) }
    guard isHost,
      isAddress || domains.contains(String(labels.last ?? "")) && host.contains(where: { $0.isLetter && $0 != "." }),
      labels.dropLast().contains(where: { $0.count > 1 })
    else { return isAddress ? [said(rest, signs: webSigns)] : nil }
    while rest.last == "/" { rest.removeLast() }
    return [said(rest, signs: webSigns)]
  }

  /// Letters and digits as they come, signs by name or not at all.
  private static func said(_ text: Substring, signs: [Character: String]) -> [String] {
    var words: [String] = []
    for piece in pieces(of: text) {
      if piece == "www" {
        words += ["w", "w", "w"]
      } else if let first = piece.first, let name = signs[first] {
        words.append(name)
      } else {
        words += simple(piece)
      }
    }
    return words
  }

  /// Runs of letters (apostrophes inside), runs of digits, and every other sign alone.
  static func pieces(of text: Substring) -> [Substring] {
    var found: [Substring] = []
    var rest = text
    while let first = rest.first {
      let run: Substring
      if first.isLetter {
        run = rest.prefix { $0.isLetter || $0 == "'" }
      } else if first.isNumber {
        run = rest.prefix { $0.isNumber }
      } else {
        run = rest.prefix(1)
      }
      found.append(run)
      rest = rest.dropFirst(run.count)
    }
    return found
  }

  /// A run of letters or of digits in one way: letters without a vowel are spelled.
  static func simple(_ piece: Substring) -> [String] {
    if let digits = Int(piece), piece.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
      return piece.utf8.count > 4 || piece.utf8.count > 1 && piece.first == "0"
        ? Numerals.digits(piece) : Numerals.cardinal(digits)
    }
    if piece.allSatisfy({ $0.isNumber }) { return Numerals.digits(piece) }
    let letters = spelled(piece)
    guard !letters.isEmpty else { return [] }
    let hasVowel = letters.contains { "aeiouy".contains($0) }
    return hasVowel || letters.count == 1 || letters.contains("'") ? [letters] : letters.map(String.init)
  }

  /// `text` in lower case with nothing but a–z and apostrophes inside; empty where a letter is not Latin.
  static func spelled(_ text: some StringProtocol) -> String {
    var letters = ""
    for character in text.lowercased() {
      if character == "'" || character.isASCII && character.isLetter {
        letters.append(character)
      } else if character.isLetter {
        return ""
      }
    }
    var slice = letters[...]
    while slice.last == "'" { slice.removeLast() }
    let isShortened = shortened.contains(String(slice))
    while slice.first == "'", !isShortened { slice.removeFirst() }
    return slice.contains { $0 != "'" } ? String(slice) : ""
  }

  /// Words that begin with an apostrophe of their own.
  private static let shortened: Set<String> = ["'em", "'cause", "'til", "'bout", "'tis", "'twas"]

  /// Hyphenated and slashed words, words with digits in them: part for part.
  private static func compound(_ written: WrittenWord) -> [[String]]? {
    let strokes = written.text.split { $0 == "-" || $0 == "/" }
    if strokes.count > 1, strokes.contains(where: { $0.first?.isNumber == true && $0.last?.isNumber == false }) {
      // "mid-1990s": a part has an ending of its own, which its figure needs.
      return [strokes.flatMap { readings(of: String($0), before: nil, after: nil).first ?? [] }]
    }
    let parts = pieces(of: written.text[...])
    guard parts.count > 1 else { return nil }
    if written.text.hasPrefix("'"), parts.count == 2 { return nil }
    var words: [String] = []
    var joined = ""
    var isJoined = true
    let names: [Character: String] = ["&": "and", "+": "plus", "@": "at", "%": "percent", "=": "equals"]
    for part in parts {
      guard let first = part.first else { continue }
      if first.isLetter || first.isNumber {
        words += part.count > 1 && isCapital(part) ? (acronymReadings(part).first ?? []) : simple(part)
        joined += first.isLetter ? spelled(part) : ""
        isJoined = isJoined && first.isLetter
      } else {
        if let name = names[first] { words.append(name) }
        isJoined = isJoined && first == "-"
      }
    }
    return [words] + (isJoined && solid.contains(joined) ? [[joined]] : [])
  }

  /// Words that are written in one as often: a recogniser may know them so. Any other hyphen parts words.
  private static let solid: Set<String> = [
    "email", "emails", "emailed", "cooperate", "cooperates", "cooperated", "cooperation", "cooperative", "coordinate",
    "coordinated", "coordination", "online", "offline", "ongoing", "setup", "today", "tomorrow", "tonight",
  ]

  static func isCapital(_ text: Substring) -> Bool { text.utf8.allSatisfy { $0 >= 65 && $0 <= 90 } }

  /// What is left: a word as it is spelled.
  private static func word(_ written: WrittenWord) -> [[String]]? {
    let letters = spelled(written.lower)
    return letters.isEmpty ? [] : [[letters]]
  }
}
