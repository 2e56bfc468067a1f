import Practice
import SpeechSignals
import Terminal

@testable import Coach

/// Sessions and desks to draw, the same each time.
enum Rehearsed {
  /// Two minutes and a bit of a talk: paces that rise and fall, pauses, fillers, a mark, a cue.
  static func session(seconds: Int = 134, title: String = "The case for silence", length: String? = "2-3m") -> Session {
    var session = Session()
    for event in events(seconds: seconds, title: title, length: length) { _ = session.apply(event) }
    return session
  }

  /// The events of that talk.
  static func events(seconds: Int = 134, title: String = "The case for silence", length: String? = "2-3m")
    -> [SessionEvent]
  {
    let beginning = Beginning(
      id: "k3f9x7qa", startedAtMilliseconds: 1_763_704_320_000, title: title, length: length.flatMap { TalkLength($0) },
      source: "default", rate: 48_000, bands: Bands(syllablesPerWord: 1.45))
    var events = [SessionEvent(at: 0, .began(beginning))]
    for number in 1...seconds {
      let end = Double(number)
      events.append(SessionEvent(at: end, .second(Rehearsed.second(number))))
      if number % 9 == 0 { events.append(SessionEvent(at: end, .pause(Pause(start: end - 0.9, end: end - 0.2)))) }
      if number % 47 == 0 {
        let filler = Filler(start: end - 0.6, end: end - 0.2, label: "um", confidence: 0.8)
        events.append(SessionEvent(at: end, .filler(filler)))
      }
      if number == 60 { events.append(SessionEvent(at: end, .mark(nil))) }
      if number == 131 { events.append(SessionEvent(at: end, .cue(Cue(.breath, "breathe")))) }
    }
    let pitch = ReviewedPitch(voicedFrames: 55 * seconds, medianHertz: 131.4, spreadSemitones: 2.21)
    return events + [SessionEvent(at: Double(seconds), .reviewed(pitch))]
  }

  /// That talk as a past session.
  static var past: PastSession {
    let events = events()
    var past = PastSession(id: "k3f9x7qa", events: events)
    let rubric = Rubric(
      id: "rostrum", version: 1, name: "Rostrum", levels: ["weak", "fair", "good", "strong"],
      criteria: [
        Criterion(
          id: "pace", name: "Pace",
          measures: [RubricMeasure(.pace, RubricBand(low: 120, high: 175, zeroLow: 70, zeroHigh: 240))]),
        Criterion(id: "structure", name: "Structure", descriptors: ["none", "some", "clear", "felt"]),
      ])
    past.scores = [Scores.of(session: past.session, rubric: rubric)]
    past.sheets = [AssessmentSheet(rubric, scores: past.scores[0], assessments: past.session.assessments)]
    return past
  }

  /// The roll-up of the second that ends at `number`.
  static func second(_ number: Int) -> SecondSummary {
    let end = Double(number)
    var second = SecondSummary()
    second.start = end - 1
    second.end = end
    let isPause = number % 9 == 0
    second.speechSeconds = isPause ? 0.3 : 0.85
    second.syllables = isPause ? 1 : 4 + number % 2
    second.syllablesPerSecond = number < 4 ? nil : 3.6 + Double((number / 10) % 5) * 0.22
    second.levelDecibels = -24 + Double(number % 6)
    second.peakDecibels = -8
    second.speechLevelDecibels = -21
    second.momentaryLUFS = -26 + Double((number * 7) % 9)
    second.shortTermLUFS = -23.4
    second.integratedLUFS = -22.8
    second.voicedFrames = 55
    second.pitchHertz = 118 + Double(number % 12) * 3
    second.pitchSpreadSemitones = 1.4 + Double(number % 5) * 0.4
    second.runSeconds = Double(number % 9)
    second.silenceSeconds = 0
    return second
  }

  /// A desk in `room` with that session on it.
  static func desk(_ room: Room, density: Settings.Density = .calm) -> Desk {
    var desk = Desk(room: room)
    desk.density = density
    desk.session = session()
    desk.source.name = "default"
    desk.source.rate = 48_000
    desk.source.levelDecibels = -23
    desk.hasMicrophone = true
    return desk
  }
}
