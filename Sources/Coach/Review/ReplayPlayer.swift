package import Sound
import Synchronization

/// Plays a take again: any second of it, at half to twice its speed, with the pitch kept.
///
/// One thread ("replay") opens the recordings, stretches and plays. Nothing here makes a caller wait: what is asked for
/// is put down, and what becomes of it is told by closure, on that thread. Where there is no sound, for whatever reason,
/// `position` goes on by the clock at the same speed, so that meters and words move in any case, and `silence` says why.
package final class ReplayPlayer: Sendable {
  /// What becomes of the replay.
  package enum News: Equatable, Sendable {
    /// After a `play` or a `seek`, its first sound is on its way to the device, or the clock runs.
    case began
    /// There is no sound, from here on.
    case silent(Silence)
    /// A recording of the take does not open or ends before its time: its place is silent.
    case damaged(SoundError)
    /// The end of the take was heard.
    case ended
  }

  /// Why nothing is heard.
  package enum Silence: Error, Equatable, Sendable {
    /// No recording was kept.
    case notKept
    /// The learner wants none: the setting `speaker` is `none`.
    case turnedOff
    /// None of the recordings opens: what is wrong with the first.
    case recording(SoundError)
    /// The device cannot be opened or used; it is tried again at the next `play`.
    case device(SoundError)
    /// The system has no thread to give.
    case noThread
  }

  /// How fast a take may be played.
  package static let speeds = Stretcher.speeds
  /// The device's name that stands for none.
  package static let noDevice = "none"
  /// Milliseconds the device is kept while nothing is played.
  static let idleMilliseconds: Int32 = 10_000

  private let desk: ReplayDesk
  private let thread: ReplayThread

  /// A player that has not opened anything yet.
  ///
  /// - Parameters:
  ///   - parts: The take's recordings; empty where none was kept.
  ///   - seconds: How long the take is; its recordings are played up to there.
  ///   - device: The ALSA device, as in `default`; `none` for no sound.
  ///   - volume: A factor, 0...1.
  ///   - balance: -1 left alone, 0 both, 1 right alone.
  ///   - tell: Told the news, on the player's thread; must be quick.
  package init(
    parts: [TakePart], seconds: Double, device: String, volume: Float = 1, balance: Float = 0,
    tell: @escaping @Sendable (News) -> Void
  ) {
    let seconds = seconds.isFinite ? max(0, seconds) : 0
    let silence: Silence? = device == Self.noDevice ? .turnedOff : parts.isEmpty ? .notKept : nil
    desk = ReplayDesk(seconds: seconds, silence: silence)
    thread = ReplayThread(desk: desk, parts: parts, device: device, gains: (volume, balance), tell: tell)
  }

  deinit { close() }

  /// How long the take is, seconds.
  package var seconds: Double { desk.seconds }

  /// The second of the take that is heard now: what waits in the device and a sound server is not heard yet.
  ///
  /// Never goes back while playing. After `play(from:)` and `seek(to:)` it is where they led until that is heard.
  package var position: Double { desk.state.withLock { $0.line.position(at: ReplayDesk.now) } }

  /// Whether the take is being played.
  package var isPlaying: Bool { desk.state.withLock { $0.isPlaying } }

  /// How fast, in `speeds`.
  package var speed: Double { desk.state.withLock { $0.speed } }

  /// Why nothing is heard; nil while all is well, and before that is known.
  package var silence: Silence? { desk.state.withLock { $0.silence } }

  /// What is wrong with the first recording that was found to be damaged, whose place is silent; nil before that is met.
  package var damage: SoundError? { desk.state.withLock { $0.damage } }

  /// Opens recordings and device before anything is played, so that the first sound need not wait for them.
  package func prepare() { run { $0.wantsDevice = true } }

  /// Plays from a second of the take, or from where it stands; at its end from the beginning.
  package func play(from seconds: Double? = nil) {
    run { state in
      guard !state.isPlaying || seconds != nil else { return }
      var from = seconds ?? state.line.position(at: ReplayDesk.now)
      if seconds == nil, from >= desk.seconds { from = 0 }
      state.move(to: desk.held(from))
      if case .device = state.silence { state.silence = nil }
      state.isPlaying = true
    }
  }

  /// Silences it within 100 ms; it stands where it was heard last. Without effect where it stands.
  package func pause() {
    run { state in
      guard state.isPlaying else { return }
      state.move(to: state.line.position(at: ReplayDesk.now))
      state.isPlaying = false
    }
  }

  /// Goes to a second of the take, and plays on from there if it was playing.
  package func seek(to seconds: Double) { run { $0.move(to: desk.held(seconds)) } }

  /// Changes the speed, held within `speeds`; heard within 0.3 s.
  package func setSpeed(_ speed: Double) {
    run { state in
      state.speed = speed.isNaN ? 1 : max(Self.speeds.lowerBound, min(Self.speeds.upperBound, speed))
      if state.silence != nil { state.line.turn(to: state.speed, at: ReplayDesk.now) }
    }
  }

  /// Silences it for good and gives the device back, soon. Never waits.
  package func close() {
    let wasStarted = desk.change { state in
      state.isClosed = true
      state.move(to: state.line.position(at: ReplayDesk.now))
      state.isPlaying = false
      return state.isStarted
    }
    if wasStarted { desk.ring() }
  }

  /// Makes a change and wakes the thread, which starts with the first one.
  private func run(_ change: (inout ReplayState) -> Void) {
    let mustStart = desk.change { state in
      change(&state)
      defer { state.isStarted = true }
      return !state.isStarted && !state.isClosed
    }
    if mustStart {
      // The thread keeps what it needs alive and not the player, whose end is what ends it.
      let thread = thread
      if !Worker.start("replay", { thread.run() }) {
        desk.change { state in
          state.silence = .noThread
          if state.isPlaying { state.line.run(at: ReplayDesk.now, speed: state.speed, limit: desk.seconds) }
        }
        thread.tell(.silent(.noThread))
      }
    }
    desk.ring()
  }
}
