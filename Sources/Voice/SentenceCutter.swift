import Practice

/// Cuts text into sentences while it streams in, so that a voice can begin before the text has ended.
///
/// Where a sentence ends is told by `SentenceStop`, as soon as it can be: behind most stops when a space has come, behind
/// an abbreviation when the next word has begun. A line feed ends one too. The text is plain; its Markdown is gone. The
/// first sentence may be given in two parts, at a comma, so that it is heard early; later ones are whole unless they are
/// too long.
package struct SentenceCutter: Sendable {
  /// Characters after which the first sentence may be cut at a comma; nil for never.
  private let earliestFlush: Int?
  /// Characters of a part at most.
  private let longest: Int
  /// The words of the sentence that goes on, and their characters with a space after each.
  private var words: [String] = []
  private var length = 0
  /// Words of the sentence that were given away already: their last one, for the next word's sake.
  private var given: String?
  /// The word that is coming in.
  private var word = ""
  private var wordLength = 0
  private var hasSpoken = false

  /// A cutter for one reply.
  ///
  /// - Parameters:
  ///   - earliestFlush: Characters after which the first sentence may be cut at a comma; nil for never.
  ///   - longest: Characters of a part at most, 20 at least.
  package init(earliestFlush: Int? = 60, longest: Int = 240) {
    self.earliestFlush = earliestFlush
    self.longest = max(longest, 20)
  }

  /// Takes in what came next; gives the sentences that are now known to be over.
  package mutating func add(_ text: String) -> [String] {
    var parts: [String] = []
    for character in text {
      if character.isNewline {
        endWord(&parts)
        endSentence(&parts)
      } else if character.isWhitespace {
        endWord(&parts)
      } else {
        begin(character, &parts)
        word.append(character)
        wordLength += 1
        // What has no spaces ends somewhere too.
        if wordLength >= longest || word.utf8.count >= 8 * longest { endWord(&parts) }
      }
    }
    return parts
  }

  /// Gives what is left; the next text is another reply's.
  package mutating func finish() -> [String] {
    var parts: [String] = []
    endWord(&parts)
    endSentence(&parts)
    hasSpoken = false
    return parts
  }

  /// Looks at the first character of a word, which may tell that the sentence before it is over, and at a sign that
  /// follows a stop without a space, as in Chinese.
  private mutating func begin(_ character: Character, _ parts: inout [String]) {
    if let last = word.last {
      guard "。！？".contains(last), !SentenceStop.closers.contains(character),
        !SentenceStop.stops.contains(character)
      else { return }
      endWord(&parts)
    }
    guard word.isEmpty, !SentenceStop.openers.contains(character), let last = words.last else { return }
    if SentenceStop.ends(last, after: words.dropLast().last ?? given, before: String(character)) {
      endSentence(&parts)
    }
  }

  private mutating func endWord(_ parts: inout [String]) {
    guard !word.isEmpty else { return }
    let added = wordLength + 1
    // A word that begins with a quotation mark was not looked at as the next one.
    if let previous = words.last, SentenceStop.ends(previous, after: words.dropLast().last ?? given, before: word) {
      endSentence(&parts)
    } else if length + added > longest {
      splitLong(&parts)
    }
    let isOver = SentenceStop.ends(word, after: words.last ?? given) ?? false
    words.append(word)
    length += added
    if isOver {
      endSentence(&parts)
    } else if !hasSpoken, let earliestFlush, length > earliestFlush, Self.isPause(word) {
      give(words.count, &parts)
    }
    (word, wordLength) = ("", 0)
  }

  private mutating func endSentence(_ parts: inout [String]) {
    give(words.count, &parts)
    given = nil
  }

  /// Gives away the beginning of a sentence that is too long: up to its last comma, else before its last conjunction,
  /// else all there is.
  private mutating func splitLong(_ parts: inout [String]) {
    let earliest = words.count / 3
    let comma = words.indices.last { $0 >= earliest && Self.isPause(words[$0]) }.map { $0 + 1 }
    let clause = words.indices.last { $0 > earliest && SentenceStop.clauseWords.contains(words[$0].lowercased()) }
    give(comma ?? clause ?? words.count, &parts)
  }

  /// Whether a breath fits behind `word`.
  private static func isPause(_ word: String) -> Bool {
    word.last { !SentenceStop.closers.contains($0) }.map { ",;:—–，；：、".contains($0) } ?? false
  }

  /// Gives the first `count` words away as one part, unless there is nothing to say in them.
  private mutating func give(_ count: Int, _ parts: inout [String]) {
    let part = words.prefix(count)
    words.removeFirst(part.count)
    length -= part.reduce(0) { $0 + $1.count + 1 }
    given = part.last ?? given
    let said = part.drop { word in !word.contains { $0.isLetter || $0.isNumber } }
    guard !said.isEmpty else { return }
    hasSpoken = true
    parts.append(said.joined(separator: " "))
  }
}
