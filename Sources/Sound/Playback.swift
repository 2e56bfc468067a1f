import CALSA
import CLinux
import Glibc
import Synchronization

/// Sound on its way out: one channel of floats to an ALSA device, as far ahead as speech can be taken back.
///
/// One thread writes, and it alone is ever inside libasound. `stop` only raises a flag, which the writer looks at every
/// few milliseconds; and as no more than 80 ms wait in the device, the sound ends by then even where nobody looks. An
/// underrun is no failure: the sound goes on where it was.
package final class Playback: Sendable {
  /// How much waits in the device at most, microseconds.
  static let aheadMicroseconds: UInt32 = 80_000
  /// How much waits before the device begins, microseconds: late enough to live through a slow start of the writer.
  static let startMicroseconds: UInt32 = 40_000
  /// What is handed over at a time, milliseconds.
  static let pieceMilliseconds = 10
  /// How long a device may take nothing before it counts as failed, nanoseconds.
  static let stallNanoseconds: Int64 = 2_000_000_000
  /// How long `drain` waits beyond what is in the device, nanoseconds: a sound server holds some more.
  static let drainNanoseconds: Int64 = 500_000_000

  /// What both threads look at.
  final class Shared: Sendable {
    let isStopping = Atomic<Bool>(false)
    let framesPlayed = Atomic<Int>(0)
    let underruns = Atomic<Int>(0)
    /// Bits of the level in dB of what was written last.
    let level = Atomic<UInt32>(Float(-100).bitPattern)
    /// Wakes the writer.
    let wake = rostrum_eventfd()

    deinit { Glibc.close(wake) }
  }

  /// The device in use, by the name it was tried under.
  package let name: String
  /// The rate it plays at, hertz.
  package let rate: Int
  private let shared = Shared()
  private let line: Mutex<PlaybackLine>

  /// Opens a device; nothing sounds before the first `write`.
  ///
  /// - Parameters:
  ///   - device: As in `default`, which tries `pulse` and `pipewire` after itself.
  ///   - rate: The rate of most of what will be written, hertz; the device may take another.
  package init(device: String, rate: Int) throws(SoundError) {
    let wish = HardwareSetup.Wish(
      rate: UInt32(clamping: max(rate, SoundFormat.rates.lowerBound)), channels: [2, 1],
      periodMilliseconds: Self.pieceMilliseconds, bufferMicroseconds: Self.aheadMicroseconds,
      startMicroseconds: Self.startMicroseconds)
    let opened = try DeviceDoor.open(device, SND_PCM_STREAM_PLAYBACK) { (pcm, name, _) throws(SoundError) in
      PlaybackLine.Device(pcm: pcm, name: name, granted: try HardwareSetup.negotiate(pcm, name, wish))
    }
    name = opened.name
    self.rate = opened.granted.format.rate
    line = Mutex(PlaybackLine(opened, shared))
  }

  /// Plays samples, waiting until all but the last 80 ms of them were heard; false if `stop` came first.
  ///
  /// By one thread at a time. Throws with the device's name if it is gone, or takes nothing for two seconds.
  ///
  /// - Parameters:
  ///   - samples: One channel at ±1; what is beyond is held there, what is no number is silence.
  ///   - rate: Their rate, hertz; another than the device's is converted.
  ///   - volume: A factor, 0...1.
  ///   - balance: -1 left alone, 0 both, 1 right alone; without effect where there is one channel.
  ///   - goesOn: Whether the next samples are the same sound going on.
  ///   - begun: Called once the device has as much of it as it begins with.
  package func write(
    _ samples: [Float], rate: Int, volume: Float = 1, balance: Float = 0, goesOn: Bool = false,
    begun: @escaping @Sendable () -> Void = {}
  ) throws(SoundError) -> Bool {
    let gains = PlaybackGains(volume: volume, balance: balance)
    return try line.withLock { (line) throws(SoundError) in
      try line.write(samples, rate: rate, gains, goesOn: goesOn, begun: begun)
    }
  }

  /// Seconds of what was written that are not heard yet: what waits in the device, and behind it in a sound server. By
  /// the thread that writes.
  package var delaySeconds: Double { line.withLock { $0.delaySeconds } }

  /// Waits until all that was written was heard; false if `stop` came first. By the thread that writes.
  @discardableResult package func drain() throws(SoundError) -> Bool {
    try line.withLock { (line) throws(SoundError) in try line.drain() }
  }

  /// Silences the device within 100 ms. From any thread; never waits.
  ///
  /// The writer throws away what waits in the device at its next look, and plays nothing until `resume`.
  package func stop() {
    shared.isStopping.store(true, ordering: .releasing)
    rostrum_eventfd_signal(shared.wake)
  }

  /// Lets sound be written again after a stop. By the thread that writes.
  package func resume() {
    line.withLock { line in line.halt() }
    rostrum_eventfd_drain(shared.wake)
    shared.isStopping.store(false, ordering: .releasing)
  }

  /// Gives the device back; what is written later is refused. Waits for a `write` under way.
  package func close() {
    stop()
    line.withLock { $0.close() }
  }

  /// Frames heard so far at the device's rate, as the writer last saw it.
  package var framesPlayed: Int { shared.framesPlayed.load(ordering: .relaxed) }

  /// The level in dB re full scale of the 10 ms written last, -100 in silence. It is heard up to 80 ms later.
  package var levelDecibels: Float { Float(bitPattern: shared.level.load(ordering: .relaxed)) }

  /// How often the device ran dry in the middle of sound.
  package var underruns: Int { shared.underruns.load(ordering: .relaxed) }
}

/// How loud each side is.
struct PlaybackGains: Equatable {
  let left, right: Float

  /// Gains of a volume in 0...1 and a balance in -1...1; what is no number counts as full and middle.
  init(volume: Float, balance: Float) {
    let volume = volume.isNaN ? 1 : max(0, min(1, volume))
    let balance = balance.isNaN ? 0 : max(-1, min(1, balance))
    left = volume * min(1, 1 - balance)
    right = volume * min(1, 1 + balance)
  }
}
