import Foundation
import Glibc
import Support
import Synchronization

/// A second ear on the same microphone, with as little delay as PulseAudio gives, that notes when each click arrives.
///
/// `parec` hands over raw samples in pieces of about 5 ms; a click is the first loud sample after 0.2 s of quiet, and
/// it has arrived when the piece that holds it was read.
final class Listener: Sendable {
  private let child: Child
  private let found: Found
  private let rate = 48_000

  private final class Found: Sendable {
    let clicks = Mutex<[Double]>([])
    let isOver = Atomic<Bool>(false)
    let isIdle = Atomic<Bool>(false)
    let pieces = Mutex<[Int]>([])
  }

  /// Starts listening.
  init(to pulse: PulseAudio) throws {
    let pipe = try Child.pipe()
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { [nothing, pipe.write].forEach { close($0) } }
    child = try Child(
      [
        "parec", "--latency-msec=5", "--process-time-msec=5", "--device=mic.monitor", "--raw", "--format=s16le",
        "--rate=48000", "--channels=1",
      ],
      environment: Machine.base.merging(pulse.environment) { $1 },
      streams: .descriptors(input: nothing, output: pipe.write, errors: nothing))
    found = Found()
    let (descriptor, shared, quiet) = (pipe.read, found, rate / 5)
    let reader = Thread { Listener.listen(descriptor, shared, quietSamples: quiet) }
    reader.start()
  }

  deinit {
    found.isOver.store(true, ordering: .releasing)
    child.end()
    _ = eventually(within: 2) { found.isIdle.load(ordering: .acquiring) }
  }

  /// When the clicks arrived, in seconds of CLOCK_MONOTONIC.
  var clicks: [Double] { found.clicks.withLock { $0 } }

  /// How many seconds of sound came in one piece, in the middle.
  var pieceSeconds: Double {
    percentile(found.pieces.withLock { $0.map { Double($0) / Double(rate) } }, 0.5)
  }

  private static func listen(_ descriptor: Int32, _ found: Found, quietSamples: Int) {
    defer {
      close(descriptor)
      found.isIdle.store(true, ordering: .releasing)
    }
    var buffer = [Int16](repeating: 0, count: 16_384)
    var quiet = 0
    while !found.isOver.load(ordering: .acquiring) {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 50) > 0 else { continue }
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) } / 2
      let seconds = now()
      guard count > 0 else { return }
      found.pieces.withLock { $0.append(count) }
      for sample in buffer[..<count] {
        if abs(Int32(sample)) < 200 {
          quiet += 1
        } else {
          if quiet >= quietSamples { found.clicks.withLock { $0.append(seconds) } }
          quiet = 0
        }
      }
    }
  }
}

/// Short bursts of noise in silence, at intervals that no clock of ours divides.
///
/// 2.0 to 2.8 s after bursts of -35 dBFS: long enough for a level bar that falls by 20 dB a second to have come to rest,
/// too short for the silence to be called mute.
func clickTrain(count: Int) -> Wave {
  var state: UInt64 = 88_172_645_463_325_252
  func random() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state % 10_000) / 10_000
  }
  var wave = Wave.silence(seconds: 1, rate: 48_000)
  for _ in 0..<count {
    let burst = (0..<1_440).map { _ in Int16((random() * 2 - 1) * 1_000) }
    wave = wave + Wave(rate: 48_000, samples: burst) + Wave.silence(seconds: 2.0 + 0.8 * random(), rate: 48_000)
  }
  return wave
}
