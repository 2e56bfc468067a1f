import Foundation
import Glibc
import Synchronization

/// A recording of what is played into the null sink of a `PulseAudio`, and when each piece of it arrived.
///
/// `parec` hands over raw samples in pieces of about 5 ms, so a sample's arrival is known to that.
package final class MonitorTape: Sendable {
  /// Samples a second.
  package static let rate = 48_000

  private struct Kept {
    var samples: [Int16] = []
    /// How many samples had come at a time of CLOCK_MONOTONIC.
    var arrivals: [(count: Int, seconds: Double)] = []
  }

  private final class Shared: Sendable {
    let kept = Mutex(Kept())
    let isOver = Atomic<Bool>(false)
    let isIdle = Atomic<Bool>(false)
  }

  private let child: Child
  private let shared = Shared()

  /// Starts recording a monitor, and waits for the first sample.
  /// - Throws: `SupportError` if none comes.
  package init(of pulse: PulseAudio, monitor: String = "mic.monitor") throws {
    let pipe = try Child.pipe()
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { [nothing, pipe.write].forEach { close($0) } }
    child = try Child(
      [
        "parec", "--latency-msec=5", "--process-time-msec=5", "--device=\(monitor)", "--raw", "--format=s16le",
        "--rate=\(Self.rate)", "--channels=1",
      ],
      environment: Machine.base.merging(pulse.environment) { $1 },
      streams: .descriptors(input: nothing, output: pipe.write, errors: nothing))
    let (descriptor, shared) = (pipe.read, shared)
    Thread.detachNewThread { Self.listen(descriptor, shared) }
    guard eventually({ shared.kept.withLock { !$0.samples.isEmpty } }) else { throw SupportError("parec is silent") }
  }

  deinit {
    shared.isOver.store(true, ordering: .releasing)
    child.end()
    _ = eventually(within: 2) { shared.isIdle.load(ordering: .acquiring) }
  }

  /// All that came so far.
  package var wave: Wave { Wave(rate: Self.rate, samples: shared.kept.withLock { $0.samples }) }

  /// How many samples came so far.
  package var count: Int { shared.kept.withLock { $0.samples.count } }

  /// When a sample arrived, in seconds of CLOCK_MONOTONIC; nil if it has not.
  package func arrival(of index: Int) -> Double? {
    shared.kept.withLock { $0.arrivals.first { $0.count > index }?.seconds }
  }

  /// The first sample from `start` on, and the last one, that is loud; nil where all is quiet.
  package func loud(from start: Int = 0, over level: Int16 = 200) -> (first: Int, last: Int)? {
    shared.kept.withLock { kept in
      func isLoud(_ index: Int) -> Bool { kept.samples[index].magnitude > level.magnitude }
      let range = min(start, kept.samples.count)..<kept.samples.count
      guard let first = range.first(where: isLoud), let last = range.last(where: isLoud) else { return nil }
      return (first, last)
    }
  }

  /// Whether the last `seconds` were quiet.
  package func isQuiet(seconds: Double, over level: Int16 = 200) -> Bool {
    shared.kept.withLock { kept in
      let tail = kept.samples.suffix(Int(seconds * Double(Self.rate)))
      return !tail.contains { $0.magnitude > level.magnitude }
    }
  }

  private static func listen(_ descriptor: Int32, _ shared: Shared) {
    defer {
      close(descriptor)
      shared.isIdle.store(true, ordering: .releasing)
    }
    var buffer = [Int16](repeating: 0, count: 16_384)
    while !shared.isOver.load(ordering: .acquiring) {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 50) > 0 else { continue }
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) } / 2
      let seconds = now()
      guard count > 0 else { return }
      shared.kept.withLock { kept in
        kept.samples += buffer[..<count]
        kept.arrivals.append((kept.samples.count, seconds))
      }
    }
  }
}
