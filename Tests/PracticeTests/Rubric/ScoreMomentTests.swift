import SpeechSignals
import Testing

@testable import Practice

@Suite struct ScoreMomentTests {
  @Test func `the moment that cost most is named first`() throws {
    let take = Rehearsed(seconds: 120, pace: { (80..<90).contains($0) ? 320 : 172 })
    let moments = try #require(Scores.of(session: take.session, rubric: .small)["pace"]?.moments)
    #expect(moments.first?.start == 80 && moments.first?.end == 90)
    #expect(moments.first.map { $0.delta < -3 && $0.what.hasSuffix("words a minute") } == true)
    #expect(moments.count <= ScoreMoments.limit)
    #expect(Scores.of(session: Rehearsed().session, rubric: .small)["pace"]?.moments.isEmpty == true)
    let umming = Rehearsed(fillers: [30.0, 31, 32, 33, 34, 35, 36, 37, 38, 39, 70, 71, 72].map(Filler.um))
    let fluency = try #require(Scores.of(session: umming.session, rubric: .small)["fluency"]?.moments)
    #expect(fluency.contains { $0.what == "10 fillers" && $0.start == 30 && $0.delta < 0 })
    #expect(fluency.contains { $0.what == "\"um\" 3 times" && $0.delta < 0 })
  }

  @Test func `a pause of more than five seconds is a moment of its own`() {
    let rubric = Rubric(
      id: "p", version: 1, name: "P", levels: ["a", "b"],
      criteria: [
        Criterion(
          id: "p", name: "P", measures: [RubricMeasure(.longPauses, RubricBand(high: 0.2, zeroHigh: 2))])
      ])
    var session = Rehearsed().session
    session.pauses.append(Pause(start: 60, end: 66.2))
    let moments = Scores.of(session: session, rubric: rubric)["p"]?.moments
    #expect(moments?.map(\.words) == ["1:00–1:06: a pause of 6.2 seconds, −17"])
  }

  /// Takes whose windows go up and down, slow and fast as a whole.
  private static let uneven: [Rehearsed] = [80.0, 130, 175, 230].flatMap { pace in
    [30, 110].map { uneven(pace: pace, seconds: $0) }
  }

  private static func uneven(pace: Double, seconds: Int) -> Rehearsed {
    var take = Rehearsed(seconds: seconds)
    take.pace = { second in
      let place = second % 40
      return place < 10 ? 2 * pace : place < 20 ? pace / 2 : pace
    }
    take.fillers = (0..<seconds / 7).map { Filler.um(Double($0) * 7 + 1) }
    return take
  }

  @Test(arguments: uneven) func `moments are shares of the score, and a window off its band is never credited`(
    take: Rehearsed
  ) throws {
    let scores = Scores.of(session: take.session, rubric: .small)
    for criterion in scores.criteria {
      let (moments, value) = (criterion.moments, criterion.score?.value ?? 0)
      let (lost, won) = (moments.filter { $0.delta < 0 }, moments.filter { $0.delta > 0 })
      #expect(moments == lost + won && moments.count <= ScoreMoments.limit)
      #expect(moments.allSatisfy { abs($0.delta) >= ScoreMoments.leastPoints })
      #expect(
        -lost.reduce(0) { $0 + $1.delta } <= 100 - value + 1e-6 && won.reduce(0) { $0 + $1.delta } <= value + 1e-6)
      #expect(lost.map(\.delta) == lost.map(\.delta).sorted() && won.map(\.delta) == won.map(\.delta).sorted(by: >))
      for moment in won where moment.what.hasSuffix("words a minute") {
        let pace = try #require(Double(moment.what.split(separator: " ")[0]))
        #expect((119.5...175.5).contains(pace), "\(moment.words)")
      }
    }
  }

  @Test func `bursts of several labels at one place are one`() throws {
    let at = [70.0, 72, 74], also = [70.1, 72.6, 75]
    let fillers = at.map { Filler(start: $0, end: $0 + 0.3, label: "uh", confidence: 1) } + also.map(Filler.um)
    let session = Rehearsed(fillers: fillers.sorted { $0.start < $1.start }).session
    #expect(session.clusters.count == 2 && Cluster.apart(session.clusters).map(\.count) == [2])
    let fluency = try #require(Scores.of(session: session, rubric: .small)["fluency"])
    #expect(fluency.parts.first { $0.name == .clusters }?.inputs.first == "1 burst")
    #expect(
      fluency.moments.contains { $0.what == "\"uh\" 3 times, \"um\" 3 times" && $0.start == 70 && $0.end == 75.3 })
    #expect(SessionFigures.of(session).first { $0.name == "clusters" }?.value == 1)
  }
}
