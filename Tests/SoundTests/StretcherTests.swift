import Foundation
import Support
import Testing

@testable import Sound

struct StretcherTests {
  private static let speeds = [0.5, 0.75, 1, 1.5, 2]
  private static let rate = 16_000

  /// A vowel: harmonics of 140 Hz under two formants, in syllables of a quarter of a second.
  private static let vowel: [Float] = (0..<48_000).map { index in
    let time = Double(index) / 16_000
    let harmonics = (1...40).reduce(0.0) { sum, number in
      let hertz = 140 * Double(number)
      let level = 1 / (1 + pow((hertz - 600) / 250, 2)) + 0.4 / (1 + pow((hertz - 1_700) / 300, 2))
      return sum + level * sin(2 * .pi * hertz * time + Double(number * number))
    }
    return Float(0.1 * harmonics * (0.55 + 0.45 * sin(2 * .pi * 4 * time)))
  }

  @Test(arguments: speeds) func `a vowel is as long as its speed says, and keeps its pitch`(speed: Double) {
    let out = stretched(Self.vowel, speed)
    #expect(abs(Double(out.count) * speed / Double(Self.vowel.count) - 1) < 0.001)
    #expect(out.allSatisfy { $0.isFinite })
    let pitch = pitchTrack(out).filter { $0 > 0 }.sorted()
    #expect(pitch.count > 50 && pitch.dropFirst(5).dropLast(5).allSatisfy { abs($0 / 140 - 1) < 0.01 })
  }

  @Test(.enabled(if: Speech.isThere, Speech.whyNot), arguments: speeds)
  func `a reading is as long as its speed says, and keeps its pitch`(speed: Double) throws {
    let read = try Wave(path: Speech.paths[0]).samples.map { Float($0) / 32_768 }
    let out = stretched(read, speed)
    #expect(abs(Double(out.count) * speed / Double(read.count) - 1) < 0.001)
    #expect(out.allSatisfy { $0.isFinite && abs($0) < 2 })
    let ratio = pitchRatio(out, to: read, speed: speed)
    #expect(abs(ratio - 1) < 0.01, "\(ratio)")
  }

  @Test(arguments: speeds) func `a sound is heard when its second is`(speed: Double) {
    // A tone from 1.0 to 1.2 s of 3.
    var sound = [Float](repeating: 0, count: 48_000)
    for index in 16_000..<19_200 { sound[index] = 0.5 * sin(2 * .pi * 500 * Float(index) / 16_000) }
    let out = stretched(sound, speed)
    let loud = out.indices.filter { abs(out[$0]) > 0.25 }
    let (first, last) = (Double(loud.first ?? 0) / 16_000, Double(loud.last ?? 0) / 16_000)
    #expect(abs(first * speed - 1) < 0.03 && abs(last * speed - 1.2) < 0.03, "\(first * speed) to \(last * speed)")
  }

  @Test func `at its own speed every sample is as it was, at once`() {
    let stretcher = Stretcher(rate: Self.rate)
    var out: [Float] = []
    for start in stride(from: 0, to: Self.vowel.count, by: 331) {
      stretcher.process(Array(Self.vowel[start..<min(start + 331, Self.vowel.count)]), into: &out)
      #expect(out.count == min(start + 331, Self.vowel.count))
    }
    stretcher.finish(into: &out)
    #expect(out == Self.vowel)
  }

  @Test(arguments: [0.5, 0.75, 1.5, 2]) func `what comes out does not depend on how sound was cut`(speed: Double) {
    let whole = stretched(Self.vowel, speed)
    for chunk in [7, 160, 997, 4_096] { #expect(stretched(Self.vowel, speed, chunk: chunk) == whole) }
  }

  @Test(arguments: speeds) func `silence stays silent, and what is no number becomes silence`(speed: Double) {
    #expect(stretched([Float](repeating: 0, count: 20_000), speed).allSatisfy { abs($0) < 1e-6 })
    let odd = stretched([Float](repeating: .nan, count: 5_000) + [.infinity] + Self.vowel, speed)
    #expect(odd.allSatisfy { $0.isFinite && abs($0) < 2 })
  }

  @Test func `the speed changes while it plays, without a click, and the sound keeps its place`() {
    let tone = (0..<160_000).map { 0.5 * sin(2 * .pi * 200 * Float($0) / 16_000) }
    let stretcher = Stretcher(rate: Self.rate)
    var (out, ideal): ([Float], Double) = ([], 0)
    for (index, start) in stride(from: 0, to: tone.count, by: 320).enumerated() {
      let before = (out.count, stretcher.position)
      stretcher.speed = [1, 1.5, 0.5, 2, 1, 0.75][index / 90]
      stretcher.process(Array(tone[start..<start + 320]), into: &out)
      let pace = (stretcher.position - before.1) / Double(max(1, out.count - before.0))
      if out.count > before.0 { #expect(pace > 0.45 && pace < 2.05) }
      ideal = Double(start + 320) - stretcher.position
      #expect(ideal >= -1 && ideal < 8_000, "what is kept back is bounded")
    }
    stretcher.finish(into: &out)
    let steps = zip(out, out.dropFirst()).map { abs($1 - $0) }
    #expect((steps.max() ?? 1) < 0.2, "a tone of 200 Hz moves by 0.04 a sample")
    #expect(out.allSatisfy { abs($0) < 0.8 })
  }

  @Test func `whatever was done to the speed, its position is what is heard`() {
    // A tone of 50 ms at each whole second.
    let sound = (0..<192_000).map { index -> Float in
      index % 16_000 < 800 && index >= 16_000 ? 0.5 * sin(2 * .pi * 500 * Float(index) / 16_000) : 0
    }
    let stretcher = Stretcher(rate: Self.rate)
    var (out, second): ([Float], [Double]) = ([], [])
    for (index, start) in stride(from: 0, to: sound.count, by: 320).enumerated() {
      stretcher.speed = [1, 1.5, 0.5, 2, 1, 0.75, 1.25][index / 86]
      let before = (out.count, stretcher.position)
      stretcher.process(Array(sound[start..<start + 320]), into: &out)
      let step = (stretcher.position - before.1) / Double(max(1, out.count - before.0))
      second += (0..<out.count - before.0).map { (before.1 + Double($0) * step) / 16_000 }
    }
    var onsets: [Double] = []
    for index in second.indices where abs(out[index]) > 0.2 {
      if second[index] - (onsets.last ?? 0) > 0.5 { onsets.append(second[index]) }
    }
    #expect(onsets.count == 11)
    for onset in onsets { #expect(abs(onset - onset.rounded()) < 0.025, "\(onset)") }
  }

  @Test(arguments: [4_000, 8_000, 44_100, 48_000, 384_000]) func `any rate will do`(rate: Int) {
    let stretcher = Stretcher(rate: rate, speed: 1.5)
    var out: [Float] = []
    stretcher.process((0..<rate).map { 0.3 * sin(2 * .pi * 150 * Float($0) / Float(rate)) }, into: &out)
    stretcher.finish(into: &out)
    #expect(out.count == Int((Double(rate) / 1.5).rounded()))
    let middle = out[(rate / 6)..<(rate / 2)]
    #expect(abs(crossings(Array(middle), rate: Double(rate)) - 150) < 3)
  }

  @Test func `speeds are held within what it can do`() {
    let stretcher = Stretcher(rate: Self.rate, speed: 9)
    #expect(stretcher.speed == 2)
    stretcher.speed = 0
    #expect(stretcher.speed == 0.5)
    stretcher.speed = .nan
    #expect(stretcher.speed == 1)
  }

  @Test(arguments: speeds) func `nothing and next to nothing come out as long as they are`(speed: Double) {
    for count in [0, 1, 7, 600] {
      let out = stretched([Float](repeating: 0.1, count: count), speed)
      #expect(out.count == Int((Double(count) / speed).rounded()))
    }
  }

  private func stretched(_ samples: [Float], _ speed: Double, chunk: Int = 1_000) -> [Float] {
    let stretcher = Stretcher(rate: Self.rate, speed: speed)
    var out: [Float] = []
    for start in stride(from: 0, to: samples.count, by: chunk) {
      stretcher.process(Array(samples[start..<min(start + chunk, samples.count)]), into: &out)
    }
    stretcher.finish(into: &out)
    return out
  }
}
