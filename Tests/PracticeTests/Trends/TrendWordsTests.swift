import Practice
import Testing

/// What is said of fillers in the first weeks, and of guesses.
@Suite struct TrendWordsTests {
  private let firstWeek = [9.0, 9.4, 8.8, 9.2, 9.1, 9.3, 9.0]
  private let secondWeek = [10.8, 11.0, 11.4, 10.9, 11.2, 11.1, 11.0]

  @Test func `the rise of the second week is expected and not held against anybody`() {
    let trend = Trend(points: sessions(firstWeek + secondWeek), figure: fillerFigure)
    #expect(trend.expectedRise?.isOver == false)
    #expect(trend.changes.allSatisfy { $0.isExpected })
    #expect(
      trend.sentences == [
        "Lately about 11.0 fillers a minute; your last seven sessions lie between 10.8 and 11.4.",
        "Up from 9.1 in your first week to 11.0: that is expected. Who begins to listen often hears and says more of "
          + "them in the second week, and fewer from the third on: hold your course.",
      ])
  }

  @Test func `once it is over it is told as what it was`() {
    let later = [8.0, 8.2, 7.9, 8.1, 8.0, 7.8, 8.1]
    let trend = Trend(points: sessions(firstWeek + secondWeek + secondWeek + later), figure: fillerFigure)
    #expect(
      trend.sentences.contains(
        "The rise of your first three weeks was expected of somebody who begins to listen: 9.1 in the first, 11.0 in "
          + "the two after, 8.0 since."))
    #expect(trend.sentences.contains { $0.hasPrefix("Since 22 September you say about 3.0 fewer fillers a minute") })
  }

  @Test func `it is expected of nothing else, of no larger rise, and at no later time`() {
    let double = Trend(points: sessions(firstWeek + firstWeek.map { $0 * 2 }), figure: fillerFigure)
    #expect(double.expectedRise == nil && double.changes.allSatisfy { !$0.isExpected })
    #expect(Trend(points: sessions(firstWeek + secondWeek), figure: paceFigure).expectedRise == nil)
    let later = Trend(
      points: sessions(firstWeek + secondWeek), figure: fillerFigure, firstUse: firstNoon - 60 * daySeconds)
    #expect(later.expectedRise == nil)
    #expect(Trend(points: sessions([9, 11]), figure: fillerFigure).expectedRise == nil)
  }

  @Test func `a guess that comes closer is told in words for both sides`() {
    let before = [-7.0, -8, -6, -7, -7, -8, -6, -7, -9, -7]
    let below = Trend(points: sessions(before + before.map { $0 + 5 }), figure: gapFigure)
    #expect(
      below.sentences == [
        "Lately your guess is about 2 fillers below the count; four in five of your last 10 guesses lie between 3 below and 1 below.",
        "Since 11 September your guess is about 2 fillers below the count; before it was about 7 fillers below the "
          + "count: closer to the count.",
      ])
    let above = Trend(points: sessions(before.map { $0 + 7 } + before.map { -$0 }), figure: gapFigure)
    #expect(
      above.sentences[1]
        == "Since 11 September your guess is about 7 fillers above the count; before it was what was counted: farther "
        + "from the count.")
  }

  @Test func `earlier changes follow the last one`() {
    let trend = Trend(
      points: sessions([160.0, 150, 140].flatMap { level in (0..<15).map { level + Double($0 % 3) } }),
      figure: paceFigure)
    #expect(trend.changes.map(\.index) == [15, 30])
    #expect(trend.sentences.last == "Earlier changes: 16 September (161 to 151).")
  }

  @Test func `no sentence praises, blames or ranks`() {
    let all =
      Trend(points: sessions(firstWeek + secondWeek + firstWeek.map { $0 * 3 }), figure: fillerFigure).sentences
      + Trend(points: sessions([]), figure: gapFigure).sentences
    for word in ["streak", "great", "bad", "worse", "fail", "best", "record", "!"] {
      #expect(!all.contains { $0.lowercased().contains(word) })
    }
  }
}
