/// The drill that a session is an attempt at, if any: what happens in it, which step is due, what came of it.
extension Session {
  /// Takes in what happens in a drill.
  mutating func takeDrill(_ event: SessionEvent) {
    switch event.kind {
    case .drill(let start): if drill == nil { drill = DrillRun(start) }
    case .step(let place):
      guard let run = drill, run.mayBegin(place) else { break }
      let steps = run.drill.kind.exercise.steps(run.steps, from: place, in: self)
      drill?.change(from: place, to: steps)
      drill?.begin(step: place, at: event.seconds)
    case .tap: if drill != nil { Session.keep(event.seconds, in: &drill!.taps) }
    case .choice(let choice): if drill != nil { Session.keep(choice, in: &drill!.choices) }
    case .contour(let contour): drill?.take(contour)
    case .model(let model):
      if let count = drill?.models.count, count < DrillRun.stepLimit { drill?.models[model.line] = model }
    case .drilled(let result): drill?.result = result
    default: break
    }
  }

  /// The step that is due now, as an event, where the one under way is over; nil otherwise.
  func dueStep() -> SessionEvent.Kind? {
    guard let drill, phase == .running, let index = drill.index else { return nil }
    let step = drill.steps[index]
    let isOver =
      step.seconds.map { seconds - drill.stepStart >= $0 - 0.001 } ?? false
      || drill.drill.kind.exercise.isOver(step, in: self)
    return isOver ? .step(index + 1) : nil
  }

  /// What came of the attempt so far, as its drill judges it; nil without one.
  package var drillResult: DrillResult? {
    guard let drill else { return nil }
    return DrillVerdict.judge(drill.drill, drill.drill.kind.exercise.finding(self))
  }
}
