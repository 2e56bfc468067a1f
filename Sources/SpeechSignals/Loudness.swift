import CEBUR128
import Synchronization

/// Loudness after EBU R128, by its reference library.
///
/// ITU-R BS.1770-4 for the K-weighting and the gates, EBU Tech 3341 for momentary and short-term, EBU Tech 3342 for the
/// range. Histogram mode keeps memory constant over any length. The windows are asked for each 100 ms only: each answer
/// sums up to 3 s of samples.
final class Loudness {
  private static let floor = -70.0
  // SAFETY: made in `init`, destroyed in `deinit`, never handed out.
  private var state: UnsafeMutablePointer<ebur128_state>?
  private var frames = 0

  /// Momentary loudness (400 ms) in LUFS, never below -70.
  private(set) var momentary = Loudness.floor
  /// Short-term loudness (3 s) in LUFS, never below -70.
  private(set) var shortTerm = Loudness.floor

  /// A meter for mono sound at 16 kHz.
  init() {
    let modes =
      EBUR128_MODE_M.rawValue | EBUR128_MODE_S.rawValue | EBUR128_MODE_I.rawValue | EBUR128_MODE_LRA.rawValue
      | EBUR128_MODE_HISTOGRAM.rawValue
    // The histogram's tables are global and filled on first use, hence the lock.
    // SAFETY: the state is made here and handed to nobody else.
    nonisolated(unsafe) var made: UnsafeMutablePointer<ebur128_state>?
    FourierTransform.planning.withLock { _ in made = ebur128_init(1, 16_000, Int32(modes)) }
    state = made
  }

  deinit { if state != nil { ebur128_destroy(&state) } }

  /// Takes in one frame of samples.
  func add(_ samples: [Float]) {
    guard let state else { return }
    // SAFETY: the library reads `count` samples during the call and keeps none of them by address.
    _ = samples.withUnsafeBufferPointer { ebur128_add_frames_float(state, $0.baseAddress, $0.count) }
    frames += 1
    guard frames % 10 == 0 else { return }
    var value = 0.0
    if ebur128_loudness_momentary(state, &value) == 0 { momentary = max(Self.floor, value) }
    if ebur128_loudness_shortterm(state, &value) == 0 { shortTerm = max(Self.floor, value) }
  }

  /// Gated loudness so far in LUFS; nil while all is below the gate.
  var integrated: Double? {
    var value = 0.0
    guard let state, ebur128_loudness_global(state, &value) == 0, value.isFinite, value > Self.floor else { return nil }
    return value
  }

  /// Loudness range so far in LU; nil while all is below the gate.
  var range: Double? {
    var value = 0.0
    guard let state, integrated != nil, ebur128_loudness_range(state, &value) == 0, value.isFinite else { return nil }
    return value
  }
}
