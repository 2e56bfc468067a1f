/// Shadowing: a line is heard, then heard again while the learner speaks along, as close behind it as they can.
///
/// Lines are the sentences of the body, one rung of the ladder each, so a ladder is written from a word to a paragraph.
/// Compared are rhythm and melody of each line (`VoiceMatch`); an accent is not judged. An attempt whose playback the
/// microphone heard is not judged at all: it would be the model's likeness to itself. Every line is listened to once at
/// least, for an echo is told best while nobody else speaks.
package enum ShadowingExercise: Exercise {
  package static let parameters: [DrillParameter] = [
    DrillParameter(
      "voice", .text(limit: 64), .text("en-gb"), "voice of espeak-ng that speaks the lines, as in en-gb or en-us+f3"),
    DrillParameter("rate", .whole(80...300), .number(140), "words a minute of that voice"),
    DrillParameter("pitch", .whole(0...99), .number(50), "how high that voice is, 50 is its own"),
    DrillParameter(
      "recording", .text(limit: 200), .text(""),
      "recording beside the drill with the lines in order, a second of silence between them, heard instead of the voice"
    ),
    DrillParameter("listens", .whole(1...3), .number(1), "how often a line is heard before it is shadowed"),
    DrillParameter("shadows", .whole(1...3), .number(1), "how often a line is shadowed; the best one counts"),
    DrillParameter("bound", .number(0...1), .number(0.5), "likeness, 0 to 1, from which a line counts as done"),
  ]
  package static let measures: [DrillMeasure] = [
    DrillMeasure("likeness", "likeness of rhythm and melody", "%"),
    DrillMeasure("lines", "lines done", "%"),
    DrillMeasure("rhythm", "likeness of rhythm", "%"),
    DrillMeasure("melody", "likeness of melody", "%"),
    DrillMeasure("lag", "time behind the voice", "seconds", better: .neither, places: 1),
  ]
  package static let needsContours = true

  /// Lines at most: more are no ladder, and no two minutes.
  private static let lineLimit = 40
  /// Words of a line at most: a contour holds half a minute.
  private static let wordLimit = 50
  /// Silence behind a line before the step is over, in seconds: listened to, and shadowed, for who speaks behind a voice
  /// ends behind it.
  private static let listenTail = 0.4, shadowTail = 1.2
  /// What no line takes longer than.
  private static let longestSeconds = Double(Contour.valueLimit) * Contour.step + shadowTail

  /// The lines of `drill`, as they are spoken.
  package static func lines(_ drill: Drill) -> [String] {
    let script = Script(markdown: drill.body)
    return script.sentences.map { sentence in script.tokens[sentence.tokens].map(\.text).joined(separator: " ") }
  }

  package static func problem(_ drill: Drill) -> String? {
    let script = Script(markdown: drill.body)
    let longest = script.sentences.map(\.tokens.count).max() ?? 0
    let recording = drill.word("recording")
    if script.isEmpty { return "has no line to shadow; write one below the front matter" }
    if script.sentences.count > lineLimit { return "has more than \(lineLimit) lines to shadow" }
    if longest > wordLimit { return "has a line of \(longest) words; \(wordLimit) are as many as can be shadowed" }
    if recording.contains("/") || recording.hasPrefix(".") { return "has a recording that is not beside it" }
    return nil
  }

  package static func steps(_ start: DrillStart) -> [DrillStep] {
    let drill = start.drill
    let lines = lines(drill)
    let (listens, shadows) = (max(1, Int(drill.number("listens"))), max(1, Int(drill.number("shadows"))))
    let steps = lines.indices.flatMap { line -> [DrillStep] in
      let name = "line \(line + 1) of \(lines.count)"
      let seconds = longest(lines[line], drill)
      let listen = DrillStep(.listen(line: line), name, "Listen, and say nothing yet.", seconds: seconds)
      let shadow = DrillStep(
        .shadow(line: line), name, "Speak along with the voice, as close behind it as you can.", seconds: seconds)
      return Array(repeating: listen, count: listens) + Array(repeating: shadow, count: shadows)
    }
    return steps.isEmpty ? [DrillStep(.speak, "nothing", "There is no line in this drill.", seconds: 1)] : steps
  }

  /// A bound for how long a line takes, before it has been spoken.
  private static func longest(_ line: String, _ drill: Drill) -> Double {
    guard drill.word("recording").isEmpty else { return longestSeconds }
    let words = Double(line.split(separator: " ").count)
    return min(longestSeconds, (3 + 2 * words * 60 / max(drill.number("rate"), 80)).rounded(.up))
  }

  /// A line that has been spoken takes as long as that.
  package static func steps(_ steps: [DrillStep], from place: Int, in session: Session) -> [DrillStep] {
    guard let models = session.drill?.models, !models.isEmpty else { return steps }
    return steps.map { step in
      var step = step
      switch step.role {
      case .listen(let line): step.seconds = models[line].map { $0.seconds + listenTail } ?? step.seconds
      case .shadow(let line): step.seconds = models[line].map { $0.seconds + shadowTail } ?? step.seconds
      default: break
      }
      return step
    }
  }

  package static func score(of span: DrillRun.Span, in run: DrillRun) -> Double? {
    guard case .shadow(let line) = run.steps[span.step].role, let model = run.models[line], let end = span.end else {
      return nil
    }
    guard VoiceShape(VoiceTrack(model.contour)) != nil else { return nil }
    return ShadowedLines.match(model, run, span.start...max(span.start, end))?.likeness ?? 0
  }

  /// The best likeness so far of each line that was shadowed, by line.
  private static func scores(_ run: DrillRun) -> [Int: Double] {
    var best: [Int: Double] = [:]
    for (place, score) in run.scores {
      if case .shadow(let line) = run.steps[place].role { best[line] = max(best[line] ?? 0, score) }
    }
    return best
  }

  package static func scene(_ session: Session) -> DrillScene {
    let nothing = Contour(start: 0, levels: [], pitches: [])
    guard let run = session.drill, let span = run.spans.last else {
      return .contours(.init(text: "", model: nothing, own: nothing, seconds: nil, scores: []))
    }
    let line =
      switch run.steps[span.step].role {
      case .listen(let line), .shadow(let line): line
      default: 0
      }
    let lines = lines(run.drill)
    let model = run.models[line]
    let now = min(span.end ?? session.seconds, span.start + longestSeconds)
    let own = VoiceTrack(run.contours, from: span.start, to: now)
    let seconds = session.seconds - span.start
    return .contours(
      .init(
        text: model?.text ?? (lines.indices.contains(line) ? lines[line] : ""), model: model?.contour ?? nothing,
        own: own.contour(start: 0), seconds: model.flatMap { seconds <= $0.seconds ? max(0, seconds) : nil },
        scores: scores(run).sorted { $0.key < $1.key }.map(\.value)))
  }

  package static func progress(_ session: Session) -> Double {
    guard let run = session.drill else { return 0 }
    return scores(run).values.reduce(0, +) / Double(max(lines(run.drill).count, 1))
  }
}
