import Testing

@testable import SpeechSignals

/// What is struck dies away, a voice swells.
@Suite struct RingTests {
  /// How surely the last of some frames, whose levels are given in dB, is the ring of a blow in the first.
  private static func certainty(_ levels: [Float]) -> Float {
    var ring = Ring()
    for (frame, level) in levels.enumerated() { ring.update(level: level, strike: frame == 0 ? 1 : 0) }
    return ring.certainty
  }

  @Test func `a ring lasts as long as it dies away`() {
    #expect(Self.certainty((0..<30).map { -20 - 0.7 * Float($0) }) == 1)
  }

  @Test func `a voice after a burst is none as soon as it swells`() {
    #expect(Self.certainty([-20, -26, -30, -27]) == 0)
  }

  @Test func `a little growth makes it less sure`() {
    let certainty = Self.certainty([-20, -22, -21.8])
    #expect(certainty > 0.2 && certainty < 0.9)
  }

  @Test func `without a blow there is no ring`() {
    var ring = Ring()
    for level: Float in [-60, -20, -25, -30] { ring.update(level: level, strike: 0) }
    #expect(ring.certainty == 0)
  }
}
