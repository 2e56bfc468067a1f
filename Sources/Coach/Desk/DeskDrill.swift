import Practice

extension Desk {
  /// Answers a key in a room of drills, or one about drills elsewhere; nil where it means something everywhere.
  mutating func drillKey(_ action: Action) -> [Order]? {
    switch (room, action) {
    case (.home, .drills): return openDrills()
    case (.summary, .beginDrill), (.summary, .queueDrill):
      guard let offer = drills.offer else {
        notice = past?.isJudged == true ? Messages.noDrillForIt : Messages.notReadYet
        return []
      }
      return [.drill(action == .beginDrill ? .begin(offer.drill) : .queue(offer.drill))]
    case (.drills, _), (.plan, _): return drillListKey(action)
    case (.drillCard, _): return cardKey(action)
    case (.drill, _): return attemptKey(action)
    case (.drillResult, _): return resultKey(action)
    default: return nil
    }
  }

  /// Opens the list of drills, what is due first.
  mutating func openDrills() -> [Order] {
    offset = 0
    rooms.append(.drills)
    return [.drill(.load)]
  }

  private mutating func drillListKey(_ action: Action) -> [Order]? {
    switch action {
    case .up, .down:
      let step = action == .up ? -1 : 1
      func moved(_ place: Int, _ count: Int) -> Int { min(max(place + step, 0), max(count - 1, 0)) }
      if room == .plan {
        drills.planSelection = moved(drills.planSelection, drills.days.flatMap(\.entries).count)
      } else {
        drills.selection = moved(drills.selection, drills.shown.count)
      }
      return []
    case .filter:
      drills.filter = drills.filter.next
      drills.selection = 0
      return []
    case .plan:
      rooms.append(.plan)
      return []
    case .choose: return (room == .plan ? drills.planned?.drill : drills.selected?.id).map { show($0) } ?? []
    case .queueDrill: return drills.selected.map { [.drill(.queue($0.id))] } ?? []
    default: return nil
    }
  }

  /// Opens the card of a drill.
  private mutating func show(_ id: String) -> [Order] {
    offset = 0
    rooms.append(.drillCard)
    return [.drill(.show(id))]
  }

  private mutating func cardKey(_ action: Action) -> [Order]? {
    switch action {
    case .beginDrill: return drills.card.map { [.drill(.begin($0.drill.id))] } ?? []
    case .queueDrill: return drills.card.map { [.drill(.queue($0.drill.id))] } ?? []
    case .up, .down:
      offset = max(0, offset + (action == .up ? -1 : 1))
      return []
    default: return nil
    }
  }

  private mutating func attemptKey(_ action: Action) -> [Order]? {
    guard [.advance, .skipStep].contains(action) else { return nil }
    guard let step = session.drill?.step, !isFinishing, session.phase == .running else { return [] }
    if case .clip = step.role, action == .advance { return [.drill(.tap)] }
    return [.drill(.next)]
  }

  /// The attempt that is looked at: the one that was opened, else the one just ended.
  var attempt: DrillRun? { past.map { $0.session.drill } ?? session.drill }

  /// Whether the attempt that is looked at is judged by a ballot.
  private var hasBallot: Bool { attempt?.drill.kind == .contest }

  /// What keys of `room` ask for, as the table has them, and cannot get now.
  func idle(in room: Room) -> Set<Action> {
    let unshared: Set<Action> = sharing.isOn ? [] : [.endSharing]
    return switch room {
    case .drillResult: unshared.union(hasBallot ? [] : [.scores])
    case .wall, .watched: idleOnWall()
    case .sharing: unshared.union(idleWhileSharing)
    default: wall?.isGuest == true ? unshared.union(GuestRules.withheld) : unshared
    }
  }

  private mutating func resultKey(_ action: Action) -> [Order]? {
    switch action {
    case .beginDrill: return attempt.map { [.drill(.begin($0.drill.id))] } ?? []
    case .nextDue:
      let here = attempt?.drill.id
      guard let next = drills.shown.first(where: { $0.overdueDays != nil && $0.id != here }) else {
        notice = Messages.nothingDue
        return []
      }
      rooms.removeLast()
      if room == .drillCard { rooms.removeLast() }
      return show(next.id)
    case .replay:
      guard past != nil else {
        notice = Messages.notReadYet
        return []
      }
      rooms.append(.replay)
      return []
    case .scores where !hasBallot:
      notice = Messages.noBallot
      return []
    case .scores:
      guard let past, !past.sheets.isEmpty else {
        notice = Messages.notReadYet
        return []
      }
      offset = 0
      if let ballot = past.sheets.firstIndex(where: { $0.rubric.id == ContestExercise.rubric }) {
        self.past?.rubric = ballot
        self.past?.criterion = 0
      }
      rooms.append(.scores)
      return []
    case .export:
      if past != nil { rooms.append(.export) }
      return []
    case .up, .down:
      offset = max(0, offset + (action == .up ? -1 : 1))
      return []
    default: return nil
    }
  }
}

extension DrillState.Filter {
  /// All drills, then those that are due, then those of each skill.
  var next: DrillState.Filter {
    if self == DrillState.Filter() { return DrillState.Filter(isDueOnly: true) }
    let skills = DrillSkill.allCases
    let place = skill.flatMap(skills.firstIndex).map { $0 + 1 } ?? 0
    return DrillState.Filter(skill: skills.indices.contains(place) ? skills[place] : nil)
  }
}
