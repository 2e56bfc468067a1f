/// Box breathing: in, hold, out, hold, each as long as the other, a few rounds of it before a take.
///
/// Done to its end or not, and never graded; what the microphone hears does not matter.
package enum BreathExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter("in", .whole(1...20), .number(4), "seconds to breathe in"),
    DrillParameter("hold", .whole(0...20), .number(4), "seconds to hold the breath, 0 for none"),
    DrillParameter("out", .whole(1...20), .number(4), "seconds to breathe out"),
    DrillParameter("rest", .whole(0...20), .number(4), "seconds to wait before the next breath, 0 for none"),
    DrillParameter("rounds", .whole(1...30), .number(4), "how often"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("rounds", "breaths taken", better: .neither)
  ]

  /// Longer is for who has a teacher beside them.
  private static let mostSeconds = 300.0

  private static let phases: [(parameter: String, name: String, instruction: String)] = [
    ("in", "in", "Breathe in through the nose."), ("hold", "hold", "Hold it, without pressing."),
    ("out", "out", "Breathe out slowly."), ("rest", "rest", "Stay empty."),
  ]

  package static func problem(_ drill: Drill) -> String? {
    if !drill.pass.isEmpty { return "breathing is never judged; leave \"pass\" out" }
    let seconds = phases.reduce(0) { $0 + drill.number($1.parameter) } * drill.number("rounds")
    return seconds > mostSeconds
      ? "\(decimal(seconds, 0)) s of breathing is more than \(decimal(mostSeconds, 0)) s; ask for fewer rounds" : nil
  }

  private static func rounds(_ drill: Drill) -> Int { Int(min(max(drill.number("rounds"), 1), 30)) }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let round = phases.enumerated().compactMap { place, phase in
      let seconds = start.drill.number(phase.parameter)
      return seconds > 0 ? DrillStep(.breathe(phase: place), phase.name, phase.instruction, seconds: seconds) : nil
    }
    let rounds = (0..<rounds(start.drill)).flatMap { _ in round }
    return rounds.isEmpty ? [DrillStep(.breathe(phase: 0), "in", phases[0].instruction, seconds: 4)] : rounds
  }

  package static func scene(_ session: Session) -> DrillScene {
    guard let run = session.drill, !run.steps.isEmpty else {
      return .breath(.init(phase: 0, seconds: 0, ofSeconds: 0, round: 1, ofRounds: 1))
    }
    let rounds = rounds(run.drill)
    let place = run.index ?? (run.isComplete ? run.steps.count - 1 : 0)
    let step = run.steps[place]
    let phase = if case .breathe(let phase) = step.role { phase } else { 0 }
    let of = step.seconds ?? 0
    return .breath(
      .init(
        phase: phase, seconds: run.isComplete ? of : min(session.stepSeconds, of), ofSeconds: of,
        round: place / max(1, run.steps.count / rounds) + 1, ofRounds: rounds))
  }

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    let rounds = rounds(run.drill)
    let done = run.spans.count { $0.end != nil } / max(1, run.steps.count / rounds)
    return DrillFinding(
      figures: [DrillFigure("rounds", Double(done))],
      rows: run.isComplete ? [] : [DrillRow("asked for", "\(rounds)")], isComplete: run.isComplete)
  }
}
