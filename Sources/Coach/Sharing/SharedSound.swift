import Audience
import Sound
import Synchronization

/// The microphone on its way to those whom the learner lets hear it.
///
/// It reads the ring with its own cursor, as analyst and recorder do. It runs only while somebody may hear.
final class SharedSound: Sendable {
  private let isStopped = Mutex(false)

  /// Begins to hear `capture`, whose next sample is at `seconds` of audio time.
  init(_ capture: Capture, from seconds: Double, to sharing: Sharing) {
    // Handed over to the one thread that uses it.
    let reader = capture.makeReader()
    Worker.start("sharer") { self.hear(reader, from: seconds, to: sharing) }
  }

  func stop() { isStopped.withLock { $0 = true } }

  /// A sample as the wire has it; what is beyond full scale is cut, and what is no number is silence.
  static func sample(_ value: Float) -> Int16 {
    value.isNaN ? 0 : Int16((min(max(value, -1), 1) * 32_767).rounded())
  }

  private func hear(_ reader: SampleReader, from start: Double, to sharing: Sharing) {
    var (seconds, buffer) = (start, [Float]())
    buffer.reserveCapacity(4_096)
    while !isStopped.withLock({ $0 }) {
      switch reader.next(timeoutMilliseconds: 200, into: &buffer) {
      case .samples:
        sharing.sound(
          seconds: seconds, buffer.map(SharedSound.sample))
        seconds += Double(buffer.count) / 16_000
      case .gap(let lost, _): seconds += max(lost, 0)
      case .nothing: continue
      case .ended: return
      }
    }
  }
}
