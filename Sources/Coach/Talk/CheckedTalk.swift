package import Practice

/// A talk with what was found out about it, ready to be shown to people and programs.
package struct CheckedTalk: Sendable {
  let talk: Talk
  let check: TalkCheck
  /// Whether the recogniser's dictionary was there to be asked.
  let knowsWords: Bool
  /// The learner's own pace in words a minute; nil without a calibration.
  let ownPace: Double?
  /// What was wrong with the file, one sentence each.
  let complaints: [String]

  /// Checks `talk` with the phones of those of its words that the recogniser knows; nil where there is no dictionary.
  package init(_ talk: Talk, known: [String: [String]]?, ownPace: Double?, complaints: [String] = []) {
    self.talk = talk
    check = TalkCheck(talk.script, phones: known.map { known in { known[$0] } })
    knowsWords = known != nil
    self.ownPace = ownPace.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    self.complaints = complaints + CheckedTalk.oddHeadings(of: talk)
  }

  /// The headings of `talk` that end in braces that hold no length, a sentence each.
  static func oddHeadings(of talk: Talk) -> [String] {
    talk.script.sections.filter { $0.title.last == "}" && $0.title.contains("{") }.map {
      "\(talk.path):\($0.line + talk.firstLine - 1): \(quoted($0.title)) ends in no length such as {2m}, {90s} or {1:30}"
    }
  }

  /// The paces the talk is timed with, the learner's own among them.
  var paces: [(wordsPerMinute: Double, isOwn: Bool)] {
    (TalkCheck.paces.map { ($0, false) } + (ownPace.map { [($0, true)] } ?? []))
      .sorted { $0.wordsPerMinute < $1.wordsPerMinute }
  }

  /// What the talk may take, in seconds: its length, else what its outermost sections are given if all are.
  var permitted: ClosedRange<Double>? {
    if let length = talk.length { return Double(length.minimumSeconds)...Double(length.maximumSeconds) }
    let top = talk.script.sections.map(\.level).filter { $0 > 0 }.min()
    let outermost = talk.script.sections.filter { $0.level == top || ($0.level == 0 && !$0.sentences.isEmpty) }
    let budgets = outermost.compactMap(\.budgetSeconds)
    guard !budgets.isEmpty, budgets.count == outermost.count else { return nil }
    let sum = budgets.reduce(0, +)
    return sum...sum
  }

  /// Seconds beyond what is permitted, negative for what is missing; 0 where it fits.
  ///
  /// A single length is one that may be missed by a twentieth: nobody speaks to the second.
  static func excess(_ seconds: Double, of permitted: ClosedRange<Double>) -> Double {
    let slack = permitted.lowerBound == permitted.upperBound ? permitted.upperBound / 20 : 0
    if seconds > permitted.upperBound + slack { return seconds - permitted.upperBound }
    return seconds < permitted.lowerBound - slack ? seconds - permitted.lowerBound : 0
  }

  /// The line of the file that a sentence begins in.
  func line(ofSentence index: Int) -> Int {
    let sentences = talk.script.sentences
    return (sentences.indices.contains(index) ? sentences[index].line : 1) + talk.firstLine - 1
  }

  /// The line of the file in which the sentence begins that holds a token.
  func line(ofToken index: Int) -> Int { line(ofSentence: talk.script.sentence(ofToken: index) ?? 0) }
}

extension CheckedTalk {
  /// All of it for programs: `rostrum talk check --json`.
  package var json: JSON {
    .object(
      [
        .init("schema", .string("rostrum.talk-check/1")), .init("file", .string(talk.path)),
        .init("title", .string(talk.title)), .init("words", .count(talk.words)),
        .init("spoken_words", .count(check.spokenWords)), .init("sentences", .count(talk.script.sentences.count)),
        .init("language", .string(check.language.rawValue)), .init("reading_ease", .rounded(check.ease, 1)),
        .init("pause_seconds", .rounded(check.pauseSeconds, 1)),
        .init("length", permitted.map { .array([.rounded($0.lowerBound, 1), .rounded($0.upperBound, 1)]) } ?? .null),
        .init("paces", .array(paces.map(pace))), .init("sections", .array(check.parts.map(section))),
      ] + findings)
  }

  private func pace(_ pace: (wordsPerMinute: Double, isOwn: Bool)) -> JSON {
    let seconds = check.seconds(at: pace.wordsPerMinute)
    return .object([
      .init("words_per_minute", .rounded(pace.wordsPerMinute, 1)), .init("is_own", .bool(pace.isOwn)),
      .init("seconds", .rounded(seconds, 1)),
      .init("excess_seconds", .rounded(permitted.map { CheckedTalk.excess(seconds, of: $0) }, 1)),
    ])
  }

  private func section(_ part: TalkCheck.Part) -> JSON {
    let section = talk.script.sections[part.section]
    return .object([
      .init("title", .string(section.title)), .init("level", .count(section.level)),
      .init("line", .count(section.line + talk.firstLine - 1)), .init("spoken_words", .count(part.spokenWords)),
      .init("seconds", .rounded(part.seconds, 1)), .init("budget_seconds", .rounded(section.budgetSeconds, 1)),
      .init(
        "excess_seconds", .rounded(section.budgetSeconds.map { CheckedTalk.excess(part.seconds, of: $0...$0) }, 1)),
    ])
  }

  private var findings: [JSON.Field] {
    let script = talk.script
    return [
      .init(
        "hard_sentences",
        .array(
          check.hardSentences.map {
            .object([
              .init("line", .count(line(ofSentence: $0.sentence))),
              .init("text", .string(script.text(ofSentence: $0.sentence))), .init("words", .count($0.words)),
              .init("syllables", .count($0.syllables)), .init("reading_ease", .rounded($0.ease, 1)),
            ])
          })),
      .init(
        "long_stretches",
        .array(
          check.stretches.map {
            .object([
              .init("line", .count(line(ofToken: $0.tokens.lowerBound))),
              .init("text", .string(script.text(of: $0.tokens))), .init("words", .count($0.words)),
              .init("breath_before", .text($0.breathBefore.map { script.text(of: $0..<$0 + 3) })),
            ])
          })),
      .init(
        "tongue_twisters",
        .array(
          check.twisters.map {
            .object([
              .init("line", .count(line(ofToken: $0.tokens.lowerBound))),
              .init("text", .string(script.text(of: $0.tokens))), .init("kind", .string($0.kind.name)),
            ])
          })),
      .init("dictionary", .bool(knowsWords)),
      .init(
        "unknown_words",
        .array(
          check.unknownWords.map {
            .object([
              .init("word", .string($0.word)), .init("line", .count(line(ofSentence: $0.sentence))),
              .init("count", .count($0.count)),
            ])
          })),
      .init(
        "unsaid",
        .array(
          talk.unsaid.map {
            .object([
              .init("kind", .string($0.kind.rawValue)),
              .init("first_line", .count($0.lines.lowerBound + talk.firstLine - 1)),
              .init("last_line", .count($0.lines.upperBound + talk.firstLine - 1)),
            ])
          })), .init("warnings", .array(complaints.map(JSON.string))),
    ]
  }
}

extension TongueTwister.Kind {
  /// The name of the kind in JSON.
  fileprivate var name: String {
    switch self {
    case .turns: "turns"
    case .alliteration: "alliteration"
    case .cluster: "cluster"
    }
  }
}
