import Testing

@testable import Practice

/// How often chance is taken for a change, and how often a change is found.
@Suite struct ChangePointTests {
  private static let figure = TrendFigure(
    name: "any", label: "Any", unit: "", decimals: 3, more: "#", less: "#", better: .neither)

  /// The share of series with any change.
  private func share(_ runs: Int, _ count: Int, _ value: (inout Dice, Int) -> Double) -> Double {
    var dice = Dice(21)
    let times = (0..<count).map { Double($0) * daySeconds }
    let hits = (0..<runs).count { _ in
      !ChangePoints.indexes(times, (0..<count).map { value(&dice, $0) }).isEmpty
    }
    return Double(hits) / Double(runs)
  }

  /// Five in a hundred are promised; the bound leaves two standard errors of 400 draws.
  @Test(arguments: [10, 20, 50])
  func `steady series are rarely said to change, however they are spread`(count: Int) {
    #expect(share(400, count) { dice, _ in dice.normal() } <= 0.072)
    #expect(share(400, count) { dice, _ in dice.withOutliers() } <= 0.072)
    #expect(share(400, count) { dice, _ in dice.heavy() } <= 0.072)
    #expect(share(400, count) { dice, _ in (dice.share() * 3).rounded() } <= 0.072)
  }

  /// A spread here is half the band that holds four in five sessions: 1.28 standard deviations.
  @Test func `a step of one and a half spreads is found after ten sessions on either side`() {
    let found = share(400, 20) { dice, index in dice.normal() + (index < 10 ? 0 : 1.5 * 1.2816) }
    #expect(found >= 0.8)
  }

  @Test func `a change of the last weeks is found in a long history`() {
    let times = (0..<2000).map { Double($0) * daySeconds }
    let values = (0..<2000).map { index in
      let level: Double = index < 1985 ? 100 : 106
      return level + Double(index * 7 % 5)
    }
    #expect(ChangePoints.indexes(times, values) == [1985])
  }

  @Test func `a steady drift is not called a step`() {
    var dice = Dice(3)
    let values = (0..<40).map { Double($0) + 2 * dice.normal() }
    #expect(Trend(points: sessions(values), figure: Self.figure).changes.isEmpty)
  }

  @Test func `an outlier is no change, and a change is found among outliers`() {
    var values = (0..<30).map { 100 + Double($0 % 4) + ($0 < 15 ? 0 : 8) }
    values[4] = 900
    values[25] = -900
    #expect(Trend(points: sessions(values), figure: paceFigure).changes.map(\.index) == [15])
    #expect(Trend(points: sessions([5, 5, 5, 5, 5, 900, 5, 5, 5, 5, 5]), figure: paceFigure).changes.isEmpty)
  }

  @Test func `no change is too close to the first or the last session`() {
    let trend = Trend(points: sessions([1, 1, 1, 1] + [Double](repeating: 9, count: 30)), figure: paceFigure)
    #expect(trend.changes.allSatisfy { $0.index >= 5 && $0.index <= 29 })
  }
}
