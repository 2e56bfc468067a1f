import CLinux
import History
import Practice
import Report
import Sound
import Terminal
import Tutor

/// What the rooms that look back ask for, done.
extension Stage {
  func perform(_ order: ReviewOrder) {
    switch order {
    case .list(let isMore):
      let before = isMore ? desk.history.lines.last?.id : nil
      errands.run(ReviewErrands.list(desk.history.filter, after: before, surroundings))
    case .search(let text): errands.run(ReviewErrands.search(text, surroundings))
    case .trend: errands.run(ReviewErrands.trend(desk.history.trends.selection, surroundings))
    case .open(let id, let seconds): errands.run(ReviewErrands.open(id, at: seconds, surroundings))
    case .play(let on): play(on)
    case .seek(let seconds): player?.seek(to: seconds)
    case .speed(let speed): player?.setSpeed(speed)
    case .keep(let kind): keep(kind)
    case .clip(let choice): cut(choice)
    case .export(let format): export(format)
    case .ghost: nextGhost()
    case .askJudge: askToJudge()
    }
  }

  // MARK: Sessions

  /// A session was read: shown as its summary, or at a second.
  func opened(_ past: PastSession, at seconds: Double?) {
    guard take == nil || ending != nil else { return }
    desk.past = past
    desk.drills.offer = nil
    if past.scores.isEmpty { errands.run(ReviewErrands.workOut(past.id, surroundings)) }
    if let seconds {
      desk.past?.seek(to: seconds)
      desk.rooms.append(.replay)
    } else {
      desk.offset = 0
      desk.rooms.append(past.session.drill == nil ? .summary : .drillResult)
      if past.session.drill != nil {
        take(DrillState.Beside(past: .init(), after: .init()))
        errands.run(DrillErrands.book(surroundings))
        errands.run(DrillErrands.beside(past, surroundings))
      }
    }
  }

  /// The session on the desk was judged anew; what the learner looks at stays where it is.
  func judged(_ read: PastSession) {
    guard desk.past?.id == read.id else {
      if desk.past == nil, [.summary, .entry, .drillResult].contains(desk.room), desk.session.beginning?.id == read.id {
        desk.past = read
        lookForDrill()
      }
      return
    }
    // What was corrected meanwhile is not in what was read before it: that is read once more.
    guard read.events.count >= desk.past?.events.count ?? 0 else { return }
    desk.past?.take(read)
    desk.past?.isJudged = read.isJudged
    desk.past?.scores = read.scores
    desk.past?.sheets = read.sheets
    desk.past?.review = read.review
    desk.past?.nextStep = read.nextStep
    desk.past?.finding = read.finding
    desk.past?.step = read.step
    lookForDrill()
  }

  /// Puts what is said afterwards behind its session.
  func keep(_ kind: SessionEvent.Kind) {
    let session = subject
    let event = SessionEvent(at: session.lastEventSeconds, kind.stamped(wallMilliseconds()))
    if desk.past == nil, take != nil, ending == nil { return apply(event) }
    if desk.past == nil {
      _ = desk.session.apply(event)
      told.append(event)
      face.tell(event, desk.session)
    } else {
      desk.past?.append(event)
    }
    if session.beginning?.id == sharing?.session { sharing?.tell(event) }
    guard let id = session.beginning?.id else { return }
    lateEvents.append((id, StoredEvent(event)))
    keepLateEvents()
    needsFrame = true
  }

  // MARK: The time machine

  /// Plays the session that is looked at, or stops.
  private func play(_ on: Bool) {
    guard let past = desk.past else { return }
    if !on {
      player?.pause()
      return
    }
    if player == nil || playerID != past.id {
      player?.close()
      let settings = surroundings.settings
      let parts = KeptTake.parts(of: past.id, past.session, in: surroundings.places.takes)
      let player = ReplayPlayer(
        parts: parts, seconds: past.replay.duration, device: settings.speaker, volume: Float(settings.volume),
        balance: Float(settings.balance), tell: { _ in })
      (self.player, playerID) = (player, past.id)
    }
    player?.setSpeed(past.speed)
    player?.play(from: past.seconds)
  }

  /// Moves the time machine to what is heard now.
  func tickReplay() {
    if let id = scoresToKeep, desk.past?.id != id, !isKeepingEvents {
      scoresToKeep = nil
      errands.run(ReviewErrands.judge(id, keepsScores: true, surroundings))
    }
    guard let player else { return }
    guard let past = desk.past, playerID == past.id else {
      player.close()
      return self.player = nil
    }
    desk.past?.silence = player.silence.map(Messages.silence) ?? player.damage.map { _ in Messages.soundDamaged }
    guard past.isPlaying else { return }
    if desk.rooms.contains(.replay) {
      desk.past?.seek(to: player.position)
      if !player.isPlaying { desk.past?.isPlaying = false }
      needsFrame = true
    } else {
      player.pause()
      desk.past?.isPlaying = false
    }
  }

  private func nextGhost() {
    guard let past = desk.past else { return }
    errands.run(ReviewErrands.ghost(of: past, after: past.ghost?.id, surroundings))
  }

  /// Another take was read, or there is none.
  func ghosted(_ ghost: PastSession.Ghost?, of id: String) {
    guard desk.past?.id == id else { return }
    if ghost == nil, desk.past?.ghost == nil { desk.notice = Messages.noOtherTake }
    desk.past?.ghost = ghost
    let seconds = desk.past?.seconds ?? 0
    desk.past?.ghost?.replay.seek(to: seconds)
  }

  // MARK: The AI tutor as a judge

  /// Puts the rubric that is looked at to the AI tutor, in a conversation that the learner sees; its answer is read as
  /// levels when it has come.
  private func askToJudge() {
    guard let (rubric, _) = desk.past?.selected else { return }
    guard surroundings.settings.endpoints.contains(where: { $0.use == .chat }), !surroundings.settings.offline else {
      desk.notice = Messages.judgingNeedsEndpoint
      return
    }
    judging = rubric
    openConversation()
  }

  /// The conversation is open: what is to be judged is asked.
  func askWhatIsJudged() {
    guard let judging else { return }
    converse(.type(AssessmentAnswer.question(judging)))
    converse(.send)
  }

  /// A turn of the tutor's; where it answers what was to be judged its levels are kept.
  func judge(by turn: Turn) {
    guard let rubric = judging, turn.who == .tutor else { return }
    judging = nil
    guard turn.source != "offline" else { return }
    let levels = AssessmentAnswer.parse(turn.text, rubric: rubric, model: turn.model ?? turn.source)
    for level in levels { keep(.assessed(level)) }
    desk.conversation?.talk.notice = Messages.judged(levels.count)
  }

  // MARK: Files

  private func cut(_ choice: ClipChoice) {
    guard let past = desk.past else { return }
    errands.run(ReviewErrands.cut(choice, of: past, surroundings))
  }

  private func export(_ format: ExportFormat) {
    guard let past = desk.past else { return }
    desk.notice = Messages.writing
    errands.run(ReviewErrands.export(format, of: past, surroundings))
  }
}

extension SessionEvent.Kind {
  /// This kind with the time of day that it was said at.
  func stamped(_ milliseconds: Int) -> SessionEvent.Kind {
    switch self {
    case .correction(var value):
      value.atMilliseconds = milliseconds
      return .correction(value)
    case .comment(var value):
      value.atMilliseconds = milliseconds
      return .comment(value)
    case .guess(var value):
      value.atMilliseconds = milliseconds
      return .guess(value)
    case .assessed(var value):
      value.atMilliseconds = milliseconds
      return .assessed(value)
    case .scored(var value):
      value.atMilliseconds = milliseconds
      return .scored(value)
    case .turn(var value):
      value.saidAtMilliseconds = milliseconds
      return .turn(value)
    case .watcher(var value):
      value.atMilliseconds = milliseconds
      return .watcher(value)
    default: return self
    }
  }
}
