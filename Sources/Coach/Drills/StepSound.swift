import Sound
import Synchronization

/// What a step of a drill has to be heard: a line of the model, or a piece of the learner's own talk.
///
/// One sound at a time, on a thread that ends with it; a new one silences the one before.
final class StepSound: Sendable {
  /// What sounds now.
  private struct State: ~Copyable {
    var playback: Playback?
    /// Counts what was asked for, so that a device opened too late is given back unused.
    var turn = 0
  }

  private let state = Mutex(State())
  private let device: String
  private let (volume, balance): (Float, Float)
  private let tell: @Sendable (SoundError) -> Void

  /// Plays on `device`; `tell` hears why nothing can be, on any thread.
  init(device: String, volume: Double, balance: Double, tell: @escaping @Sendable (SoundError) -> Void) {
    self.device = device
    (self.volume, self.balance) = (Float(volume), Float(balance))
    self.tell = tell
  }

  /// Plays `samples`, one channel of `rate` hertz, from now on. Never waits.
  func play(_ samples: [Float], rate: Int) {
    let turn = begin()
    guard !samples.isEmpty else { return }
    Worker.start("voice") {
      do throws(SoundError) {
        let playback = try Playback(device: self.device, rate: rate)
        defer { playback.close() }
        guard self.take(playback, turn) else { return }
        if try playback.write(samples, rate: rate, volume: self.volume, balance: self.balance) {
          try playback.drain()
        }
        self.release(turn)
      } catch { self.tell(error) }
    }
  }

  /// Silences what sounds. Never waits.
  func stop() { _ = begin() }

  private func begin() -> Int {
    state.withLock { state in
      state.playback?.stop()
      state.playback = nil
      state.turn += 1
      return state.turn
    }
  }

  private func take(_ playback: Playback, _ turn: Int) -> Bool {
    state.withLock { state in
      guard state.turn == turn else { return false }
      state.playback = playback
      return true
    }
  }

  private func release(_ turn: Int) { state.withLock { if $0.turn == turn { $0.playback = nil } } }
}
