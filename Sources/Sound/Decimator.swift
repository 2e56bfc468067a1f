import Glibc

/// One channel brought down to a whole fraction of its rate: of every `factor` samples one is left.
///
/// A low-pass of finite length that is computed only where a sample is left (Crochiere and Rabiner, "Multirate Digital
/// Signal Processing", 1983, 2.3), its window Kaiser's: flat to 0.82 of the band that is left, 97 dB down from where
/// what would fold back lands below that again. It delays nothing and knows nothing of blocks: however sound is cut,
/// the same comes out.
struct Decimator: ~Copyable {
  /// Taps for each sample that is left out, which with `shape` gives the depth of the stop band over a transition of
  /// 0.36 of the band that is left: Kaiser's own estimate of the length (Oppenheim and Schafer, 7.5.3).
  private static let tapsPerFactor = 36
  /// Kaiser's beta for 97 dB.
  private static let shape = 0.1102 * (97 - 8.7)
  private static let lanes = 8

  private let factor: Int
  private let taps: [Float]
  /// Sound that a coming sample still needs; silence stands before the beginning.
  private var held: [Float]

  /// A decimator that leaves one of `factor` samples, `factor` at least 2.
  init(factor: Int) {
    let count = (Self.tapsPerFactor * factor + Self.lanes - 1) / Self.lanes * Self.lanes
    self.factor = factor
    taps = Self.lowPass(count: count, factor: factor)
    held = [Float](repeating: 0, count: count / 2)
    held.reserveCapacity(2 * count)
  }

  /// Appends what `block` comes to to `target`; `last` gives out the rest and makes it ready for something unrelated.
  mutating func append(_ block: [Float], last: Bool, to target: inout [Float]) {
    held.append(contentsOf: block)
    let reach = taps.count / 2
    if last { held.append(contentsOf: repeatElement(0, count: reach - 1)) }
    var start = 0
    while start + taps.count <= held.count {
      target.append(filtered(from: start))
      start += factor
    }
    if last {
      held.removeAll(keepingCapacity: true)
      held.append(contentsOf: repeatElement(0, count: reach))
    } else {
      held.removeFirst(start)
    }
  }

  private func filtered(from start: Int) -> Float {
    held.withUnsafeBytes { sound in
      taps.withUnsafeBytes { taps in
        var sum = SIMD8<Float>()
        let (width, shift) = (MemoryLayout<SIMD8<Float>>.size, start * MemoryLayout<Float>.size)
        for place in stride(from: 0, to: taps.count, by: width) {
          sum +=
            sound.loadUnaligned(fromByteOffset: shift + place, as: SIMD8<Float>.self)
            * taps.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
        }
        return sum.sum()
      }
    }
  }

  /// The taps, symmetrical around the one at `count / 2`, of sum 1.
  private static func lowPass(count: Int, factor: Int) -> [Float] {
    let middle = Double(count / 2)
    let taps = (0..<count).map { index in
      let place = Double(index) - middle
      let angle = Double.pi * place / Double(factor)
      let sinc = angle == 0 ? 1 : sin(angle) / angle
      let within = 1 - place * place / (middle * middle)
      return sinc * besselI0(shape * max(0, within).squareRoot())
    }
    let sum = taps.reduce(0, +)
    return taps.map { Float($0 / sum) }
  }

  /// The modified Bessel function of the first kind and order zero, by its series.
  private static func besselI0(_ x: Double) -> Double {
    var (sum, term, index) = (1.0, 1.0, 1.0)
    while term > sum * 1e-12 {
      term *= (x / (2 * index)) * (x / (2 * index))
      sum += term
      index += 1
    }
    return sum
  }
}
