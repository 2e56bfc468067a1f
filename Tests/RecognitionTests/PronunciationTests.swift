import Testing

@testable import Recognition

@Suite struct PronunciationTests {
  static let dictionary = try? PronouncingDictionary()

  @Test(arguments: [
    ("b_'0_t#_@L", "B AA T AH L"), ("b_'V_?_n-", "B AH T AH N"), ("w_'O:_t#_3", "W AO T ER"), ("f_'aI3", "F AY ER"),
    ("n_'i@3", "N IH R"), ("m_'o@", "M AO R"), ("tS_'3:_tS", "CH ER CH"), ("dZ_'V_dZ", "JH AH JH"),
    ("l_'0_x", "L AA K"), ("h_'3:_r_i", "HH ER IY"), ("r_'0_s_t_r_@_m", "R AA S T R AH M"),
    ("k_j_'u:_b_3_n_,i:_t_s", "K Y UW B ER N IY T S"), ("Z_'0_n_r_@", "ZH AA N R AH"),
  ])
  func `espeak's sounds become the model's phones`(phonemes: String, phones: String) {
    #expect(Pronunciations.phones(ofPhonemes: phonemes[...]) == phones)
  }

  @Test(arguments: ["", "_", "'", "\u{1F389}", "(en)"])
  func `what has no sound has no phones, and anything at all is survived`(phonemes: String) {
    let phones = Pronunciations.phones(ofPhonemes: phonemes[...])
    #expect(phones?.isEmpty != true)
  }

  @Test(arguments: [("K AE T", "K AE T S"), ("D AO G", "D AO G Z"), ("HH AO R S", "HH AO R S IH Z")])
  func `a possessive ends as English has it`(stem: String, phones: String) {
    #expect(Pronunciations.possessive(of: stem) == phones)
  }

  /// Espeak and the CMU dictionary are two dialects written by two hands; a third of the difference is AH for IH.
  @Test func `two thousand words of the dictionary are guessed nearly as it has them`() throws {
    guard let dictionary = Self.dictionary else { return print("skipped: pocketsphinx-en-us is not installed") }
    let words = dictionary.sample(every: dictionary.count / 2200, limit: 2200)
      .filter { $0.utf8.allSatisfy { $0 >= 97 && $0 <= 122 } }
    let guesses = Pronunciations.guess(words)
    guard guesses.contains(where: { $0 != nil }) else { return print("skipped: espeak-ng is not installed") }
    var (wrong, all) = (0, 0)
    var pairs: [String: Int] = [:]
    for (word, guess) in zip(words, guesses) {
      let heard = (guess ?? "").split(separator: " ").map(String.init)
      let best = dictionary.pronunciations(of: word).map { known -> (Int, Int, [String]) in
        let phones = known.split(separator: " ").map(String.init)
        return (distance(phones, heard), phones.count, phones)
      }.min { $0.0 < $1.0 }
      guard let best else { continue }
      wrong += best.0
      all += best.1
      if best.2.count == heard.count {
        for (one, other) in zip(best.2, heard) where one != other { pairs["\(one)>\(other)", default: 0] += 1 }
      }
    }
    let rate = Double(wrong) / Double(all)
    print(
      "phones guessed wrong: \(rate) of \(all) in \(words.count) words", pairs.sorted { $0.value > $1.value }.prefix(20)
    )
    #expect(rate < 0.2)
  }

  private func distance(_ left: [String], _ right: [String]) -> Int {
    var row = Array(0...right.count)
    for (i, one) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (one == other ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[right.count]
  }
}

@Suite struct PronouncingDictionaryTests {
  static let small = PronouncingDictionary(
    text: "a AH\na(2) EY\none W AH N\none(2) HH W AH N\none's W AH N Z\n\nzebra Z IY B R AH\r\nlast L AE S T")

  @Test(arguments: [
    ("a", ["AH", "EY"]), ("one", ["W AH N", "HH W AH N"]), ("one's", ["W AH N Z"]), ("zebra", ["Z IY B R AH"]),
    ("last", ["L AE S T"]), ("on", []), ("ones", []), ("", []), ("one(2)", []), ("zz", []), ("<s>", []),
  ])
  func `a word is found with all its pronunciations`(word: String, phones: [String]) {
    #expect(Self.small.pronunciations(of: word) == phones)
  }

  @Test func `nothing is found in nothing`() {
    #expect(!PronouncingDictionary(text: "").contains("a"))
    #expect(PronouncingDictionary(text: "\n\n \n").count == 0)
    #expect(PronouncingDictionary(text: "word").pronunciations(of: "word") == [""])
  }

  @Test(arguments: [
    ("word W ER D\n", 999, false), ("word W ER D\n", 1_000, true), ("word W ER D\r\n", 1_000, true),
    ("no phones at all\n", 1_000, false), ("word\n", 1_000, false), ("", 0, false),
  ])
  func `a file of too few words and phones is no dictionary`(line: String, count: Int, isWhole: Bool) {
    #expect(PronouncingDictionary(text: String(repeating: line, count: count)).isWhole == isWhole)
  }

  @Test func `the installed one is read whole`() throws {
    guard let dictionary = PronunciationTests.dictionary else {
      return print("skipped: pocketsphinx-en-us is not installed")
    }
    #expect(dictionary.count > 130_000)
    #expect(dictionary.pronunciations(of: "rostrum") == ["R AA S T R AH M"])
    #expect(dictionary.pronunciations(of: "a").count == 2)
    #expect(dictionary.contains("one's") && dictionary.contains("zywicki") && dictionary.contains("'bout"))
    #expect(!dictionary.contains("kubernetes"))
  }

  @Test func `a missing file is an error with its name`() {
    #expect(throws: PronouncingDictionary.LoadError(path: "/nowhere/at.all", code: 2)) {
      try PronouncingDictionary(path: "/nowhere/at.all")
    }
    #expect(throws: PronouncingDictionary.LoadError.self) { try PronouncingDictionary(path: "/tmp") }
  }
}
