import CFFTW
import Synchronization

/// A real Fourier transform of one length, forwards and back, with its own aligned buffers.
///
/// FFTW's planner keeps global state, so plans are made and destroyed under one lock; running a plan needs none. Plans
/// are made with FFTW_ESTIMATE on aligned memory, which picks the same algorithm each time: results are bit-equal from
/// run to run on one machine.
final class FourierTransform {
  /// Guards FFTW's planner, and the tables libebur128 fills when a meter is made.
  static let planning = Mutex(())

  /// The number of real samples.
  let count: Int
  /// The number of complex bins.
  let bins: Int
  // SAFETY: both buffers are made in `init`, freed in `deinit`, hold `count` and `bins` values, and never leave.
  private let time: UnsafeMutablePointer<Float>
  // SAFETY: as above.
  private let frequency: UnsafeMutablePointer<fftwf_complex>
  private let forwards: fftwf_plan?
  private let backwards: fftwf_plan?

  /// A transform of `count` real samples.
  init(count: Int) {
    self.count = count
    bins = count / 2 + 1
    // SAFETY: FFTW hands out aligned memory; the pointer was mutable before the import said otherwise.
    time = UnsafeMutablePointer(mutating: fftwf_alloc_real(count))
    frequency = fftwf_alloc_complex(bins)
    let (time, frequency) = (time, frequency)
    // SAFETY: the pointers and plans are made here, handed to nobody else, and only pass through the lock's closure.
    nonisolated(unsafe) var plans: (fftwf_plan?, fftwf_plan?) = (nil, nil)
    // SAFETY: as above.
    nonisolated(unsafe) let buffers = (time, frequency)
    Self.planning.withLock { _ in
      plans.0 = fftwf_plan_dft_r2c_1d(Int32(count), buffers.0, buffers.1, FFTW_ESTIMATE)
      plans.1 = fftwf_plan_dft_c2r_1d(Int32(count), buffers.1, buffers.0, FFTW_ESTIMATE)
    }
    (forwards, backwards) = plans
    time.update(repeating: 0, count: count)
    frequency.update(repeating: (0, 0), count: bins)
  }

  deinit {
    // SAFETY: nobody else holds the plans; the lock's closure is their last use.
    nonisolated(unsafe) let plans = (forwards, backwards)
    Self.planning.withLock { _ in
      if let plan = plans.0 { fftwf_destroy_plan(plan) }
      if let plan = plans.1 { fftwf_destroy_plan(plan) }
    }
    fftwf_free(time)
    fftwf_free(frequency)
  }

  /// Writes |X|² of the windowed samples from `start`, zero padded, to `power`, which holds `bins` values.
  func powerSpectrum(of samples: [Float], from start: Int, window: [Float], into power: inout [Float]) {
    guard let forwards, window.count <= count, start >= 0, start + window.count <= samples.count,
      power.count >= bins
    else { return }
    for index in 0..<window.count { time[index] = samples[start + index] * window[index] }
    for index in window.count..<count { time[index] = 0 }
    fftwf_execute(forwards)
    for bin in 0..<bins {
      let value = frequency[bin]
      power[bin] = value.0 * value.0 + value.1 * value.1
    }
  }

  /// Writes the autocorrelation that belongs to a power spectrum to `lags`: its first `lags.count` values, not scaled.
  func autocorrelation(ofPower power: [Float], weights: [Float], into lags: inout [Float]) {
    guard let backwards, power.count >= bins, weights.count >= bins, lags.count <= count else { return }
    for bin in 0..<bins { frequency[bin] = (power[bin] * weights[bin], 0) }
    fftwf_execute(backwards)
    for lag in 0..<lags.count { lags[lag] = time[lag] }
  }
}
