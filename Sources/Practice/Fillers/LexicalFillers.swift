/// Finds filler words, doubled words and restarts in the words as they come.
///
/// A word is judged by its neighbours and by the silence around it, so each waits for the word after it, or for a
/// silence long enough to be one (`settle`). Nothing is taken back.
package struct LexicalFillers: Equatable, Sendable {
  /// Silence in seconds that parts two utterances.
  package static let utteranceGap = 0.35
  /// Silence in seconds that counts as a pause beside a word.
  static let wordGap = 0.12
  /// Seconds after which no word can still belong to the last: a recogniser says them up to eight seconds late.
  static let settledGap = 8.0
  /// Words that are looked back for a restart, and the longest one.
  static let reach = 12
  static let longestRestart = 4
  /// A restart comes at once, in seconds.
  static let restartSeconds = 2.0

  package let rules: FillerRules
  private var recent: [Word] = []
  /// How many of `recent` have been judged.
  private var judged = 0

  /// Starts before the first word.
  package init(_ rules: FillerRules) { self.rules = rules }

  /// What a stretch of words turned out to be.
  package enum Found: Equatable, Sendable {
    case filler(Filler)
    case restart(Restart)
  }

  /// Hears the next word; returns what the words before it turned out to be.
  package mutating func hear(_ word: Word) -> [Found] {
    var found: [Found] = []
    if let last = recent.last, word.start - last.end >= Self.utteranceGap { found += judgeRest() }
    recent.append(word)
    found += judge(keeping: longestPhrase)
    if let restart = restart() { found.append(.restart(restart)) }
    if recent.count > 4 * Self.reach {
      let surplus = recent.count - 2 * Self.reach
      recent.removeFirst(surplus)
      judged = max(0, judged - surplus)
    }
    return found
  }

  /// Says that it is `seconds`: what waits for a word that does not come is judged without it.
  package mutating func settle(at seconds: Double) -> [Found] {
    guard let last = recent.last, judged < recent.count, seconds - last.end >= Self.settledGap else { return [] }
    return judgeRest()
  }

  /// Judges what is left at the end.
  package mutating func finish() -> [Found] { judgeRest() }

  private var longestPhrase: Int { rules.rules.map(\.words.count).max() ?? 1 }

  private mutating func judgeRest() -> [Found] { judge(keeping: 0) }

  private mutating func judge(keeping: Int) -> [Found] {
    var found: [Found] = []
    while judged < recent.count - keeping {
      let (filler, length) = filler(at: judged)
      if let filler { found.append(.filler(filler)) }
      judged += length
    }
    judged = min(judged, recent.count)
    return found
  }

  /// The filler that begins at `index`, if one does, and how many words are dealt with.
  private func filler(at index: Int) -> (Filler?, Int) {
    let word = recent[index]
    if rules.sounds.contains(word.text) { return (make(word.text, index, 1, word.confidence), 1) }
    for rule in rules.rules where matches(rule, at: index) {
      if fills(rule, at: index) {
        return (make(rule.label, index, rule.words.count, rule.confidence), rule.words.count)
      }
      return (nil, rule.words.count)
    }
    return (nil, 1)
  }

  private func make(_ label: String, _ index: Int, _ count: Int, _ confidence: Double) -> Filler {
    let sure = recent[index..<index + count].map(\.confidence).min() ?? 1
    return Filler(
      start: recent[index].start, end: recent[index + count - 1].end, label: label, evidence: ["words"],
      confidence: (min(confidence, 1) * sure).rounded(places: 2))
  }

  private func matches(_ rule: FillerRules.Rule, at index: Int) -> Bool {
    guard index + rule.words.count <= recent.count else { return false }
    return rule.words.indices.allSatisfy {
      recent[index + $0].text == rule.words[$0] && ($0 == 0 || !isGap(before: index + $0, Self.utteranceGap))
    }
  }

  private func fills(_ rule: FillerRules.Rule, at index: Int) -> Bool {
    let after = index + rule.words.count
    let endsUtterance = isGap(before: after, Self.utteranceGap)
    let startsUtterance = isStart(index) || (isGap(before: index, Self.wordGap) && isSound(after))
    let placed =
      switch rule.place {
      case .anywhere: true
      case .start: startsUtterance
      case .end: endsUtterance
      case .edge: startsUtterance || endsUtterance
      case .notLast: !endsUtterance
      }
    guard placed else { return false }
    if rule.pausesTell, isGap(before: index, Self.wordGap) || isSound(index - 1),
      isGap(before: after, Self.wordGap) || isSound(after)
    {
      return true
    }
    let before = isGap(before: index, Self.utteranceGap) ? nil : recent[index - 1].text
    let next = endsUtterance ? nil : recent[after].text
    if let before, rule.notAfter.contains(before), !(startsUtterance && rules.openers.contains(before)) { return false }
    // What follows after a pause is not what the word is said of.
    if let next, !isGap(before: after, Self.wordGap), rule.notBefore.contains(next) { return false }
    if !startsUtterance, !endsUtterance {
      if !rule.onlyAfter.isEmpty, before.map(rule.onlyAfter.contains) != true { return false }
      if !rule.onlyBefore.isEmpty, next.map(rule.onlyBefore.contains) != true { return false }
    }
    return !isWithin(rule.notWithin, before: index)
  }

  private func isSound(_ index: Int) -> Bool {
    recent.indices.contains(index) && rules.sounds.contains(recent[index].text)
  }

  /// Whether one of `words` stands up to four words before `index` in the same utterance.
  private func isWithin(_ words: Set<String>, before index: Int) -> Bool {
    guard !words.isEmpty else { return false }
    var place = index
    while place > max(0, index - 4), !isGap(before: place, Self.utteranceGap) {
      place -= 1
      if words.contains(recent[place].text) { return true }
    }
    return false
  }

  /// Whether the utterance begins at `index`, words that only open it left aside.
  private func isStart(_ index: Int) -> Bool {
    var index = index
    while !isGap(before: index, Self.utteranceGap) {
      let before = recent[index - 1].text
      guard rules.openers.contains(before) || rules.sounds.contains(before) else { return false }
      index -= 1
    }
    return true
  }

  /// Whether there are `seconds` of silence, or nothing at all, before the word at `index`.
  private func isGap(before index: Int, _ seconds: Double) -> Bool {
    guard index > 0, index < recent.count else { return true }
    return recent[index].start - recent[index - 1].end >= seconds
  }
}

extension LexicalFillers {
  /// The restart that the latest word completes: one to four words said again at once, fillers between them or not.
  private func restart() -> Restart? {
    let words = recent.suffix(Self.reach).filter { !rules.sounds.contains($0.text) }
    for length in (1...Self.longestRestart).reversed() where words.count >= 2 * length {
      let again = words.suffix(length)
      let first = words.dropLast(length).suffix(length)
      guard first.map(\.text) == again.map(\.text), let start = first.first, let end = again.last,
        let back = again.first, let stopped = first.last, back.start - stopped.end <= Self.restartSeconds
      else { continue }
      if length == 1, rules.doubles.contains(start.text) { continue }
      // The shorter of two restarts that overlap was told with its own last word.
      return Restart(start: start.start, end: end.end, words: again.map(\.text))
    }
    return nil
  }
}
