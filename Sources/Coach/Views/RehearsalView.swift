import Practice
import SpeechSignals
import Terminal

/// The screen while speaking, in its two densities.
///
/// Calm is one large pace meter, four small counters and at most one cue: busy live dashboards make speakers worse,
/// a sparse two-word cue makes them better (product study, findings 1 and 2). With a script the script takes its place,
/// and the figures one row. Full shows every meter with its last two minutes.
enum RehearsalView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    head(desk, on: &canvas)
    drawBody(desk, on: &canvas)
    canvas.foot(RehearsalWords.status(desk, isNarrow: canvas.area.columns < 60), room: desk.room)
  }

  /// What lies between head and foot: the same for a take under way and for one that is replayed.
  static func drawBody(_ desk: Desk, on canvas: inout Canvas) {
    if desk.session.drill != nil { return DrillView.drawBody(desk, on: &canvas) }
    switch (desk.density, desk.session.prompter) {
    case (.calm, let prompter?) where !prompter.script.isEmpty: PrompterView.draw(prompter, desk, on: &canvas)
    case (.calm, _): CalmView.draw(desk, on: &canvas)
    case (.full, _): FullView.draw(desk, on: &canvas)
    }
  }

  private static func head(_ desk: Desk, on canvas: inout Canvas) {
    let session = desk.session
    // While the device is away audio time stands still; the talk does not.
    let elapsed = session.seconds + desk.source.awaySeconds
    let clock = clockTime(elapsed)
    var right: [(String, Role)] = []
    if let length = session.beginning?.length {
      let light = TimingLight(elapsed: elapsed, length: length)
      let (words, role) = RehearsalWords.lightWords(light, brief: canvas.area.columns < 60)
      right = [
        (clock + " of " + Figures.length(length), .value), (canvas.glyphs.light.description + " " + words, role),
      ]
    } else {
      right = [(clock, .value)]
    }
    let title = session.phase == .paused ? "Paused" : desk.source.isLive ? "Rehearsing" : "Listening"
    canvas.head(title, session.beginning?.title ?? "", right: right)
  }
}
