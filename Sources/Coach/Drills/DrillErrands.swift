import History
import Practice
import Sound
import Tutor

/// The errands of the rooms of drills: reading what there is, making an attempt ready, putting a drill on the schedule.
enum DrillErrands {
  /// Opens an attempt at the drill that `plan` wishes for, else at the one called `name`, else at the one that was `kept`.
  static func opening(
    _ name: String, kept: Drill?, _ plan: TakePlan, _ surroundings: Surroundings
  ) -> @Sendable () -> Errand {
    {
      .opened(
        Result { () throws(Failure) in
          let shelf = surroundings.drills()
          let wish = plan.wish
          guard let drill = wish?.drill ?? shelf.drill(name) ?? kept else {
            throw Failure(.noInput, shelf.missing(name))
          }
          var plan = plan
          let starts = DrillStarts(surroundings)
          try plan.attempt(try starts.take(drill, topic: wish?.topic, folder: wish?.folder, seed: wish?.seed))
          return try TakeParts.open(plan, surroundings)
        })
    }
  }

  /// Reads the drills, what is due of them and the plan.
  static func book(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .drills(DrillsRead(surroundings)) }
  }

  /// Reads how the drill called `name`, or the one that was `kept`, went before.
  static func card(_ name: String, kept: Drill? = nil, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      let shelf = surroundings.drills()
      guard let drill = shelf.drill(name) ?? kept else { return .notice(shelf.missing(name)) }
      return card(drill, shelf, surroundings)
    }
  }

  /// Reads how `drill` went before.
  static func card(_ drill: Drill, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { card(drill, surroundings.drills(), surroundings) }
  }

  private static func card(_ drill: Drill, _ shelf: DrillShelf, _ surroundings: Surroundings) -> Errand {
    guard let book = try? DrillBook(surroundings, shelf), let past = try? book.past(of: drill) else {
      return .drillCard(DrillState.Card(drill), ghosts: [])
    }
    let entry = book.due.first { $0.drill.id == drill.id }
    let card = DrillState.Card(
      drill, past: DrillState.Past(best: past.best, last: past.last), due: book.dueDetail(drill.id),
      note: entry.flatMap { $0.note.isEmpty ? nil : $0.note }, by: entry.flatMap { $0.by.isEmpty ? nil : $0.by })
    let ghosts = past.ghosts.map { DrillState.Ghost($0.label, isBest: $0.isBest, progress: $0.progress) }
    return .drillCard(card, ghosts: ghosts)
  }

  /// Reads what stands beside a past attempt.
  static func beside(_ past: PastSession, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .drillBeside(beside(past, surroundings) ?? .init(past: .init(), after: .init()), session: past.id) }
  }

  /// How the drill of an attempt went before it, when it comes back and what is due next; nil where it is none.
  static func beside(_ past: PastSession, _ surroundings: Surroundings) -> DrillState.Beside? {
    guard let drill = past.session.drill?.drill, let beginning = past.session.beginning,
      let book = try? DrillBook(surroundings, surroundings.drills())
    else { return nil }
    let before = try? book.past(of: drill, before: beginning.startedAtMilliseconds, withGhosts: false)
    let next = book.due(withinMinutes: surroundings.settings.drillMinutes).first { $0.drill.id != drill.id }
    return DrillState.Beside(
      past: DrillState.Past(best: before?.best, last: before?.last ?? []),
      after: DrillState.After(due: book.dueDetail(drill.id), next: next?.drill.name))
  }

  /// Looks for the drill that fits the next step of a session.
  static func offer(_ step: NextStep, of id: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .drillOffer(offer(step, surroundings), session: id) }
  }

  /// The drill that fits `step`, with when it is due where it is on the schedule already; nil where none fits.
  static func offer(_ step: NextStep, _ surroundings: Surroundings) -> DrillState.Offer? {
    let shelf = surroundings.drills()
    let book = try? DrillBook(surroundings, shelf)
    guard
      let drill = surroundings.drillRules().0.drills(for: step, on: shelf, passed: book?.passed ?? []).first
    else { return nil }
    let due = book?.dueDetail(drill.id) ?? ""
    return DrillState.Offer(
      drill: drill.id, name: drill.name, seconds: drill.seconds, scheduled: due.isEmpty ? nil : due)
  }

  /// Puts the drill called `name` on the schedule for tomorrow.
  static func queue(_ name: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        let due = try DrillBook(history, surroundings.drills(), surroundings).daysUntilDue(name)
        if let due, due <= 1 { return .notice(Messages.alreadyDue(DrillDays.due(in: due, today: 0))) }
        let (now, offset) = (wallMilliseconds(), localOffset())
        let day = CivilDate.day(ofMilliseconds: now, utcOffset: offset) + 1
        _ = try history.queue(name, dueMilliseconds: day * FSRS.day - offset * 1_000, now: now)
        return .drillQueued(name, due: DrillDays.due(in: 1, today: day - 1))
      } catch { return .notice(Messages.sentence(error)) }
    }
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
}

extension TakePlan {
  /// Makes this a plan for an attempt at a drill; a talk of the learner's stays where the drill has no text of its own.
  mutating func attempt(_ drill: DrillTake) throws(Failure) {
    self.drill = drill
    title = drill.start.drill.kind == .contest ? talk?.title ?? drill.start.drill.name : drill.start.drill.name
    length = nil
    if let text = drill.talk { talk = text }
    // Breathing is not listened to: it needs no microphone.
    if drill.start.drill.kind == .breath, case .device(_) = request { request = SourceRequest.quiet }
  }
}
