import Foundation
import Synchronization

/// A thread that does nothing but ask to be woken each 5 ms, and writes down how late it was.
///
/// A bound in real time says something about the program only while the machine lets anybody run. The witness is what a
/// program without any work of its own got from the same machine in the same stretch: a bound is widened by that.
package final class Witness: Sendable {
  private struct Wake {
    var seconds: Double
    var late: Double
  }

  private final class Seen: Sendable {
    let wakes = Mutex<[Wake]>([])
    let isOver = Atomic<Bool>(false)
  }

  private static let step = 0.005
  private let seen = Seen()

  /// Begins to watch.
  package init() {
    let seen = seen
    Thread.detachNewThread {
      var last = now()
      while !seen.isOver.load(ordering: .acquiring) {
        usleep(UInt32(Self.step * 1e6))
        let woken = now()
        let late = max(0, woken - last - Self.step)
        if late > Self.step { seen.wakes.withLock { $0.append(Wake(seconds: woken, late: late)) } }
        last = woken
      }
    }
  }

  deinit { seen.isOver.store(true, ordering: .releasing) }

  /// The seconds for which it was not let run between two times of CLOCK_MONOTONIC, all delays over 5 ms added up.
  package func lateness(from begin: Double, to end: Double) -> Double {
    seen.wakes.withLock { wakes in
      wakes.reduce(0) { $0 + ($1.seconds > begin && $1.seconds - $1.late < end ? $1.late : 0) }
    }
  }
}
