import SpeechSignals
import Testing

@testable import Practice

@Suite struct RubricBandTests {
  private let band = RubricBand(low: 120, high: 175, zeroLow: 70, zeroHigh: 240)

  @Test(arguments: [
    (120.0, 100.0), (175, 100), (150, 100), (95, 50), (70, 0), (10, 0), (207.5, 50), (240, 0), (400, 0), (.nan, 0),
    (.infinity, 0),
  ])
  func `full in the band, a straight line to zero`(value: Double, score: Double) {
    #expect(abs(band.score(value) - score) < 1e-9)
  }

  @Test func `outside the band more is never better`() {
    let bands = [band, RubricBand(high: 5, zeroHigh: 20), RubricBand(low: 4, zeroLow: 0)]
    for band in bands {
      let values = stride(from: -50.0, through: 300, by: 0.7).map { ($0, band.score($0)) }
      for ((value, score), (next, after)) in zip(values, values.dropFirst()) {
        #expect((0...100).contains(score))
        if let low = band.low, next <= low { #expect(after >= score) }
        if let high = band.high, value >= high { #expect(after <= score) }
      }
    }
  }

  @Test(arguments: [
    (RubricBand(low: 1, high: 2, zeroLow: 0, zeroHigh: 3), nil), (RubricBand(high: 2, zeroHigh: 3), nil),
    (RubricBand(), "has no end at all"),
    (RubricBand(low: 2, high: 1, zeroLow: 0, zeroHigh: 3), "has its ends the wrong way round"),
    (
      RubricBand(low: 1, high: 2, zeroLow: 1, zeroHigh: 3),
      "overlaps: zero begins at or above the lower end of full"
    ),
    (RubricBand(high: 2, zeroHigh: 1), "overlaps: zero begins at or below the upper end of full"),
    (RubricBand(low: 1, high: 2, zeroLow: 0), "needs an end of zero for each end of full, and no other"),
    (RubricBand(high: .infinity, zeroHigh: 1), "has an end that is no number"),
  ])
  func `a band that cannot be scored by says why`(band: RubricBand, problem: String?) {
    #expect(band.problem == problem)
  }

  @Test(arguments: [
    (RubricBand(low: 120, high: 175, zeroLow: 70, zeroHigh: 240), MeasureName.pace),
    (RubricBand(high: 5, zeroHigh: 20), .fillers), (RubricBand(low: 4, zeroLow: 0), .usefulPauses),
    (RubricBand(low: 8, high: 35, zeroLow: 0, zeroHigh: 60), .pauseShare),
    (RubricBand(low: 2.5, high: 6, zeroLow: 0.5, zeroHigh: 12), .pitchSpread),
  ])
  func `the formula can be said`(band: RubricBand, name: MeasureName) {
    let expected: [MeasureName: String] = [
      .pace: "100 between 120 and 175 words a minute, 0 below 70 and above 240",
      .fillers: "100 up to 5 a minute, 0 from 20", .usefulPauses: "100 from 4 a minute, 0 at 0",
      .pauseShare: "100 between 8 and 35 percent of the talk, 0 at 0 and above 60",
      .pitchSpread: "100 between 2.5 and 6 semitones, 0 below 0.5 and above 12",
    ]
    #expect(band.words(MeasureTable.row(name)) == expected[name])
  }

  @Test func `every measure has one row, and every row but the plan's a statistic`() {
    #expect(MeasureTable.rows.map(\.name) == MeasureName.allCases)
    #expect(
      Set(ScoreStatistics.rows.map(\.name)) == Set(MeasureName.allCases).subtracting([.lengthOff, .sectionsOff]))
    #expect(ScoreStatistics.rows.count == MeasureName.allCases.count - 2)
    for row in MeasureTable.rows { if let figure = row.figure { #expect(SessionFigures.row(figure) != nil) } }
  }
}

@Suite struct ScoreTests {
  private func scores(_ take: Rehearsed, context: String? = nil, baseline: PersonalBaseline? = nil) -> Scores {
    Scores.of(session: take.session, rubric: .small, context: context, baseline: baseline)
  }

  @Test func `a score lies in its interval, that in 0 to 100, and both are the same every time`() {
    for pace in stride(from: 40.0, through: 320, by: 93) {
      for (seconds, fillers) in [(12, 0), (45, 1), (75, 20), (150, 0), (150, 60)] {
        var take = Rehearsed(seconds: seconds)
        take.pace = { pace * ($0 % 30 < 10 ? 1.2 : 0.9) }
        take.fillers = (0..<fillers).map { .um(Double($0) * Double(seconds) / Double(fillers)) }
        let scores = scores(take)
        #expect(scores == self.scores(take))
        for score in scores.criteria.flatMap({ [$0.score] + $0.parts.map(\.score) }) + [scores.overall] {
          guard let score else { continue }
          #expect(0 <= score.low && score.low <= score.value && score.value <= score.high && score.high <= 100)
        }
        for part in scores.criteria.flatMap(\.parts) { #expect((part.score == nil) == (part.figure.estimate == nil)) }
        for criterion in scores.criteria { #expect((criterion.score == nil) == (criterion.reason != nil)) }
      }
    }
  }

  @Test func `the further from the band, the lower the score`() {
    func values(_ paces: [Double]) -> [Double] {
      paces.map { pace in scores(Rehearsed(pace: { _ in pace }))["pace"]?.score?.value ?? -1 }
    }
    let (up, down) = (values([170, 190, 210, 230, 260]), values([125, 110, 95, 80, 60]))
    #expect(up == up.sorted(by: >) && down == down.sorted(by: >))
    #expect(up.first == 100 && down.first == 100 && up.last == 0 && down.last == 0)
    #expect(Set(up).count > 3)
  }

  @Test func `a few seconds have reasons, not scores`() {
    let short = scores(Rehearsed(seconds: 6))
    #expect(short.overall == nil && short.reason != nil)
    #expect(short.criteria.allSatisfy { $0.score == nil && $0.moments.isEmpty })
    #expect(short["pace"]?.explanation.first == "Pace: no score, because less than 10 s of talk: 6.0 s")
    #expect(short["structure"]?.reason == .judgedByPeople)
    #expect(short.card(atMilliseconds: 1).entries.allSatisfy { $0.value == nil })
    let silent = Scores.of(session: Session(), rubric: .small)
    #expect(silent.overall == nil && silent["timing"]?.reason == .noPlan)
  }

  @Test(arguments: [
    (Rehearsed(seconds: 20), "fluency", Unknown.littleTime(seconds: 20, least: 30)),
    (Rehearsed(seconds: 120), "timing", .noPlan), (Rehearsed(seconds: 120, isOver: false), "timing", .noPlan),
    (Rehearsed(seconds: 120, length: TalkLength("2m"), isOver: false), "timing", .notOver),
    (Rehearsed(seconds: 120), "structure", .judgedByPeople),
  ])
  func `what is not known says why`(take: Rehearsed, criterion: String, reason: Unknown) {
    #expect(scores(take)[criterion]?.reason == reason)
  }

  @Test func `timing is told by a clock, and has no interval`() throws {
    func timing(_ seconds: Int) throws -> ScoreValue {
      try #require(scores(Rehearsed(seconds: seconds, length: TalkLength("100-120s")))["timing"]?.score)
    }
    #expect(try timing(110) == ScoreValue(100, low: 100, high: 100))
    let over = try timing(138)
    #expect(abs(over.value - 100 * 15 / 27) < 1e-6 && over.low == over.high)
    let moments = scores(Rehearsed(seconds: 138, length: TalkLength("100-120s")))["timing"]?.moments
    #expect(moments?.map(\.words) == ["2:00–2:18: 18 seconds over the plan, −44"])
    #expect(try timing(80).value < 60)
  }

  @Test func `how sure a recogniser was of a word changes no score`() {
    func words(_ confidence: Double) -> [Word] {
      (0..<240).map {
        Word(
          "word\($0 % 50)", start: Double($0) / 2, end: Double($0) / 2 + 0.4, confidence: confidence, source: .script)
      }
    }
    let scored = [0.5, 0.7, 0.86, 1].map { confidence in
      scores(Rehearsed(words: words(confidence)))
    }
    #expect(scored.allSatisfy { $0 == scored.first })
    // Words that are no account of what was said count for nothing: the pace is that of the syllables.
    #expect(scores(Rehearsed(words: words(0.2)))["pace"]?.parts.first?.figure.value.map { abs($0 - 150) < 5 } == true)
  }

  @Test func `contexts have bands of their own, and may leave a measure out`() throws {
    let take = Rehearsed(seconds: 120, pace: { _ in 165 })
    #expect(scores(take)["pace"]?.score?.value == 100)
    let technical = try #require(scores(take, context: "technical")["pace"])
    #expect(technical.score?.value ?? 100 < 80)
    #expect(technical.parts.first?.heldBy == .context(.technical))
    #expect(scores(take, context: "no such")["pace"] == scores(take)["pace"])
    #expect(scores(take, context: "conversation")["fluency"]?.parts.map(\.name) == [.fillers, .restarts])
    #expect(scores(Rehearsed(seconds: 120, pace: { _ in 165 }, context: "technical")).context == .technical)
  }

  @Test func `what the speaker set wins over the rubric`() {
    var bands = Bands()
    bands.usable = 100...140
    let part = scores(Rehearsed(pace: { _ in 170 }, bands: bands))["pace"]?.parts.first
    #expect(part?.heldBy == .settings)
    #expect(part?.band == RubricBand(low: 100, high: 140, zeroLow: 50, zeroHigh: 205))
    #expect(Bands.of(context: .talk) == Bands())
    #expect(Bands.of(context: .technical).usable == 110...140)
    for context in SpeakingContext.allCases {
      let bands = Bands.of(context: context)
      #expect(
        bands.usable.contains(bands.comfortable.lowerBound) && bands.usable.contains(bands.comfortable.upperBound))
      #expect(bands.flagged.contains(bands.usable.lowerBound) && bands.flagged.contains(bands.usable.upperBound))
    }
  }

  @Test func `a correction moves the score`() throws {
    let umming = Rehearsed(fillers: (0..<24).map { .um(Double($0) * 5 + 1) })
    var corrected = umming
    corrected.afterwards = umming.fillers.prefix(20).map {
      .correction(Correction(.removed, start: $0.start, end: $0.end, was: "um", atMilliseconds: 9))
    }
    let (before, after) = (
      try #require(scores(umming)["fluency"]?.score), try #require(scores(corrected)["fluency"]?.score)
    )
    #expect(before.value < 75 && after.value == 100)
    // Bursts follow too.
    let bursts = Rehearsed(fillers: [30.0, 31, 32, 33, 34, 35, 70, 75, 79].map(Filler.um))
    #expect(bursts.session.clusters == Cluster.all(in: bursts.session.fillers) && bursts.session.clusters.count == 3)
    var fewer = bursts
    fewer.afterwards = [.correction(Correction(.removed, start: 75, end: 75.3, atMilliseconds: 9))]
    #expect(fewer.session.clusters == Array(bursts.session.clusters.prefix(2)))
    #expect(SessionFigures.of(fewer.session).first { $0.name == "clusters" }?.value == 2)
    var confirmed = umming
    confirmed.afterwards = umming.fillers.map {
      .correction(Correction(.confirmed, start: $0.start, end: $0.end, atMilliseconds: 9))
    }
    let figure = scores(confirmed)["fluency"]?.parts.first?.figure.estimate
    let unsure = scores(umming)["fluency"]?.parts.first?.figure.estimate
    #expect(figure?.low ?? 0 > unsure?.low ?? .infinity)
  }
}

@Suite struct ScoreWordsTests {
  @Test func `a score opens to formula, inputs, band and moments`() {
    let take = Rehearsed(
      seconds: 130, pace: { (80..<100).contains($0) ? 260 : 170 }, fillers: (0..<14).map { .um(Double($0) * 2 + 30) },
      length: TalkLength("90-120s"), context: "technical", bands: Bands.of(context: .technical))
    let text = Scores.of(session: take.session, rubric: .small).explanation.joined(separator: "\n")
    #expect(text == Self.golden, "\(text)")
  }

  private static let golden = """
    Small, version 3, for a technical talk: 67 (54 to 90)

    Pace: 18 (2 to 100)
    pace: 184 words a minute, 130 to 280 (19 in 20); score 27 (4 to 100)
      100 between 110 and 140 words a minute, 0 below 60 and above 200; the rubric's band for a technical talk
      from 2:10 of talk, estimated from syllables; counts 67 percent
    time off the pace: 100 percent of the talk, 0 to 100 (19 in 20); score 0 (0 to 97)
      100 up to 15 percent of the talk, 0 from 70; the rubric's band
      from 127 of 127 seconds outside 95 to 165 words a minute, estimated from syllables; counts 33 percent
    What moved it, in points of this score:
      1:30–1:40: 261 words a minute, −7
      1:20–1:30: 257 words a minute, −7

    Fluency: 70 (14 to 93)
    fillers: 6.5 a minute, 2.6 to 19.1 (19 in 20); score 90 (13 to 100)
      100 up to 5 a minute, 0 from 20; the rubric's band
      from 14 fillers, 2:10 of talk; counts 75 percent
    bursts of fillers: 1.8 a minute, 0.7 to 4.1 (19 in 20); score 9 (5 to 82)
      100 up to 0.3 a minute, 0 from 2; the rubric's band
      from 4 bursts, 2:10 of talk; counts 25 percent
    words said twice: not known, because no words were listened for
    What moved it, in points of this score:
      0:30–0:40: 5 fillers, −4
      0:40–0:50: 5 fillers, −4
      0:50–1:00: 4 fillers, −4
      0:30–0:34: "um" 3 times, −4
      0:36–0:40: "um" 3 times, −4

    Variety: 100 (92 to 100)
    pitch variety: 2.5 semitones, 2.1 to 2.9 (19 in 20); score 100 (92 to 100)
      100 between 2 and 6 semitones, 0 below 0.5 and above 12; the rubric's band
      from 6240 voiced frames of a hundredth of a second

    Timing: 80 (80 to 80)
    off the planned length: 8 percent of it; score 80 (80 to 80)
      100 up to 3 percent of it, 0 from 30; the rubric's band
      from 2:10 long, 1:30 to 2:00 planned
    What moved it, in points of this score:
      2:00–2:10: 10 seconds over the plan, −20

    Structure: no score, because judged by people
    """
}
