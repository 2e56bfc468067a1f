import SpeechSignals
import Testing

@testable import Practice

@Suite struct SessionFigureTests {
  private func figures(_ take: Rehearsed) -> [String: SessionFigures.Value] {
    Dictionary(SessionFigures.of(take.session).map { ($0.name, $0) }) { $1 }
  }

  @Test func `figures are those of the summary, each once, with an interval around it`() throws {
    let take = Rehearsed(fillers: [.um(10), .um(50)], length: TalkLength("2m"))
    let (figures, summary) = (figures(take), take.session.summary)
    #expect(figures["pace"]?.value == summary.wordsPerMinute)
    #expect(figures["articulation"]?.value == summary.articulationRate)
    #expect(figures["fillers"]?.value == 2 && figures["fillers-per-minute"]?.value == summary.fillersPerMinute)
    #expect(figures["pause-share"]?.value == summary.pauseShare.map { 100 * $0 })
    #expect(figures["off-plan"]?.value == 0)
    #expect(figures["pitch-spread"]?.value == 2.5 && figures["loudness"]?.value == -24)
    for figure in figures.values {
      #expect(figure.low.map { $0 <= figure.value } ?? true && figure.high.map { $0 >= figure.value } ?? true)
      #expect(SessionFigures.row(figure.name) != nil)
    }
    #expect(Set(SessionFigures.rows.map(\.name)).count == SessionFigures.rows.count)
  }

  @Test func `what is not known is left out, never zero`() {
    let short = figures(Rehearsed(seconds: 4))
    #expect(short["duration"]?.value == 4 && short["pauses"]?.value == 0)
    for name in [
      "pace", "pause-share", "fillers-per-minute", "restarts", "awareness-gap", "script-coverage", "off-plan",
    ] {
      #expect(short[name] == nil)
    }
    #expect(SessionFigures.of(Session()).map(\.name) == ["duration"])
  }

  @Test func `the awareness gap is guess less count, as corrected`() {
    var take = Rehearsed(fillers: [.um(10), .um(20), .um(30)])
    take.afterwards = [
      .guess(Guess(fillers: 1, counted: 3)), .correction(Correction(.removed, start: 10, end: 10.3)),
    ]
    #expect(figures(take)["awareness-gap"]?.value == -1)
  }

  @Test func `scores of the latest version are figures too`() {
    var take = Rehearsed()
    let old = ScoreCard(
      rubric: "small", version: 2, context: "talk", entries: [ScoreCard.Entry(criterion: "pace", value: 10)])
    let scores = Scores.of(session: take.session, rubric: .small)
    take.afterwards = [.scored(scores.card(atMilliseconds: 5)), .scored(old)]
    let figures = figures(take)
    #expect(figures["score.small.pace"]?.value == 100 && figures["score.small.timing"] == nil)
    #expect(figures["score.small.overall"]?.low == scores.overall?.low.rounded(places: 1))
    #expect(SessionFigures.row("score.small.pace")?.better == .more)
    #expect(SessionFigures.row("score.small") == nil && SessionFigures.row("no such") == nil)
  }

  @Test func `a session is scored again for a reason`() {
    var take = Rehearsed()
    #expect(Rescoring.due(for: .small, in: take.session) == .unscored)
    let card = Scores.of(session: take.session, rubric: .small).card(atMilliseconds: 100)
    take.afterwards = [.scored(card)]
    #expect(Rescoring.due(for: .small, in: take.session) == nil)
    var newer = Rubric.small
    newer.version = 4
    #expect(Rescoring.due(for: newer, in: take.session) == .newVersion)
    take.afterwards.append(.edited(Edit(context: "technical")))
    #expect(Rescoring.due(for: .small, in: take.session) == .otherContext)
    take.afterwards.append(.correction(Correction(.added, start: 3, end: 3.2, text: "um", atMilliseconds: 101)))
    #expect(Rescoring.due(for: .small, in: take.session) == .corrected)
    let again = Scores.of(session: take.session, rubric: .small).card(atMilliseconds: 102)
    take.afterwards.append(.scored(again))
    #expect(Rescoring.due(for: .small, in: take.session) == nil && take.session.scoreCards == [again])
  }
}

@Suite struct PersonalBaselineTests {
  @Test func `five sessions make a baseline, and one odd evening does not move it`() throws {
    #expect(PersonalBaseline(figures: ["pace": [150, 152, 154, 156]]).figures.isEmpty)
    let baseline = PersonalBaseline(figures: [
      "pace": [150, 152, 154, 156, 400], "pitch-spread": [1.1, 1.2, 1.3, .nan, 1.2, 1.2],
    ])
    #expect(baseline.figures["pace"]?.middle == 154)
    #expect(abs(try #require(baseline.figures["pace"]?.spread) - 2 * 1.4826) < 1e-9)
    #expect(baseline.usual(.pace) == 144...164)
    #expect(baseline.figures["pitch-spread"]?.sessions == 5)
    #expect(baseline.usual(.loudness) == nil)
    #expect(
      PersonalBaseline(figures: ["pace": [100, 100, 100, 100] + Array(repeating: 150, count: 30)]).usual(.pace)
        == 140...160)
  }

  @Test func `what is usual for the speaker makes the band wider, and says so`() throws {
    let take = Rehearsed(spread: 1.2)
    let flat = try #require(Scores.of(session: take.session, rubric: .small)["variety"])
    #expect(flat.score?.value ?? 100 < 60 && flat.parts.first?.heldBy == .rubric)
    let baseline = PersonalBaseline(figures: ["pitch-spread": [1.1, 1.2, 1.3, 1.2, 1.2]])
    let own = try #require(Scores.of(session: take.session, rubric: .small, baseline: baseline)["variety"])
    #expect(own.score?.value == 100)
    let band = try #require(own.parts.first?.band)
    #expect(band.high == 6 && band.zeroHigh == 12 && abs((band.low ?? 0) - 0.8) < 1e-9 && band.zeroLow == 0)
    #expect(
      own.explanation[2].contains(
        "the rubric's band, made wider by your own: in your last 5 sessions 0.8 to 1.6 semitones was usual"))
  }

  @Test func `a lively past never makes a varied voice a flat one`() throws {
    let take = Rehearsed(spread: 3.1)
    let baseline = PersonalBaseline(figures: ["pitch-spread": [4.8, 5, 5.2, 5.4, 4.6]])
    let part = try #require(
      Scores.of(session: take.session, rubric: .small, baseline: baseline)["variety"]?.parts.first)
    #expect(part.score?.value == 100 && part.heldBy == .rubric)
  }

  @Test func `a past joined with a band only widens it, and no end lies where no figure can be`() throws {
    let band = RubricBand(low: 2, high: 6, zeroLow: 0.5, zeroHigh: 12)
    for middle in stride(from: 0.0, through: 60, by: 0.7) {
      for spread in [0.0, 0.5, 3, 20] {
        let values = [-2.0, -1, 0, 1, 2].map { max(0, middle + $0 * spread) }
        let baseline = PersonalBaseline(figures: ["pitch-spread": values])
        let joined = baseline.band(of: .pitchSpread, like: band, .wider)?.band ?? band
        #expect(joined.low ?? -.infinity <= 2 && joined.high ?? .infinity >= 6)
        #expect(joined.zeroLow ?? 0 >= 0 && joined.zeroHigh ?? 48 <= 48)
        #expect(joined.problem == nil || joined == RubricBand())
        for value in stride(from: 0.0, through: 48, by: 0.9) {
          #expect(joined.score(value) >= band.score(value) - 1e-9)
        }
      }
    }
    let quiet = PersonalBaseline(figures: ["loudness": [-68, -69, -68, -67, -68]])
    let own = try #require(
      quiet.band(of: .loudness, like: RubricBand(low: -36, high: -12, zeroLow: -50, zeroHigh: -2), .own))
    #expect(own.band.low == nil && own.band.zeroLow == nil && own.band.high == -65)
    #expect(own.source == .own(sessions: 5, middle: -68))
    #expect(quiet.band(of: .loudness, like: band, .none) == nil)
  }

  @Test func `figures of sessions make one`() {
    let figures = (0..<6).map { index in
      SessionFigures.of(Rehearsed(seconds: 60, pace: { _ in 140 + Double(index) }).session)
    }
    #expect(PersonalBaseline(of: figures).figures["pace"].map { (140...146).contains($0.middle) } == true)
  }
}
