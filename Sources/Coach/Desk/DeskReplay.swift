import Practice
import Terminal

/// The keys of the time machine, and lines typed over a room.
extension Desk {
  /// Answers a key in the time machine.
  mutating func replayKey(_ action: Action) -> [Order]? {
    guard var past else { return nil }
    defer { self.past = past }
    func go(_ seconds: Double) -> [Order] {
      past.seek(to: min(max(seconds, 0), past.replay.duration))
      return [.review(.seek(past.seconds))]
    }
    switch action {
    case .play:
      past.isPlaying.toggle()
      // At the end it begins anew.
      if past.isPlaying, past.seconds >= past.replay.duration - 0.05 { past.seek(to: 0) }
      return [.review(.play(past.isPlaying))]
    case .stepBack, .stepOn:
      guard
        let next = past.replay.next(
          past.unit, from: past.seconds, forward: action == .stepOn, grace: past.isPlaying ? 0.8 : 0)
      else {
        notice = Messages.noFurther(past.unit, forward: action == .stepOn)
        return []
      }
      return go(next)
    case .nextUnit, .previousUnit:
      let all = ReplayUnit.allCases
      let place = (all.firstIndex(of: past.unit) ?? 0) + (action == .nextUnit ? 1 : all.count - 1)
      past.unit = all[place % all.count]
      return []
    case .up: return go(past.seconds - 60)
    case .down: return go(past.seconds + 60)
    case .toStart: return go(0)
    case .toEnd: return go(past.replay.duration)
    case .faster, .slower:
      let speeds = PastSession.speeds
      let place = speeds.firstIndex(of: past.speed) ?? 2
      past.speed = speeds[min(max(place + (action == .faster ? 1 : -1), 0), speeds.count - 1)]
      return [.review(.speed(past.speed))]
    default: return correctionKey(action, &past) ?? leavingKey(action, &past)
    }
  }

  /// Answers a key that is about what was heard here, or says something of it.
  private mutating func correctionKey(_ action: Action, _ past: inout PastSession) -> [Order]? {
    switch action {
    case .confirm, .remove, .relabel: return correct(action, &past)
    case .add: return ask(over: LineEntry(.add(at: past.seconds), Messages.whichFiller, text: "um"))
    case .correctWord:
      guard let word = past.wordHere else {
        notice = Messages.noWordHere
        return []
      }
      return ask(
        over: LineEntry(.word(start: word.start, end: word.end), Messages.whichWord(word.text), text: word.text))
    case .comment:
      let here = past.session.comments.last { $0.start == past.seconds.rounded(places: 3) && $0.by == nil }
      return ask(over: LineEntry(.comment(at: past.seconds), Messages.whichNote(past.seconds), text: here?.text ?? ""))
    default: return nil
    }
  }

  /// Answers a key that leads elsewhere; nothing plays on meanwhile.
  private mutating func leavingKey(_ action: Action, _ past: inout PastSession) -> [Order]? {
    switch action {
    case .clip, .export, .scores:
      if action == .scores, past.scores.isEmpty {
        notice = past.isJudged ? Messages.noRubric : Messages.notReadYet
        return []
      }
      past.isPlaying = false
      offset = 0
      rooms.append(action == .clip ? .clip : action == .export ? .export : .scores)
      return [.review(.play(false))]
    case .search:
      past.isPlaying = false
      history.search = HistoryState.Search()
      rooms.append(.search)
      return [.review(.play(false))]
    case .tutor:
      past.isPlaying = false
      return [.review(.play(false)), .openConversation]
    case .back:
      past.isPlaying = false
      past.ghost = nil
      offset = 0
      if rooms.count > 1 { rooms.removeLast() } else { return [.leave] }
      return [.review(.play(false))]
    case .ghost: return [.review(.ghost)]
    default: return nil
    }
  }

  private mutating func ask(over entry: LineEntry) -> [Order] {
    self.entry = entry
    rooms.append(.entry)
    return []
  }

  /// A word of the learner's on the filler that stands above the keys.
  private mutating func correct(_ action: Action, _ past: inout PastSession) -> [Order] {
    if action == .remove, let filler = past.removed {
      past.removed = nil
      return [
        .review(
          .keep(.correction(Correction(.added, start: filler.start, end: filler.end, text: filler.label))))
      ]
    }
    guard let filler = past.fillerHere else {
      notice = Messages.noFillerHere
      return []
    }
    if action == .relabel {
      return ask(
        over: LineEntry(
          .relabel(start: filler.start, end: filler.end), Messages.whichLabel(filler.label), text: filler.label))
    }
    if action == .remove { past.removed = filler }
    return [
      .review(
        .keep(
          .correction(
            Correction(
              action == .confirm ? .confirmed : .removed, start: filler.start, end: filler.end, was: filler.label,
              confidence: past.confidence(of: filler)))))
    ]
  }

  // MARK: Lines

  /// Answers a key while a line is typed.
  mutating func type(_ action: Action?, _ key: Key) -> [Order]? {
    guard var line = entry else {
      rooms.removeLast()
      return []
    }
    switch action {
    case .repaint, .suspend: return nil
    case .back:
      entry = nil
      rooms.removeLast()
      return []
    case .erase:
      line.complaint = nil
      if !line.text.isEmpty { line.text.removeLast() }
    case .enterLine:
      let text = line.text.split(separator: " ").joined(separator: " ")
      switch done(line.purpose, text) {
      case .success(let orders):
        entry = nil
        rooms.removeLast()
        return orders
      case .failure(let complaint): line.complaint = complaint.sentence
      }
    default:
      guard case .character(let character) = key else { return [] }
      line.type(character)
    }
    entry = line
    return []
  }

  private struct Refusal: Error { var sentence: String }

  /// Lists the sessions that a filter means.
  private mutating func filtered(by text: String) -> Result<[Order], Refusal> {
    switch SessionFilter.parse(text, order: history.filter.order) {
    case .failure(let misread): return .failure(Refusal(sentence: Messages.filterMisread(misread.part)))
    case .success(let filter):
      history.filter = filter
      history.filterText = text
      history.selection = 0
      (history.isWhole, history.count) = (false, nil)
      return .success([.review(.list(isMore: false))])
    }
  }

  /// What becomes of a line that is done.
  private mutating func done(_ purpose: LineEntry.Purpose, _ text: String) -> Result<[Order], Refusal> {
    func keep(_ kind: SessionEvent.Kind) -> Result<[Order], Refusal> { .success([.review(.keep(kind))]) }
    func filler(at start: Double, _ end: Double) -> Filler? {
      past?.session.fillers.first { $0.start == start && $0.end == end }
    }
    switch purpose {
    case .guess:
      if text.isEmpty { return .success([]) }
      guard let number = Int(text), (0...9_999).contains(number) else {
        return .failure(Refusal(sentence: Messages.notACount))
      }
      let counted = (past?.session ?? session).fillers.count
      return keep(.guess(Guess(fillers: number, counted: counted)))
    case .comment(let seconds): return keep(.comment(Comment(text, start: seconds)))
    case .relabel(let start, let end):
      guard !text.isEmpty, let found = filler(at: start, end) else { return .success([]) }
      return keep(
        .correction(
          Correction(
            .relabelled, start: start, end: end, text: text.lowercased(), was: found.label,
            confidence: past?.confidence(of: found))))
    case .add(let seconds):
      guard !text.isEmpty else { return .success([]) }
      let start = max(0, seconds - 0.15)
      return keep(.correction(Correction(.added, start: start, end: start + 0.3, text: text.lowercased())))
    case .word(let start, let end):
      guard let word = past?.session.words.first(where: { $0.start == start && $0.end == end }) else {
        return .success([])
      }
      return keep(
        .correction(
          Correction(.word, start: start, end: end, text: text, was: word.text, confidence: word.confidence)))
    case .title: return keep(.edited(Edit(title: text)))
    case .tags:
      return keep(.edited(Edit(tags: text.split { " ,#".contains($0) }.map(String.init))))
    case .filter: return filtered(by: text)
    case .judge:
      past?.judge = text.isEmpty ? nil : text
      return .success([])
    case .context:
      if text.isEmpty { return .success([]) }
      let known = SpeakingContext.allCases.map(\.rawValue)
      let meant =
        known.contains(text.lowercased()) ? [text.lowercased()] : known.filter { $0.hasPrefix(text.lowercased()) }
      guard let context = meant.first, meant.count == 1 else {
        return .failure(Refusal(sentence: Messages.contextsAre(known)))
      }
      return keep(.edited(Edit(context: context)))
    case .remark(let seat, let seconds):
      if let obstacle = obstacle(toNote: text, to: seat) { return .failure(Refusal(sentence: obstacle)) }
      return .success(note(text, to: seat, at: seconds))
    case .assignment(let seat, let drill): return .success(assign(drill, to: seat, text))
    }
  }
}
