import Glibc
import Practice
import SpeechSignals
import Terminal

/// Facts about the voice: loudness and pitch.
extension FactReader {
  /// A spread of pitch is off by so much between recordings, as a share.
  private static let spreadError = 0.08 * Estimate.deviations
  /// Seconds of talk before its end can be held against its beginning.
  private static let fallSeconds = 60.0

  var loudness: Fact {
    guard summary.heardSpeech, let loudness = summary.integratedLUFS else {
      return .unknown(summary.heardSpeech ? "all of it is too quiet to be measured" : littleTalk)
    }
    return Fact(loudness, "\(decimal(loudness, 0)) LUFS", source: "rests on the microphone as much as on the voice")
  }

  var clipped: Fact {
    let seconds = session.rollups.filter { $0.clippedSamples > 0 }
    return Fact(Double(seconds.count), Said.count(seconds.count, "second"), moment: seconds.first?.start)
  }

  /// How much softer the last third of the speech is than the first, in decibels; 0 where it is not.
  var levelFall: Fact {
    guard let talk = session.talkSeconds, talk >= Self.fallSeconds else {
      return .unknown("the take is too short to compare its end with its beginning")
    }
    guard session.gaps.allSatisfy({ $0.gap.cause != "changed" }) else { return .unknown("the microphone was changed") }
    guard let fall = session.levelFallDecibels.map({ max(0, $0) }) else {
      return .unknown("the take is too short to compare its end with its beginning")
    }
    let spoken = session.rollups.filter { $0.speechLevelDecibels != nil && $0.speechSeconds > 0.2 }
    return Fact(fall, "about \(decimal(fall, 0)) decibels", moment: spoken.suffix(spoken.count / 3).first?.start)
  }

  var pitch: Fact {
    summary.pitchHertz.map { Fact($0, "about \(decimal($0, 0)) hertz") } ?? .unknown(littleVoice)
  }

  var pitchSpread: Fact {
    guard let spread = summary.pitchSpreadSemitones else { return .unknown(littleVoice) }
    let band = spread * (1 - Self.spreadError)...spread * (1 + Self.spreadError)
    return Fact(
      spread, "about \(decimal(spread, 1)) semitones", likely: band,
      likelyWords: "\(decimal(band.lowerBound, 1)) to \(decimal(band.upperBound, 1))",
      verdict: PitchVariety(spreadSemitones: spread).rawValue)
  }

  private var littleVoice: String {
    summary.heardSpeech ? "less than two seconds of voiced sound were heard" : "no speech was heard"
  }

  /// The stretch in which the pitch moved least.
  var flattest: Fact {
    let length = Self.stretchSeconds
    guard session.rollups.count >= 2 * length else { return .unknown("the take is too short to compare its parts") }
    var least: (spread: Double, start: Double)?
    for first in stride(from: 0, through: session.rollups.count - length, by: 5) {
      let stretch = session.rollups[first..<first + length]
      guard let spread = Self.spread(stretch), spread < least?.spread ?? .infinity else { continue }
      least = (spread, stretch.first?.start ?? 0)
    }
    guard let least else { return .unknown(littleVoice) }
    return Fact(least.spread, "about \(decimal(least.spread, 1)) semitones", moment: least.start)
  }

  /// The spread of pitch over some seconds, in semitones; nil below 200 voiced frames.
  private static func spread(_ seconds: ArraySlice<SecondSummary>) -> Double? {
    var (frames, sum, squares) = (0.0, 0.0, 0.0)
    for second in seconds {
      guard let hertz = second.pitchHertz, hertz > 0, second.voicedFrames > 0 else { continue }
      let (count, semitones) = (Double(second.voicedFrames), 12 * log2(hertz / 100))
      frames += count
      sum += count * semitones
      squares += count * (semitones * semitones + second.pitchSpreadSemitones * second.pitchSpreadSemitones)
    }
    guard frames >= Double(Unknown.leastVoicedFrames) else { return nil }
    return max(0, squares / frames - (sum / frames) * (sum / frames)).squareRoot()
  }
}
