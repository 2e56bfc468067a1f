/// Words that are hard to say one after the other, found by their phones.
///
/// Speakers slip where onsets that differ in little take turns ("she sells sea shells"; Shattuck-Hufnagel 1992, Wilshire
/// 1999), where one onset comes again and again, and where consonants pile up.
package struct TongueTwister: Equatable, Sendable {
  /// What makes it hard.
  package enum Kind: Equatable, Sendable {
    /// Onsets that take turns, by spelling: "s", "sh".
    case turns(String, String)
    /// Words that begin alike.
    case alliteration(String)
    /// Consonants without a vowel between them.
    case cluster(consonants: Int)
  }

  package var kind: Kind
  /// The tokens it is in.
  package var tokens: Range<Int>
  /// How hard, for the order: members of the pattern.
  var weight: Int

  /// The hard places of one sentence, the hardest first.
  ///
  /// - Parameters:
  ///   - sentence: The tokens of the sentence.
  ///   - phones: The phones of a lower-case word in the CMU set; nil where nobody knows, and nothing is found across it.
  static func find(
    in sentence: Range<Int>, of script: Script, phones: (String) -> [String]?
  ) -> [TongueTwister] {
    var words: [SpokenWord] = []
    for index in sentence {
      let token = script.tokens[index]
      for word in token.readings.first ?? [] {
        words.append(SpokenWord(token: index, phones: phones(word) ?? []))
      }
      if token.pauseAfter != nil || token.endsPhrase, let last = words.indices.last { words[last].endsPhrase = true }
    }
    let found = clusters(words) + turns(words) + alliterations(words)
    return found.sorted { ($0.weight, $1.tokens.lowerBound) > ($1.weight, $0.tokens.lowerBound) }
  }

  private struct SpokenWord {
    var token: Int
    var phones: [String]
    var endsPhrase = false
  }

  // MARK: Clusters

  /// Consonants at the end of a word from which it is hard ("texts"), and from one word into the next ("next three").
  private static let clusterInWord = 4, clusterAcross = 5

  private static func clusters(_ words: [SpokenWord]) -> [TongueTwister] {
    words.indices.compactMap { index in
      let word = words[index]
      let end = word.phones.reversed().prefix { !Phones.isVowel($0) }.count
      guard end > 0, end < word.phones.count else { return nil }
      var (count, last) = (end, word.token)
      if !word.endsPhrase, index + 1 < words.count {
        let start = words[index + 1].phones.prefix { !Phones.isVowel($0) }.count
        if start > 0, start < words[index + 1].phones.count { (count, last) = (end + start, words[index + 1].token) }
      }
      if count >= clusterAcross, last != word.token || end >= clusterInWord {
        return TongueTwister(kind: .cluster(consonants: count), tokens: word.token..<last + 1, weight: count)
      }
      guard end >= clusterInWord else { return nil }
      return TongueTwister(kind: .cluster(consonants: end), tokens: word.token..<word.token + 1, weight: end)
    }
  }

  // MARK: Turns

  /// Two onsets that differ in one feature; some are hard inside words too, and some trip only as beginnings of words.
  private struct Pair {
    var first: String
    var second: String
    var isInsideWords = false
    /// Onsets and changes between them, added up, from which it is hard.
    var limit = 6
  }

  private static let pairs = [
    Pair(first: "S", second: "SH", isInsideWords: true), Pair(first: "S", second: "TH", isInsideWords: true),
    Pair(first: "F", second: "TH", isInsideWords: true), Pair(first: "SH", second: "CH", isInsideWords: true),
    Pair(first: "R", second: "L", isInsideWords: true, limit: 7), Pair(first: "W", second: "R"),
    Pair(first: "Y", second: "L"), Pair(first: "P", second: "B"), Pair(first: "V", second: "W"),
  ]
  /// Onsets of a pair, how often they take turns, and over how many words at most, from which it is hard.
  private static let turnMembers = 4, turnChanges = 2, turnWords = 8

  private struct Onset {
    var phone: String
    var word: Int
    var isInitial: Bool
  }

  private static func turns(_ words: [SpokenWord]) -> [TongueTwister] {
    var onsets: [Onset] = []
    for (index, word) in words.enumerated() {
      for place in word.phones.indices where !Phones.isVowel(word.phones[place]) {
        let isBeforeVowel = place + 1 < word.phones.count && Phones.isVowel(word.phones[place + 1])
        if place == 0 || isBeforeVowel {
          onsets.append(Onset(phone: word.phones[place], word: index, isInitial: place == 0))
        }
      }
    }
    let initial = onsets.filter(\.isInitial)
    return pairs.compactMap { turn($0, in: $0.isInsideWords ? onsets : initial, words) }
  }

  /// The hardest run in which the onsets of `pair` take turns.
  private static func turn(_ pair: Pair, in onsets: [Onset], _ words: [SpokenWord]) -> TongueTwister? {
    let members = onsets.indices.filter { onsets[$0].phone == pair.first || onsets[$0].phone == pair.second }
    var best: TongueTwister?
    var start = 0
    for end in members.indices {
      while onsets[members[end]].word - onsets[members[start]].word >= turnWords { start += 1 }
      let run = members[start...end]
      let changes = zip(run, run.dropFirst()).count { onsets[$0].phone != onsets[$1].phone }
      // Three of five onsets there have to be of the pair.
      let isDense = run.count * 5 >= (members[end] - members[start] + 1) * 3
      guard run.count >= turnMembers, changes >= turnChanges, isDense, run.count + changes >= pair.limit else {
        continue
      }
      if run.count + changes > best?.weight ?? 0 {
        let range = words[onsets[members[start]].word].token..<words[onsets[members[end]].word].token + 1
        best = TongueTwister(
          kind: .turns(pair.first.lowercased(), pair.second.lowercased()), tokens: range, weight: run.count + changes)
      }
    }
    return best
  }

  // MARK: Words that begin alike

  /// Words of five in a row that begin with one consonant, from which it is hard.
  private static let alike = 4, alikeWords = 5

  private static func alliterations(_ words: [SpokenWord]) -> [TongueTwister] {
    var found: [TongueTwister] = []
    var index = 0
    while index + alike <= words.count {
      let span = words[index..<min(index + alikeWords, words.count)]
      if let first = words[index].phones.first, !Phones.isVowel(first) {
        let same = span.indices.filter { words[$0].phones.first == first }
        // "the", "that", "this" are said without effort however many there are.
        if same.count >= alike, first != "DH", let last = same.last {
          found.append(
            TongueTwister(
              kind: .alliteration(first.lowercased()), tokens: words[index].token..<words[last].token + 1,
              weight: same.count))
          index = last
        }
      }
      index += 1
    }
    return found
  }
}

extension Script.Token {
  /// Whether the signs behind the word ask for a breath.
  var endsPhrase: Bool {
    let behind = text.reversed().prefix { !$0.isLetter && !$0.isNumber }
    return behind.contains { ",;:.!?…—–)]，；：。！？、".contains($0) } || text.hasSuffix("--")
  }
}
