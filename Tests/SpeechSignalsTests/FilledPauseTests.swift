import Foundation
import Testing

@testable import SpeechSignals

/// Filled pauses made by rule, what must not be taken for one, and a few people.
@Suite struct FilledPauseTests {
  /// Formants in Hz with their weights, and how the pitch moves.
  struct Voice {
    var formants: [(hertz: Double, width: Double, weight: Double)]
    static let schwa = Voice(formants: [(550, 80, 1), (1250, 110, 0.5), (2500, 160, 0.15)])
    static let murmur = Voice(formants: [(270, 60, 0.6), (1100, 200, 0.02), (2300, 250, 0.01)])
    static let open = Voice(formants: [(750, 90, 1), (1250, 110, 0.7), (2500, 160, 0.1)])
    static let rounded = Voice(formants: [(500, 110, 0.8), (800, 110, 0.25), (2400, 160, 0.01)])

    /// A weight for a harmonic at a frequency in Hz.
    func weight(_ hertz: Double) -> Double {
      formants.reduce(0) { $0 + $1.weight / (1 + pow((hertz - $1.hertz) / $1.width, 2)) }
    }
  }

  /// A held voice: the pitch sinks a little and wavers as people's does, unless told otherwise.
  private func held(
    _ voices: [Voice], hertz: Double, seconds: Double, slope: Double = -3, waver: Double = 0.15, vibrato: Double = 0
  ) -> [Float] {
    let count = Int(seconds * Sound.rate)
    var phase = 0.0
    return (0..<count).map { index in
      let time = Double(index) / Sound.rate
      let wave = waver * sin(2 * .pi * 2.7 * time) + waver * sin(2 * .pi * 11 * time + 1)
      let semitones = slope * time + wave + vibrato * sin(2 * .pi * 5.5 * time)
      let pitch = hertz * exp2(semitones / 12)
      phase += pitch / Sound.rate
      let place = time / seconds * Double(voices.count)
      let current = voices[min(voices.count - 1, Int(place))]
      var sum = 0.0
      for harmonic in 1...max(1, Int(4000 / pitch)) {
        sum += current.weight(pitch * Double(harmonic)) * sin(2 * .pi * phase * Double(harmonic))
      }
      let edge = min(1, time / 0.02, (seconds - time) / 0.03)
      return Float(0.06 * edge * sum)
    }
  }

  private static let before = Sound.picture("...ssssssssssssssssssssssssss.....|")
  private static let after = Sound.picture(".....ssssssssss......|")

  /// Speech, a pause, what is put into it at 3.4 s, a pause, speech; scaled to a peak.
  private func speech(around sound: [Float], peak decibels: Double = -15) -> [Float] {
    var whole = Self.before + sound + Self.after
    for (place, value) in Sound.noise(seconds: Double(sound.count) / Sound.rate, amplitude: 0.0003, seed: 5)
      .enumerated()
    {
      whole[Self.before.count + place] += value
    }
    let largest = whole.reduce(0) { max($0, abs($1)) }
    let gain = Float(pow(10, decibels / 20)) / largest
    return whole.map { $0 * gain }
  }

  @Test(arguments: [80, 100, 125, 160, 200, 250, 300]) func `a held schwa between pauses is one`(hertz: Double) throws {
    let fillers = Analysis(speech(around: held([.schwa], hertz: hertz, seconds: 0.5))).fillers
    let one = try #require(fillers.first)
    #expect(fillers.count == 1)
    #expect(one.label == "uh" && abs(one.start - 3.4) < 0.06 && abs(one.end - 3.9) < 0.06)
    let evidence = try #require(one.evidence)
    #expect(evidence.silenceBefore > 0.2 && evidence.silenceAfter > 0.2 && evidence.voiceBefore == 0)
    #expect(abs(evidence.pitchSlope + 3) < 1.5)
  }

  @Test(arguments: [16, 48, 80, 112, 144]) func `it lies between frames`(shift: Int) throws {
    let sound = speech(around: held([.schwa], hertz: 120, seconds: 0.5))
    let one = try #require(Analysis(sound).fillers.first)
    let other = try #require(Analysis([Float](repeating: 0, count: shift) + sound).fillers.first)
    let seconds = Double(shift) / Sound.rate
    #expect(abs(other.start - seconds - one.start) < 0.004 && abs(other.end - seconds - one.end) < 0.004)
  }

  @Test(arguments: [-40, -30, -20, -12, -6]) func `it is one at any level`(peak: Double) {
    let fillers = Analysis(speech(around: held([.schwa], hertz: 120, seconds: 0.5), peak: peak)).fillers
    #expect(fillers.count == 1)
  }

  @Test(arguments: [("um", [Voice.schwa, .murmur]), ("uh", [.schwa]), ("hmm", [.murmur])])
  func `the nasal names it`(label: String, voices: [Voice]) {
    let fillers = Analysis(speech(around: held(voices, hertz: 110, seconds: 0.6))).fillers
    #expect(fillers.map(\.label) == [label])
  }

  @Test(arguments: [100, 120, 150]) func `a vowel that closes no further than another vowel has no nasal`(
    hertz: Double
  ) {
    let fillers = Analysis(speech(around: held([.open, .rounded], hertz: hertz, seconds: 0.5))).fillers
    #expect(!fillers.contains { $0.evidence?.hasNasal == true }, "\(fillers)")
  }

  @Test func `it is told soon and with its figures however the sound comes`() throws {
    let sound = speech(around: held([.schwa, .murmur], hertz: 110, seconds: 0.6))
    let whole = Analysis(sound)
    for chunk in [1, 37, 4001] { #expect(Analysis(sound, chunk: chunk).found == whole.found) }
    for found in whole.found {
      guard case .filledPause(let one) = found.finding else { continue }
      #expect(found.at - one.end <= 0.35)
    }
  }

  private func tune(_ notes: [[Double]], seconds: Double, harmonics: [Double]) -> [Float] {
    notes.flatMap { chord -> [Float] in
      let count = Int(seconds * Sound.rate)
      let note = (0..<count).map { index -> Float in
        let time = Double(index) / Sound.rate
        var sum = 0.0
        for hertz in chord {
          for (place, weight) in harmonics.enumerated() {
            sum += weight * sin(2 * .pi * hertz * Double(place + 1) * time)
          }
        }
        return Float(0.04 * min(1, time / 0.01, (seconds - time) / 0.01) * sum)
      }
      return note + [Float](repeating: 0, count: 4000)
    }
  }

  @Test(arguments: [
    ("sine", [[220.0], [247], [330], [196], [440]], [1.0]),
    ("organ", [[220], [165], [262], [131], [196]], [1, 0.7, 0.4, 0.5, 0.2, 0.25, 0, 0.3]),
    ("chord", [[220, 262, 330], [175, 220, 262], [110, 131, 165]], [1, 0.7, 0.4, 0.5]),
    ("hum", [[100], [100], [120]], [1, 0.5, 0.33, 0.25, 0.2, 0.17, 0.14]),
  ])
  func `a tune in a pause is none`(name: String, notes: [[Double]], harmonics: [Double]) {
    for seconds in [0.3, 0.6] {
      let sound = speech(around: tune(notes, seconds: seconds, harmonics: harmonics))
      #expect(Analysis(sound).fillers.isEmpty, "\(name), notes of \(seconds) s")
    }
  }

  @Test(arguments: [(14.0, 0.15, 0.0), (-45, 0.15, 0), (0, 0, 0), (0, 0.02, 0.5)])
  func `a voice that rises, falls far, stands or is sung is none`(slope: Double, waver: Double, vibrato: Double) {
    for hertz in [110.0, 190] {
      let sound = held([.schwa], hertz: hertz, seconds: 0.6, slope: slope, waver: waver, vibrato: vibrato)
      #expect(Analysis(speech(around: sound)).fillers.isEmpty, "\(hertz) Hz")
    }
  }

  @Test func `running speech and bursts of noise have none`() {
    let running = Sound.picture(".." + String(repeating: "sssssss..ssss...sssssssssss.", count: 6) + "....|")
    #expect(Analysis(running).fillers.isEmpty)
    #expect(Analysis(speech(around: Sound.noise(seconds: 0.5, amplitude: 0.05, seed: 3))).fillers.isEmpty)
  }

  @Test func `confidence is the share that is right, so figures move it the way they mean`() throws {
    let sound = speech(around: held([.schwa], hertz: 120, seconds: 0.5))
    let evidence = try #require(Analysis(sound).fillers.first?.evidence)
    func changed(_ change: (inout FilledPauseEvidence) -> Void) -> Float {
      var other = evidence
      change(&other)
      return other.confidence
    }
    #expect(evidence.confidence > FilledPauses.leastConfidence && evidence.confidence < 1)
    #expect(changed { $0.seconds = 0.15 } < evidence.confidence)
    #expect(changed { $0.change = 4 } < evidence.confidence)
    #expect(changed { $0.pitchSlope = 12 } < evidence.confidence)
    #expect(changed { $0.voiceBefore = 0.2 } < evidence.confidence)
    #expect(changed { ($0.silenceBefore, $0.silenceAfter) = (0, 0) } < evidence.confidence)
    #expect(changed { $0.backness = -10 } < evidence.confidence)
    #expect(changed { $0.pitchUnrest = 1.5 } == 0)
    #expect(changed { $0.pitchUnrest = 0.01 } == 0)
  }
}
