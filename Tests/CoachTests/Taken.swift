import Practice
import SpeechSignals

@testable import Coach

/// Takes that a tutor speaks of, the same each time.
enum Taken {
  /// A minute and a half that went badly: fast, on one note, fillers in bursts, a stretch without breath, too long.
  static func badly() -> Session {
    var session = Session()
    let beginning = Beginning(
      id: "badly123", title: "Quarterly figures", length: TalkLength("50-60s"), source: "default")
    _ = session.apply(SessionEvent(at: 0, .began(beginning)))
    for number in 1...92 {
      let end = Double(number)
      var second = SecondSummary()
      (second.start, second.end) = (end - 1, end)
      second.speechSeconds = number % 23 == 0 ? 0.4 : 0.97
      second.syllables = number % 23 == 0 ? 2 : 8
      second.syllablesPerSecond = number < 4 ? nil : number > 60 && number < 80 ? 8.4 : 7.3
      second.levelDecibels = -24
      second.speechLevelDecibels = number > 60 ? -29 : -21
      (second.shortTermLUFS, second.integratedLUFS) = (-24, -24)
      second.voicedFrames = 60
      second.pitchHertz = 110 + Double(number % 3)
      second.pitchSpreadSemitones = number > 40 && number < 60 ? 0.5 : 0.9
      second.runSeconds = Double(number % 23)
      _ = session.apply(SessionEvent(at: end, .second(second)))
      if number % 23 == 0 {
        _ = session.apply(SessionEvent(at: end, .phrase(Phrase(start: end - 22.6, end: end - 0.4, syllables: 170))))
        _ = session.apply(SessionEvent(at: end, .pause(Pause(start: end - 0.4, end: end))))
      }
      if (30...36).contains(number) || number % 5 == 0 {
        let filler = Filler(start: end - 0.6, end: end - 0.2, label: "um", confidence: 0.8)
        apply(SessionEvent(at: end, .filler(filler)), to: &session)
      }
    }
    return session
  }

  /// Three seconds of speech.
  static func tooLittle() -> Session {
    var session = Session()
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "little12", source: "default"))))
    for number in 1...3 { _ = session.apply(SessionEvent(at: Double(number), .second(Rehearsed.second(number)))) }
    return session
  }

  private static func apply(_ event: SessionEvent, to session: inout Session) {
    var next = [event]
    while !next.isEmpty {
      for case .raise(let raised) in session.apply(next.removeFirst()) { next.append(raised) }
    }
  }
}
