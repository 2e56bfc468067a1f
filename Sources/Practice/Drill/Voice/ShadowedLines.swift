/// What became of each line of a shadowing attempt, and whether the loudspeaker was heard.
struct ShadowedLines: Equatable, Sendable {
  /// A line that was shadowed once.
  struct Try: Equatable, Sendable {
    var line: Int
    var start: Double
    /// Nil where nothing was heard.
    var match: VoiceMatch?
    /// Whether the line is long enough to be compared at all.
    var canTell: Bool
  }

  /// In the order in which they were made.
  private(set) var tries: [Try] = []
  /// Lines played that the microphone heard, of those from which it can be told.
  private(set) var echoes = 0, played = 0

  /// Whether playback reached the microphone: heard in half of the lines at least.
  var hasEcho: Bool { echoes > 0 && 2 * echoes >= played }

  /// Compares everything that `run` holds, as of `now`.
  ///
  /// While the learner only listens an echo stands alone, so where lines were listened to it is looked for there, and
  /// behind the learner's own voice only where there is nothing else.
  init(_ run: DrillRun, now: Double) {
    var (alone, behind): ([EchoMatch], [EchoMatch]) = ([], [])
    for span in run.spans {
      let end = max(span.start, span.end ?? now)
      switch run.steps[span.step].role {
      case .listen(let line):
        if let model = run.models[line] { alone.append(ShadowedLines.echo(of: model, in: run, span.start...end)) }
      case .shadow(let line):
        guard let model = run.models[line] else { continue }
        behind.append(ShadowedLines.echo(of: model, in: run, span.start...end))
        tries.append(
          Try(
            line: line, start: span.start, match: ShadowedLines.match(model, run, span.start...end),
            canTell: VoiceShape(VoiceTrack(model.contour)) != nil))
      default: continue
      }
    }
    let told = [alone, behind].map { $0.filter { $0.share != nil } }.first { !$0.isEmpty } ?? []
    (echoes, played) = (told.count { $0.isEcho }, told.count)
  }

  /// The best try of each line that was shadowed, by line.
  var best: [Try] {
    Dictionary(grouping: tries, by: \.line).sorted { $0.key < $1.key }.compactMap { _, tries in
      tries.max { ($0.match?.likeness ?? -1) < ($1.match?.likeness ?? -1) }
    }
  }

  /// What the learner said in `span` against `model`; nil where nothing was heard.
  static func match(_ model: ModelLine, _ run: DrillRun, _ span: ClosedRange<Double>) -> VoiceMatch? {
    VoiceMatch(
      VoiceTrack(model.contour), VoiceTrack(run.contours, from: span.lowerBound, to: span.upperBound))
  }

  private static func echo(of model: ModelLine, in run: DrillRun, _ span: ClosedRange<Double>) -> EchoMatch {
    EchoMatch(VoiceTrack(model.contour), VoiceTrack(run.contours, from: span.lowerBound, to: span.upperBound))
  }
}
