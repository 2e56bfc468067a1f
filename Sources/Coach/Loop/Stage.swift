import Audience
import CLinux
import History
import Practice
import Sound
import SpeechSignals
import Terminal

/// Performs what the desk and the session ask for.
///
/// The only place where events meet the outside: each is applied, kept and told in one go, and what follows from it is
/// the next event. It belongs to the main thread, which never waits here for disk, sound or terminal.
final class Stage: Act {
  let surroundings: Surroundings
  let face: any Face
  var desk: Desk
  var take: Take?
  /// What `rehearse` on the home screen will listen to.
  var plan: TakePlan
  var isDone = false
  var needsFrame = true
  /// Sentences for the shell, once the terminal is its own again.
  var farewell: [String] = []
  var status: ExitStatus = .ok

  /// How the take under way ends, once it is over.
  var ending: Ending?
  var endReason = Ending.Reason.finished
  /// Whether an errand is closing the take now.
  var isClosing = false
  /// Whether the program ends once the take is safe.
  var leaveAfterTake = false
  var lateSince: Int64?
  var heldSince: Int64 = 0
  /// The device chosen on the home screen.
  var chosenDevice: String?
  /// Whether the program is to be stopped like any job (Ctrl-Z); the loop does it.
  var suspendRequested = false
  /// The talk that is to be opened in the speaker's editor; the loop does it.
  var fileToEdit: String?
  /// Whether the talk was going on when the editor was asked for.
  var pausedToEdit = false
  let errands = Backroom()
  /// What plays a past take, and which one.
  var player: ReplayPlayer?
  var playerID = ""
  /// The session that was corrected or judged, whose scores are kept once it is left.
  var scoresToKeep: String?
  /// The rubric that the AI tutor was asked to judge by, until it answers.
  var judging: Rubric?
  /// The recogniser that is loaded while the learner chooses.
  let ready = ReadyRecogniser()
  /// The talk with the AI tutor, while there is one.
  var dialogue: Dialogue?
  /// Turns of sessions that are over, to be put behind their events.
  var lateEvents: [(id: String, event: StoredEvent)] = []
  var isKeepingEvents = false
  /// What steps of a drill have to be heard.
  var stepSound: StepSound?
  /// All that happened in the take under way, for who joins late.
  var told: [SessionEvent] = []
  /// The session that is shared, nil while none is; what was last told of the moment, and the sound on its way.
  var sharing: Sharing?
  /// Those that end with the program.
  var departing: [Sharing] = []
  var presence = Presence()
  /// A notice that leaves the screen by itself, and when.
  var passing: (notice: String, until: Double)?
  /// When it was last seen to that invitations still stand, by the clock of the stage.
  var invitationsSeen = 0.0
  var sharedSound: SharedSound?
  /// When the tutor was last heard, and when a talk that goes on may be heard again; by the monotonic clock, 0 for never.
  var lastVoice: Int64 = 0
  var resumesAt: Int64 = 0

  init(surroundings: Surroundings, face: any Face, room: Room, plan: TakePlan) {
    self.surroundings = surroundings
    self.face = face
    self.plan = plan
    desk = Desk(room: room)
    desk.density = surroundings.settings.density
    desk.theme = surroundings.settings.theme
    desk.talkTitle = plan.title
  }

  // MARK: What the loop polls

  var takeDescriptor: Int32 { take?.mailbox.descriptor ?? -1 }
  var errandDescriptor: Int32 { errands.descriptor }
  var isIdle: Bool {
    take == nil && desk.conversation?.talk.showsClock != true && desk.past?.isPlaying != true
  }
  var hearsSeldom: Bool {
    take != nil && desk.source.isLive && surroundings.settings.periodMilliseconds * Limits.framesPerSecond > 1_000
  }
  var isLeaving: Bool { leaveAfterTake }

  // MARK: Input

  /// Answers a key.
  func press(_ key: Key) {
    if desk.conversation != nil { _ = desk.conversation?.talk.apply(.clock(Stage.clock)) }
    for order in desk.press(key) { perform(order) }
    if desk.offset > 0, let last = face.size.flatMap({ Frame.lastOffset(of: desk, size: $0) }) {
      desk.offset = min(desk.offset, last)
    }
    if desk.offset < 0, let size = face.size { desk.offset = max(desk.offset, Frame.firstOffset(of: desk, size: size)) }
    if desk.conversation?.rowsUp ?? 0 > 0, let size = face.size {
      let rowsUp = ConversationView.rowsUp(desk, size: size)
      desk.conversation?.rowsUp = rowsUp
    }
    needsFrame = true
  }

  /// Ends as well as can be: what is running is heard out and saved first. Asked a second time, it waits no longer:
  /// what is not on disk by then goes into a rescue file.
  func end(_ status: ExitStatus, reason: Ending.Reason) {
    if status != .ok { self.status = status }
    let isSecond = leaveAfterTake
    leaveAfterTake = true
    guard take != nil else { return leaveWhenSafe() }
    if ending == nil { endReason = reason }
    if ending == nil, !desk.isFinishing {
      finish()
    } else if isSecond {
      if ending == nil { conclude() }
      rescue()
    }
  }

  /// Takes in what the analyst has left.
  func collect() {
    guard let take else { return }
    let due = take.collect()
    for event in due.events { apply(event) }
    if let reading = due.reading { glance(reading) }
    if let words = due.foreseen { desk.session.foresee(words) }
    if due.hasNoWords {
      desk.session.expectNoWords(
        Recognisers.reasonAgainst(surroundings.settings, isEnglish: take.isEnglish) ?? .noRecogniser)
    }
    // A recording that is read as fast as it goes is read to its end, so that it gives the same events each time.
    if desk.session.drill?.isComplete == true, !take.isHurried, ending == nil, !desk.isFinishing { finish() }
    if due.isLast { conclude() }
    if !due.events.isEmpty || due.reading != nil || due.foreseen != nil || due.isLast { needsFrame = true }
  }

  /// Takes in what background errands have brought.
  func collectErrands() {
    for errand in errands.take() {
      switch errand {
      case .devices(let lines):
        desk.devices = lines
        desk.hasMicrophone = !lines.isEmpty
        if lines.isEmpty, !desk.hasMoved { desk.homeSelection = Desk.demoPlace }
      case .history(let page): desk.history.take(page)
      case .found(let text, let hits): desk.history.take(hits, for: text)
      case .trend(let trends): desk.history.trends = trends
      case .past(let past, let seconds): opened(past, at: seconds)
      case .judged(let past): judged(past)
      case .ghost(let ghost, let id): ghosted(ghost, of: id)
      case .opened(let result): opened(result)
      case .changed(let capture, let recorder): changed(capture, recorder)
      case .closed(let isSafe, let past, let beside):
        if let past { judged(past) }
        if let beside { take(beside) }
        if desk.session.drill != nil { errands.run(DrillErrands.book(surroundings)) }
        desk.isReading = false
        closed(isSafe)
      case .notice(let sentence): desk.notice = sentence
      case .swept: if desk.rooms.contains(.history) { perform(.list(isMore: false)) }
      case .last(let session): desk.last = session
      case .conversation(let tutors, let past): opened(tutors, past)
      case .step(let turn, let step): take(step, of: turn)
      case .listening(let turn, let listening):
        if let dialogue { dialogue.opened(turn, listening) } else { listening.stop(isWanted: false) }
      case .guarding(let ear, let turn):
        let isAloud = desk.conversation?.talk.isAloud == true
        if let dialogue { dialogue.guarding(ear, turn, isAloud: isAloud) } else { ear.stop(isWanted: false) }
      case .drills(let read): take(read)
      case .drillCard(let card, let ghosts): take(card, ghosts)
      case .drillBeside(let beside, let id): if desk.past?.id == id { take(beside) }
      case .drillOffer(let offer, let id): if desk.past?.id == id { desk.drills.offer = offer }
      case .drillQueued(let id, let due): queued(id, due)
      case .shared(let session, let result): shared(session, result)
      case .audience(let news): heard(news)
      case .assigned(let watcher, let number, let answer, let words):
        assigned(watcher, number: number, answer, words: words)
      case .turnsKept(let problem):
        isKeepingEvents = false
        if let problem {
          desk.notice = problem
          if leaveAfterTake { farewell.append(problem) }
        }
        keepLateEvents()
        if let id = desk.past?.id, problem == nil {
          scoresToKeep = id
          errands.run(ReviewErrands.judge(id, keepsScores: false, surroundings))
        }
        if leaveAfterTake { leaveWhenSafe() }
      }
      needsFrame = true
    }
  }

  /// Looks after what has no event of its own: source, saving. Called a few times a second at least.
  func tick() {
    tickConversation()
    tickReplay()
    tickSharing()
    if resumesAt > 0, rostrum_monotonic_nanoseconds() >= resumesAt { hold(false) }
    guard let take else { return }
    let before = (desk.source, desk.saving)
    watchSource(take)
    if !desk.source.audioFailed, let failure = take.recordingFailure { audioFailed(Messages.sentence(failure)) }
    watchSaving(take)
    if ending != nil { close(take) }
    if before != (desk.source, desk.saving) { needsFrame = true }
  }

  private func watchSource(_ take: Take) {
    let seconds = desk.session.seconds
    if case .recovering(_, let since) = take.capture.state {
      if !desk.source.isRecovering, ending == nil {
        apply(SessionEvent(at: seconds, .note(Messages.gone(desk.source.name))))
      }
      desk.source.isRecovering = true
      desk.source.awaySeconds = max(0, Double(rostrum_monotonic_nanoseconds() - since) / 1e9)
    } else {
      desk.source.isRecovering = false
      desk.source.awaySeconds = 0
    }
    let name = take.capture.description.name
    if name != desk.source.name, desk.source.isLive, ending == nil {
      desk.source.name = name
      apply(SessionEvent(at: seconds, .note(Messages.nowListening(to: name))))
    }
  }

  /// Says once that audio is no longer kept.
  func audioFailed(_ reason: String) {
    desk.source.audioFailed = true
    if ending == nil { apply(SessionEvent(at: desk.session.seconds, .note(Messages.audioStopped(reason)))) }
  }

  /// Has the next frame drawn even if nothing has changed.
  func redraw() { needsFrame = true }

  /// Shows the desk if there is something new to see and the face can take it.
  func draw() {
    guard needsFrame, face.isReady else { return }
    needsFrame = false
    face.show(desk)
  }

  /// Looks for microphones and for what an earlier run left open, without holding up the first screen.
  func lookAround() {
    errands.run(Errands.devices)
    errands.run(Errands.sweep(surroundings))
    if desk.room == .home { errands.run(Errands.last(surroundings)) }
    if desk.room == .home { errands.run(DrillErrands.book(surroundings)) }
    prepareRecogniser()
  }

  /// Has the general model loaded for whatever is chosen; an endpoint is asked nothing before there is something to hear.
  func prepareRecogniser() {
    guard surroundings.settings.recogniser != .http, desk.rooms.first == .home,
      let make = try? Recognisers.loading(surroundings, talk: nil, isEnglish: true)
    else { return }
    ready.load(make)
  }

  /// Applies an event and what follows from it: kept, told, drawn.
  func apply(_ event: SessionEvent) {
    var event = event
    // Words come later than what was found beside them: an event is as late as when it is known.
    event.seconds = max(event.seconds, desk.session.lastEventSeconds)
    var next = [event]
    while let event = next.first {
      next.removeFirst()
      for effect in desk.session.apply(event) {
        switch effect {
        case .record(let event):
          take?.record(event)
          told.append(event)
          sharing?.tell(event)
          face.tell(event, desk.session)
          if case .step = event.kind { enterStep() }
        case .raise(let event):
          if case .cue = event.kind, !surroundings.settings.cues { continue }
          next.append(event)
        }
      }
    }
  }

  private func glance(_ reading: Reading) {
    let elapsed = reading.seconds - desk.session.seconds
    desk.session.glance(reading)
    sharing?.glance(reading)
    desk.source.hear(reading, elapsedSeconds: elapsed)
  }
}
