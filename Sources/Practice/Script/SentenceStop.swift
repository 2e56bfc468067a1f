/// Where a sentence ends: for texts that are read as a whole and for those that come word by word.
///
/// A sentence ends behind a stop, with the quotation marks and brackets that close after it. A full stop that belongs to
/// an abbreviation, an initial or a number is none.
package enum SentenceStop {
  /// Signs that end a sentence.
  package static let stops: Set<Character> = [".", "!", "?", "…", "。", "！", "？", "؟", "।"]
  /// Signs that close behind a stop.
  package static let closers: Set<Character> = ["\"", "'", "”", "’", "»", "“", ")", "]", "}", "*", "」", "』", "）"]
  /// Signs that open before a word.
  package static let openers: Set<Character> = ["\"", "'", "“", "‘", "«", "„", "(", "[", "¿", "¡", "「", "『", "（"]

  /// Whether a sentence ends behind `word`.
  ///
  /// - Parameters:
  ///   - word: As written, with the signs around it.
  ///   - previous: The word before it in the same sentence; nil for the first one.
  ///   - next: The word after it; its first letter matters.
  package static func ends(_ word: String, after previous: String?, before next: String) -> Bool {
    let body = word.reversed().drop { !$0.isLetter && !$0.isNumber && !stops.contains($0) && !",;:，；：".contains($0) }
    guard let last = body.first, stops.contains(last) else { return false }
    let hasCloser = word.last.map(closers.contains) ?? false
    let next = next.first { !openers.contains($0) }
    let continuesLower = next?.isLowercase ?? false
    if last != "." { return !(continuesLower && (hasCloser || last == "…")) }
    let core = String(body.reversed().drop { openers.contains($0) })
    if core.hasSuffix("..") { return !continuesLower }
    if hasCloser, continuesLower { return false }
    switch kind(core, after: previous, isBeforeNumber: next?.isNumber ?? false) {
    case .never: return false
    case .perhaps: return !continuesLower && !(next?.isNumber ?? false)
    case .plain: return true
    }
  }

  /// Whether a sentence ends behind `word`, as far as that can be told before the next word has come.
  package static func ends(_ word: String, after previous: String?) -> Bool? {
    // A capital, a small letter and a digit are all that is looked at in it.
    let answers = Set(["A", "a", "1"].map { ends(word, after: previous, before: $0) })
    return answers.count == 1 ? answers.first : nil
  }

  /// How much a word with a full stop says about the end of a sentence.
  private enum Stop { case plain, perhaps, never }

  private static func kind(_ core: String, after previous: String?, isBeforeNumber: Bool) -> Stop {
    let word = core.dropLast().lowercased()
    if before.contains(word) || (core.first?.isUppercase == true && titles.contains(word)) { return .never }
    if either.contains(word) { return .perhaps }
    // "No. 5", but "Oh no. 5 of us went."
    if word == "no" { return isBeforeNumber && core.first == "N" ? .never : .plain }
    let dots = word.contains(".")
    if dots, word.split(separator: ".").allSatisfy({ $0.count == 1 && $0.first?.isLetter == true }) { return .perhaps }
    if word.count == 1, core.first?.isUppercase == true, core != "I." {
      // An initial stands at the beginning or behind a name: "J. Smith", "John F. Kennedy", but "plan B. Then".
      let isBehindName = previous?.first { !openers.contains($0) }?.isUppercase == true
      return previous == nil || isBehindName ? .never : .perhaps
    }
    // "3." at the beginning is the number of an item; "it was 3. Then" ends.
    if word.allSatisfy(\.isNumber) { return previous == nil ? .never : .perhaps }
    return .plain
  }

  /// Titles: a name follows.
  private static let titles: Set<String> = [
    "dr", "mr", "mrs", "ms", "mx", "prof", "rev", "hon", "st", "sgt", "capt", "lt", "col", "gen", "gov", "sen", "rep",
    "pres", "mt", "messrs", "mme",
  ]
  /// Abbreviations that something always follows.
  private static let before: Set<String> = ["e.g", "eg", "i.e", "ie", "cf", "vs", "v", "viz"]
  /// Abbreviations that may also end a sentence.
  private static let either: Set<String> = [
    "etc", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "am", "pm", "al", "dept", "est", "ave", "blvd", "rd",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ph.d", "min", "max", "hrs",
    "kg", "km", "cm", "mm", "ft", "oz", "lb", "lbs", "fig", "figs", "eq", "pp", "p", "vol", "ch", "sec", "approx", "ca",
  ]
  /// Words that a clause begins with: a breath fits before them.
  package static let clauseWords: Set<String> = [
    "and", "but", "or", "so", "because", "which", "that", "who", "whose", "where", "when", "while", "if", "unless",
    "although", "though", "since", "until", "before", "after", "whether", "yet", "nor",
  ]
}
