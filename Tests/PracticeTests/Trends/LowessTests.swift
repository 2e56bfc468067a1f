import Testing

@testable import Practice

@Suite struct LowessTests {
  @Test func `a straight line stays one, whatever the distances`() {
    let points = [0.0, 1, 2, 5, 9, 10, 14, 20, 21, 25].map {
      TrendPoint(at: firstNoon + $0 * daySeconds, value: 100 + 2 * $0)
    }
    let smooth = Trend(points: points, figure: paceFigure).smooth
    #expect(smooth.count == 10)
    for (point, line) in zip(points, smooth) { #expect(abs(point.value - line.value) < 1e-6) }
  }

  @Test func `a few that are far off do not move it`() {
    var values = (0..<40).map { 150 + Double($0 % 3) }
    let calm = Trend(points: sessions(values), figure: paceFigure).smooth
    for index in [7, 19, 33] { values[index] = 600 }
    let moved = Trend(points: sessions(values), figure: paceFigure).smooth
    for (one, other) in zip(calm, moved) { #expect(abs(one.value - other.value) < 2) }
  }

  @Test func `medians are those of the sorted values`() {
    var dice = Dice(6)
    for count in 1...60 {
      let values = (0..<count).map { _ in (dice.share() * 20).rounded() }
      let sorted = values.sorted()
      let expected = RobustSpread.middle(ofAscending: sorted[...])
      #expect(RobustSpread.median(values) == expected && RobustSpread.median(sorted.reversed()) == expected)
      #expect(RobustSpread(values)?.median == expected)
    }
    #expect(RobustSpread([]) == nil && RobustSpread([3]) != nil && RobustSpread.median([]) == 0)
  }

  @Test func `a long history has two hundred places at most`() {
    var dice = Dice(2)
    let smooth = Trend(points: sessions((0..<3000).map { _ in dice.normal() }, days: 0.5), figure: paceFigure).smooth
    #expect(smooth.count == 200)
    #expect(smooth.allSatisfy { abs($0.value) < 0.5 })
  }
}
