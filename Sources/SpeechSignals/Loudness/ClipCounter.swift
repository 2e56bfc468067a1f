/// Counts samples in runs of two or more at 0.999 of full scale and above.
struct ClipCounter {
  /// Clipped samples so far.
  private(set) var samples = 0
  private var run = 0

  /// Takes in the next sample.
  mutating func note(_ sample: Float) {
    guard abs(sample) >= 0.999 else {
      run = 0
      return
    }
    run += 1
    if run == 2 { samples += 2 } else if run > 2 { samples += 1 }
  }

  /// Ends the run; the count stays.
  mutating func restart() { run = 0 }
}
