/// Cuts the words of a paragraph into sentences, and makes them tokens.
///
/// A sentence ends behind a stop, with the quotation marks and brackets that close after it. A full stop that belongs to
/// an abbreviation, an initial or a number is none.
enum SentenceCut {
  /// Words of a sentence; a longer one is cut where a breath would be taken.
  static let wordLimit = 60

  /// The words, sentence by sentence; no sentence is empty.
  static func sentences(in words: [ProseWord]) -> [[ProseWord]] {
    var sentences: [[ProseWord]] = []
    var start = 0
    for index in words.indices where index == words.count - 1 || ends(words, at: index, start: start) {
      cut(words[start...index], into: &sentences)
      start = index + 1
    }
    return sentences
  }

  /// The tokens of one sentence.
  static func tokens(of words: [ProseWord]) -> [Script.Token] {
    words.indices.map { index in
      let word = words[index]
      let readings = SpokenForms.readings(
        of: word.said, before: index > 0 ? words[index - 1].said : nil,
        after: index + 1 < words.count ? words[index + 1].said : nil
      ).map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty }
      return Script.Token(
        word.text, readings: readings.isEmpty ? [[plainWord(word.said)]] : readings, isStressed: word.isStressed,
        pauseAfter: word.pauseAfter)
    }
  }

  /// A word that English letters cannot spell, as it is written: no recogniser of ours knows it, but it is there.
  private static func plainWord(_ text: String) -> String {
    let letters = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return letters.isEmpty ? text : letters
  }

  // MARK: Stops

  private static let stops: Set<Character> = [".", "!", "?", "…", "。", "！", "？", "؟", "।"]
  private static let closers: Set<Character> = ["\"", "'", "”", "’", "»", "“", ")", "]", "}", "*", "」", "』", "）"]
  private static let openers: Set<Character> = ["\"", "'", "“", "‘", "«", "„", "(", "[", "¿", "¡", "「", "『", "（"]

  /// Whether a sentence that began at `start` ends behind the word at `index`.
  private static func ends(_ words: [ProseWord], at index: Int, start: Int) -> Bool {
    let text = words[index].text
    let body = text.reversed().drop { !$0.isLetter && !$0.isNumber && !stops.contains($0) && !",;:，；：".contains($0) }
    guard let last = body.first, stops.contains(last) else { return false }
    let hasCloser = text.last.map(closers.contains) ?? false
    let next = words[index + 1].text.first { !openers.contains($0) }
    let continuesLower = next?.isLowercase ?? false
    if last != "." { return !(continuesLower && (hasCloser || last == "…")) }
    let core = String(body.reversed().drop { openers.contains($0) })
    if core.hasSuffix("..") { return !continuesLower }
    if hasCloser, continuesLower { return false }
    switch kind(core, words, index, start) {
    case .never: return false
    case .perhaps: return !continuesLower && !(next?.isNumber ?? false)
    case .plain: return true
    }
  }

  /// How much a word with a full stop says about the end of a sentence.
  private enum Stop { case plain, perhaps, never }

  private static func kind(_ core: String, _ words: [ProseWord], _ index: Int, _ start: Int) -> Stop {
    let word = core.dropLast().lowercased()
    if before.contains(word) || (core.first?.isUppercase == true && titles.contains(word)) { return .never }
    if either.contains(word) { return .perhaps }
    if word == "no" {
      // "No. 5", but "Oh no. 5 of us went."
      let isNumbered = words[index + 1].text.first.map { $0.isNumber } ?? false
      return isNumbered && core.first == "N" ? .never : .plain
    }
    let dots = word.contains(".")
    if dots, word.split(separator: ".").allSatisfy({ $0.count == 1 && $0.first?.isLetter == true }) { return .perhaps }
    if word.count == 1, core.first?.isUppercase == true, core != "I." {
      // An initial stands at the beginning or behind a name: "J. Smith", "John F. Kennedy", but "plan B. Then".
      let isBehindName = index > start && words[index - 1].text.first { !openers.contains($0) }?.isUppercase == true
      return index == start || isBehindName ? .never : .perhaps
    }
    // "3." at the beginning is the number of an item; "it was 3. Then" ends.
    if word.allSatisfy(\.isNumber) { return index == start ? .never : .perhaps }
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

  // MARK: Too long

  /// Words that a clause begins with: a breath fits before them.
  static let conjunctions: Set<String> = [
    "and", "but", "or", "so", "because", "which", "that", "who", "whose", "where", "when", "while", "if", "unless",
    "although", "though", "since", "until", "before", "after", "whether", "yet", "nor",
  ]

  /// Puts a sentence on the list, in pieces of at most `wordLimit` words.
  private static func cut(_ words: ArraySlice<ProseWord>, into sentences: inout [[ProseWord]]) {
    var rest = words
    while rest.count > wordLimit {
      // Of a very long one a stretch is cut off; of one of two sentences' length the middle is looked for.
      let isVeryLong = rest.count > 2 * wordLimit
      let wanted = isVeryLong ? wordLimit * 3 / 4 : rest.count / 2
      let shortest = isVeryLong ? wordLimit / 3 : max(rest.count / 4, rest.count - wordLimit)
      let lengths = shortest...min(wordLimit, rest.count - 1)
      let best = lengths.min { cost(rest, length: $0, wanted) < cost(rest, length: $1, wanted) } ?? wanted
      sentences.append(Array(rest.prefix(best)))
      rest = rest.dropFirst(best)
    }
    sentences.append(Array(rest))
  }

  /// How bad it is to cut behind the first `length` words: words away from the `wanted` length, and more where the text
  /// gives no reason to.
  private static func cost(_ words: ArraySlice<ProseWord>, length: Int, _ wanted: Int) -> Int {
    let index = words.startIndex + length - 1
    let word = words[index]
    let last = word.text.last { !closers.contains($0) && $0 != " " } ?? " "
    let weight: Int
    if word.pauseAfter != nil || ";:—–；：".contains(last) {
      weight = 0
    } else if ",，、".contains(last) {
      weight = 10
    } else if conjunctions.contains(words[index + 1].text.lowercased()) {
      weight = 25
    } else {
      weight = 60
    }
    return abs(length - wanted) + weight
  }
}
