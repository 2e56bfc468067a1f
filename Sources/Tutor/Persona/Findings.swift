import Terminal

/// The table of what there is to say, as read from Prompts/findings: findings, topics that are asked about, and phrases.
package struct Findings: Equatable, Sendable {
  /// Something that may be asked about.
  package struct Topic: Equatable, Sendable {
    package var name: String
    /// Phrases that ask for it, each as its words in lower case; a word that ends in `*` stands for all that begin so.
    package var words: [[String]]
    /// Whether it is named among what can be asked about.
    package var isListed: Bool
    /// Whether it is told of something that hurts: it goes before other topics, and is answered in turns and with no figure.
    package var isKind: Bool
    /// What to answer, the first that is so and was not said yet.
    package var answers: [Answer]

    /// Makes a topic.
    package init(name: String, words: [[String]], isListed: Bool = true, isKind: Bool = false, answers: [Answer] = []) {
      self.name = name
      self.words = words
      self.isListed = isListed
      self.isKind = isKind
      self.answers = answers
    }
  }

  /// An answer, and what must be so for it.
  package struct Answer: Equatable, Sendable {
    package var when: [TakeFinding.Condition]
    package var say: TutorTemplate

    /// Makes an answer.
    package init(when: [TakeFinding.Condition] = [], say: TutorTemplate) {
      self.when = when
      self.say = say
    }
  }

  /// The language of all of it, as in `en`.
  package var language = "en"
  package var findings: [TakeFinding] = []
  /// In the order of the file.
  package var topics: [Topic] = []
  /// What the offline tutor says beside that, several ways each.
  package var phrases: [String: [TutorTemplate]] = [:]

  /// An empty table.
  package init() {}

  /// This table with the topics and phrases of `other` that it lacks: its findings stay as they are.
  package func filled(from other: Findings) -> Findings {
    var table = self
    let known = Set(topics.map(\.name))
    table.topics += other.topics.filter { !known.contains($0.name) }
    for (name, ways) in other.phrases where table.phrases[name]?.isEmpty ?? true { table.phrases[name] = ways }
    return table
  }

  /// The findings that are so, the most important first; those of one priority in the order of the file.
  package func holding(in facts: TutorFacts, _ kind: TakeFinding.Kind? = nil, topic: String? = nil) -> [TakeFinding] {
    let found = findings.enumerated().filter { _, finding in
      (kind == nil || finding.kind == kind) && (topic == nil || finding.topic == topic) && finding.holds(in: facts)
    }
    return found.sorted { ($1.element.priority, $0.offset) < ($0.element.priority, $1.offset) }.map(\.element)
  }

  /// The topics with a part of their own in a conversation; the others only answer.
  package enum Role: String, CaseIterable, Sendable {
    /// Somebody is in danger: heard before everything else, and answered with nothing else.
    case crisis
    case overview, advice, strength, figure, more, why, again, thanks, hello

    /// Whether a question asks for nothing by it.
    var isSmallTalk: Bool { self == .thanks || self == .hello }
  }

  /// The phrases that the offline tutor needs, by name.
  package enum Phrase: String, CaseIterable, Sendable {
    /// Who is speaking.
    case introduction
    /// Before what is said again, before the next thing, and before the one thing to work on when it was named already.
    case again, besides, still
    /// What cannot be answered, and what can; what was understood by one word of many, to be asked again.
    case cannot, unclear
    /// The learner answers a question back.
    case reply
    /// Nothing is left to tell, to explain, or to work on.
    case nothingMore = "nothing-more"
    case noReason = "no-reason"
    case nothingToWorkOn = "nothing-to-work-on"
    case thanks, hello
    /// Too little speech, or none.
    case littleSpeech = "little-speech"
    case noSpeech = "no-speech"
  }

  /// Names that templates of this table may use beside those of the facts.
  package static let templateNames: Set<String> = ["moment", "topics", "heard", "topic"]

  /// What `finding` says through one of its templates.
  package func text(_ template: TutorTemplate?, of finding: TakeFinding, _ facts: TutorFacts) -> String {
    guard let template else { return "" }
    var values = facts.values
    values.set("moment", finding.momentSeconds(in: facts).map(clockTime))
    return spoken(template.render(values))
  }
}

/// A text as it is said: one line, blanks put right.
func spoken(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
