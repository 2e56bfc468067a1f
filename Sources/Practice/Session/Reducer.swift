import SpeechSignals

/// What must follow an event, performed by the stage; a replay ignores them.
package enum Effect: Equatable, Sendable {
  /// Keep the event, show it to whoever follows along.
  case record(SessionEvent)
  /// Apply this event next: it follows from the one before it.
  case raise(SessionEvent)
}

extension Session {
  /// Moves the session forward by one event and says what must follow.
  ///
  /// Never fails and never waits: an event that makes no sense in this state (a second beginning, anything but what is
  /// said afterwards) is recorded, not obeyed, for a record must not be able to crash the program that replays it.
  package mutating func apply(_ event: SessionEvent) -> [Effect] {
    var effects: [Effect] = [.record(event)]
    if case .over = phase {
      takeAfterwards(event.kind)
      return effects
    }
    if event.seconds.isFinite {
      seconds = max(seconds, event.seconds)
      lastEventSeconds = max(lastEventSeconds, event.seconds)
    }
    switch event.kind {
    case .began(let beginning):
      guard phase == .waiting else { break }
      self.beginning = beginning
      phase = .running
    case .second(let second): effects += take(second)
    case .phrase(let phrase):
      Session.keep(phrase, in: &phrases)
      tally.add(phrase)
    case .pause(let pause): take(pause)
    case .filler(let filler):
      effects += Session.raise(hear(filler), at: lastEventSeconds)
    case .word(let word):
      effects += Session.raise(hear(word), at: lastEventSeconds)
    case .place(let sentence):
      prompter?.move(toSentence: sentence, at: event.seconds)
    case .section(let start):
      Session.keep(ReachedSection(seconds: event.seconds, start: start), in: &sections)
    case .restart(let restart):
      Session.keep(restart, in: &restarts)
    case .cluster(let cluster):
      Session.keep(cluster, in: &clusters)
    case .cue(let cue):
      Session.keep(ShownCue(seconds: event.seconds, cue: cue), in: &cues)
    case .mark(let label):
      Session.keep(Mark(seconds: event.seconds, label: label), in: &marks)
    case .gap(let gap):
      Session.keep(Loss(seconds: event.seconds, gap: gap), in: &gaps)
    case .note(let note):
      Session.keep(note, in: &notes)
    case .reviewed(let pitch):
      reviewedPitch = pitch
    case .paused:
      if phase == .running { phase = .paused }
    case .resumed:
      if phase == .paused { phase = .running }
    case .ended(let ending):
      phase = .over(ending.reason)
    case .script(let part):
      collect(part)
    case .turn, .correction, .comment, .guess, .assessed, .scored, .edited, .watcher:
      takeAfterwards(event.kind)
    case .drill, .step, .tap, .choice, .contour, .model, .drilled:
      takeDrill(event)
    case .unknown:
      break
    }
    return effects
  }

  /// Takes in a pause, or the rest of the one before: it begins where that ended if what had ended it was laughter.
  private mutating func take(_ pause: Pause) {
    guard let before = pauses.last, before.end == pause.start else {
      Session.keep(pause, in: &pauses)
      return tally.add(pause)
    }
    pauses[pauses.count - 1].end = pause.end
    tally.add(pause, since: before.start)
  }

  /// Takes in the roll-up of a second: sums, place, sections and words that are due, and a cue where one is.
  private mutating func take(_ second: SecondSummary) -> [Effect] {
    var effects: [Effect] = []
    Session.keep(second, in: &rollups)
    tally.add(second)
    let syllablesPerWord = bands.syllablesPerWord
    prompter?.pass(second, syllablesPerWord: syllablesPerWord)
    effects += Session.raise(sectionByPace(at: second.end), at: lastEventSeconds)
    effects += Session.raise(settleWords(at: second.end), at: lastEventSeconds)
    if let due = dueStep() { effects.append(.raise(SessionEvent(at: lastEventSeconds, due))) }
    // A drill has one thing to attend to, which is on the screen already.
    if drill == nil, let cue = CueRule.due(in: self), phase == .running {
      effects.append(.raise(SessionEvent(at: seconds, .cue(cue))))
    }
    return effects
  }

  /// Puts the part of a script to those before it; the last one makes it the script, and a new first one begins anew.
  private mutating func collect(_ part: ScriptPart) {
    if part.part == 1 { scriptParts = [] }
    guard part.part == scriptParts.count + 1, part.parts <= ScriptPart.countLimit,
      scriptParts.allSatisfy({ $0.parts == part.parts })
    else { return }
    scriptParts.append(part)
    guard scriptParts.count == part.parts else { return }
    if let script = Script(parts: scriptParts) { prompter = Prompter(script, hearing: words, after: prompter) }
    scriptParts = []
  }

  /// Static, for a method of the session would hold a copy of it while `kinds` are worked out, and every list that they
  /// make longer would be copied whole.
  private static func raise(_ kinds: [SessionEvent.Kind], at seconds: Double) -> [Effect] {
    kinds.map { .raise(SessionEvent(at: seconds, $0)) }
  }

  /// Puts `entry` at the end of `list`, unless that is full. In place: a key path would copy the session each time.
  static func keep<Entry>(_ entry: Entry, in list: inout [Entry]) {
    if list.count < Session.entryLimit { list.append(entry) }
  }
}
