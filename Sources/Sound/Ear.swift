import CALSA
import CLinux
import Glibc
import Synchronization

/// The thread that hears: it reads the microphone into the ring, and brings the microphone back when it fails.
///
/// `listen` is all it does while all is well. What is ours of it allocates and locks nothing, which the compiler
/// checks; libasound is exempt. Only between devices, when there is no sound to lose, does it do anything else.
/// Recovered means that samples came: a sound server gives back streams that open, start, and stay silent for ever.
struct Ear {
  /// No samples for so long is a failure like any other, nanoseconds.
  static let stallNanoseconds: Int64 = 2_000_000_000
  /// How long one wait for samples lasts at most, so that `stop` is heard.
  static let waitMilliseconds: Int32 = 100
  /// How long to wait between two attempts to open a lost device, nanoseconds.
  static let reopenNanoseconds: Int64 = 1_000_000_000
  /// How far a device may run ahead of the clock before it is slowed down, nanoseconds.
  static let aheadNanoseconds: Int64 = 500_000_000
  /// How long it is slowed down at one read at most, so that `stop` is heard: as long as the longest read, nanoseconds.
  static let restLimitNanoseconds: Int64 = 100_000_000

  /// Why listening ended.
  enum Outcome {
    case stopped
    case failed(Int32)
  }

  private let periodFrames: Int
  private var clock: ClockLine
  /// Whether the device failed since the last sample, and how: two fields, as comparing an optional of an enum asks the
  /// runtime for metadata.
  private var isLost = false
  private var cause = GapCause.overrun
  private var lastArrival: Int64
  private var lastLook: Int64
  /// When the device was last opened again.
  private var lastAttempt: Int64 = 0
  /// Time spent paused since the device failed: no audio time, hence no part of the gap.
  private var heldNanoseconds: Int64 = 0

  /// An ear that has heard nothing yet, of a device at `rate` hertz read `periodFrames` at a time.
  init(rate: Int, periodFrames: Int, at now: Int64 = rostrum_monotonic_nanoseconds()) {
    self.periodFrames = periodFrames
    clock = ClockLine(rate: rate)
    lastArrival = now
    lastLook = now
  }

  /// Listens until told to stop, reopening with `reopen` once a second whenever the device is lost.
  ///
  /// Ring and status are handed down as arguments: kept in here, each use would count a reference.
  mutating func run(
    _ microphone: Microphone, into ring: SampleRing, _ status: CaptureStatus, reopen: () -> Microphone?
  ) {
    var microphone = microphone
    status.lastArrival.store(lastArrival, ordering: .relaxed)
    rostrum_pcm_start(microphone.pcm)
    while case .failed(let code) = listen(to: microphone.pcm, ring, status) {
      microphone.close()
      status.fail(code, at: rostrum_monotonic_nanoseconds())
      guard let found = recall(reopen, status) else {
        finish(at: rostrum_monotonic_nanoseconds(), ring, status)
        return
      }
      microphone = found
      rostrum_pcm_start(microphone.pcm)
      lastArrival = rostrum_monotonic_nanoseconds()
      status.patience.store(CaptureStatus.firstSampleNanoseconds, ordering: .relaxed)
    }
    // Before the device is given back, which may take its time.
    finish(at: rostrum_monotonic_nanoseconds(), ring, status)
    microphone.close()
  }

  /// Ends the ring. A loss that no sample has ended is as long as it is now.
  ///
  /// Nothing is told where somebody else has ended the ring already, as its readers may be gone.
  mutating func finish(at now: Int64, _ ring: SampleRing, _ status: CaptureStatus) {
    look(status, at: now)
    let isSilent = !status.isHeld && now - lastArrival > Self.stallNanoseconds
    if !clock.isEmpty, isLost || isSilent, !ring.ended.load(ordering: .acquiring) {
      let missing = clock.missing(before: 0, at: now, lessNanoseconds: heldNanoseconds)
      if missing > 0 { ring.mark(lost: missing, cause: isLost ? cause : .stalled) }
    }
    ring.end()
  }

  /// Tries `reopen`, never more often than once a second; `nil` when told to stop.
  private mutating func recall(_ reopen: () -> Microphone?, _ status: CaptureStatus) -> Microphone? {
    while !status.mustStop {
      let now = rostrum_monotonic_nanoseconds()
      look(status, at: now)
      // A device that opens and fails at once is no reason to hurry either.
      let left = lastAttempt + Self.reopenNanoseconds - now
      if left > 0 {
        status.pause(milliseconds: Int(min(left / 1_000_000 + 1, 100)))
      } else {
        lastAttempt = now
        if let found = reopen() { return found }
      }
    }
    return nil
  }

  /// Reads until told to stop or until the device fails in a way that making it ready again does not cure.
  @_noAllocation @_noLocks private mutating func listen(
    to pcm: OpaquePointer, _ ring: SampleRing, _ status: CaptureStatus
  ) -> Outcome {
    while !status.mustStop {
      let ready = rostrum_pcm_wait(pcm, Self.waitMilliseconds)
      look(status, at: rostrum_monotonic_nanoseconds())
      if ready < 0 {
        if !cure(pcm, -ready, status) { return .failed(-ready) }
        continue
      }
      var got = 0
      if ready > 0 {
        got = rostrum_pcm_read(pcm, ring.writeAddress, UInt(bitPattern: ring.room(atMost: periodFrames)))
      }
      let now = rostrum_monotonic_nanoseconds()
      if got > 0 {
        if isLost || now &- lastArrival > Self.stallNanoseconds { close(got, at: now, pcm, ring, status) }
        take(got, at: now, ring, status)
      } else if got == 0 || got == -Int(EAGAIN) {
        if now &- lastArrival > status.patience.load(ordering: .relaxed) {
          if !isLost { lose(.stalled) }
          return .failed(0)
        }
        // Some plugins say ready and have nothing: do not spin.
        if ready > 0 { rostrum_sleep_nanoseconds(2_000_000) }
      } else {
        let code = Int32(truncatingIfNeeded: 0 &- got)
        if !cure(pcm, code, status) { return .failed(code) }
      }
    }
    return .stopped
  }

  /// Ends a loss: `count` frames came, so what was lost before them is known.
  ///
  /// That is also how a call that hung inside libasound is noticed: nothing failed, and yet time has passed. What still
  /// waits in the device was not lost.
  @_noAllocation @_noLocks private mutating func close(
    _ count: Int, at now: Int64, _ pcm: OpaquePointer, _ ring: SampleRing, _ status: CaptureStatus
  ) {
    if !clock.isEmpty {
      let known = count &+ rostrum_pcm_backlog(pcm)
      let missing = clock.missing(before: known, at: now, lessNanoseconds: heldNanoseconds)
      if isLost {
        ring.mark(lost: missing, cause: cause)
      } else if missing > ring.format.rate / 20 {
        ring.mark(lost: missing, cause: .stalled)
      }
      clock.begin()
    }
    isLost = false
    heldNanoseconds = 0
    status.recover()
  }

  /// Publishes frames just read.
  @_noAllocation @_noLocks mutating func take(
    _ count: Int, at now: Int64, _ ring: SampleRing, _ status: CaptureStatus
  ) {
    let isHeld = status.isHeld
    clock.arrive(count, at: now)
    lastArrival = now
    status.lastArrival.store(now, ordering: .relaxed)
    status.patience.store(Self.stallNanoseconds, ordering: .relaxed)
    if !isHeld { ring.commit(count) }
    let rest = clock.ahead(at: now) &- Self.aheadNanoseconds
    if rest > 0 { rostrum_sleep_nanoseconds(rest < Self.restLimitNanoseconds ? rest : Self.restLimitNanoseconds) }
  }

  /// Makes a failed stream ready again; false if it cannot be, or if it already was without a sample coming of it.
  @_noAllocation @_noLocks private mutating func cure(
    _ pcm: OpaquePointer, _ code: Int32, _ status: CaptureStatus
  ) -> Bool {
    if code == EINTR { return true }
    let now = rostrum_monotonic_nanoseconds()
    status.fail(code, at: now)
    if isLost || code == ENODEV {
      if case .stalled = cause, isLost { return false }
      lose(.vanished)
      return false
    }
    lose(code == EPIPE ? .overrun : code == ESTRPIPE ? .suspended : .vanished)
    if code == ESTRPIPE {
      var resumed = rostrum_pcm_resume(pcm)
      while resumed == -EAGAIN {
        if status.mustStop { break }
        rostrum_sleep_nanoseconds(100_000_000)
        look(status, at: rostrum_monotonic_nanoseconds())
        resumed = rostrum_pcm_resume(pcm)
      }
      lastArrival = rostrum_monotonic_nanoseconds()
      if resumed == 0 { return true }
    }
    if rostrum_pcm_restart(pcm) == 0 { return true }
    lose(.vanished)
    return false
  }

  /// Notes that the device failed, and how.
  @_noAllocation @_noLocks mutating func lose(_ cause: GapCause) {
    isLost = true
    self.cause = cause
  }

  /// Counts the time spent paused while there is no device to listen to.
  @_noAllocation @_noLocks mutating func look(_ status: CaptureStatus, at now: Int64) {
    let isHeld = status.isHeld
    if isLost && isHeld { heldNanoseconds &+= now &- lastLook }
    lastLook = now
  }
}
