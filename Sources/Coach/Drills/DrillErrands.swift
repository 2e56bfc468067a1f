import History
import Practice

/// The errands of the rooms of drills: reading what there is, making an attempt ready, putting a drill on the schedule.
enum DrillErrands {
  /// Opens an attempt at the drill called `name`, as `plan` says what is listened to.
  static func opening(_ name: String, _ plan: TakePlan, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      .opened(
        Result { () throws(Failure) in
          let shelf = surroundings.drills()
          guard let drill = shelf.drill(name) else { throw Failure(.noInput, shelf.missing(name)) }
          var plan = plan
          try plan.attempt(try DrillStarts(surroundings).take(drill))
          return try TakeParts.open(plan, surroundings)
        })
    }
  }

  /// Reads the drills, what is due of them and the plan.
  static func book(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .drills(read(surroundings)) }
  }

  /// The same, here and now.
  static func read(_ surroundings: Surroundings) -> DrillsRead {
    let shelf = surroundings.drills()
    return DrillsRead(lines: shelf.drills.map { DrillLine($0) }, complaint: shelf.complaints.first?.description)
  }

  /// The drill in the file at `path`, taken whole or not at all.
  static func drill(inFile path: String) throws(Failure) -> Drill {
    let text: String
    do throws(PlaceError) { text = try readText(path: path, limit: MarkedYAML.limitBytes) } catch {
      throw Failure(error)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let id = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    switch DrillFile.parse(text: text, id: id, file: path) {
    case .success(let drill): return drill
    case .failure(let refusal): throw Failure(refusal.complaints)
    }
  }

  /// Reads how a drill went before.
  static func card(_ name: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      let shelf = surroundings.drills()
      guard let drill = shelf.drill(name) else { return .notice(shelf.missing(name)) }
      return .drillCard(DrillState.Card(drill), ghosts: [])
    }
  }

  /// Puts a drill on the schedule for tomorrow.
  static func queue(_ name: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .drillQueued(name, due: "tomorrow") }
  }
}

extension TakePlan {
  /// Makes this a plan for an attempt at a drill; a talk of the learner's stays where the drill has no text of its own.
  mutating func attempt(_ drill: DrillTake) throws(Failure) {
    self.drill = drill
    title = drill.start.drill.name
    length = nil
    if let text = drill.talk { talk = text }
  }
}
