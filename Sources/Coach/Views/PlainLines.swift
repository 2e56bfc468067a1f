package import Practice
import Report
import SpeechSignals
import Terminal

/// What plain output says, line by line: a pure step from events and desks to lines.
package struct PlainLines: Sendable {
  private var lastMeters = 0
  private var lastMatter: String?
  private var lastNote: (text: String, seconds: Double)?
  private var lastMode = Prompter.Mode.following
  private var heldMode = Prompter.Mode.following
  private var lastModeSeconds = -Double.infinity
  private var lastLight: String?
  private var lastEnd: Double?
  private var calibration = CalibrationLines()

  /// Whether they are read by somebody who looks on.
  private let isWatched: Bool

  /// Starts with nothing said; of what somebody else does where it `isWatched`.
  package init(isWatched: Bool = false) { self.isWatched = isWatched }

  /// The lines for an event, given the session after it.
  package mutating func lines(for event: SessionEvent, _ session: Session) -> [String] {
    let clock = clockTime(event.seconds)
    switch event.kind {
    case .began(let beginning):
      let talk = beginning.title.map { " for \"\($0)\"" } ?? ""
      let length = beginning.length.map { ", planned " + Figures.length($0) } ?? ""
      return ["Listening to \(beginning.source)\(talk)\(length)."]
    case .second(let second): return lines(for: second, at: clock, session)
    case .cue(let cue): return ["\(clock) cue: \(cue.words)" + (cue.by.map { " (\($0))" } ?? "")]
    case .mark: return ["\(clock) marked"]
    case .gap(let gap):
      return ["\(clock) gap: \(Figures.decimal(gap.lostSeconds, 1)) s without sound, \(Messages.gapCause(gap.cause))"]
    case .note(let note):
      lastNote = (note, event.seconds)
      return ["\(clock) note: \(note)"]
    case .turn(let turn):
      let learner = isWatched ? "to the AI tutor" : "you"
      return ["\(clock) \(turn.who == .learner ? learner : "AI tutor"): \(turn.text)"]
    case .comment(let comment):
      // The second that it is about, as everywhere else.
      return ["\(clockTime(comment.start)) comment\(comment.by.map { " by " + $0 } ?? ""): \(comment.text)"]
    case .watcher(let watcher): return [clock + " " + told(watcher)]
    case .correction, .guess, .assessed, .scored, .edited: return []
    case .paused: return ["\(clock) paused"]
    case .resumed: return ["\(clock) going on"]
    case .ended(let ending):
      let head = ending.reason == .finished ? "Finished at \(clock)." : "Interrupted at \(clock)."
      // Of a drill its own result was told.
      if session.drill != nil { return [head] }
      return [head]
        + SummaryLines.of(session, approximately: "about ").map { "\($0.label): \($0.value) (\($0.method))" }
        + TakeReview(of: session).withoutTranscript.plainLines
    case .section(let start):
      return start.title.isEmpty ? [] : ["\(clock) section: \(start.title)"]
    case .cluster(let cluster):
      return [
        "\(clock) cluster: \(cluster.count) \"\(cluster.label)\" in \(Figures.decimal(cluster.end - cluster.start, 0)) s"
      ]
    case .drill, .step, .drilled: return DrillLines.lines(for: event, session).map { "\(clock) \($0)" }
    case .phrase, .pause, .filler, .word, .script, .place, .restart, .reviewed, .tap, .choice, .contour, .model,
      .unknown:
      return []
    }
  }

  /// The lines for a second: the timing light, where in the text it is, and the meters now and then.
  private mutating func lines(for second: SecondSummary, at clock: String, _ session: Session) -> [String] {
    var lines: [String] = []
    if let light = session.light {
      let words = RehearsalWords.lightWords(light, brief: true).0
      if words != lastLight, words != "wait" {
        lines.append("\(clock) light: \(RehearsalWords.lightWords(light, brief: false).0)")
      }
      lastLight = words
    }
    // Where in its text a drill is says its own line.
    let isFollowed = session.drill.map { $0.drill.kind == .contest } ?? true
    if isFollowed, !isWatched { lines += mode(session, at: second.end).map { clock + " " + $0 } }
    lines += DrillLines.light(session, at: second.end).map { clock + " " + $0 }
    let seconds = Int(second.end)
    if seconds >= lastMeters + Limits.plainSeconds {
      lastMeters = seconds
      let standing = DrillLines.standing(session) ?? PlainLines.meters(session)
      if !standing.isEmpty { lines.append(clock + " " + standing) }
      if isFollowed { lines += projection(session).map { clock + " " + $0 } }
    }
    return lines
  }

  /// Who asks is answered by the learner alone.
  private func told(_ watcher: Watcher) -> String {
    if watcher.change == .asked, !isWatched { return Messages.asksToWatch(watcher) }
    return Messages.watcher(watcher, whom: isWatched ? "them" : "you")
  }

  /// The lines for what the desk has to say and no event carries, each once.
  package mutating func lines(about desk: Desk) -> [String] {
    if let state = desk.calibration { return calibration.lines(desk, state) }
    let message = RehearsalWords.state(desk).flatMap {
      $0.role == .cue && ![.ask, .sharing].contains(desk.room) ? nil : $0.text
    }
    // What is said of saving counts the seconds: it is told once for each reason.
    let matter = message.map { text in
      if case .late(let seconds, let reason) = desk.saving, text == Messages.notSaved(seconds: seconds, reason) {
        return Messages.notSavedYet(reason)
      }
      return text
    }
    guard matter != lastMatter else { return [] }
    lastMatter = matter
    // What the log has just said is not said again.
    if let lastNote, lastNote.text == matter, desk.session.seconds - lastNote.seconds < 2 { return [] }
    let question = desk.room == .ask ? " y or n" : ""
    return message.map { [clockTime(desk.session.seconds) + " " + $0 + question] } ?? []
  }

  /// How the script moves, when that has changed for more than a moment and nothing was said of it in the last seconds.
  private mutating func mode(_ session: Session, at seconds: Double) -> [String] {
    guard let prompter = session.prompter, !prompter.script.isEmpty else { return [] }
    defer { heldMode = prompter.mode }
    guard prompter.mode != lastMode, prompter.mode == heldMode,
      seconds - lastModeSeconds >= Double(Limits.plainSeconds)
    else { return [] }
    (lastMode, lastModeSeconds) = (prompter.mode, seconds)
    switch prompter.mode {
    case .following: return [Messages.prompterFollows]
    case .holding: return [Messages.prompterHolds]
    case .pacing(let reason): return [Messages.prompterPaces(reason, isNoisy: session.isTooNoisy)]
    }
  }

  /// Where the talk will end, when that is known first and when it has moved by more than a quarter minute.
  private mutating func projection(_ session: Session) -> [String] {
    guard let end = session.projectedSeconds, let prompter = session.prompter, prompter.wordsAhead > 0,
      abs(end - (lastEnd ?? -.infinity)) > Limits.projectionSeconds
    else { return [] }
    lastEnd = end
    return [(isWatched ? "will end at " : "you will end at ") + clockTime(end)]
  }

  /// The meters in a line.
  static func meters(_ session: Session) -> String {
    var parts: [String] = []
    if let (pace, source) = session.settledPace, let text = Figures.pace(pace) {
      let about = source == .words ? "pace" : "pace about"
      let from = source == .syllables ? "" : ", \(RehearsalWords.origin(source))"
      parts.append("\(about) \(text) words a minute\(from), \(session.bands.place(ofPace: pace).rawValue)")
    } else {
      parts.append("no pace yet")
    }
    parts.append(
      session.pauseShare.map { "pauses \(Figures.percent($0)) of time" } ?? Figures.count(session.pauses.count, "pause")
    )
    parts.append(Figures.count(session.fillers.count, "filler"))
    if let lufs = session.rollups.last?.shortTermLUFS, lufs > -69 {
      parts.append("loudness \(Figures.decimal(lufs, 0)) LUFS")
    }
    if session.clipsNow { parts.append("clipping") }
    if let spread = session.recentPitchSpread {
      parts.append("pitch \(PitchVariety(spreadSemitones: spread).rawValue)")
    }
    return parts.joined(separator: "; ")
  }
}
