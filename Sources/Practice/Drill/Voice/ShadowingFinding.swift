/// What came of a shadowing attempt, in figures and a row a line.
extension ShadowingExercise {
  /// Said where the microphone heard what was played.
  package static let echoRefusal = "The microphone heard the loudspeaker. Put headphones on and do it once more."
  /// Said where no line could be spoken.
  package static let voiceRefusal = "The lines could not be spoken, so there was nothing to shadow."

  package static func finding(_ session: Session) -> DrillFinding {
    guard let run = session.drill else { return DrillFinding(isComplete: false) }
    guard !run.models.isEmpty else { return DrillFinding(isComplete: false, refusal: voiceRefusal) }
    let shadowed = ShadowedLines(run, now: session.seconds)
    guard !shadowed.hasEcho else { return DrillFinding(isComplete: run.isComplete, refusal: echoRefusal) }
    let all = shadowed.best
    let best = all.filter(\.canTell)
    guard !best.isEmpty else { return DrillFinding(isComplete: run.isComplete) }
    let bound = run.drill.number("bound")
    func mean(_ value: (VoiceMatch) -> Double) -> Double {
      best.reduce(0) { $0 + ($1.match.map(value) ?? 0) } / Double(best.count)
    }
    var figures = [
      DrillFigure("likeness", mean(\.likeness)),
      DrillFigure("lines", Double(best.count { ($0.match?.likeness ?? 0) >= bound }) / Double(best.count)),
      DrillFigure("rhythm", mean(\.rhythm)), DrillFigure("melody", mean(\.melody)),
    ]
    // Behind other words, or none, there is no delay to speak of.
    let lags = best.compactMap(\.match).filter { $0.likeness >= min(bound, 0.5) }.map(\.lag)
    if !lags.isEmpty { figures.append(DrillFigure("lag", RobustSpread.median(lags))) }
    return DrillFinding(figures: figures, rows: all.map { row($0, run, bound) }, isComplete: run.isComplete)
  }

  private static func row(_ tried: ShadowedLines.Try, _ run: DrillRun, _ bound: Double) -> DrillRow {
    let label = run.models[tried.line]?.text ?? "line \(tried.line + 1)"
    guard tried.canTell else { return DrillRow(label, "too short to compare", start: tried.start) }
    guard let match = tried.match else {
      return DrillRow(label, "nothing was heard", isHit: false, start: tried.start)
    }
    func share(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
    let isHit = match.likeness >= bound
    let lag = (abs(match.lag) * 10).rounded() / 10
    let behind = isHit ? ", \(lag) s \(match.lag < -0.05 ? "ahead" : "behind")" : ""
    return DrillRow(
      label, "\(share(match.likeness)): rhythm \(share(match.rhythm)), melody \(share(match.melody))\(behind)",
      isHit: isHit, start: tried.start)
  }
}
