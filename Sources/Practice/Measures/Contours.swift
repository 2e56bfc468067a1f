import SpeechSignals

/// The 10 ms contours of a recording: pitch and level, one entry a frame.
///
/// Kept in 4 bytes a frame, so that a day of sound fits into 35 MB: a tenth of a hertz and a tenth of a decibel are finer
/// than either is known. Where speech is, is told by the phrases.
package struct Contours: Equatable, Sendable {
  /// Seconds from one entry to the next.
  package static let stepSeconds = 0.01

  private var tenthsOfHertz: [UInt16] = []
  private var tenthsOfDecibel: [Int16] = []

  /// Nothing yet.
  package init() {}

  /// Frames so far.
  package var count: Int { tenthsOfDecibel.count }

  /// Takes in the levels of the next frames, and the pitch of earlier ones, which comes in the same order, but later.
  mutating func add(_ results: Results) {
    for reading in results.readings {
      tenthsOfDecibel.append(Int16((max(-100, min(100, reading.levelDecibels)) * 10).rounded()))
    }
    for hertz in results.reviewedPitch { tenthsOfHertz.append(UInt16((max(0, min(6_000, hertz)) * 10).rounded())) }
  }

  /// The pitch of a frame in hertz; nil where it is unvoiced or not known yet.
  package func pitchHertz(_ frame: Int) -> Double? {
    tenthsOfHertz.indices.contains(frame) && tenthsOfHertz[frame] > 0 ? Double(tenthsOfHertz[frame]) / 10 : nil
  }

  /// The level of a frame in dB re full scale, never below -100.
  package func levelDecibels(_ frame: Int) -> Double { Double(tenthsOfDecibel[frame]) / 10 }
}

/// The course of the level over a whole recording, however long it is, in at most `binLimit` bins.
///
/// Bins hold the loudest frame in them. When all are full, neighbours are joined and each covers twice the time.
package struct Envelope: Equatable, Sendable {
  /// The most bins there are.
  package static let binLimit = 1_024

  /// The largest frame level in each bin, dB re full scale.
  package private(set) var decibels: [Float] = []
  private var framesPerBin = 1
  private var framesInLast = 0

  /// Nothing yet.
  package init() {}

  /// Takes in the level of the next frame, in dB re full scale.
  mutating func add(_ level: Float) {
    if framesInLast == framesPerBin || decibels.isEmpty {
      if decibels.count == Self.binLimit { halve() }
      decibels.append(level)
      framesInLast = 1
    } else {
      decibels[decibels.count - 1] = max(decibels[decibels.count - 1], level)
      framesInLast += 1
    }
  }

  private mutating func halve() {
    for index in 0..<Self.binLimit / 2 {
      decibels[index] = max(decibels[2 * index], decibels[2 * index + 1])
    }
    decibels.removeLast(Self.binLimit / 2)
    framesPerBin *= 2
  }

  /// The same course in `count` bins, each the loudest of what falls into it; empty where there is nothing.
  package func resampled(to count: Int) -> [Float] {
    guard !decibels.isEmpty, count > 0 else { return [] }
    let total = Double(decibels.count - 1) + Double(framesInLast) / Double(framesPerBin)
    return (0..<count).map { column in
      let first = min(Int(Double(column) * total / Double(count)), decibels.count - 1)
      let last = min(Int((Double(column + 1) * total / Double(count)).rounded(.up)), decibels.count)
      return decibels[first..<max(last, first + 1)].max() ?? -100
    }
  }
}
