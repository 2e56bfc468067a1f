import Synchronization
import Testing

@testable import Sound

/// What the ear does with time, which is handed to it here.
@Suite struct `The ear` {
  private let second: Int64 = 1_000_000_000
  private let begin: Int64 = 7_000_000_000
  private let ring = SampleRing(
    format: SoundFormat(rate: 8000, channels: 1, encoding: .s16), seconds: 2, chunkLimit: 800)
  private let status = CaptureStatus()

  /// An ear that heard a second of sound.
  private func hearing() -> Ear {
    var ear = Ear(rate: 8000, periodFrames: 80, at: begin)
    for period in 1...100 { ear.take(80, at: begin + Int64(period) * second / 100, ring, status) }
    return ear
  }

  /// The gaps of a ring that ended.
  private func gaps(_ cursor: RingCursor) -> [RingCursor.Step] {
    var memory = [Int16](repeating: 0, count: 8000)
    var found: [RingCursor.Step] = []
    while true {
      let step = memory.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { cursor.take(atMost: 8000, into: $0) } ?? .nothing
      }
      switch step {
      case .frames: break
      case .gap: found.append(step)
      case .nothing, .ended:
        #expect(step == .ended)
        return found
      }
    }
  }

  @Test(arguments: [GapCause.vanished, .suspended, .overrun, .stalled])
  func `told to stop while the device is lost says what was lost until then`(cause: GapCause) {
    let cursor = RingCursor(ring)
    var ear = hearing()
    ear.lose(cause)
    ear.finish(at: begin + 4 * second, ring, status)
    #expect(gaps(cursor) == [.gap(frames: 24000, cause: cause)])
    #expect(ring.lostTotal.load(ordering: .relaxed) == 24000)
  }

  @Test func `counts no pause as lost`() {
    let cursor = RingCursor(ring)
    var ear = hearing()
    ear.lose(.vanished)
    ear.look(status, at: begin + 2 * second)
    status.holding.store(true, ordering: .relaxed)
    ear.finish(at: begin + 4 * second, ring, status)
    #expect(gaps(cursor) == [.gap(frames: 8000, cause: .vanished)])
  }

  @Test func `that ends while all is well has lost nothing, and what hung for long is told`() {
    let well = RingCursor(ring)
    var ear = hearing()
    ear.finish(at: begin + second + second / 10, ring, status)
    #expect(gaps(well).isEmpty)
    ear.lose(.vanished)
    ear.finish(at: begin + 9 * second, ring, status)
    #expect(gaps(well).isEmpty, "its readers were told the end already")
    let other = SampleRing(format: ring.format, seconds: 2, chunkLimit: 800)
    let hung = RingCursor(other)
    ear = Ear(rate: 8000, periodFrames: 80, at: begin)
    ear.take(800, at: begin + second, other, status)
    ear.finish(at: begin + 4 * second, other, status)
    #expect(gaps(hung) == [.gap(frames: 24000, cause: .stalled)])
  }

  @Test func `that never heard a sample has lost none`() {
    let cursor = RingCursor(ring)
    var ear = Ear(rate: 8000, periodFrames: 80, at: begin)
    ear.lose(.vanished)
    ear.finish(at: begin + 9 * second, ring, status)
    #expect(gaps(cursor).isEmpty)
  }

  @Test func `whose first read hangs shows after the patience a new stream gets, and later ones sooner`() {
    #expect(status.silentSince(at: begin) == nil, "not started")
    status.lastArrival.store(begin, ordering: .relaxed)
    #expect(status.silentSince(at: begin + CaptureStatus.firstSampleNanoseconds) == nil)
    #expect(status.silentSince(at: begin + CaptureStatus.firstSampleNanoseconds + 1) == begin)
    _ = hearing()
    #expect(status.silentSince(at: begin + second + Ear.stallNanoseconds) == nil)
    #expect(status.silentSince(at: begin + second + Ear.stallNanoseconds + 1) == begin + second)
  }
}
