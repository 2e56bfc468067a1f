import Practice
import Terminal

/// What a drill under way shows, taken from its session once a frame.
struct DrillLook {
  var name: String
  /// The step in one or two words, and where it is among all.
  var step = ""
  var place = ""
  var clock = ""
  var instruction = ""
  var scene: DrillScene?
  /// How this attempt stands, and how earlier ones stood at this second.
  var progress = 0.0
  var ghosts: [(isBest: Bool, progress: Double)] = []

  /// A drill of that name of which nothing is shown yet.
  init(name: String) { self.name = name }

  /// The attempt of `session`; nil where it is none. `ghosts` are the earlier ones beside it.
  init?(_ session: Session, ghosts: [DrillState.Ghost] = [], brief: Bool) {
    guard let run = session.drill else { return nil }
    let kind = run.drill.kind.exercise
    self.init(name: run.drill.name)
    let scene = kind.scene(session)
    self.scene = scene
    progress = kind.progress(session)
    self.ghosts = ghosts.compactMap { ghost in ghost.progress(at: session.seconds).map { (ghost.isBest, $0) } }
    guard let index = run.index, let step = run.step else {
      instruction = run.isComplete ? DrillMessages.over : run.steps.first?.instruction ?? ""
      return
    }
    instruction = step.instruction
    self.step = step.name
    place = DrillLook.place(scene, index, run.steps.count, brief: brief)
    clock = DrillLook.clock(run, index, scene, at: session.seconds, brief: brief)
  }

  /// Where the step is among all, as its scene counts.
  private static func place(_ scene: DrillScene, _ index: Int, _ count: Int, brief: Bool) -> String {
    switch scene {
    case .pair(let pair): brief ? "\(pair.item)/\(pair.ofItems)" : "word \(pair.item) of \(pair.ofItems)"
    case .breath(let breath):
      brief ? "\(breath.round)/\(breath.ofRounds)" : "round \(breath.round) of \(breath.ofRounds)"
    default: count > 1 ? DrillMessages.stepOf(index + 1, count, brief: brief) : ""
    }
  }

  /// The time left in the step, or of all where its steps are short; the time gone where nobody knows the end, and
  /// while a text is read, which takes the time that it takes. Nothing beside lights, which have a clock of their own.
  private static func clock(
    _ run: DrillRun, _ index: Int, _ scene: DrillScene, at seconds: Double, brief: Bool
  ) -> String {
    guard run.steps[index].length == nil else { return "" }
    let gone = max(seconds - run.stepStart, 0)
    guard !scene.isRead, let length = run.steps[index].seconds else { return clockTime(gone) }
    var left = max(length - gone, 0)
    if case .breathe = run.steps[index].role {
      left += run.steps[(index + 1)...].reduce(0) { $0 + ($1.seconds ?? 0) }
    }
    // What is up in a moment is still there: no clock stands at nothing while the learner speaks.
    return clockTime((left - 0.001).rounded(.up)) + (brief ? "" : " left")
  }
}

extension DrillScene {
  /// Whether a text is read in it: its step ends with the text, long before its longest time.
  var isRead: Bool {
    switch self {
    case .reading, .beat: true
    case .talk, .clip, .contours, .pair, .band, .breath: false
    }
  }
}
