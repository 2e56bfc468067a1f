import CLinux
import Glibc
import Sound
import Synchronization

/// The microphone of the learner who is selected, as far as they let the tutor hear it.
///
/// Sound comes from the thread "audience" and is played on a "voice" of its own, which opens the device with the first of
/// it. What comes faster than it is played is left out from its old end, so that what is heard stays near what is seen.
final class WatchVoice: Sendable {
  /// Samples a second on the wire.
  static let rate = 16_000
  /// Seconds that wait at most, and that are gathered before sound begins: lines come unevenly.
  static let mostSeconds = 1.0
  static let leastSeconds = 0.15

  private struct State: ~Copyable {
    /// The line that is heard; nil for none.
    var line: Int?
    var samples: [Float] = []
    var isRunning = false
    var isClosed = false
    var playback: Playback?
  }

  private let state = Mutex(State())
  private let wake = rostrum_eventfd()
  private let device: String
  private let volume: Float
  private let tell: @Sendable (SoundError) -> Void

  /// Plays on `device`; `tell` hears, once and on any thread, why nothing can be.
  init(device: String, volume: Double, tell: @escaping @Sendable (SoundError) -> Void) {
    self.device = device
    self.volume = Float(volume)
    self.tell = tell
  }

  deinit { Glibc.close(wake) }

  /// Has this line heard from now on, and no other. Never waits.
  func select(_ line: Int?) {
    state.withLock { state in
      guard state.line != line else { return }
      state.line = line
      state.samples.removeAll(keepingCapacity: true)
    }
  }

  /// Takes in sound of a line: 16-bit samples, low byte first. Never waits.
  func hear(_ bytes: [UInt8], line: Int) {
    let starts = state.withLock { state in
      guard state.line == line, !state.isClosed else { return false }
      var index = 0
      while index + 1 < bytes.count {
        let bits = UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
        state.samples.append(Float(Int16(bitPattern: bits)) / 32_768)
        index += 2
      }
      let most = Int(Self.mostSeconds * Double(Self.rate))
      if state.samples.count > most { state.samples.removeFirst(state.samples.count - most / 2) }
      defer { state.isRunning = true }
      return !state.isRunning
    }
    rostrum_eventfd_signal(wake)
    if starts, !Worker.start("voice", { self.play() }) { state.withLock { $0.isClosed = true } }
  }

  /// Ends it. Never waits.
  func close() {
    state.withLock { state in
      state.isClosed = true
      state.playback?.stop()
    }
    rostrum_eventfd_signal(wake)
  }

  private func play() {
    do throws(SoundError) {
      let playback = try Playback(device: device, rate: Self.rate)
      defer { playback.close() }
      state.withLock { $0.playback = playback }
      var isFlowing = false
      while let piece = next(isFlowing: isFlowing) {
        // Where nothing comes for a while the device runs dry, and begins anew with a little in hand.
        isFlowing = !piece.isEmpty
        if try !playback.write(piece, rate: Self.rate, volume: volume, goesOn: isFlowing) { break }
      }
    } catch {
      state.withLock { $0.isClosed = true }
      tell(error)
    }
    state.withLock { $0.playback = nil }
  }

  /// The next piece, empty where nothing came for a quarter of a second; nil at the end.
  private func next(isFlowing: Bool) -> [Float]? {
    let least = isFlowing ? 1 : Int(Self.leastSeconds * Double(Self.rate))
    while true {
      rostrum_eventfd_drain(wake)
      let (piece, isClosed) = state.withLock { state -> ([Float], Bool) in
        guard !state.isClosed, state.samples.count >= least else { return ([], state.isClosed) }
        defer { state.samples.removeAll(keepingCapacity: true) }
        return (state.samples, false)
      }
      if isClosed { return nil }
      if !piece.isEmpty { return piece }
      var polled = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      if poll(&polled, 1, isFlowing ? 250 : -1) == 0 { return [] }
    }
  }
}
