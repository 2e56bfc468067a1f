/// What a question asks for, by the words in it.
struct Asked {
  /// What it wants done, where it says so.
  private(set) var role: Findings.Role?
  /// What it is about, in the order in which it says so.
  private(set) var topics: [Findings.Topic] = []
  /// Whether it is empty.
  let isEmpty: Bool
  /// Whether it looks like a question rather than an answer.
  let isQuestion: Bool

  /// A thank you or a greeting, and nothing else.
  var isSmallTalk: Bool { role?.isSmallTalk == true && topics.isEmpty }

  /// Whether what it is about has an answer without the figures of the take.
  var isBesideTheTake: Bool { !topics.isEmpty && topics.allSatisfy { !$0.isListed } }

  /// Whether one word of many is all that it was understood by, so that it may be misheard.
  private(set) var isWeak = false
  /// A text of so many words that is no question takes more than one of them to be understood by.
  private static let weakLength = 7

  /// Words of a question beyond these are not looked at; for a crisis more are.
  private static let wordLimit = 200, crisisLimit = 5_000
  private static let openers: Set<String> = [
    "what", "why", "how", "who", "when", "where", "which", "did", "do", "does", "was", "were", "is", "are", "am", "can",
    "could", "should", "would", "will", "tell", "show", "give", "explain", "rate",
  ]

  init(_ question: String, of findings: Findings) {
    let all = question.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
      .prefix(Self.crisisLimit).map { String($0.map { $0 == "’" ? "'" : $0 }) }
    let words = Array(all.prefix(Self.wordLimit))
    isEmpty = words.isEmpty
    isQuestion = question.contains("?") || words.first.map(Self.openers.contains) ?? false
    if let topic = findings.topics.first(where: { $0.name == Findings.Role.crisis.rawValue }),
      topic.words.contains(where: { Self.place(of: $0, in: all) != nil })
    {
      (role, topics) = (.crisis, [topic])
      return
    }
    var found: [(at: Int, length: Int, topic: Findings.Topic)] = []
    for topic in findings.topics {
      let matches = topic.words.compactMap { phrase in Self.place(of: phrase, in: words).map { ($0, phrase.count) } }
      if let best = matches.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }) { found.append((best.0, best.1, topic)) }
    }
    // A longer phrase takes its words from a shorter one: "how long was i" is no question after the loudness of "i".
    found.sort { ($1.length, $0.at) < ($0.length, $1.at) }
    var taken = Set<Int>()
    var kept: [(at: Int, length: Int, topic: Findings.Topic)] = []
    for match in found where taken.isDisjoint(with: match.at..<match.at + match.length) {
      taken.formUnion(match.at..<match.at + match.length)
      kept.append(match)
    }
    let roles = kept.compactMap { Findings.Role(rawValue: $0.topic.name) }
    role = roles.first { !$0.isSmallTalk } ?? roles.first
    // "And?", "so?": whoever asks in one word wants to hear more.
    if kept.isEmpty, words.count == 1, question.contains("?") { role = .more }
    isWeak =
      !isQuestion && words.count >= Self.weakLength && role == nil && kept.count == 1
      && kept.allSatisfy { $0.length == 1 && $0.topic.isListed }
    topics = Self.kindFirst(
      kept.filter { Findings.Role(rawValue: $0.topic.name) == nil }.sorted { $0.at < $1.at }.map(\.topic),
      isAsked: question.contains("?"))
    if topics.first?.isKind == true { role = nil }
  }

  /// Of what hurts the first, and beside it only what is asked in so many words.
  private static func kindFirst(_ topics: [Findings.Topic], isAsked: Bool) -> [Findings.Topic] {
    guard let first = topics.first(where: \.isKind) else { return topics }
    return [first] + (isAsked ? topics.filter { !$0.isKind } : [])
  }

  /// Where `phrase` stands in `words`; nil where it does not.
  private static func place(of phrase: [String], in words: [String]) -> Int? {
    guard !phrase.isEmpty, phrase.count <= words.count else { return nil }
    return (0...words.count - phrase.count).first { start in
      phrase.indices.allSatisfy { matches(phrase[$0], words[start + $0]) }
    }
  }

  private static func matches(_ pattern: String, _ word: String) -> Bool {
    pattern.hasSuffix("*") ? word.hasPrefix(pattern.dropLast()) : word == pattern
  }
}
