import Testing

@testable import Coach

@Suite struct SampleWatchTests {
  /// A square wave at `level`, `count` samples of it.
  private func voice(_ level: Float, _ count: Int = 1_600) -> [Float] {
    (0..<count).map { $0 % 8 < 4 ? level : -level }
  }

  @Test(arguments: [
    ([1, -1], true), ([1, 1], false), ([1, 0], false), ([1, -0.2], false), ([0.0001, -0.0001], false),
  ])
  func `channels cancel where next to nothing is left of them`(gains: [Float], cancel: Bool) {
    var watch = SampleWatch(rate: 16_000, channels: gains.count, isFloating: false)
    watch.look(voice(0.3).flatMap { one in gains.map { one * $0 } })
    #expect(watch.channelsCancel == cancel)
  }

  @Test func `one channel cannot cancel itself out`() {
    var watch = SampleWatch(rate: 16_000, channels: 1, isFloating: true)
    watch.look(voice(0.5))
    #expect(!watch.channelsCancel && watch.beyondCount == 0)
  }

  @Test(arguments: [true, false])
  func `samples far beyond full scale are counted from the first on`(isFloating: Bool) {
    var watch = SampleWatch(rate: 1_000, channels: 2, isFloating: isFloating)
    watch.look(voice(2, 1_000))
    watch.look(voice(2, 500) + voice(16, 500))
    #expect(watch.beyondCount == (isFloating ? 500 : 0))
    #expect(watch.beyondSeconds == (isFloating ? 0.75 : 0))
  }
}
