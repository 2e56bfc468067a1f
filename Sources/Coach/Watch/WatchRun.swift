import Audience
import Glibc
import Sound
import Terminal

/// Opens a face, puts the wall on it, runs the loop, and takes leave.
enum WatchRun {
  /// Watches until the watcher leaves.
  static func run(_ plan: WatchPlan, _ surroundings: Surroundings) throws(Failure) {
    // Before any thread is made, so that none of them is interrupted.
    let signals = Loop.catchSignals()
    let theme = try surroundings.theme()
    if !plan.isGuest { Log.open(in: surroundings.places.logs) }
    let face = face(plan.style, theme: theme, surroundings)
    let stage = WatchStage(surroundings: surroundings, face: face, plan: plan)
    if let lines = face as? LineFace { stage.teller = WatchTeller(lines) }
    if plan.wantsSound {
      let (post, settings) = (stage.post, surroundings.settings)
      stage.voice = WatchVoice(device: settings.speaker, volume: settings.volume) { error in
        post.put(.notice(Messages.unheard(error)))
      }
    }
    stage.draw()
    stage.start()
    Loop.run(stage, signals: signals)
    face.close()
    // What was sent last is on its way before the program ends.
    AudienceLoop.settle()
    if let failure = stage.failure { throw failure }
    if stage.status != .ok { exit(stage.status.rawValue) }
  }

  /// The face for a style; event lines take no keys.
  private static func face(_ style: Rehearsal.Style, theme: Theme, _ surroundings: Surroundings) -> any Face {
    style == .json
      ? LineFace(style: .json, keys: nil) : Rehearsal.face(style, readsInput: false, theme: theme, surroundings)
  }
}
