import Practice
import SpeechSignals

/// A take of so many lines of words, each with two seconds of its own, heard by a transcription endpoint.
func take(lines: [String], title: String = "A talk") -> Session {
  var session = Session()
  _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "take1234", title: title))))
  for (index, line) in lines.enumerated() {
    var at = Double(index) * 3
    for word in line.split(separator: " ") {
      let heard = Word(String(word), start: at, end: at + 0.1, source: .endpoint)
      _ = session.apply(SessionEvent(at: at + 0.1, .word(heard)))
      at += 0.12
    }
  }
  return session
}

/// `session` at its end.
func over(_ session: Session) -> Session {
  var session = session
  _ = session.apply(SessionEvent(at: session.seconds, .ended(Ending(reason: .finished, summary: session.summary))))
  return session
}

/// A second of speech at so many syllables a second.
func spoken(_ end: Double, syllables: Double = 4, level: Double = -22) -> SecondSummary {
  var second = SecondSummary()
  (second.start, second.end) = (end - 1, end)
  second.speechSeconds = 0.9
  second.syllables = Int(syllables)
  second.syllablesPerSecond = syllables
  second.speechLevelDecibels = level
  second.integratedLUFS = level
  second.voicedFrames = 60
  second.pitchHertz = 120
  second.pitchSpreadSemitones = 2
  return second
}
