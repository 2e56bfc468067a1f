/// An attempt at a drill, as far as it has come: a fold over the attempt's events, part of its session.
package struct DrillRun: Equatable, Sendable {
  /// A step that was begun.
  package struct Span: Equatable, Sendable {
    /// Its place in `steps`.
    package var step: Int
    /// Audio time of its beginning and, once it is over, of its end.
    package var start: Double
    package var end: Double?
  }

  package let start: DrillStart
  /// Those to come may still change when one begins (`Exercise.steps(_:from:in:)`).
  package private(set) var steps: [DrillStep]
  /// Steps begun so far, in order.
  package internal(set) var spans: [Span] = []
  /// Audio times of the learner's taps.
  package internal(set) var taps: [Double] = []
  /// What the recogniser made of single words.
  package internal(set) var choices: [Choice] = []
  /// Level and pitch of the learner, piece by piece, where the drill needs them.
  package internal(set) var contours: [Contour] = []
  /// What steps that are over were worth, 0 to 1 by their places, where their kind scores steps: worked out once, for
  /// scenes ask for them many times a second.
  package internal(set) var scores: [Int: Double] = [:]
  /// The lines that are spoken to the learner, by line.
  package internal(set) var models: [Int: ModelLine] = [:]
  /// What came of it; nil while it goes on.
  package internal(set) var result: DrillResult?

  /// An attempt that nothing has happened in.
  package init(_ start: DrillStart) {
    self.start = start
    let steps = start.drill.kind.exercise.steps(start)
    self.steps = Array(steps.prefix(DrillRun.stepLimit))
  }

  /// Pieces of contours at most, a second each.
  static let contourLimit = 50_000
  /// Steps of an attempt at most.
  package static let stepLimit = 500

  package var drill: Drill { start.drill }
  /// The place of the step under way; nil before the first and once all are over.
  package var index: Int? { spans.last.flatMap { $0.end == nil ? $0.step : nil } }
  /// The step under way.
  package var step: DrillStep? { index.map { steps[$0] } }
  /// When the step under way began.
  package var stepStart: Double { spans.last?.start ?? 0 }
  /// Whether all steps are over.
  package var isComplete: Bool { spans.last.map { $0.step == steps.count - 1 && $0.end != nil } ?? false }
  /// Steps that are over, of all.
  package var shareDone: Double { Double(spans.count { $0.end != nil }) / Double(max(steps.count, 1)) }

  /// Where the step at `place` began and ended, nil where it was not come to; `now` where it is not over.
  package func span(of place: Int, now: Double) -> ClosedRange<Double>? {
    guard let span = spans.last(where: { $0.step == place }) else { return nil }
    return span.start...max(span.start, span.end ?? now)
  }

  /// The spans of all steps that count and were begun, with their steps' places.
  package func measured(now: Double) -> [(step: Int, span: ClosedRange<Double>)] {
    spans.filter { steps[$0.step].isMeasured }.map { ($0.step, $0.start...max($0.start, $0.end ?? now)) }
  }

  /// Whether the step at `place`, or the end behind the last one, may come next.
  func mayBegin(_ place: Int) -> Bool { place >= 0 && place <= steps.count && place > spans.last?.step ?? -1 }

  /// Puts `steps` in the place of those from `place` on.
  mutating func change(from place: Int, to steps: [DrillStep]) {
    guard steps != self.steps, place >= 0, place <= self.steps.count else { return }
    self.steps = Array((self.steps.prefix(place) + steps.dropFirst(place)).prefix(DrillRun.stepLimit))
  }

  /// Takes in a contour.
  mutating func take(_ contour: Contour) {
    if contours.count < DrillRun.contourLimit { contours.append(contour) }
    scoreSteps()
  }

  /// Scores the steps that are over and of which all contours have come.
  private mutating func scoreSteps() {
    let heard = contours.last.map { $0.start + $0.seconds } ?? 0
    for span in spans where scores[span.step] == nil && span.end.map({ $0 <= heard }) == true {
      if let score = drill.kind.exercise.score(of: span, in: self) { scores[span.step] = score }
    }
  }

  /// Takes in that the step at `place` begins at `seconds`; one past the last one ends the attempt.
  mutating func begin(step place: Int, at seconds: Double) {
    guard mayBegin(place) else { return }
    if !spans.isEmpty, spans[spans.count - 1].end == nil { spans[spans.count - 1].end = seconds }
    if place < steps.count { spans.append(Span(step: place, start: seconds, end: nil)) }
    scoreSteps()
  }
}
