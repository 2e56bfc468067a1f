import Foundation

/// Laughter made from published figures: calls of one vowel, a beat of four to seven a second, breath between them.
///
/// Bachorowski, Smoski & Owren (2001): voiced laughter of men has 272 Hz on the mean, of women 405 Hz, a vowel near the
/// middle, no articulation; Provine & Yong (1991): calls of 75 ms every 210 ms; Bickley & Hunnicutt (1992): breath in the
/// calls as well. Level and pitch fall in a bout.
struct LaughterSound {
  /// The pitch of the first call in Hz, and how much of it is left with each further one.
  var hertz = 280.0
  var fall = 0.985
  /// Calls, and how many there are a second.
  var calls = 8
  var rate = 4.8
  /// The voiced part of a call in seconds.
  var voice = 0.1
  /// The formants of each call in turn, in Hz.
  var vowels: [[Double]] = [[650, 1300, 2500]]
  /// The breath between calls against the calls, in dB; nil for a closure.
  var breath: Double? = -20
  /// Whether the voice goes on through the closures, as a murmur.
  var murmurs = false
  /// How much each call is softer than the one before, in dB.
  var decay = 1.0
  /// How far intervals stray, as a part of them.
  var unrest = 0.06

  /// How long it lasts in seconds.
  var seconds: Double { (Double(calls) + 0.2) / rate }

  /// The sound, its first call as loud as speech of `Sound.picture`.
  func samples(seed: UInt64 = 5) -> [Float] {
    let random = Sound.noise(seconds: 0.01, amplitude: 1, seed: seed)
    let noise = Sound.noise(seconds: seconds, amplitude: 1, seed: seed + 1)
    var sound = [Float](repeating: 0, count: Int(seconds * Sound.rate))
    var voices = vowels.map { Colour($0) }, breaths = voices
    var phase = 0.0
    for index in sound.indices {
      let time = Double(index) / Sound.rate * rate
      let call = min(calls - 1, Int(time))
      let place = (time - Double(call)) / rate - unrest * (1 + Double(random[call])) / rate
      let envelope = max(0, min(1, place / 0.02, (voice - place) / 0.03))
      let level = pow(10, -decay * Double(call) / 20)
      let pitch = hertz * pow(fall, Double(call)) * (1 - 0.06 * pow(place / voice - 0.5, 2))
      phase += pitch / Sound.rate
      let source = envelope > 0 ? envelope * Self.pulses(phase: phase, pitch: pitch) : 0
      var voiced = voices[call % vowels.count].filter(source)
      let blow = breaths[call % vowels.count].filter(Double(noise[index]))
      let open = breath.map { pow(10, $0 / 20) } ?? 0
      if murmurs { voiced += 0.2 * (1 - envelope) * sin(2 * .pi * phase) }
      sound[index] = Float(0.15 * level * (voiced + open * (1 + 2 * envelope) * blow))
    }
    return sound
  }

  /// Pulses of which each further harmonic is softer by 6 dB an octave.
  private static func pulses(phase: Double, pitch: Double) -> Double {
    var sum = 0.0
    for harmonic in 1...max(1, Int(5000 / pitch)) { sum += sin(2 * .pi * phase * Double(harmonic)) / Double(harmonic) }
    return sum
  }

  /// A sound through resonances 120 Hz broad, one after the other.
  private struct Colour {
    private var parts: [(gain: Double, a: Double, b: Double, older: Double, newer: Double)]

    init(_ formants: [Double]) {
      let radius = exp(-.pi * 120 / Sound.rate)
      parts = formants.map { formant in
        let (a, b) = (2 * radius * cos(2 * .pi * formant / Sound.rate), radius * radius)
        return (1 - a + b, a, b, 0, 0)
      }
    }

    mutating func filter(_ sample: Double) -> Double {
      var output = sample
      for place in parts.indices {
        output = parts[place].gain * output + parts[place].a * parts[place].newer - parts[place].b * parts[place].older
        (parts[place].older, parts[place].newer) = (parts[place].newer, output)
      }
      return output
    }
  }
}
