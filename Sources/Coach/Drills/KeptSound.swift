import Sound
import Synchronization

/// The sound of an attempt at a drill, held in memory while it goes on: the learner hears a piece of it again.
///
/// It reads the ring with its own cursor, as analyst and recorder do; nothing of it is written anywhere.
final class KeptSound: Sendable {
  /// Samples a second.
  static let rate = 16_000
  private let samples = Mutex<[Float]>([])

  /// Listens to `capture` on a thread that ends with it. Call before the capture starts.
  func listen(to capture: Capture) {
    // Handed over to the one thread that uses it.
    let reader = capture.makeReader()
    Worker.start("keeper") { self.hear(reader) }
  }

  /// Up to `seconds` from `start` on, both in seconds of audio time; empty where there is nothing.
  func piece(from start: Double, seconds: Double) -> [Float] {
    samples.withLock { samples in
      let first = min(max(Int(start * Double(Self.rate)), 0), samples.count)
      let last = min(first + max(Int(seconds * Double(Self.rate)), 0), samples.count)
      return Array(samples[first..<last])
    }
  }

  private func hear(_ reader: SampleReader) {
    var buffer: [Float] = []
    buffer.reserveCapacity(4_096)
    while true {
      switch reader.next(timeoutMilliseconds: 200, into: &buffer) {
      case .samples: keep(buffer)
      // Time that was lost is silence here, so that a second stays a second.
      case .gap(let lost, _): keep(Array(repeating: 0, count: Int(min(max(lost, 0), 60) * Double(Self.rate))))
      case .nothing: continue
      case .ended: return
      }
    }
  }

  private func keep(_ piece: [Float]) {
    samples.withLock { samples in
      let room = Limits.keptSoundSeconds * Self.rate - samples.count
      if room > 0 { samples += piece.prefix(room) }
    }
  }
}
