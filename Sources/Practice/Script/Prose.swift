/// A written word of a paragraph, before anybody knows where its sentence ends.
struct ProseWord: Equatable {
  /// As shown, signs that are not said with it: "yes —".
  var text: String
  /// What of it is said: "yes".
  var said: String
  var isStressed = false
  var pauseAfter: Script.PauseMark?
  /// Line of the Markdown, from 1.
  var line = 1
}

/// The text of one paragraph or heading, run by run, and the words in it.
struct Prose {
  /// Characters of one word; a longer one is cut.
  static let wordLimit = 100

  private struct Run {
    var text: String
    var isStressed: Bool
    var line: Int
  }

  private var runs: [Run] = []

  /// Takes in the next run; a line feed parts words.
  mutating func add(_ text: String, isStressed: Bool, line: Int? = nil) {
    runs.append(Run(text: text, isStressed: isStressed, line: line ?? runs.last?.line ?? 1))
  }

  /// All of it as one text, struck and stressed parts alike.
  var text: String { runs.reduce(into: "") { $0 += $1.text } }

  /// Its words in order; pause marks are put on the word before them, on the last one of `script` where there is none.
  func words(after script: inout Script) -> [ProseWord] {
    var words: [ProseWord] = []
    for word in unmarked() {
      if let (kept, mark) = Prose.pauseMark(word.text) {
        if !kept.isEmpty { words.append(word.with(kept)) }
        if let last = words.indices.last {
          words[last].pauseAfter = max(words[last].pauseAfter ?? mark, mark)
        } else if let last = script.tokens.indices.last {
          script.tokens[last].pauseAfter = max(script.tokens[last].pauseAfter ?? mark, mark)
        }
      } else {
        words.append(word)
      }
    }
    return Prose.sayable(words)
  }

  // MARK: Words

  /// Pieces parted by white space, dashes and dots between words, and the signs of scripts that write no spaces.
  private func unmarked() -> [ProseWord] {
    var words: [ProseWord] = []
    var (word, isStressed, line) = ("", false, 1)
    func close() {
      for piece in Prose.pieces(Prose.withoutFootnotes(word)) {
        words.append(ProseWord(text: piece, said: piece, isStressed: isStressed, line: line))
      }
      (word, isStressed) = ("", false)
    }
    for run in standing() {
      for character in run.text {
        if character.isWhitespace || character.unicodeScalars.first?.properties.generalCategory == .control {
          if !word.isEmpty { close() }
          continue
        }
        if word.isEmpty { line = run.line }
        word.append(character)
        if run.isStressed, character.isLetter || character.isNumber { isStressed = true }
      }
    }
    if !word.isEmpty { close() }
    if words.count > 3, words[0].text == "[", words[1].text == "]" { words.removeFirst(2) }
    if words.count > 1, ["[x]", "[X]"].contains(words[0].text) { words.removeFirst() }
    return words
  }

  /// The runs without what is struck out by `~~`.
  private func standing() -> [Run] {
    var marks = runs.reduce(0) { $0 + $1.text.ranges(of: "~~").count } / 2 * 2
    guard marks > 0 else { return runs }
    var (isStruck, kept) = (false, [Run]())
    for run in runs {
      var rest = run.text[...]
      while marks > 0, let mark = rest.firstRange(of: "~~") {
        if !isStruck {
          kept.append(Run(text: String(rest[..<mark.lowerBound]), isStressed: run.isStressed, line: run.line))
        }
        rest = rest[mark.upperBound...]
        isStruck.toggle()
        marks -= 1
      }
      if !isStruck { kept.append(Run(text: String(rest), isStressed: run.isStressed, line: run.line)) }
    }
    return kept
  }

  /// `word` without references to footnotes: `word[^1]`.
  private static func withoutFootnotes(_ word: String) -> String {
    guard let open = word.firstRange(of: "[^"), let end = word[open.upperBound...].firstIndex(of: "]") else {
      return word
    }
    return String(word[..<open.lowerBound] + word[word.index(after: end)...])
  }

  /// A word in the pieces that are words of their own: "well…so", "one—two", "one--two"; ideographs by twos, which is
  /// about a word.
  private static func pieces(_ word: String) -> [String] {
    var pieces: [String] = []
    var (piece, count, wide) = ("", 0, 0)
    var (hasWord, isAfterBreak) = (false, false)
    func close() {
      if !piece.isEmpty { pieces.append(piece) }
      (piece, count, wide, hasWord, isAfterBreak) = ("", 0, 0, false, false)
    }
    for character in word {
      let isWord = character.isLetter || character.isNumber
      let isWide = isWord && unspaced(character)
      let changesScript = wide > 0 && !isWide
      if isWord, isAfterBreak || wide >= 2 || count >= wordLimit || changesScript { close() }
      piece.append(character)
      count += 1
      if isWide { wide += 1 }
      if isWord {
        (hasWord, isAfterBreak) = (true, false)
      } else if "—…。！？，、；：".contains(character) || piece.hasSuffix("--") || piece.hasSuffix("...") {
        isAfterBreak = hasWord
      }
      if count >= 2 * wordLimit { close() }
    }
    close()
    return pieces
  }

  /// Whether the letter is of a script that writes no spaces: Thai to Khmer, kana, ideographs.
  private static func unspaced(_ character: Character) -> Bool {
    switch character.unicodeScalars.first?.value ?? 0 {
    case 0x0E00...0x0EFF, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// What is left of a word and the pause mark at its end; nil where there is none, as in "and/or", "1/2" and URLs.
  private static func pauseMark(_ word: String) -> (kept: String, mark: Script.PauseMark)? {
    guard word.last == "/" else { return nil }
    let kept = String(word.prefix(upTo: word.lastIndex { $0 != "/" }.map { word.index(after: $0) } ?? word.startIndex))
    let mark: Script.PauseMark = word.count - kept.count > 1 ? .long : .short
    if kept.isEmpty { return ("", mark) }
    guard !kept.contains("/"), kept != "w", kept.last != ":" else { return nil }
    let labels = kept.split(separator: ".", omittingEmptySubsequences: false)
    let isHost =
      labels.count > 1 && (labels.last?.count ?? 0) > 1
      && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } }
    return isHost ? nil : (kept, mark)
  }

  /// The words with those that nobody says put to the one before them, at the beginning to the one behind.
  private static func sayable(_ words: [ProseWord]) -> [ProseWord] {
    var kept: [ProseWord] = []
    var front: [String] = []
    for (index, word) in words.enumerated() {
      if isSaid(word.text, before: index > 0 ? words[index - 1].text : nil, words, index) {
        kept.append(word)
        if !front.isEmpty {
          kept[kept.count - 1].text = (front + [word.text]).joined(separator: " ")
          front = []
        }
      } else if let last = kept.indices.last {
        kept[last].text += " " + word.text
        kept[last].pauseAfter = [kept[last].pauseAfter, word.pauseAfter].compactMap { $0 }.max()
      } else if front.count < 8 {
        front.append(word.text)
      }
    }
    return kept
  }

  private static func isSaid(_ text: String, before: String?, _ words: [ProseWord], _ index: Int) -> Bool {
    if text.contains(where: { $0.isLetter || $0.isWholeNumber }) { return true }
    let after = index + 1 < words.count ? words[index + 1].text : nil
    return !SpokenForms.readings(of: text, before: before, after: after).isEmpty
  }
}

extension ProseWord {
  fileprivate func with(_ text: String) -> ProseWord {
    ProseWord(text: text, said: text, isStressed: isStressed, pauseAfter: pauseAfter, line: line)
  }
}
