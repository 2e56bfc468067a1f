import Audience
import Practice
import Terminal

/// What a watcher asks for, done.
extension WatchStage {
  func perform(_ order: Order) {
    switch order {
    case .watch(let order): perform(order)
    case .leave: end(.ok, reason: .finished)
    case .repaint: face.repaint()
    case .suspend: if mayStop { suspendRequested = true }
    case .nextTheme: nextTheme()
    // Nothing else is for a watcher to ask for.
    default: break
    }
  }

  private func perform(_ order: WatchOrder) {
    switch order {
    case .ask(let id, let role): ask(id, role)
    case .send(let id, let remark, let number): send(remark, number: number, to: id)
    case .write(let id): write(id)
    case .close(let id): drop(id)
    }
  }

  private func send(_ remark: Remark, number: Int, to id: String) {
    if let line = lines[id], desk.wall?[id]?.state == .watching { return line.end.send(remark, number: number) }
    // A wall that still shows it as under way would wait for ever.
    desk.wall?.take(.answer(number: number, .refused(Messages.notWatched)), of: id)
  }

  /// Writes a session as it was watched, in the background.
  private func write(_ id: String) {
    guard !plan.isGuest else { return say(Messages.guestWritesNothing) }
    guard let seat = desk.wall?[id], seat.hasBeenWatched else { return say(Messages.nothingWatched) }
    let hasWords = seat.welcome?.shares.contains(.words) == true
    let (learner, events, post) = (seat.learner, seat.events, post)
    let job: @Sendable () -> Void = {
      guard let file = WatchedFile(learner: learner, events: events, hasWords: hasWords) else {
        return post.put(.notice(Messages.nothingWatched))
      }
      do throws(Failure) {
        try file.write()
        post.put(.notice(Messages.watchedWritten(file)))
      } catch { post.put(.notice(error.sentence)) }
    }
    if !Worker.start("errand", job) { job() }
  }

  private func nextTheme() {
    let names = surroundings.shelf.names()
    guard let here = names.firstIndex(of: desk.theme) ?? names.indices.first else { return }
    let name = names[(here + 1) % names.count]
    do throws(Failure) {
      face.use(try surroundings.theme(named: name))
      desk.theme = name
      desk.notice = Messages.themeNotice(name)
    } catch { desk.notice = error.sentence }
  }

  /// Reads what notes, forms and keys are made of: cues now, for they are one short file; the rest in the background.
  func readForms() {
    let found = surroundings.cues(isGuest: plan.isGuest)
    desk.wall?.cues = found.cues
    if let first = found.complaints.first { say(Messages.cuesComplaint(first, others: found.complaints.count - 1)) }
    let (surroundings, isGuest, post) = (surroundings, plan.isGuest, post)
    let job: @Sendable () -> Void = {
      let own = isGuest ? [] : [surroundings.places.userPrompts]
      let folders = own + [shippedData()].compactMap { $0.map { $0 + "/Prompts" } }
      let rubrics = RubricShelf(folders: folders.map { $0 + "/rubrics" })
      let drills = DrillShelf(folders: folders.map { $0 + "/drills" })
      post.put(
        .forms(
          rubrics.rubrics, drills.drills.map { Wall.DrillChoice(id: $0.id, name: $0.name, kind: $0.kind) }))
    }
    if !Worker.start("errand", job) { job() }
  }

  // MARK: Guests

  /// Tries the invitation at the next door, after what came of the one before.
  func goRound(after id: String? = nil) {
    if let id, let current = guest.current, id == Seat.id(of: current), let seat = desk.wall?[id] {
      guest.answered(seat.state)
      // A door that did not let them in is none of theirs.
      if guest.current == nil {
        drop(id)
        desk.wall?.remove(id)
      }
    }
    if let door = guest.next() {
      _ = desk.wall?.meet([door])
      ask(Seat.id(of: door), plan.role)
    } else if guest.isOver {
      failure = Failure(.noPermission, Messages.invitationUnknown)
      end(.noPermission, reason: .interrupted)
    }
  }
}
