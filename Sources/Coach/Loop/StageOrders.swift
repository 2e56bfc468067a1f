import CLinux
import Practice
import Sound
import Terminal

/// Orders: what a key asked for, done.
extension Stage {
  func perform(_ order: Order) {
    switch order {
    case .rehearse: begin { Errands.opening($0, $1) }
    case .demo: begin { Errands.demo($1, ready: $0.ready) }
    case .hold(let on): hold(on)
    case .mark: apply(SessionEvent(at: desk.session.seconds, .mark(nil)))
    case .finish: finish()
    case .leave: leave()
    case .nextTheme: nextTheme()
    case .loadDevices: errands.run(Errands.devices)
    case .review(let order): perform(order)
    case .useDevice(let device): use(device)
    case .repaint: face.repaint()
    case .suspend: suspendRequested = true
    case .place(let sentence): apply(SessionEvent(at: desk.session.seconds, .place(sentence: sentence)))
    case .edit: edit()
    case .openConversation: openConversation()
    case .leaveConversation: leaveConversation()
    case .tutor(let effect): perform(effect)
    case .showSent: showSent()
    case .nextTutor: nextTutor()
    case .drill(let order): perform(order)
    // The wall has a stage of its own.
    case .watch: break
    case .share(let order): perform(order)
    }
  }

  /// Starts a take from the home screen: opened in the background, for a sound server may take its time.
  private func begin(_ errand: (TakePlan, Surroundings) -> @Sendable () -> Errand) {
    guard take == nil, !desk.isOpening else {
      desk.notice = Messages.stillSaving
      return
    }
    var plan = plan
    plan.ready = ready
    if let chosenDevice, case .device = plan.request { plan.request = .device(chosenDevice) }
    desk.isOpening = true
    desk.notice = Messages.opening
    errands.run(errand(plan, surroundings))
  }

  /// A take that was opened in the background, or the reason why not.
  func opened(_ result: Result<TakeParts, Failure>) {
    desk.isOpening = false
    switch result {
    case .success(let parts):
      if desk.room != .home, parts.drill == nil { desk.rooms = [.home] }
      do throws(Failure) { try start(parts) } catch { desk.notice = error.sentence }
    case .failure(let failure): desk.notice = failure.sentence
    }
  }

  /// Starts a take.
  func start(_ parts: TakeParts) throws(Failure) {
    let take = Take(parts, surroundings)
    self.take = take
    ending = nil
    endReason = .finished
    isClosing = false
    desk.isFinishing = false
    (desk.saving, desk.rescuePath) = (.saved, nil)
    desk.notice = nil
    desk.past = nil
    desk.session = Session(fillers: take.fillers)
    endSharing()
    told = []
    let source = take.capture.description
    desk.source = Desk.SourceState(source, keepsAudio: parts.recorder != nil)
    let room: Room = parts.drill == nil ? .rehearsal : .drill
    if parts.drill != nil { leaveBefore() }
    if desk.room != room { desk.rooms.append(room) }
    Log.info("take began", ["session": take.beginning.id, "source": source.name, "rate": "\(source.format.rate)"])
    apply(SessionEvent(at: 0, .began(take.beginning)))
    if plan.isShared { share() }
    if let talk = parts.talk { tell(script: talk) }
    if let drill = parts.drill { begin(drill) }
    if parts.talk != nil { expectWords(parts, take) }
    if source.isLive, source.requested != source.name {
      apply(SessionEvent(at: 0, .note(Messages.fallback(from: source.requested, to: source.name))))
      desk.notice = Messages.fallback(from: source.requested, to: source.name)
    }
    if !parts.notices.isEmpty { tell(notices: parts.notices) }
    try take.start()
    needsFrame = true
  }

  /// Leaves what was shown of the take before an attempt, for it is gone with it, and the card of who came by a drill's
  /// name alone.
  private func leaveBefore() {
    if desk.rooms == [.drillCard] { desk.rooms = [] }
    if let place = desk.rooms.firstIndex(where: { [.summary, .drillResult, .replay].contains($0) }) {
      desk.rooms[place...] = []
    }
    desk.offset = 0
  }

  /// Says where the script cannot be followed by its words, and why.
  private func expectWords(_ parts: TakeParts, _ take: Take) {
    guard !take.hearsWords,
      let reason = Recognisers.reasonAgainst(surroundings.settings, isEnglish: parts.isEnglish)
    else { return }
    desk.session.expectNoWords(reason)
    if let sentence = Messages.whyNoWords(reason) { apply(SessionEvent(at: 0, .note(sentence))) }
  }

  /// Tells the speaker at the start: on the screen, whose line may be too short, and once more in the shell; or beside
  /// the lines.
  private func tell(notices: [String]) {
    if face.drawsFrames {
      desk.notice = ([desk.notice] + notices).compactMap(\.self).map(Printed.safe).joined(separator: " ")
      farewell += notices.filter { !farewell.contains($0) }
    } else {
      for notice in notices { Printed.complain(notice) }
    }
  }

  /// Puts the talk's script before the speaker, in parts that fit an event line.
  private func tell(script talk: Talk) {
    for part in ScriptPart.parts(of: talk.body) {
      apply(SessionEvent(at: desk.session.lastEventSeconds, .script(part)))
    }
  }

  /// Has the talk opened in the editor; nothing is heard meanwhile.
  private func edit() {
    guard let path = plan.talk?.path, !path.isEmpty else {
      desk.notice = Messages.nothingToEdit
      return
    }
    pausedToEdit = desk.session.phase == .running
    if pausedToEdit { hold(true) }
    fileToEdit = path
  }

  /// The editor has ended: the talk is read anew, and goes on where it was.
  func edited(_ path: String, problem: String?) {
    if pausedToEdit, desk.session.phase == .paused { hold(false) }
    pausedToEdit = false
    let command = Editor.command(surroundings.environment)
    do throws(Failure) {
      let (talk, complaints) = try GivenScript.read(path)
      if let problem {
        let isSame = talk.body == plan.talk?.body
        desk.notice = isSame ? Messages.editorFailed(command, problem) : Messages.editorSaved(command, problem)
        if isSame { return }
      } else if talk.script.isEmpty {
        desk.notice = Messages.rehearsingWithout(path)
      } else if let first = complaints.map(\.description).first ?? CheckedTalk.oddHeadings(of: talk).first {
        desk.notice = Printed.safe(first)
      }
      plan.talk = talk
      tell(script: talk)
      take?.renew(talk)
    } catch { desk.notice = error.sentence }
  }

  /// Pauses the talk, or goes on: not before the room is free of the tutor's voice, which is no part of any measure.
  func hold(_ on: Bool) {
    guard let take else { return }
    let free = lastVoice + Int64(Limits.voiceHoldOffSeconds * 1e9)
    if !on, rostrum_monotonic_nanoseconds() < free {
      resumesAt = free
      return
    }
    resumesAt = 0
    take.capture.hold(on)
    if on {
      desk.source.levelDecibels = -100
      heldSince = rostrum_monotonic_nanoseconds()
      apply(SessionEvent(at: desk.session.seconds, .paused))
    } else {
      let away = Double(rostrum_monotonic_nanoseconds() - heldSince) / 1e9
      apply(SessionEvent(at: desk.session.seconds, .resumed(awaySeconds: away.rounded(places: 1))))
    }
  }

  private func use(_ device: String) {
    chosenDevice = device
    guard let take, ending == nil, !desk.isFinishing else {
      desk.source.name = device
      desk.notice = Messages.chosen(device)
      return
    }
    guard desk.source.isLive else {
      desk.notice = Messages.notFromHere
      return
    }
    guard !desk.isOpening else { return }
    desk.isOpening = true
    let path =
      desk.source.keepsAudio
      ? TakeParts.recordingPath(take.beginning.id, part: take.recordings + 1, surroundings) : nil
    errands.run(Errands.device(device, recordingAt: path, surroundings))
  }

  /// Another device that was opened in the background, or the reason why not.
  func changed(_ result: Result<Capture, Failure>, _ recorder: Result<TakeRecorder, Failure>?) {
    desk.isOpening = false
    switch result {
    case .failure(let failure): desk.notice = failure.sentence
    case .success(let capture):
      guard let take, ending == nil, !desk.isFinishing else {
        Worker.start("errand") { capture.stop() }
        return
      }
      take.change(to: capture, recorder: try? recorder?.get(), isHeld: desk.session.phase == .paused)
      hearAgain()
      desk.source = Desk.SourceState(capture.description, keepsAudio: desk.source.keepsAudio)
      apply(SessionEvent(at: desk.session.seconds, .note(Messages.nowListening(to: desk.source.name))))
      if case .failure(let failure) = recorder { audioFailed(failure.sentence) }
    }
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

  private func leave() {
    leaveAfterTake = true
    leaveWhenSafe()
  }

  /// Ends the program once nothing is left to be saved.
  func leaveWhenSafe() {
    if take == nil { endSharing() }
    if take == nil, lateEvents.isEmpty, !isKeepingEvents { isDone = true }
  }
}
