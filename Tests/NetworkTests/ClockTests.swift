import Testing

@testable import Network

struct ClockTests {
  private let patience = HTTPRequest.Patience(
    connectSeconds: 1, firstByteSeconds: 10, stallSeconds: 2, totalSeconds: 60)

  /// What was seen until when, and what is overdue then.
  private func check(
    _ seconds: Double, _ kind: NetworkError.Kind?, _ operation: String = "", _ steps: (inout TransferClock) -> Void
  ) {
    var clock = TransferClock(patience, now: 0)
    steps(&clock)
    let error = clock.overdue(now: Int64(seconds * 1e9))
    #expect(error?.kind == kind && (error?.operation ?? "") == operation)
    #expect((clock.deadline <= Int64(seconds * 1e9)) == (kind != nil))
  }

  @Test func `each phase has a patience of its own`() {
    check(0.9, nil) { _ in }
    check(1, .timedOut, "connect") { _ in }
    check(1.9, nil) { $0.restart(now: 1_000_000_000) }
    check(2.5, .stalled, "send") { $0.observe(isConnected: true, uploaded: 0, of: 9, now: 500_000_000) }
    check(9, nil) { $0.observe(isConnected: true, uploaded: 9, of: 9, now: 500_000_000) }
    check(10.5, .timedOut, "wait") { $0.observe(isConnected: true, uploaded: 9, of: 9, now: 500_000_000) }
    check(5, .stalled, "receive") { $0.received(now: 3_000_000_000) }
  }

  @Test func `a byte that is sent is news, and the same count is not`() {
    check(3.9, nil) { clock in
      for second in 0...2 {
        clock.observe(isConnected: true, uploaded: Int64(second), of: 9, now: Int64(second) * 1_000_000_000)
      }
    }
    check(2, .stalled, "send") { clock in
      for second in 0...2 { clock.observe(isConnected: true, uploaded: 1, of: 9, now: Int64(second) * 1_000_000_000) }
    }
  }

  @Test func `nothing goes on beyond the time for all of it`() {
    check(60, .timedOut, "receive") { $0.received(now: 59_500_000_000) }
    let clock = TransferClock(patience, now: 0)
    #expect(clock.overdueInQueue(now: 59_999_999_999) == nil && clock.overdueInQueue(now: 60_000_000_000) != nil)
  }

  @Test(arguments: [Double.nan, -.infinity, -1, 0, .infinity, 1e300])
  func `a patience that is no number ends all the same`(seconds: Double) {
    let patience = HTTPRequest.Patience(
      connectSeconds: seconds, firstByteSeconds: seconds, stallSeconds: seconds, totalSeconds: seconds)
    let clock = TransferClock(patience, now: 5)
    #expect(clock.deadline > 5 && clock.overdue(now: .max) != nil && clock.connectMilliseconds > 0)
  }

  @Test func `a head is read line by line`() {
    var head = HeadReader()
    let lines = [
      "HTTP/1.1 100 Continue\r\n", "X-Early: 1\r\n", "\r\n", "HTTP/2 429 \r\n", "Retry-After:  7 \r\n", "no colon\r\n",
      "Empty:\r\n", "\r\n", "Trailer: x\r\n",
    ]
    let steps = lines.map { head.take(Array($0.utf8)) }
    #expect(steps.filter { $0 == .complete }.count == 1 && steps[7] == .complete)
    #expect(head.status == 429 && head.headers == [.init("Retry-After", "7"), .init("Empty", "")])
  }

  @Test func `a head without end is refused`() {
    var (many, long) = (HeadReader(), HeadReader())
    #expect((0...HeadReader.lineLimit).map { _ in many.take(Array("a: b\r\n".utf8)) }.last == .tooLarge)
    #expect(long.take([UInt8](repeating: 97, count: HeadReader.byteLimit + 1)) == .tooLarge)
  }
}
