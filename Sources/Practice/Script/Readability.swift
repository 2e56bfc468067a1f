/// How hard a text is to follow, and how many syllables its words have.
package enum Readability {
  /// Flesch's reading ease (Flesch 1948): 206.835 − 1.015 · words/sentences − 84.6 · syllables/words.
  ///
  /// 100 is very easy, 60 to 70 plain English, below 50 difficult, below 30 very difficult; 0 without words.
  package static func ease(words: Int, sentences: Int, syllables: Int) -> Double {
    guard words > 0, sentences > 0 else { return 0 }
    return 206.835 - 1.015 * Double(words) / Double(sentences) - 84.6 * Double(syllables) / Double(words)
  }

  /// Flesch's names of his steps.
  package static func name(ofEase ease: Double) -> String {
    switch ease {
    case 90...: "very easy"
    case 80...: "easy"
    case 70...: "fairly easy"
    case 60...: "plain"
    case 50...: "fairly difficult"
    case 30...: "difficult"
    default: "very difficult"
    }
  }

  /// Syllables of an English word by its phones: as many as it has vowels.
  static func syllables(phones: [String]) -> Int { max(phones.count { Phones.isVowel($0) }, 1) }

  /// Syllables of an English word by its spelling, at least one: groups of vowels, without the silent e of "made",
  /// "makes" and "passed", with both vowels of "riot" and "going". Right for nine words in ten of the CMU dictionary.
  static func syllables(spelling word: String) -> Int {
    let letters = word.lowercased().utf8.filter { $0 != UInt8(ascii: "'") }
    func isVowel(_ index: Int) -> Bool { "aeiouy".utf8.contains(letters[index]) }
    func ends(_ ending: String) -> Bool {
      letters.count > ending.utf8.count && letters.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
    func letter(fromEnd place: Int) -> Character { Character(Unicode.Scalar(letters[letters.count - place])) }
    var count = 0
    for index in letters.indices where isVowel(index) && (index == 0 || !isVowel(index - 1)) { count += 1 }
    // Two vowels that are said apart: "riot", "going", but not "nation".
    for index in letters.indices.dropFirst(2) where "aou".utf8.contains(letters[index]) {
      if letters[index - 1] == UInt8(ascii: "i"), !"tscxgn".utf8.contains(letters[index - 2]) { count += 1 }
    }
    if ends("ing"), letters.count > 3, isVowel(letters.count - 4) { count += 1 }
    if ends("ism") || ends("thm") { count += 1 }
    // The silent e.
    let isSilent =
      switch true {
      case ends("e") where letters.count > 2:
        !"aeiouy".contains(letter(fromEnd: 2))
          && !(letter(fromEnd: 2) == "l" && !"aeiouylr".contains(letter(fromEnd: 3)))
      case ends("es") where letters.count > 3:
        !"aeiouysxzcgh".contains(letter(fromEnd: 3))
          && !(letter(fromEnd: 3) == "l" && !"aeiouyl".contains(letter(fromEnd: 4)))
      case ends("ed") where letters.count > 3: !"aeiouytd".contains(letter(fromEnd: 3))
      default: false
      }
    return max(count - (isSilent ? 1 : 0), 1)
  }
}

/// The phones of the CMU dictionary, as far as a coach has to tell them apart.
enum Phones {
  private static let vowels: Set<String> = [
    "AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW",
  ]

  /// Whether a phone, with or without the figure of its stress, is a vowel.
  static func isVowel(_ phone: String) -> Bool { vowels.contains(String(phone.prefix { $0.isLetter })) }
}
