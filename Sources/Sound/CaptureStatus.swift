import CLinux
import Glibc
import Synchronization

/// What the thread that brings the sound and everybody else tell each other, without locks on its side.
final class CaptureStatus: Sendable {
  /// A stream just opened may take longer: a sound server first ends the sleep of up to 2 s that it began when nobody
  /// listened, nanoseconds.
  static let firstSampleNanoseconds: Int64 = 3_000_000_000
  /// Asked to end.
  let stopping = Atomic<Bool>(false)
  /// Asked to pause.
  let holding = Atomic<Bool>(false)
  /// Nanoseconds on the monotonic clock since which the device is failing; 0 while it is well.
  let failingSince = Atomic<Int64>(0)
  /// What it failed with.
  let failureCode = Atomic<Int32>(0)
  /// When a microphone last gave samples, or was started; 0 before that and for all other sources.
  let lastArrival = Atomic<Int64>(0)
  /// How long to wait for a microphone's next samples before it counts as failing, nanoseconds.
  let patience = Atomic<Int64>(CaptureStatus.firstSampleNanoseconds)
  /// Whether the thread got real-time priority: 0 not known, 1 no, 2 yes.
  let priority = Atomic<Int>(0)
  /// Why the source ended before its end.
  let endError = Mutex<SoundError?>(nil)
  /// The device in use, where it came back as another than it was.
  let nameInUse = Mutex<String?>(nil)
  /// Signalled when the thread should look at `stopping` and `holding`.
  let wake = rostrum_eventfd()

  deinit { if wake >= 0 { close(wake) } }

  /// Whether to end, as the capture thread asks it.
  var mustStop: Bool {
    @_noAllocation @_noLocks get { stopping.load(ordering: .relaxed) }
  }

  /// Whether to pause, as the capture thread asks it.
  var isHeld: Bool {
    @_noAllocation @_noLocks get { holding.load(ordering: .relaxed) }
  }

  /// Says that the device fails with `code`, if it was well until now.
  @_noAllocation @_noLocks func fail(_ code: Int32, at now: Int64) {
    if failingSince.load(ordering: .relaxed) == 0 {
      failureCode.store(code, ordering: .relaxed)
      failingSince.store(now, ordering: .releasing)
    }
  }

  /// Says that samples arrive.
  @_noAllocation @_noLocks func recover() {
    if failingSince.load(ordering: .relaxed) != 0 { failingSince.store(0, ordering: .releasing) }
  }

  /// Since when a microphone gives nothing for longer than `patience`; `nil` while all is well, and for other sources.
  ///
  /// A call that hangs inside libasound can say nothing itself.
  func silentSince(at now: Int64) -> Int64? {
    let last = lastArrival.load(ordering: .relaxed)
    return last != 0 && now - last > patience.load(ordering: .relaxed) ? last : nil
  }

  /// Makes the thread look at `stopping` and `holding`.
  func interrupt() { rostrum_eventfd_signal(wake) }

  /// Sleeps up to `milliseconds`, or until there is something to look at.
  func pause(milliseconds: Int) {
    var entry = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, Int32(clamping: max(milliseconds, 0))) > 0 { rostrum_eventfd_drain(wake) }
  }
}
