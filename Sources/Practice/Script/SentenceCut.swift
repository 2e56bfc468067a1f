/// Cuts the words of a paragraph into sentences, and makes them tokens.
///
/// A sentence ends behind a stop, as `SentenceStop` knows them.
enum SentenceCut {
  /// Words of a sentence; a longer one is cut where a breath would be taken.
  static let wordLimit = 60

  /// The words, sentence by sentence; no sentence is empty.
  static func sentences(in words: [ProseWord]) -> [[ProseWord]] {
    var sentences: [[ProseWord]] = []
    var start = 0
    for index in words.indices
    where index == words.count - 1
      || SentenceStop.ends(
        words[index].text, after: index > start ? words[index - 1].text : nil, before: words[index + 1].text)
    {
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

  // MARK: Too long

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
    let last = word.text.last { !SentenceStop.closers.contains($0) && $0 != " " } ?? " "
    let weight: Int
    if word.pauseAfter != nil || ";:—–；：".contains(last) {
      weight = 0
    } else if ",，、".contains(last) {
      weight = 10
    } else if SentenceStop.clauseWords.contains(words[index + 1].text.lowercased()) {
      weight = 25
    } else {
      weight = 60
    }
    return abs(length - wanted) + weight
  }
}
