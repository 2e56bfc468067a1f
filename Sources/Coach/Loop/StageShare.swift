import Audience
import CLinux
import History
import Practice
import Sound

/// Sharing a session with those at the learner's side, who decides.
extension Stage {
  func perform(_ order: ShareOrder) {
    switch order {
    case .start: share()
    case .stop: endSharing(.ended)
    case .decide(let request, let decision, let hears): sharing?.decide(request, decision, hears: hears)
    case .hear(let watcher, let hears): sharing?.hear(watcher, hears)
    case .dismiss(let watcher): sharing?.dismiss(watcher)
    }
  }

  /// Shares the session that is on the screen.
  func share() {
    let past = desk.past
    guard let id = past?.id ?? desk.session.beginning?.id else {
      desk.sharing.reach = .off
      return
    }
    let events = past?.events ?? told
    let sharing = Sharing(id, events, isPast: take == nil, publishing: plan.publishing)
    self.sharing = sharing
    presence = Presence()
    desk.sharing.reach = .opening
    errands.run(sharing.open(surroundings, errands))
  }

  /// Sockets were made, or why not.
  func shared(_ session: String, _ result: Result<SharedWhere, Failure>) {
    guard let sharing, sharing.session == session else { return }
    switch result {
    case .success(let places):
      desk.sharing.reach = .on(reachesOthers: places.reaches.contains(.group))
      desk.sharing.trouble = Messages.notEverywhere(places)
      note(Messages.sharingBegan)
      tell(sharing: Messages.sharing(places), inFull: desk.sharing.trouble)
    case .failure(let failure):
      self.sharing = nil
      desk.sharing = SharingState()
      tell(sharing: failure.sentence)
    }
  }

  /// Says a sentence for some seconds; in lines the whole of it, where the room about sharing has that on a screen.
  private func tell(sharing sentence: String, inFull full: String? = nil) {
    guard face.drawsFrames else {
      Printed.complain(sentence)
      if let full { Printed.complain(full) }
      return
    }
    desk.notice = sentence
    passing = (sentence, Stage.clock + Limits.noticeSeconds)
  }

  /// Has a sentence in the log of the session, wherever that is by now.
  private func note(_ sentence: String) {
    if take != nil, ending == nil { apply(SessionEvent(at: desk.session.seconds, .note(sentence))) }
  }

  /// What the hub has to tell.
  func heard(_ news: Hub.News) {
    guard sharing != nil else { return }
    switch news {
    case .watcher(let watcher):
      let before = desk.sharing.watchers.first { $0.id == watcher.id }
      desk.sharing.take(watcher)
      if before != nil, watcher.change == .joined { return heardOrNot(watcher, before: before?.hears ?? false) }
      keep(.watcher(watcher))
      if watcher.change == .asked, desk.room != .sharing, ![.rehearsal, .drill].contains(desk.room) {
        tell(sharing: Messages.asksToWatch(desk.sharing.requests.first ?? watcher))
      }
      if face.drawsFrames, ![.asked, .refused].contains(watcher.change) {
        tell(
          sharing: Messages.watcher(watcher) + "."
            + (desk.room == .sharing ? " " + Messages.whatNext(desk.sharing) : ""))
      }
      hearOrNot()
    case .remark(let watcher, let number, let remark): take(remark, number, of: watcher)
    case .failed(let error): tell(sharing: Failure(error).sentence)
    }
  }

  /// Somebody who looks on hears from now on, or not any more, or was never to.
  private func heardOrNot(_ watcher: Watcher, before: Bool) {
    if watcher.hears != before { keep(.watcher(watcher)) }
    tell(sharing: Messages.hearing(watcher, before: before))
    hearOrNot()
  }

  /// Takes what a tutor said into the session, and has them told what became of it.
  private func take(_ remark: Remark, _ number: Int, of watcher: Watcher) {
    let last = desk.sharedSession.lastEventSeconds
    let answer: Remark.Answer
    switch remark {
    case .note(let text, let seconds):
      keep(.comment(Comment(text, start: free(min(seconds, last), for: watcher.name), by: watcher.name)))
      answer = .taken
    case .cue(let words): answer = cue(words, by: watcher.name)
    case .level(let rubric, let version, let criterion, let level, let reason):
      keep(
        .assessed(
          Assessment(
            rubric: rubric, version: version, criterion: criterion, judge: .tutor, name: watcher.name, level: level,
            reason: reason)))
      answer = .taken
    case .drill(let id, let note, let days):
      return errands.run(
        ShareErrands.assign(id, note: note, days: days, by: watcher, number: number, surroundings))
    }
    sharing?.answer(watcher.id, number: number, answer)
  }

  /// The first moment from `seconds` on at which `name` has said nothing yet: a comment takes the place of one of the same
  /// moment and person, and what a tutor sends is never to be lost.
  private func free(_ seconds: Double, for name: String) -> Double {
    let taken = Set(desk.sharedSession.comments.filter { $0.by == name }.map(\.start))
    var moment = Comment("", start: seconds).start
    while taken.contains(moment) { moment = (moment + 0.001).rounded(places: 3) }
    return moment
  }

  /// Shows a cue, or keeps it for the review where the learner wished so, or where nobody speaks.
  private func cue(_ words: String, by name: String) -> Remark.Answer {
    let words = Cue.brief(words)
    guard !words.isEmpty else { return .refused(Messages.emptyRemark) }
    guard take != nil, ending == nil else { return .refused(Messages.cueTooLate) }
    guard surroundings.settings.tutorCues == .show, surroundings.settings.cues else {
      let moment = free(desk.session.seconds, for: name)
      keep(.comment(Comment(Messages.cueForLater(words), start: moment, by: name)))
      return .later
    }
    apply(SessionEvent(at: desk.session.seconds, .cue(Cue(.tutor, words, by: name))))
    return .taken
  }

  /// A drill was assigned, or why not.
  func assigned(_ watcher: Watcher, number: Int, _ answer: Remark.Answer, words: String?) {
    sharing?.answer(watcher.id, number: number, answer)
    guard let words else { return }
    let moment = free(desk.sharedSession.lastEventSeconds, for: watcher.name)
    keep(.comment(Comment(words, start: moment, by: watcher.name)))
  }

  /// Ends the watch of everybody: by the learner's hand, or since the session is left.
  func endSharing(_ farewell: Farewell = .finished) {
    guard let ended = sharing else { return }
    sharedSound?.stop()
    sharedSound = nil
    for watcher in desk.sharing.watchers {
      keep(.watcher(Messages.gone(watcher, isSentAway: farewell == .ended)))
    }
    if farewell == .ended { note(Messages.sharingEnded) }
    sharing = nil
    desk.sharing = SharingState()
    if leaveAfterTake { departing.append(ended) } else { Worker.start("errand") { ended.close(farewell) } }
  }

  /// Looks after what no event tells those who look on, and ends sharing once the session is left.
  func tickSharing() {
    if let (sentence, until) = passing, Stage.clock >= until {
      if desk.notice == sentence { desk.notice = nil }
      passing = nil
      needsFrame = true
    }
    guard let sharing else { return }
    let id =
      take?.beginning.id ?? desk.past?.id
      ?? (desk.rooms.contains(where: Keymap.shareable.contains)
        ? desk.session.beginning?.id : nil)
    guard id == sharing.session, desk.room != .home else { return endSharing() }
    let clock = Stage.clock
    if clock - invitationsSeen >= Limits.invitationSeconds {
      invitationsSeen = clock
      Worker.start("errand") { sharing.checkInvitations() }
    }
    let now = Presence(
      tutor: desk.conversation.flatMap { Presence.Tutor($0.talk.stage) }, isAway: desk.source.isRecovering)
    if now != presence {
      presence = now
      sharing.show(now)
    }
    let line = plan.publishing.flatMap {
      PublishWords.status($0.state, host: $0.host, nanoseconds: rostrum_monotonic_nanoseconds())
    }
    if line != desk.sharing.line {
      desk.sharing.line = line
      needsFrame = true
    }
    let told = plan.publishing.flatMap { PublishWords.notice($0.state, host: $0.host) }
    if let told, told != desk.sharing.lineNotice {
      desk.sharing.lineNotice = told
      tell(sharing: told)
    }
  }

  /// Has those who hear the learner hear the microphone that the take goes on with.
  func hearAgain() {
    sharedSound?.stop()
    sharedSound = nil
    hearOrNot()
  }

  /// Lets the microphone be heard while somebody is there who may hear it.
  private func hearOrNot() {
    let isHeard = desk.sharing.watchers.contains(where: \.hears)
    if isHeard, sharedSound == nil, let take, ending == nil, let sharing {
      sharedSound = SharedSound(take.capture, from: desk.session.seconds, to: sharing)
    } else if !isHeard, let sound = sharedSound {
      sound.stop()
      sharedSound = nil
    }
  }
}

extension Presence.Tutor {
  /// What the AI tutor does in a stage of the conversation.
  init(_ stage: Conversation.Stage) {
    switch stage {
    case .idle, .consent: self = .waiting
    case .listening, .transcribing: self = .listening
    case .thinking: self = .thinking
    case .answering, .speaking: self = .speaking
    }
  }
}
