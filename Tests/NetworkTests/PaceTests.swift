import Testing

@testable import Network

struct PaceTests {
  @Test func `a hundred a minute and no more`() {
    var pace = RequestPace(perMinute: 3)
    let taken = [0, 1, 2, 59_999_999_999, 60_000_000_000, 60_000_000_000].map { pace.take(at: $0) }
    #expect(taken == [true, true, true, false, true, false])
  }
}
