import Foundation
import Testing

@testable import Sound

/// What is left of a sound at a third, a half, a sixth or a twelfth of its rate.
struct DecimatorTests {
  /// A sine of amplitude 1 at `hertz`, sampled at `rate`, for a fifth of a second.
  private static func sine(_ hertz: Double, rate: Int) -> [Float] {
    (0..<rate / 5).map { Float(sin(2 * Double.pi * hertz * Double($0) / Double(rate))) }
  }

  private static func decimated(_ sound: [Float], by factor: Int, in blocks: Int = 480) -> [Float] {
    var decimator = Decimator(factor: factor)
    var left: [Float] = []
    for start in stride(from: 0, to: sound.count, by: blocks) {
      let end = min(start + blocks, sound.count)
      decimator.append(Array(sound[start..<end]), last: end == sound.count, to: &left)
    }
    return left
  }

  /// What lies in the middle, where neither end is felt.
  private static func middle(_ sound: [Float]) -> ArraySlice<Float> { sound[200..<sound.count - 200] }

  @Test(arguments: [2, 3, 6, 12], [0.0, 60, 500, 3_000, 6_400])
  func `speech passes unchanged, at its own time`(factor: Int, hertz: Double) {
    let sound = hertz == 0 ? [Float](repeating: 1, count: 16_000 * factor / 5) : Self.sine(hertz, rate: 16_000 * factor)
    let left = Self.decimated(sound, by: factor)
    #expect(left.count == 3_200)
    let error = Self.middle(left).indices.map { abs(left[$0] - sound[$0 * factor]) }.max()
    #expect(error.map { $0 < 5e-5 } == true, "\(error ?? .nan) at \(hertz) Hz")
  }

  @Test(arguments: [2, 3, 6, 12], [0.605, 0.75, 0.98])
  func `what would fold back is 90 dB down`(factor: Int, place: Double) {
    // From 9.7 kHz on for a rate of 16 kHz, up to the source's own limit; below, it folds to where nobody looks.
    let rate = 16_000 * factor
    let hertz = 16_000 * place + (Double(rate) / 2 - 16_000 * 0.98) * (place - 0.605) / 0.375
    let left = Self.decimated(Self.sine(min(hertz, Double(rate) / 2 * 0.99), rate: rate), by: factor)
    let loudest = Self.middle(left).map { abs($0) }.max() ?? 1
    #expect(loudest < 3.2e-5, "\(20 * log10(loudest)) dB at \(hertz) Hz")
  }

  @Test(arguments: [1, 7, 160, 4_000]) func `however sound is cut, the same comes out`(blocks: Int) {
    let sound = (0..<9_601).map { Float(sin(Double($0 * $0) * 1e-4)) }
    #expect(Self.decimated(sound, by: 3, in: blocks) == Self.decimated(sound, by: 3))
    #expect(Self.decimated(sound, by: 3).count == 3_201)
  }

  @Test func `after the last of one sound another begins in silence`() {
    var decimator = Decimator(factor: 3)
    var (first, second) = ([Float](), [Float]())
    let sound = Self.sine(440, rate: 48_000)
    decimator.append(sound, last: true, to: &first)
    decimator.append(sound, last: true, to: &second)
    #expect(first == second && first.count == 3_200)
    decimator.append([], last: true, to: &second)
    #expect(second.count == 3_200)
  }
}
