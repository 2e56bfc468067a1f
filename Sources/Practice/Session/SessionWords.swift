import SpeechSignals

/// What words do in a session: they move the script, fill and repeat, and give the pace.
extension Session {
  /// Whether somebody listens for words in this session.
  package var listensForWords: Bool { fillerFinder != nil }

  /// Words that were heard, sounds such as "um" left out.
  package var wordCount: Int { words.count { !Session.soundsOfFillers.contains($0.text) } }

  /// The fillers that are looked for; nil in a replay, where nobody looks.
  package var fillerRules: FillerRules? { fillerFinder?.rules }

  /// Takes in a final word; returns what follows from it.
  mutating func hear(_ word: Word) -> [SessionEvent.Kind] {
    if words.count < Session.entryLimit { words.append(word) }
    foreseen = []
    prompter?.hear(word)
    if let followed = prompter?.followedWord(back: 1) { FillerMerge.weigh(against: followed, in: &fillers) }
    var next: [SessionEvent.Kind] = []
    if let prompter, let start = prompter.startedSection, start.index != sections.last?.start.index {
      next.append(.section(start))
    }
    return next + kinds(fillerFinder?.hear(word) ?? [])
  }

  /// The section that the script has come to by pace, where words do not move it.
  func sectionByPace(at seconds: Double) -> [SessionEvent.Kind] {
    guard let prompter, case .pacing = prompter.mode, !prompter.script.isEmpty,
      sections.last?.start.index != prompter.section
    else { return [] }
    let section = prompter.section
    return [.section(SectionStart(index: section, title: prompter.script.sections[section].title, start: seconds))]
  }

  /// Takes in that `seconds` have passed: words that wait for their neighbours do so no longer.
  mutating func settleWords(at seconds: Double) -> [SessionEvent.Kind] {
    kinds(fillerFinder?.settle(at: seconds) ?? [])
  }

  /// What the last words turn out to be, now that none follow; to be applied before the end.
  package mutating func finishWords() -> [SessionEvent] {
    kinds(fillerFinder?.finish() ?? []).map { SessionEvent(at: lastEventSeconds, $0) }
  }

  /// Takes in a filler; returns the cluster that it completes.
  mutating func hear(_ filler: Filler) -> [SessionEvent.Kind] {
    guard fillers.count < Session.entryLimit,
      filler.confidence >= beginning?.fillerThresholds[filler.label] ?? 0
    else { return [] }
    var filler = filler
    for back in stride(from: prompter?.traceableWords ?? 0, to: 0, by: -1) {
      guard let word = prompter?.followedWord(back: back) else { continue }
      guard let weighed = FillerMerge.weighed(filler, against: word) else { return [] }
      filler = weighed
    }
    let count = fillers.count
    let kept = FillerMerge.put(filler, into: &fillers)
    // The ear knows an "um" better than any recogniser, which writes noise as "ah".
    if kept.evidence == ["words"], kept.confidence < FillerMerge.leastConfidence,
      Session.soundsOfFillers.contains(kept.label)
    {
      if let index = fillers.lastIndex(of: kept), fillers.count > count { fillers.remove(at: index) }
      return []
    }
    guard fillers.count > count || kept.label != filler.label,
      let cluster = Cluster(with: kept, in: fillers, after: clusters)
    else { return [] }
    return [.cluster(cluster)]
  }

  private func kinds(_ found: [LexicalFillers.Found]) -> [SessionEvent.Kind] {
    found.compactMap {
      switch $0 {
      case .filler(let filler): isWritten(filler.start, filler.end) ? nil : .filler(filler)
      case .restart(let restart): isWritten(restart.start, restart.end) ? nil : .restart(restart)
      }
    }
  }

  /// Whether what was said there stands so in the script: then it is no slip.
  private func isWritten(_ start: Double, _ end: Double) -> Bool {
    prompter?.isWritten(from: start, to: end) ?? false
  }

  /// Takes `words` as what may be heard next, until the next call or the next final word. Never recorded.
  package mutating func foresee(_ words: [Word]) {
    guard phase == .running else { return }
    foreseen = words
    prompter?.foresee(words)
  }

  /// Says that no words will come, for the reason given. Never recorded: a replay has no words either.
  package mutating func expectNoWords(_ reason: Prompter.Reason) { prompter?.expectNoWords(reason) }

  /// Seconds that the speaker has been in the section at eye height, by the words of the moment too.
  package var sectionSeconds: Double {
    guard let prompter else { return 0 }
    if let last = sections.last, last.start.index == prompter.section { return max(0, seconds - last.start.start) }
    return prompter.foreseenSectionStart.map { max(0, seconds - $0) } ?? (sections.isEmpty ? seconds : 0)
  }

  /// Where the talk would end if it went on as it went so far, in seconds of audio time: what is left of the script at
  /// the speaker's own words a minute over all of the talk; nil without a script, in its first half minute, and where
  /// the words tell nothing of how far the speaker is.
  package var projectedSeconds: Double? {
    guard let prompter, prompter.tellsProgress, seconds >= 30, prompter.wordsBehind >= 40, let bounds = talkBounds
    else {
      return nil
    }
    let spent = max(1, seconds - bounds.lowerBound)
    return seconds + Double(prompter.wordsAhead) * spent / Double(prompter.wordsBehind)
  }
}
