import Practice
import Testing

@Suite struct TrendTests {
  /// Around 150 and then around 140, ten sessions each.
  private let slower = [
    152.0, 149, 155, 151, 153, 150, 154, 152, 148, 153, 141, 138, 140, 143, 139, 140, 137, 142, 140, 141,
  ]

  @Test func `a change is told by its date and what was before`() {
    let trend = Trend(points: sessions(slower, days: 3), figure: paceFigure)
    #expect(trend.changes.map(\.index) == [10])
    #expect(
      trend.sentences == [
        "Lately about 140 words a minute; four in five of your last 10 sessions lie between 138 and 142.",
        "Since 1 October you speak about 12 words a minute slower: 152 before, 140 since.",
      ])
    #expect(trend.dateLabel(firstNoon) == "1 Sep")
  }

  @Test func `the day is the learner's, and the year is said where it is another`() {
    let points = sessions(slower, days: 20)
    #expect(
      Trend(points: points, figure: paceFigure, utcOffset: 13 * 3600).sentences.last
        == "Since 21 March you speak about 12 words a minute slower: 152 before, 140 since.")
    let later = Trend(points: sessions(slower, days: 30), figure: paceFigure).sentences
    #expect(later.last == "Since 28 June 2027 you speak about 12 words a minute slower: 152 before, 140 since.")
  }

  @Test(arguments: [
    (
      0,
      "No session has this figure yet; a line needs three, a band of your own, and words about change, need five: five more."
    ),
    (1, "One session so far; a line needs three, a band of your own, and words about change, need five: four more."),
    (2, "Two sessions so far; a line needs three, a band of your own, and words about change, need five: three more."),
    (3, "Three sessions so far; a band of your own, and words about change, need five: two more."),
    (4, "Four sessions so far; a band of your own, and words about change, need five: one more."),
  ])
  func `with few sessions it says what is missing`(count: Int, sentence: String) {
    let trend = Trend(points: sessions(Array(slower.prefix(count))), figure: paceFigure)
    #expect(trend.sentences == [sentence])
    #expect(trend.band == nil && trend.level == nil && trend.changes.isEmpty && trend.slope == nil)
    #expect(trend.smooth.count == (count < 3 ? 0 : count))
  }

  @Test func `where nothing stands out it says so`() {
    let trend = Trend(points: sessions([150, 152, 149, 151, 150]), figure: paceFigure)
    #expect(
      trend.sentences == [
        "Lately about 150 words a minute; your last five sessions lie between 149 and 152.",
        "Nothing stands out from the usual spread of your sessions.",
      ])
  }

  @Test func `a drift is told with what is sure of it`() {
    var dice = Dice(4)
    let values = (0..<30).map { 160 - 0.3 * Double($0) + 0.8 * dice.normal() }
    let trend = Trend(points: sessions(values, days: 3), figure: paceFigure)
    #expect(trend.changes.isEmpty)
    #expect(
      trend.sentences.last
        == "Over the last 3 months you speak about 3 words a minute slower with each month.")
  }

  @Test func `one unit is singular, and amounts agree with what is told`() {
    let values = [9.2, 9.1, 9.3, 9.2, 9.2, 9.1, 9.2, 9.3, 8.2, 8.1, 8.3, 8.2, 8.2, 8.1, 8.2, 8.3]
    let trend = Trend(points: sessions(values, days: 9), figure: fillerFigure)
    #expect(
      trend.sentences.contains(
        "Since 12 November 2026 you say about 1.0 fewer fillers a minute: 9.2 before, 8.2 since."))
    let whole = Trend(points: sessions(values.map { ($0 * 10).rounded() / 10 - 2 }), figure: paceFigure)
    #expect(whole.sentences[1].contains("about 1 word a minute slower: 7 before, 6 since."))
  }

  @Test func `every value there may be is survived, and no number is left out`() {
    let odd = [.nan, .infinity, -.infinity, 1e300, -1e300, 150, 151, 149, 150, 152, 1e11]
    let trend = Trend(points: sessions(odd) + [TrendPoint(at: .nan, value: 3)], figure: paceFigure)
    #expect(trend.points.map(\.value) == [150, 151, 149, 150, 152, 1e11])
    #expect(trend.smooth.allSatisfy { $0.value.isFinite })
    let same = (0..<12).map { _ in TrendPoint(at: firstNoon, value: 7) }
    let still = Trend(points: same, figure: paceFigure)
    #expect(still.smooth.allSatisfy { $0.value == 7 } && still.band == 7...7 && still.changes.isEmpty)
    #expect(still.sentences.first == "Lately about 7 words a minute, in nearly every session.")
  }

  private static let uneven: [[Double]] = [
    [35, 35, 35, 42, 35, 41, 41, 42, 41, 35, 41, 42, 41, 41, 42, 35, 35, 41, 42, 41],
    [100, 98, 100, 62, 100, 96, 100, 91], [12, 120, 15, 30, 11], [0, 7, 2, 9, 4, 11, 6, 1, 8, 3, 10, 5],
  ]
  private static let lying = [
    "four in five of your last 20 sessions lie between 35 and 42.", "your last eight sessions lie between 62 and 100.",
    "your last five sessions lie between 11 and 120.", "four in five of your last 12 sessions lie between 1 and 10.",
  ]

  @Test(arguments: zip(uneven, lying)) func `the band is where sessions were, and nowhere else`(
    values: [Double], words: String
  ) throws {
    let trend = Trend(points: sessions(values), figure: paceFigure)
    #expect(trend.changes.isEmpty)
    #expect(try #require(trend.sentences.first).hasSuffix(words))
  }

  @Test func `four in five of the recent sessions or more lie in the band`() throws {
    var dice = Dice(8)
    for count in 5...40 {
      let trend = Trend(points: sessions((0..<count).map { _ in 100 + 10 * dice.heavy() }), figure: paceFigure)
      let (band, recent) = (try #require(trend.band), trend.points.suffix(trend.recentCount).map(\.value))
      #expect(5 * recent.count { band.contains($0) } >= 4 * recent.count)
      #expect(recent.contains(band.lowerBound) && recent.contains(band.upperBound))
    }
  }

  @Test func `levels keep their sign, and only differences lose it`() throws {
    let figure = try #require(TrendFigure.named("loudness"))
    let values = [-30.0, -39, -14, -27, -26, -27, -28]
    #expect(
      Trend(points: sessions(values), figure: figure).sentences.first
        == "Lately about -27 LUFS; your last seven sessions lie between -39 and -14.")
    let softer = Trend(points: sessions((0..<20).map { $0 < 10 ? -21 - Double($0 % 2) : -27 }), figure: figure)
    #expect(
      softer.sentences.last
        == "Since 11 September you are softer at the microphone, by about 5 dB: -22 before, -27 since.")
  }

  @Test func `a month without a session breaks the line`() {
    let early = sessions([150, 151, 152, 150], days: 2)
    let late = sessions([140, 141, 139, 140], days: 2, from: firstNoon + 60 * daySeconds)
    let smooth = Trend(points: late + early, figure: paceFigure).smooth
    #expect(smooth.map(\.value.isNaN) == [false, false, false, false, true, false, false, false, false])
    #expect(!Trend(points: sessions(slower, days: 31), figure: paceFigure).smooth.contains { $0.value.isNaN })
  }
}
