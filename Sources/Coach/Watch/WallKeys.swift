import Audience
import Practice
import Terminal

/// What the keys do on the wall, and in the rooms that open from it.
extension Desk {
  /// Seconds that a step back goes, on what was watched.
  private static let stepSeconds = 10.0

  /// Answers a key of a watcher; nil where it means something everywhere.
  mutating func wallKey(_ action: Action, _ key: Key) -> [Order]? {
    guard wall != nil else { return action == .back || action == .quit ? [.leave] : nil }
    switch (room, action) {
    case (.rubricForm, _): return formKey(action, key)
    case (.drillChoice, _): return choiceKey(action)
    case (_, .nextSeat), (_, .previousSeat):
      wall?.move(action == .nextSeat ? 1 : -1)
      return []
    case (.wall, .choose):
      return needsSeat { desk in
        desk.wall?.choose()
        desk.rooms.append(.watched)
      }
    case (.watched, .stepBack), (.watched, .stepOn), (.watched, .toEnd), (.watched, .up), (.watched, .down):
      return look(action)
    case (_, .density):
      return needsSeat { desk in
        desk.wall?.withSelected { $0.density = $0.density == .full ? .calm : .full }
      }
    case (_, .askAgain): return askAgain()
    case (_, .leaveSeat): return leaveSeat()
    case (_, .bringBack):
      if wall?.hidden.isEmpty != false { return refuse(Messages.nobodyTakenOff) }
      notice = wall.map { Messages.broughtBack($0.hidden.count) }
      wall?.bringBack()
      return []
    case (_, .comment), (_, .sendCue), (_, .rubricForm), (_, .assignDrill): return remark(action, key)
    case (_, .writeWatched):
      if wall?.isGuest == true { return refuse(Messages.guestWritesNothing) }
      guard let seat = wall?.selected, seat.hasBeenWatched else { return refuse(Messages.nothingToWatch) }
      return [.watch(.write(seat: seat.id))]
    default: return nil
    }
  }

  private mutating func refuse(_ sentence: String) -> [Order] {
    notice = sentence
    return []
  }

  private mutating func needsSeat(_ change: (inout Desk) -> Void) -> [Order] {
    guard wall?.selected != nil else { return refuse(Messages.nobodySelected) }
    change(&self)
    return []
  }

  /// Moves within what was watched: by time, or by rows of words.
  private mutating func look(_ action: Action) -> [Order] {
    guard let seat = wall?.selected else { return refuse(Messages.nobodySelected) }
    if action == .stepBack, (seat.position ?? seat.session.seconds) <= 0 || seat.events.isEmpty {
      return refuse(Messages.noEarlier)
    }
    wall?.withSelected { seat in
      switch action {
      case .stepBack: seat.step(-Desk.stepSeconds)
      case .stepOn: seat.step(Desk.stepSeconds)
      case .up: seat.scroll = min(seat.scroll + 1, seat.session.words.count)
      case .down: seat.scroll = max(seat.scroll - 1, 0)
      default: seat.goLive()
      }
    }
    return []
  }

  // MARK: The watch itself

  private mutating func askAgain() -> [Order] {
    guard let seat = wall?.selected, let role = wall?.role else { return refuse(Messages.nobodySelected) }
    // Of who is watched, and of whose line broke, the stage knows more than the door does.
    if !seat.isHere, seat.state != .watching { return refuse(Messages.sharesNot(WatchWords.name(seat))) }
    switch seat.state {
    case .asked: return refuse(Messages.askedAlready)
    case .watching where wall?.isGuest == true || role == .observer || seat.welcome?.role == .tutor:
      return refuse(Messages.watchedAlready)
    case .found, .watching, .refused, .broken, .over: break
    }
    wall?.withSelected { $0.isLeft = false }
    return [.watch(.ask(seat: seat.id, role))]
  }

  /// Ends a watch; what is over already goes off the wall.
  private mutating func leaveSeat() -> [Order] {
    guard let seat = wall?.selected else { return refuse(Messages.nobodySelected) }
    switch seat.state {
    case .watching, .asked, .broken:
      wall?.withSelected { $0.leave() }
    case .found, .refused, .over:
      notice = wall.map { Messages.takenOff(SeatNames($0).name(seat)) }
      wall?.hide(seat.id)
      if room == .watched { rooms.removeLast() }
    }
    return [.watch(.close(seat: seat.id))]
  }

  // MARK: Remarks

  /// Why a remark of this kind cannot be sent to the seat that is selected; nil where it can.
  private func obstacle(_ action: Action) -> String? { obstacle(action, wall?.selected) }

  private func obstacle(_ action: Action, _ seat: Seat?) -> String? {
    guard let wall, let seat else { return Messages.nobodySelected }
    if wall.role == .observer { return Messages.observerOnly }
    guard seat.shares.contains(action == .sendCue ? .cues : .remarks) else {
      return WatchWords.sentence(seat)?.text ?? Messages.notYours(WatchWords.name(seat))
    }
    if action == .sendCue, seat.isOver { return Messages.nobodySpeaks }
    switch action {
    case .rubricForm: return wall.rubrics.isEmpty ? Messages.noRubrics : nil
    case .assignDrill: return wall.drills.isEmpty ? Messages.noDrillsToGive : nil
    case .sendCue: return wall.cues.isEmpty ? Messages.noCues : nil
    default: return nil
    }
  }

  private mutating func remark(_ action: Action, _ key: Key) -> [Order] {
    if let obstacle = obstacle(action) { return action == .comment ? hold(obstacle) : refuse(obstacle) }
    guard let wall, let seat = wall.selected else { return [] }
    self.wall?.choose()
    switch action {
    case .comment:
      // The second of the key, however long the note takes to write.
      let here = seat.noteSeconds
      entry = LineEntry(
        .remark(seat: seat.id, at: here), Messages.whichRemark(SeatNames(wall).name(seat), here))
      rooms.append(.entry)
    case .sendCue:
      guard case .character(let character) = key, let number = character.wholeNumberValue else { return [] }
      guard wall.cues.indices.contains(number - 1) else { return refuse(Messages.noCue(number)) }
      return send(.cue(wall.cues[number - 1]), to: seat.id)
    default: rooms.append(action == .rubricForm ? .rubricForm : .drillChoice)
    }
    return []
  }

  /// Opens a line for a note that cannot be sent, and says why: who types on without looking types into it, and not
  /// commands. Once the learner has let them in, it is sent like any other.
  private mutating func hold(_ obstacle: String) -> [Order] {
    guard let wall, let seat = wall.selected, wall.role == .tutor, seat.state != .watching else {
      return refuse(obstacle)
    }
    self.wall?.choose()
    let here = seat.hasBeenWatched ? seat.noteSeconds : .infinity
    entry = LineEntry(.remark(seat: seat.id, at: here), Messages.notSent(obstacle))
    rooms.append(.entry)
    return []
  }

  private mutating func send(_ remark: Remark, to id: String) -> [Order] {
    guard let number = wall?[id]?.nextNumber else { return [] }
    var name: String?
    if case .drill(let drill, _, _) = remark { name = wall?.drills.first { $0.id == drill }?.name }
    wall?.change(id) { $0.remember(remark, drill: name) }
    return [.watch(.send(seat: id, remark, number: number))]
  }

  /// Why the line for a note cannot be sent to the seat called `id` now; nil where it can, or where it is empty.
  func obstacle(toNote text: String, to id: String) -> String? {
    text.isEmpty ? nil : obstacle(.comment, wall?[id]).map(Messages.notSent)
  }

  /// Sends a note at a second of the session of a seat, at the last one of what is told so far; an empty one is none.
  mutating func note(_ text: String, to seat: String, at seconds: Double) -> [Order] {
    let last = wall?[seat]?.session.lastEventSeconds ?? 0
    return text.isEmpty ? [] : send(.note(text, at: min(seconds, last)), to: seat)
  }

  /// Assigns a drill; the end of `text` may say in how many days it is due.
  mutating func assign(_ drill: String, to seat: String, _ text: String) -> [Order] {
    let (note, days) = Desk.due(text)
    rooms.removeAll { $0 == .drillChoice }
    return send(.drill(drill, note: note, days: days), to: seat)
  }

  /// Cuts "in 3 days", "today" or "tomorrow" off the end of a line.
  static func due(_ text: String) -> (note: String, days: Int?) {
    let words = text.split(separator: " ")
    func note(without count: Int) -> String {
      String(words.dropLast(count).joined(separator: " ").reversed().drop { ",;.".contains($0) }.reversed())
    }
    let near = ["today": 0, "tomorrow": 1]
    if let last = words.last, let days = near[last.lowercased()] { return (note(without: 1), days) }
    guard words.count >= 3, let days = Int(words[words.count - 2]), (0...365).contains(days),
      words[words.count - 3].lowercased() == "in", ["day", "days"].contains(words[words.count - 1].lowercased())
    else { return (text, nil) }
    return (note(without: 3), days)
  }

  // MARK: Forms

  private mutating func formKey(_ action: Action, _ key: Key) -> [Order]? {
    guard let wall, wall.rubrics.indices.contains(wall.rubric) else { return nil }
    let rubric = wall.rubrics[wall.rubric]
    switch action {
    case .up, .down:
      self.wall?.criterion = min(max(wall.criterion + (action == .up ? -1 : 1), 0), max(rubric.criteria.count - 1, 0))
      return []
    case .nextRubric:
      self.wall?.rubric = (wall.rubric + 1) % wall.rubrics.count
      self.wall?.criterion = 0
      return []
    case .level:
      guard case .character(let character) = key, let level = character.wholeNumberValue else { return [] }
      if level == 0, !rubric.scale.contains(0) { return give(nil, rubric) }
      return rubric.scale.contains(level) ? give(Double(level), rubric) : refuse(Messages.levelsAre(rubric.scale))
    case .unlevel: return give(nil, rubric)
    default: return nil
    }
  }

  private mutating func give(_ level: Double?, _ rubric: Rubric) -> [Order] {
    guard let wall, let seat = wall.selected, rubric.criteria.indices.contains(wall.criterion) else { return [] }
    if let obstacle = obstacle(.comment) { return refuse(obstacle) }
    let criterion = rubric.criteria[wall.criterion].id
    // Nothing is taken back that was not given.
    if level == nil, seat.levels[Seat.LevelKey(rubric: rubric.id, criterion: criterion)] == nil { return [] }
    return send(
      .level(rubric: rubric.id, version: rubric.version, criterion: criterion, level: level, reason: nil), to: seat.id)
  }

  private mutating func choiceKey(_ action: Action) -> [Order]? {
    guard let wall else { return nil }
    switch action {
    case .up, .down:
      self.wall?.drill = min(max(wall.drill + (action == .up ? -1 : 1), 0), max(wall.drills.count - 1, 0))
      return []
    case .choose:
      guard wall.drills.indices.contains(wall.drill), let seat = wall.selected else { return [] }
      let drill = wall.drills[wall.drill]
      entry = LineEntry(
        .assignment(seat: seat.id, drill: drill.id), Messages.whichAssignment(drill.name, SeatNames(wall).name(seat)))
      rooms.append(.entry)
      return []
    default: return nil
    }
  }

  // MARK: What has no meaning now

  /// The keys that mean something in `room`, and of a watcher's cues which one is on which key.
  func help(of room: Room) -> [(key: String, help: String)] {
    Keymap.help(room, without: idle(in: room)).flatMap { line in
      guard let wall, line.help == Keymap.cueHelp else { return [line] }
      return [(key: wall.cues.count > 1 ? "1 to \(wall.cues.count)" : "1", help: line.help)]
        + zip(1..., wall.cues).map { (key: "\($0)", help: "cue: \($1)") }
    }
  }

  /// What keys ask for on the wall that they cannot get now: they are not listed.
  func idleOnWall() -> Set<Action> {
    guard let wall else { return [] }
    var idle: Set<Action> = wall.isGuest ? GuestRules.withheld : []
    if wall.hidden.isEmpty { idle.insert(.bringBack) }
    for action in [Action.comment, .sendCue, .rubricForm, .assignDrill] where obstacle(action) != nil {
      idle.insert(action)
    }
    guard let seat = wall.selected else {
      return idle.union([.choose, .nextSeat, .previousSeat, .density, .askAgain, .leaveSeat, .writeWatched])
    }
    if wall.seats.count == 1 { idle.formUnion([.nextSeat, .previousSeat]) }
    if !seat.hasBeenWatched { idle.formUnion([.writeWatched, .stepBack, .stepOn, .toEnd, .up, .down, .density]) }
    let isAskable =
      switch seat.state {
      case .asked: false
      // An invitation has its role: to come by it anew gets no other one, and is a use of it.
      case .watching: wall.role == .tutor && seat.welcome?.role == .observer && !wall.isGuest
      case .found, .refused, .broken, .over: true
      }
    if !isAskable { idle.insert(.askAgain) }
    return idle
  }
}
