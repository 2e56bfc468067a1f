import Practice
import Sound
import Terminal

/// Drills on the stage: an attempt begins, its steps sound, it ends with a result.
extension Stage {
  func perform(_ order: DrillOrder) {
    switch order {
    case .load: errands.run(DrillErrands.book(surroundings))
    case .show(let name): errands.run(DrillErrands.card(name, surroundings))
    case .begin(let name): prepare(name)
    case .queue(let name): errands.run(DrillErrands.queue(name, surroundings))
    case .next: goOn()
    case .tap: apply(SessionEvent(at: desk.session.seconds, .tap))
    }
  }

  // MARK: The attempt

  /// Puts the drill before the learner: all of it is told, and its first step begins.
  func begin(_ drill: DrillTake) {
    for kind in drill.events { apply(SessionEvent(at: 0, kind)) }
    apply(SessionEvent(at: 0, .step(0)))
  }

  /// A step has begun: what it has to be heard sounds, what sounded before does not.
  func enterStep() {
    stepSound?.stop()
    guard let take, take.capture.description.isLive, let step = desk.session.drill?.step else { return }
    switch step.role {
    case .listen(let line), .shadow(let line):
      guard let model = take.drill?.models.first(where: { $0.line.line == line }) else { return }
      sound.play(model.samples, rate: KeptSound.rate)
    case .clip(let start, let seconds):
      sound.play(take.kept?.piece(from: start, seconds: seconds) ?? [], rate: KeptSound.rate)
    case .speak, .think, .item, .breathe: break
    }
  }

  private var sound: StepSound {
    if let stepSound { return stepSound }
    let (settings, errands) = (surroundings.settings, errands)
    let sound = StepSound(device: settings.speaker, volume: settings.volume, balance: settings.balance) {
      errands.put(.notice(Messages.silence(.device($0))))
    }
    stepSound = sound
    return sound
  }

  /// The learner goes on to the next step; a breath takes the time it takes.
  private func goOn() {
    guard let run = desk.session.drill, let index = run.index, desk.session.phase == .running, !desk.isFinishing else {
      return
    }
    if case .breathe = run.steps[index].role { return }
    apply(SessionEvent(at: desk.session.seconds, .step(index + 1)))
    if desk.session.drill?.isComplete == true { finish() }
  }

  /// Everything has been heard: the attempt gets its result.
  func endDrill() {
    stepSound?.stop()
    guard desk.session.drill?.result == nil, let result = desk.session.drillResult else { return }
    apply(SessionEvent(at: desk.session.seconds, .drilled(result)))
  }

  // MARK: Before and after it

  /// Makes an attempt ready in the background: a topic, the learner's own figures, the lines that will be spoken.
  private func prepare(_ name: String) {
    guard take == nil, !desk.isOpening else {
      desk.notice = Messages.stillSaving
      return
    }
    desk.isOpening = true
    desk.notice = Messages.opening
    var plan = TakePlan(
      request: .device(surroundings.settings.device), keepsAudio: surroundings.settings.keepAudio)
    // What was asked for with a drill's name holds for each attempt at it.
    if let wish = self.plan.wish, wish.drill.id == name { plan = self.plan }
    if let chosenDevice { plan.request = .device(chosenDevice) }
    plan.ready = ready
    // A drill whose file has gone is done again as it was.
    let kept = desk.attempt.flatMap { $0.drill.id == name ? $0.drill : nil }
    if desk.room != .drillCard { errands.run(DrillErrands.card(name, kept: kept, surroundings)) }
    errands.run(DrillErrands.opening(name, kept: kept, plan, surroundings))
  }

  /// Looks for the drill that fits what the session on the desk was found to need.
  func lookForDrill() {
    guard let past = desk.past else { return }
    guard let step = past.step, past.session.drill == nil else {
      desk.drills.offer = nil
      return
    }
    errands.run(DrillErrands.offer(step, of: past.id, surroundings))
  }

  /// The drills were read.
  func take(_ read: DrillsRead) {
    desk.drills.lines = read.lines
    (desk.drills.days, desk.drills.planDetail) = (read.days, read.planDetail)
    desk.drills.selection = min(desk.drills.selection, max(desk.drills.shown.count - 1, 0))
    if let here = desk.attempt?.drill.id {
      desk.drills.result = DrillState.After(
        due: read.lines.first { $0.id == here }?.due ?? "",
        next: desk.drills.shown.first { $0.overdueDays != nil && $0.id != here }?.name)
    }
    if let complaint = read.complaint, desk.notice == nil { desk.notice = complaint }
  }

  /// A drill is looked at, or done: how it went before is beside it.
  func take(_ card: DrillState.Card, _ ghosts: [DrillState.Ghost]) {
    desk.drills.card = card
    desk.drills.past = card.past
    desk.drills.ghosts = ghosts
  }

  /// What stands beside the result was read.
  func take(_ beside: DrillState.Beside) { (desk.drills.past, desk.drills.result) = (beside.past, beside.after) }

  /// A drill was put on the schedule.
  func queued(_ id: String, _ due: String) {
    if desk.drills.offer?.drill == id { desk.drills.offer?.scheduled = due }
    if desk.drills.card?.drill.id == id { desk.drills.card?.due = due }
    desk.notice = Messages.queued(due)
    if desk.rooms.contains(.drills) { errands.run(DrillErrands.book(surroundings)) }
  }
}
