import SpeechSignals

@testable import Practice

/// A roll-up of the second that ends at `end`, spoken at `pace` words a minute.
func second(
  _ end: Double, pace: Double? = 150, speech: Double = 0.8, run: Double = 3, level: Double = -22, silence: Double = 0,
  clipped: Int = 0
) -> SecondSummary {
  var second = SecondSummary()
  second.start = end - 1
  second.end = end
  second.speechSeconds = speech
  second.syllables = speech > 0 ? 4 : 0
  second.syllablesPerSecond = pace.map { $0 * Bands().syllablesPerWord / 60 }
  second.levelDecibels = level
  second.speechLevelDecibels = speech > 0 ? level : nil
  second.momentaryLUFS = level
  second.shortTermLUFS = level
  second.integratedLUFS = level
  second.voicedFrames = speech > 0 ? 60 : 0
  second.pitchHertz = speech > 0 ? 120 : nil
  second.pitchSpreadSemitones = 2
  second.silenceSeconds = silence
  second.runSeconds = run
  second.clippedSamples = clipped
  return second.rounded()
}

/// A session that has begun.
func begun(length: TalkLength? = nil) -> Session {
  var session = Session()
  _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa", title: "Practice", length: length))))
  return session
}

extension Session {
  /// Applies `seconds` roll-ups and what follows from them; returns the cues that were raised, as "second:words".
  mutating func live(_ seconds: [SecondSummary]) -> [String] {
    var cues: [String] = []
    for second in seconds {
      var next = [SessionEvent(at: second.end, .second(second))]
      while let event = next.first {
        next.removeFirst()
        if case .cue(let cue) = event.kind { cues.append("\(Int(event.seconds)):\(cue.words)") }
        for case .raise(let raised) in apply(event) { next.append(raised) }
      }
    }
    return cues
  }
}
