import CLinux
import Glibc
import Sound
import Synchronization

/// Where on a take's line of time a replay is, between the moments at which that is known.
struct ReplayLine {
  /// What was heard at `known`, nanoseconds of the monotonic clock, and how fast it goes on; 0 where it stands.
  private var seconds = 0.0
  private var known: Int64 = 0
  private var speed = 0.0
  /// How far there is something to be heard.
  private var limit = Double.infinity
  /// What was told last: it never goes back but by a seek.
  private var told = 0.0

  /// The second that is heard.
  mutating func position(at now: Int64) -> Double {
    let here = seconds + speed * Double(now - known) / 1e9
    told = max(told, min(here, limit))
    return told
  }

  /// Stands at a second.
  mutating func stand(at second: Double) {
    (seconds, speed, limit, told) = (second, 0, .infinity, second)
  }

  /// Goes on from where it is.
  mutating func run(at now: Int64, speed: Double, limit: Double) {
    follow(position(at: now), at: now, speed: speed, limit: limit)
  }

  /// Goes on at another speed, where it goes.
  mutating func turn(to speed: Double, at now: Int64) {
    if self.speed != 0 { run(at: now, speed: speed, limit: limit) }
  }

  /// Goes on from `second`, which was heard at `now`, to `limit` at most.
  mutating func follow(_ second: Double, at now: Int64, speed: Double, limit: Double) {
    (seconds, known, self.speed, self.limit) = (second, now, speed, limit)
  }
}

/// What is asked of a replay, and how far it is.
struct ReplayState {
  var line = ReplayLine()
  var speed = 1.0
  var isPlaying = false
  /// Counts what makes sound under way wrong: whatever was found out for an earlier number is dropped.
  var number = 0
  var silence: ReplayPlayer.Silence?
  var damage: SoundError?
  /// Whether recordings and device shall be opened before anything is played.
  var wantsDevice = false
  var isStarted = false, isClosed = false
  /// The device in use, to be silenced.
  var playback: Playback?
  /// Whether sound of the present number may be in it.
  var isSounding = false

  /// Goes to a second; what is sounding is wrong from here on.
  mutating func move(to second: Double) {
    line.stand(at: second)
    number += 1
  }
}

/// What a replay's caller and its thread share.
final class ReplayDesk: Sendable {
  /// How long the take is.
  let seconds: Double
  let state = Mutex(ReplayState())
  private let bell = rostrum_eventfd()

  /// A desk of a take that stands at its start.
  init(seconds: Double, silence: ReplayPlayer.Silence?) {
    self.seconds = seconds
    state.withLock { $0.silence = silence }
  }

  deinit { Glibc.close(bell) }

  /// Nanoseconds of the monotonic clock.
  static var now: Int64 { rostrum_monotonic_nanoseconds() }

  /// A second held within the take.
  func held(_ second: Double) -> Double { second.isNaN ? 0 : max(0, min(second, seconds)) }

  /// Makes a change, and silences what it makes wrong.
  @discardableResult func change<Result>(_ change: (inout ReplayState) -> Result) -> Result {
    state.withLock { state in
      let before = state.number
      let result = change(&state)
      // Under the lock, for the thread lowers the flag that this raises: it does so only for a number that still holds.
      if state.number != before, state.isSounding {
        state.isSounding = false
        state.playback?.stop()
      }
      return result
    }
  }

  /// Wakes the thread.
  func ring() { rostrum_eventfd_signal(bell) }

  /// Waits until it is woken; false after so many milliseconds, negative for ever.
  func wait(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return false }
    rostrum_eventfd_drain(bell)
    return true
  }
}
