import Testing

@testable import Network

struct PaceTests {
  @Test func `a hundred a minute and no more`() {
    var pace = RequestPace(perMinute: 3)
    #expect([0, 1, 2].allSatisfy { pace.take(at: $0) })
    #expect(!pace.take(at: 59_999_999_999))
    #expect(pace.take(at: 60_000_000_000))
    #expect(!pace.take(at: 60_000_000_000))
  }
}
