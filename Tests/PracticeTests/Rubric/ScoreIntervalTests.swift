import SpeechSignals
import Testing

@testable import Practice

@Suite struct ScoreIntervalTests {
  private func scores(_ take: Rehearsed) -> Scores { Scores.of(session: take.session, rubric: .small) }

  @Test func `a longer talk is known better`() throws {
    func width(_ seconds: Int) throws -> Double {
      let part = try #require(
        scores(Rehearsed(seconds: seconds, fillers: (0..<seconds / 10).map { .um(Double($0) * 10) }))["fluency"]?.parts
          .first)
      let figure = try #require(part.figure.estimate)
      return (figure.high ?? 0) - (figure.low ?? 0)
    }
    #expect(try width(600) < width(60))
  }

  /// A rubric that measures one criterion, as the form of AAC&U does.
  private let one = Rubric(
    id: "one", version: 1, name: "One", levels: ["a", "b"],
    criteria: [
      Criterion(id: "people", name: "People"),
      Criterion(
        id: "heard", name: "Heard",
        measures: [
          RubricMeasure(.fillers, RubricBand(high: 5, zeroHigh: 20), weight: 2),
          RubricMeasure(.pitchSpread, RubricBand(low: 2, high: 6, zeroLow: 0.5, zeroHigh: 12)),
          RubricMeasure(.usefulPauses, RubricBand(low: 4, zeroLow: 0)),
        ]),
    ])

  @Test func `too little that is known is no score, and says what is missing`() throws {
    let short = Rehearsed(seconds: 24, spread: 0.3).session
    let scores = Scores.of(session: short, rubric: one)
    #expect(scores.overall == nil && scores["heard"]?.score == nil)
    #expect(
      scores["heard"]?.reason?.words == "too little of it is known; missing: fillers, pauses a listener can use")
    #expect(scores["heard"]?.parts.map { $0.score != nil } == [false, true, false])
    #expect(Scores.of(session: Rehearsed(seconds: 40, spread: 0.3).session, rubric: one).overall != nil)
    // One criterion of several is not the whole.
    var few = Rubric.small
    few.criteria = few.criteria.filter { ["fluency", "variety"].contains($0.id) }
    let alone = Scores.of(session: short, rubric: few)
    #expect(alone["variety"]?.score != nil && alone.overall == nil)
    #expect(alone.explanation[0].hasSuffix("no score, because too little of it is known; missing: Fluency"))
    #expect(alone.card(atMilliseconds: 1).entries.map { $0.value == nil } == [true, true, false])
  }

  @Test func `what no talk would tell does not count as missing`() {
    // No plan, and no words: timing and restarts are nothing that more talk would make known.
    let scores = Scores.of(session: Rehearsed(seconds: 70).session, rubric: .small)
    #expect(scores["timing"]?.reason == .noPlan && scores.overall != nil)
  }

  @Test func `where all that was heard is alike the interval is as wide as the talk is short`() throws {
    for spread in [0.2, 3] {
      let intervals = try [40, 120, 600].map { seconds in
        try #require(
          Scores.of(session: Rehearsed(seconds: seconds, spread: spread).session, rubric: .small)["variety"]?.score)
      }
      #expect(intervals.allSatisfy { $0.value == (spread < 1 ? 0 : 100) })
      let widths = intervals.map { $0.high - $0.low }
      #expect(widths == widths.sorted(by: >) && widths[0] > 15 && (1..<4).contains(widths[2]), "\(widths)")
    }
  }

  @Test func `a score is not the upper edge of its interval, and that stays within 0 and 100`() {
    let capped = (0..<500).map { 100 - Double($0 % 100) / 5 }
    let near = ScoreValue(95, drawn: capped)
    #expect(near.low < 88 && near.high == 100)
    let middle = ScoreValue(60, drawn: (0..<500).map { 40 + Double($0 % 25) })
    #expect(middle.low < 50 && middle.high > 68)
    #expect(ScoreValue(70, drawn: []) == ScoreValue(70, low: 70, high: 70))
  }

  /// Means of twelve scores, capped at 100, of which each is known to fifteen points only.
  @Test func `the interval of a mean of capped scores holds the truth 19 times in 20`() {
    var dice = Dice(12)
    func mean(_ scores: [Double]) -> Double { scores.reduce(0) { $0 + min(100, max(0, $1)) } / Double(scores.count) }
    var (held, bare) = (0, 0)
    for _ in 0..<400 {
      let truth = (0..<12).map { _ in 85 + 30 * dice.share() }
      let found = truth.map { $0 + 15 * dice.normal() }
      let drawn = (0..<200).map { _ in mean(found.map { $0 + 15 * dice.normal() }) }
      let interval = ScoreValue(mean(found), drawn: drawn)
      if interval.low <= mean(truth), mean(truth) <= interval.high { held += 1 }
      if Drawings.interval(of: drawn)?.contains(mean(truth)) == true { bare += 1 }
    }
    #expect((370...396).contains(held) && bare < 340, "\(held) and \(bare) of 400")
  }
}
