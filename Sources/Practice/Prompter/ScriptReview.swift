/// What became of a script in a take: how much of it was said, what was left out and put in, and the time of each section.
package struct ScriptReview: Equatable, Sendable {
  /// A stretch of the script that was not said.
  package struct Skipped: Equatable, Sendable {
    /// Places in `Script.tokens`.
    package var tokens: Range<Int>
    /// Place in `Script.sections`.
    package var section: Int
    /// End of what was said of the script right before it, in seconds of audio time; nil where it begins the script.
    package var afterSeconds: Double?
  }

  /// A stretch that was said and is not in the script.
  package struct Added: Equatable, Sendable {
    package var start: Double
    package var end: Double
    /// The words, as far as they were recognised.
    package var words: [String]
  }

  /// A section's time.
  package struct SectionTime: Equatable, Sendable {
    package var section: Int
    /// Seconds from its words to those of the next section, pauses included; 0 for one that was left out.
    package var seconds: Double
    package var budgetSeconds: Double?
    /// Whether the speaker came to its end: its last sentence was begun and the talk not broken off in it.
    package var isComplete = true
  }

  /// Share of the script's words that were heard, as written or altered, 0 to 1; nil for an empty script.
  package var coverage: Double?
  /// Words of the script that something else was heard for.
  package var alteredWords = 0
  package var skipped: [Skipped] = []
  package var added: [Added] = []
  package var sections: [SectionTime] = []
  /// What lies behind the furthest word that was said, as places in `Script.tokens`; nil for less than a passage. A talk
  /// that was broken off did not leave it out.
  package var unreached: Range<Int>?
  /// Whether the words came through too badly for what was left out, put in and not reached to be told; then none is.
  package var isUnsure = false

  /// Whether so little of what was heard fits the script that the words are no account of what was said at all.
  package var isLost = false

  /// A take is lost below this share of the script, unless most of its words fitted; and from so many words on.
  package static let leastCoverage = 0.5, leastWords = 10

  /// Below this mean confidence of the words too many of them are made up, and passages are lost that were said.
  package static let leastConfidence = 0.85

  /// How many passages were left out and put in, in words.
  package var passages: String {
    if isLost { return "the words hardly fit it" }
    if isUnsure { return "the words came through badly" }
    let counts = [(skipped.count, "left out"), (added.count, "put in")].filter { $0.0 > 0 }
    let told = counts.enumerated().map { index, passages in
      let noun = index > 0 ? "" : passages.0 == 1 ? " passage" : " passages"
      return "\(passages.0)\(noun) \(passages.1)"
    }
    guard told.isEmpty else { return told.joined(separator: ", ") }
    return unreached == nil ? "nothing left out, nothing put in" : "not said to its end"
  }

  /// What is said in place of passages where words are not to be trusted.
  package static let unsure = "the words came through badly; what was left out cannot be told"

  /// A stretch of this many words is a passage.
  package static let passageWords = 4

  /// Sums up what `prompter` followed; times as in its words.
  package init(of prompter: Prompter) {
    let (marks, words) = (prompter.settled.marks, prompter.settled.words)
    guard words.count > 0 else { return }
    let said = marks.count { $0 == .spoken || $0 == .altered }
    coverage = Double(said) / Double(words.count)
    alteredWords = marks.count { $0 == .altered }
    isLost =
      prompter.heard.count >= ScriptReview.leastWords && !prompter.isFitting
      && Double(said) < ScriptReview.leastCoverage * Double(words.count)
    isUnsure = isLost
    guard !isLost else { return }
    var end = (marks.lastIndex { $0 == .spoken || $0 == .altered } ?? -1) + 1
    if words.count - end < ScriptReview.passageWords { end = words.count }
    sections = ScriptReview.times(prompter, end: end)
    let confidence = prompter.heard.reduce(0) { $0 + $1.confidence } / Double(max(prompter.heard.count, 1))
    isUnsure = !prompter.heard.isEmpty && confidence < ScriptReview.leastConfidence
    guard !isUnsure else { return }
    if end < words.count { unreached = Int(words.tokens[end])..<(Int(words.tokens[words.count - 1]) + 1) }
    skipped = ScriptReview.skipped(prompter, end: end)
    added = ScriptReview.added(prompter.heard, places: prompter.settled.places)
  }

  /// Passages before the place `end` that were not said.
  private static func skipped(_ prompter: Prompter, end: Int) -> [Skipped] {
    let (marks, words, script) = (prompter.settled.marks, prompter.settled.words, prompter.script)
    var ends = [Double?](repeating: nil, count: words.count)
    for (word, place) in zip(prompter.heard, prompter.settled.places) {
      if let place { ends[place] = word.end }
    }
    var found: [Skipped] = []
    var start: Int?
    for place in 0...end {
      let isLeftOut = place < end && marks[place] != .spoken && marks[place] != .altered
      if isLeftOut, start == nil { start = place }
      guard !isLeftOut, let first = start else { continue }
      start = nil
      guard place - first >= passageWords else { continue }
      found.append(
        Skipped(
          tokens: Int(words.tokens[first])..<(Int(words.tokens[place - 1]) + 1),
          section: script.sentences[Int(words.sentences[first])].section,
          afterSeconds: ends[..<first].last { $0 != nil } ?? nil))
    }
    return found
  }

  private static func added(_ heard: [Word], places: [Int?]) -> [Added] {
    var found: [Added] = []
    var run: [Word] = []
    func close() {
      if run.count >= passageWords, let first = run.first, let last = run.last {
        found.append(Added(start: first.start, end: last.end, words: run.map(\.text)))
      }
      run = []
    }
    for (word, place) in zip(heard, places) {
      if place == nil { run.append(word) } else { close() }
    }
    close()
    return found
  }

  /// The time from each word that was followed to the next belongs to the section of the first.
  private static func times(_ prompter: Prompter, end: Int) -> [SectionTime] {
    let (script, words) = (prompter.script, prompter.settled.words)
    var seconds = Array(repeating: 0.0, count: script.sections.count)
    var last: (section: Int, start: Double)?
    for (word, place) in zip(prompter.heard, prompter.settled.places) {
      guard let place else { continue }
      let section = script.sentences[Int(words.sentences[place])].section
      if let last { seconds[last.section] += max(0, word.start - last.start) }
      last = (section, word.start)
    }
    if let last, let end = prompter.heard.last?.end { seconds[last.section] += max(0, end - last.start) }
    let reached = end < words.count ? Int(words.sentences[end]) : script.sentences.count
    return script.sections.indices.map {
      SectionTime(
        section: $0, seconds: seconds[$0], budgetSeconds: script.sections[$0].budgetSeconds,
        isComplete: script.sections[$0].sentences.upperBound <= reached)
    }
  }
}
