/// Abbreviations, Roman numerals and acronyms.
extension SpokenForms {
  /// Written short and said in full, whether or not a stop follows.
  private static let abbreviations: [String: [[String]]] = [
    "dr": [["doctor"]], "mr": [["mister"]], "mrs": [["missus"], ["misses"]], "ms": [["miss"], ["miz"]],
    "prof": [["professor"]], "jr": [["junior"]], "sr": [["senior"]], "etc": [["et", "cetera"]],
    "vs": [["versus"], ["against"]], "e.g": [["for", "example"], ["e", "g"]], "eg": [["for", "example"], ["e", "g"]],
    "i.e": [["that", "is"], ["i", "e"]], "ie": [["that", "is"], ["i", "e"]],
    "approx": [["approximately"], ["about"]], "dept": [["department"]], "est": [["established"], ["estimated"]],
    "govt": [["government"]], "ca": [["circa"], ["about"]], "cf": [["compare"]], "viz": [["namely"]],
    "gen": [["general"]], "col": [["colonel"]], "capt": [["captain"]], "lt": [["lieutenant"]], "sgt": [["sergeant"]],
    "rev": [["reverend"]], "hon": [["honorable"]], "inc": [["incorporated"], ["inc"]], "ltd": [["limited"]],
    "corp": [["corporation"]], "co": [["company"], ["co"]], "bros": [["brothers"]], "ave": [["avenue"]],
    "blvd": [["boulevard"]], "rd": [["road"]], "mt": [["mount"], ["mountain"]], "ft": [["fort"], ["feet"]],
    "jan": [["january"]], "feb": [["february"]], "mar": [["march"]], "apr": [["april"]], "jun": [["june"]],
    "jul": [["july"]], "aug": [["august"]], "sep": [["september"]], "sept": [["september"]], "oct": [["october"]],
    "nov": [["november"]], "dec": [["december"]], "mon": [["monday"]], "tue": [["tuesday"]], "tues": [["tuesday"]],
    "wed": [["wednesday"]], "thu": [["thursday"]], "thurs": [["thursday"]], "fri": [["friday"]],
    "a.m": [["a", "m"]], "p.m": [["p", "m"]], "fig": [["figure"]], "figs": [["figures"]], "vol": [["volume"]],
    "chap": [["chapter"]], "ch": [["chapter"]], "ed": [["edition"]], "et al": [["and", "others"]],
    "al": [["al"], ["others"]], "min": [["minutes"], ["minimum"]], "max": [["maximum"], ["max"]], "p": [["page"]],
    "pp": [["pages"]], "w/": [["with"]], "w/o": [["without"]], "b/c": [["because"]],
  ]
  /// Those that are no other word: said in full without a stop too.
  private static let sure: Set<String> = [
    "dr", "mr", "mrs", "ms", "prof", "jr", "sr", "etc", "vs", "e.g", "i.e", "eg", "approx", "dept", "govt", "ltd",
    "blvd", "a.m", "p.m", "w/", "w/o", "b/c", "capt", "sgt", "sept", "thurs", "tues", "bros",
  ]
  /// Those that end a sentence as often, and are words then: a capital or a figure must follow.
  private static let leading: Set<String> = [
    "gen", "col", "rev", "hon", "mt", "ft", "ch", "p", "pp", "fig", "figs", "vol", "chap", "al", "mar", "jun", "dec",
    "mon", "wed", "fri", "sep", "oct", "aug", "jan", "min", "max", "ed", "ca", "lt", "co",
  ]

  /// "Dr." is "doctor", "St." is "saint" before a name and "street" after one, "No. 7" is "number seven".
  static func abbreviation(_ written: WrittenWord) -> [[String]]? {
    let lower = written.lower
    let followed = written.after.first.map { $0.isNumber || $0.isUppercase } ?? false
    let isNumbered = written.after.first?.isNumber ?? false
    let isNamed = written.before.first?.isUppercase ?? false
    switch lower {
    case "no" where written.hasStop && isNumbered, "nos" where isNumbered: return [["number"], ["numbers"]]
    case "st" where isNamed && !(followed && !isNamed): return [["street"], ["saint"]]
    case "st": return written.hasStop || followed ? [["saint"], ["street"]] : nil
    case "am" where written.before.last?.isNumber == true, "pm": return [[String(lower.prefix(1)), "m"]]
    case "bc", "ad", "ce", "bce":
      return written.text == written.text.uppercased() ? [lower.map(String.init)] : nil
    default: break
    }
    if let unit = unitReadings(written) { return unit }
    guard let readings = abbreviations[lower] else { return nil }
    if sure.contains(lower) { return readings }
    guard written.hasStop else { return nil }
    if leading.contains(lower), !followed, !written.text.isEmpty, !(written.before.last?.isNumber ?? false) {
      return nil
    }
    return readings
  }

  /// Names that a numeral follows as a place in a row, "Henry the Eighth"; other words count, "Chapter Four".
  private static let counted: Set<String> = [
    "chapter", "part", "act", "scene", "book", "volume", "war", "section", "phase", "type", "class", "figure",
    "table", "title", "article", "appendix", "level", "stage", "world", "bowl", "apollo", "step", "unit",
  ]

  /// Roman numerals after a name or a word that counts; "I" alone only after one that counts.
  static func roman(_ written: WrittenWord) -> [[String]]? {
    guard let value = Numerals.roman(written.text), value < 400, let first = written.before.first else { return nil }
    let isCounted = counted.contains(written.before.lowercased())
    if isCounted { return [Numerals.cardinal(value), ["the"] + Numerals.ordinal(value)] }
    guard first.isUppercase, written.text.count > 1 || "VX".contains(written.text), written.text != "MIX",
      written.before != "The", written.before.count > 2
    else { return nil }
    return [["the"] + Numerals.ordinal(value), Numerals.cardinal(value)]
  }

  /// Acronyms that are said as words, and words that happen to be shouted.
  private static let wordlike: Set<String> = [
    "nasa", "nato", "unesco", "unicef", "aids", "opec", "laser", "radar", "scuba", "swat", "pin", "ram", "covid",
    "gif", "jpeg", "sim", "nafta", "asap", "fifa", "uefa", "nasdaq", "osha", "potus", "sars", "ted", "stem", "hiv",
    "the", "and", "not", "for", "you", "are", "all", "but", "can", "now", "yes", "one", "our", "out", "see", "who",
    "why", "how", "new", "old", "big", "must", "is", "it", "no", "on", "to", "of", "or", "in", "at", "be", "do",
    "if", "me", "my", "so", "up", "we", "he", "by", "go", "an", "as", "its", "was", "has", "had", "his", "her", "two",
    "will", "with", "this", "that", "have", "from", "your", "stop", "okay", "more", "what", "when",
  ]

  /// Capitals, with stops between them or not: "BBC", "U.S.", "CDs", "NASA's", "R&D".
  static func acronym(_ written: WrittenWord) -> [[String]]? {
    var stem = written.text[...]
    var ending = ""
    for suffix in ["'s", "s"] where stem.hasSuffix(suffix) && stem.count > suffix.count + 1 {
      stem = stem.dropLast(suffix.count)
      ending = suffix
      break
    }
    if stem.contains("."), stem.split(separator: ".").allSatisfy({ $0.count == 1 && isLetters($0) }) {
      return [withEnding(stem.lowercased().filter { $0 != "." }.map(String.init), ending)]
    }
    if stem.contains("&"), stem.count <= 5 {
      let parts = stem.split(separator: "&")
      guard parts.count == 2, parts.allSatisfy(isCapital) else { return nil }
      let sides = parts.map { $0.lowercased().map(String.init) }
      return [withEnding(sides[0] + ["and"] + sides[1], ending)]
    }
    guard stem.utf8.count > 1, isCapital(stem) else { return nil }
    return acronymReadings(stem).map { withEnding($0, ending) }
  }

  private static func isLetters(_ text: Substring) -> Bool { text.allSatisfy { $0.isASCII && $0.isLetter } }

  /// `stem`, all capitals, as letters and as a word, the likelier first.
  static func acronymReadings(_ stem: Substring) -> [[String]] {
    let lower = stem.lowercased()
    let letters = lower.map(String.init)
    let hasVowel = letters.dropFirst().contains { "aeiouy".contains($0) } && letters.contains { !"aeiouy".contains($0) }
    if wordlike.contains(lower) { return [[lower], letters] }
    if stem.count >= 5, hasVowel { return [[lower], letters] }
    return stem.count > 6 ? [[lower]] : [letters, [lower]]
  }

  private static func withEnding(_ words: [String], _ ending: String) -> [String] {
    guard !ending.isEmpty, let last = words.last else { return words }
    return words.dropLast() + [last + (last.count == 1 ? "'s" : ending)]
  }
}
