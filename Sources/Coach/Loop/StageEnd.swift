import CLinux
import History
import Practice
import Report
import Sound

/// The end of a take: heard out, summed up, saved, or put into a rescue file.
extension Stage {
  /// Ends the capture; what is still in the ring is heard out.
  func finish() {
    guard let take, ending == nil else { return }
    desk.isFinishing = true
    take.stop()
  }

  /// Everything has been heard: the session gets its summary.
  func conclude() {
    guard let take, ending == nil else { return }
    if case .ended(let error?) = take.capture.state { sourceFailed(error) }
    // A source that ended by itself without a sample sent nothing; one that was told to end had no time to.
    if desk.session.seconds == 0, !desk.source.isLive, !desk.isFinishing, endReason == .finished, status == .ok {
      farewell.append(Messages.nothingCame(desk.source.name))
      status = .badData
    }
    for event in desk.session.finishWords() { apply(event) }
    endDrill()
    let ending = Ending(reason: endReason, summary: desk.session.summary)
    apply(SessionEvent(at: desk.session.seconds, .ended(ending)))
    self.ending = ending
    desk.rescuePath = KeptFiles.rescuePath(take.beginning.id, in: surroundings.places.state)
    desk.review = TakeReview(of: desk.session)
    desk.isReading = true
    desk.offset = 0
    desk.notice = nil
    desk.isFinishing = false
    if let place = desk.rooms.lastIndex(of: .rehearsal) { desk.rooms[place...] = [.summary] }
    if let place = desk.rooms.lastIndex(of: .drill) { desk.rooms[place...] = [.drillResult] }
    askForGuess()
    Log.info("take ended", ["session": take.beginning.id, "seconds": "\(desk.session.seconds)"])
    if !face.drawsFrames { leaveAfterTake = true }
    close(take)
  }

  /// Asks for the number of fillers before any figure is shown.
  private func askForGuess() {
    guard face.drawsFrames, !leaveAfterTake, surroundings.settings.blindCount, desk.room == .summary,
      desk.session.summary.heardSpeech
    else { return }
    desk.entry = LineEntry(.guess, Messages.howManyFillers)
    desk.rooms.append(.entry)
  }

  private func sourceFailed(_ error: SoundError) {
    if error.kind == .truncatedFile {
      apply(SessionEvent(at: desk.session.seconds, .note(Messages.endedEarly)))
    } else {
      apply(SessionEvent(at: desk.session.seconds, .note(Messages.readFailed(error))))
      farewell.append(Messages.readFailed(error))
      endReason = .interrupted
      if status == .ok { status = .io }
    }
  }

  /// Has the take closed and saved by an errand, unless one is at it.
  func close(_ take: Take) {
    guard let ending, !isClosing else { return }
    isClosing = true
    errands.run(take.closing(ending, seconds: desk.session.seconds))
  }

  /// An errand has closed the take, or tried to: a take that is not safe is tried again until the speaker leaves.
  func closed(_ isSafe: Bool) {
    guard let take, isClosing else { return }
    isClosing = false
    if isSafe {
      if take.refusedEvents > 0 { farewell.append(Messages.notKept(take.refusedEvents)) }
      if (face as? LineFace)?.style == .plain, let run = desk.session.drill {
        farewell += DrillLines.after(desk.drills, run.result, of: run.drill)
      }
      farewell.append(Messages.savedLine(take.beginning.id))
      desk.saving = .saved
      forget()
    } else if leaveAfterTake {
      rescue()
    }
  }

  /// Puts what is not on disk into a rescue file, and lets go of the take.
  func rescue() {
    guard let take else { return }
    farewell.append(take.rescue())
    if status == .ok { status = .io }
    forget()
  }

  private func forget() {
    take = nil
    ending = nil
    isClosing = false
    keepLateEvents()
    if !leaveAfterTake {
      prepareRecogniser()
      if desk.rooms.first == .home { errands.run(Errands.last(surroundings)) }
    }
    needsFrame = true
    if leaveAfterTake { leaveWhenSafe() }
  }

  func watchSaving(_ take: Take) {
    let now = rostrum_monotonic_nanoseconds()
    switch take.saving {
    case .saved:
      if let since = lateSince, case .late = desk.saving, ending == nil {
        let seconds = Int(Double(now - since) / 1e9)
        desk.saving = .saved
        apply(SessionEvent(at: desk.session.seconds, .note(Messages.savedAgain(seconds: seconds))))
      }
      desk.saving = .saved
      lateSince = nil
    case .waiting(let since, _, let error): late(since, now, error)
    case .failing(let error, let since, _): late(since, now, error)
    }
  }

  private func late(_ since: Int64, _ now: Int64, _ error: HistoryError?) {
    lateSince = lateSince ?? since
    let seconds = Double(now - (lateSince ?? since)) / 1e9
    guard seconds >= Limits.savingLateSeconds else { return }
    let reason = Messages.reason(error)
    if case .saved = desk.saving { Worker.start("log") { Log.warning("saving is late", ["reason": reason]) } }
    desk.saving = .late(seconds: Int(seconds), reason: reason)
  }
}
