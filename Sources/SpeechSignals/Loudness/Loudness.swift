import CEBUR128
import Glibc
import Synchronization

/// Loudness after EBU R128, by its reference library.
///
/// ITU-R BS.1770-4 for the K-weighting and the gates, EBU Tech 3341 for momentary and short-term, EBU Tech 3342 for the
/// range. Histograms keep memory constant over any length. The library is asked for each 100 ms once; momentary and
/// short-term loudness are sums of the last of these, which is what the library sums itself, only less often. The range
/// is ours, for the library's rests on one value a second, which is too few in a short take.
final class Loudness {
  private static let floor = -70.0
  /// BS.1770: loudness is -0.691 dB re the weighted mean square.
  private static let offset = 0.691
  /// 100 ms parts in the momentary and the short-term window.
  private static let momentaryParts = 4, shortTermParts = 30
  // SAFETY: made in `init`, destroyed in `deinit`, never handed out.
  private var state: UnsafeMutablePointer<ebur128_state>?
  private var channels: Int
  private var hops = 0
  private var parts = [Double](repeating: 0, count: Loudness.shortTermParts)
  private var part = 0
  /// How often each short-term loudness came, in steps of 0.1 LU from -70 to 10 LUFS.
  private var shortTerms = [Int](repeating: 0, count: 800)
  private static let binsPerUnit = 10.0

  /// Momentary loudness (400 ms) in LUFS, never below -70.
  private(set) var momentary = Loudness.floor
  /// Short-term loudness (3 s) in LUFS, never below -70.
  private(set) var shortTerm = Loudness.floor
  /// The largest momentary loudness so far in LUFS, never below -70.
  private(set) var maximumMomentary = Loudness.floor

  /// A meter for sound of a rate in Hz and so many channels; the first is left, the second right, as BS.1770 orders them.
  init(rate: Int, channels: Int) {
    self.channels = channels
    let modes =
      EBUR128_MODE_M.rawValue | EBUR128_MODE_S.rawValue | EBUR128_MODE_I.rawValue | EBUR128_MODE_HISTOGRAM.rawValue
    // The histogram's tables are global and filled on first use, hence the lock.
    // SAFETY: the state is made here and handed to nobody else.
    nonisolated(unsafe) var made: UnsafeMutablePointer<ebur128_state>?
    FourierTransform.planning.withLock { _ in
      made = ebur128_init(UInt32(channels), UInt(rate), Int32(modes))
    }
    state = made
  }

  deinit { if state != nil { ebur128_destroy(&state) } }

  /// Goes on with sound of another rate and other channels; the gated loudness so far stays.
  func change(rate: Int, channels: Int) {
    guard let state else { return }
    self.channels = channels
    // SAFETY: the state is ours alone; where memory is short the library says that it may only be destroyed.
    if ebur128_change_parameters(state, UInt32(channels), UInt(rate)) == Int32(EBUR128_ERROR_NOMEM.rawValue) {
      ebur128_destroy(&self.state)
    }
  }

  /// Takes in 10 ms, or what there is of them: the interleaved samples in a range, a whole number for each channel.
  func add(_ samples: [Float], in range: Range<Int>) {
    guard let state, range.upperBound <= samples.count else { return }
    // SAFETY: the library reads `count / channels` frames during the call and keeps none of them by address.
    _ = samples.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { ebur128_add_frames_float(state, $0 + range.lowerBound, range.count / channels) }
    }
    hops += 1
    guard hops % 10 == 0 else { return }
    var value = 0.0
    let isKnown = ebur128_loudness_window(state, 100, &value) == 0 && value.isFinite
    parts[part] = isKnown ? pow(10, (value + Self.offset) / 10) : 0
    part = (part + 1) % Self.shortTermParts
    momentary = loudness(ofLast: Self.momentaryParts)
    shortTerm = loudness(ofLast: Self.shortTermParts)
    maximumMomentary = max(maximumMomentary, momentary)
    if hops >= 10 * Self.shortTermParts { noteShortTerm() }
  }

  private func noteShortTerm() {
    guard shortTerm > Self.floor else { return }
    let bin = Int((shortTerm - Self.floor) * Self.binsPerUnit)
    shortTerms[max(0, min(shortTerms.count - 1, bin))] += 1
  }

  private func loudness(ofLast count: Int) -> Double {
    var sum = 0.0
    for back in 1...count { sum += parts[(part + Self.shortTermParts - back) % Self.shortTermParts] }
    return sum > 0 ? max(Self.floor, 10 * log10(sum / Double(count)) - Self.offset) : Self.floor
  }

  /// Gated loudness so far in LUFS; nil while all is below the gate.
  var integrated: Double? {
    var value = 0.0
    guard let state, ebur128_loudness_global(state, &value) == 0, value.isFinite, value > Self.floor else { return nil }
    return value
  }

  /// Loudness range so far in LU; nil while there are not 3 s, or all is below the gate.
  ///
  /// EBU Tech 3342: from the 10th to the 95th percentile of the short-term loudness that lies over -70 LUFS and no more
  /// than 20 LU under its mean power; here with a value each 100 ms.
  var range: Double? {
    var (power, count) = (0.0, 0)
    for (bin, times) in shortTerms.enumerated() {
      power += Double(times) * pow(10, Self.loudness(ofBin: bin) / 10)
      count += times
    }
    guard count > 0 else { return nil }
    let gate = 10 * log10(power / Double(count)) - 20
    let first = max(0, Int(((gate - Self.floor) * Self.binsPerUnit).rounded(.up)))
    let kept = shortTerms[min(first, shortTerms.count)...].reduce(0, +)
    func percentile(_ share: Double) -> Double {
      let wanted = Int((share * Double(kept - 1)).rounded())
      var below = 0
      for bin in first..<shortTerms.count {
        below += shortTerms[bin]
        if below > wanted { return Self.loudness(ofBin: bin) }
      }
      return Self.floor
    }
    return kept > 0 ? percentile(0.95) - percentile(0.1) : nil
  }

  private static func loudness(ofBin bin: Int) -> Double { floor + (Double(bin) + 0.5) / binsPerUnit }
}
