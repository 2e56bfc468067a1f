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
  }

  /// Share of the script's words that were heard, as written or altered, 0 to 1; nil for an empty script.
  package var coverage: Double?
  /// Words of the script that something else was heard for.
  package var alteredWords = 0
  package var skipped: [Skipped] = []
  package var added: [Added] = []
  package var sections: [SectionTime] = []

  /// How many passages were left out and put in, in words.
  package var passages: String {
    let counts = [(skipped.count, "left out"), (added.count, "put in")].filter { $0.0 > 0 }
    let told = counts.enumerated().map { index, passages in
      let noun = index > 0 ? "" : passages.0 == 1 ? " passage" : " passages"
      return "\(passages.0)\(noun) \(passages.1)"
    }
    return told.isEmpty ? "nothing left out, nothing put in" : told.joined(separator: ", ")
  }

  /// A stretch of this many words is a passage.
  package static let passageWords = 4

  /// Sums up what `prompter` followed; times as in its words.
  package init(of prompter: Prompter) {
    let (marks, words) = (prompter.settled.marks, prompter.settled.words)
    guard words.count > 0 else { return }
    let said = marks.count { $0 == .spoken || $0 == .altered }
    coverage = Double(said) / Double(words.count)
    alteredWords = marks.count { $0 == .altered }
    skipped = ScriptReview.skipped(prompter)
    added = ScriptReview.added(prompter.heard, places: prompter.settled.places)
    sections = ScriptReview.times(prompter)
  }

  private static func skipped(_ prompter: Prompter) -> [Skipped] {
    let (marks, words, script) = (prompter.settled.marks, prompter.settled.words, prompter.script)
    var ends = [Double?](repeating: nil, count: words.count)
    for (word, place) in zip(prompter.heard, prompter.settled.places) {
      if let place { ends[place] = word.end }
    }
    var found: [Skipped] = []
    var start: Int?
    for place in 0...marks.count {
      let isLeftOut = place < marks.count && marks[place] != .spoken && marks[place] != .altered
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
  private static func times(_ prompter: Prompter) -> [SectionTime] {
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
    return script.sections.indices.map {
      SectionTime(section: $0, seconds: seconds[$0], budgetSeconds: script.sections[$0].budgetSeconds)
    }
  }
}
