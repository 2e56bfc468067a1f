package import SpeechSignals

/// Tells from levels alone whether what is played reaches the microphone.
///
/// Sound that leaks from a loudspeaker follows what is played at a fixed delay: the two levels, in dB, then rise and fall
/// together. Sound that stays in headphones leaves the microphone where it was before the voice began. Between the two,
/// as when somebody moves or speaks meanwhile, nothing is concluded, and what was known before stands.
package struct EchoProbe: Equatable, Sendable {
  /// What is known.
  package enum Verdict: Equatable, Sendable, CaseIterable {
    /// Too little was played, or something else was heard.
    case unknown
    /// Playback does not reach the microphone.
    case isolated
    /// Playback is heard in the microphone.
    case leaks
  }

  /// Frames of 10 ms that are looked at together: a few sentences' worth of syllables.
  static let windowFrames = 500
  /// Frames of sound that have to be there before anything is said.
  static let leastFrames = 300
  /// How late an echo may be, frames: a sound server and a wireless loudspeaker together stay under half a second.
  static let longestLagFrames = 50
  /// How often it thinks, frames.
  static let stepFrames = 50
  /// The correlation of the two levels from which they count as one sound. Two people's speech stays under it.
  static let leakCorrelation: Float = 0.6
  /// How far apart the microphone must be in loud and quiet playback to count as leaking, dB.
  static let leakRiseDecibels: Float = 3
  /// How far over the room the microphone may come where nothing leaks, dB; barge-in starts twice as far up.
  static let isolatedRiseDecibels: Float = 6
  /// The share of frames that may be over that: a key, a chair.
  static let strayShare = 0.05
  /// What counts as silence in what is played, dB re full scale.
  static let quietDecibels: Float = -60
  /// Playback under this tells nothing, dB re full scale.
  static let loudDecibels: Float = -45

  /// What is known so far.
  package private(set) var verdict = Verdict.unknown

  private var played = [Float](repeating: quietDecibels, count: windowFrames)
  private var heard = [Float](repeating: -100, count: windowFrames)
  private var next = 0, count = 0
  /// The level of the room before the voice began, dB; nil before anything was heard.
  private var quietRoom: Float?
  private var room: Float { quietRoom ?? -100 }

  /// A probe that knows nothing.
  package init() {}

  /// Takes in 10 ms: the level of what was written to the loudspeaker, nil where the voice does not sound, and what the
  /// microphone heard.
  package mutating func hear(playback: Float?, _ reading: Reading) {
    guard let playback else {
      // What the voice did before the pause is not forgotten, but its tail is no part of it.
      if reading.flatSeconds < 0.1 { quietRoom = reading.noiseFloorDecibels }
      return
    }
    // A muted microphone knows nothing of the room.
    guard reading.flatSeconds < 0.1, playback.isFinite, reading.levelDecibels.isFinite else { return }
    quietRoom = quietRoom ?? reading.noiseFloorDecibels
    played[next] = max(playback, Self.quietDecibels)
    heard[next] = max(reading.levelDecibels, room)
    next = (next + 1) % Self.windowFrames
    count = min(count + 1, Self.windowFrames)
    if next % Self.stepFrames == 0, count >= Self.leastFrames { conclude() }
  }

  /// Says that what was taken for a speaker ended together with the voice.
  package mutating func recant() {
    verdict = .leaks
    count = 0
    next = 0
  }

  private mutating func conclude() {
    var (loud, over) = (0, 0)
    for age in 0..<count {
      if self.played(age) > Self.loudDecibels { loud += 1 }
      if self.heard(age) > room + Self.isolatedRiseDecibels { over += 1 }
    }
    // A voice at no volume tells nothing.
    guard loud * 3 >= count else { return }
    if Double(over) <= Double(count) * Self.strayShare {
      verdict = .isolated
    } else if leaks() {
      verdict = .leaks
    }
  }

  private func leaks() -> Bool {
    for lag in 0...Self.longestLagFrames {
      let (correlation, rise) = relation(lag: lag)
      if correlation >= Self.leakCorrelation, rise >= Self.leakRiseDecibels { return true }
    }
    return false
  }

  /// Pearson's correlation of the levels at a lag in frames, and by how many dB the microphone is higher in loud
  /// playback than in quiet.
  private func relation(lag: Int) -> (correlation: Float, rise: Float) {
    let frames = count - lag
    var (sumP, sumH, sumPP, sumHH, sumPH) = (Float(0), Float(0), Float(0), Float(0), Float(0))
    var (loud, loudSum, quiet, quietSum) = (Float(0), Float(0), Float(0), Float(0))
    for age in 0..<frames {
      let (p, h) = (played(age + lag) + 60, heard(age) + 60)
      sumP += p
      sumH += h
      sumPP += p * p
      sumHH += h * h
      sumPH += p * h
      if p > Self.loudDecibels + 60 {
        (loud, loudSum) = (loud + 1, loudSum + h)
      } else {
        (quiet, quietSum) = (quiet + 1, quietSum + h)
      }
    }
    let n = Float(frames)
    let spread = ((sumPP - sumP * sumP / n) * (sumHH - sumH * sumH / n))
    guard spread > 0, loud > 0, quiet > 0 else { return (0, 0) }
    return ((sumPH - sumP * sumH / n) / spread.squareRoot(), loudSum / loud - quietSum / quiet)
  }

  private func played(_ age: Int) -> Float { played[(next - 1 - age + 2 * Self.windowFrames) % Self.windowFrames] }
  private func heard(_ age: Int) -> Float { heard[(next - 1 - age + 2 * Self.windowFrames) % Self.windowFrames] }
}
