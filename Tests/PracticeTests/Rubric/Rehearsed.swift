import SpeechSignals

@testable import Practice

/// A take made of runs of 4 s and pauses of 1 s, for what is scored.
struct Rehearsed: Sendable {
  var seconds = 120
  /// Words a minute of talk at each second.
  var pace: @Sendable (Int) -> Double = { _ in 150 }
  var fillers: [Filler] = []
  var words: [Word] = []
  var restarts: [Restart] = []
  var pauseSeconds = 1.0
  var spread = 2.5
  var level: @Sendable (Int) -> Double = { _ in -24 }
  var fade = 2.0
  var length: TalkLength?
  var context: String?
  var bands = Bands()
  /// Whether there is an end.
  var isOver = true
  var afterwards: [SessionEvent.Kind] = []

  var events: [SessionEvent] {
    let beginning = Beginning(id: "k3f9x7qa", title: "Practice", length: length, bands: bands, context: context)
    var events = [SessionEvent(at: 0, .began(beginning))]
    var (owed, inRun) = (0.0, 0)
    for index in 0..<seconds {
      let isPause = index % 5 == 4
      owed += pace(index) * bands.syllablesPerWord / 60 * (isPause ? 0 : 1.25)
      var second = SecondSummary(start: Double(index), end: Double(index + 1))
      if !isPause {
        second.speechSeconds = 1
        second.syllables = Int(owed)
        owed -= Double(second.syllables)
        inRun += second.syllables
        (second.voicedFrames, second.pitchHertz) = (60, 120)
        second.pitchSpreadSemitones = spread
        second.speechLevelDecibels = level(index)
      }
      (second.momentaryLUFS, second.shortTermLUFS) = (level(index), level(index))
      second.integratedLUFS = level(index)
      second.silenceSeconds = isPause ? 1 : 0
      second.syllablesPerSecond = index < 3 ? nil : pace(index) * bands.syllablesPerWord / 60
      let end = Double(index + 1)
      events.append(SessionEvent(at: end, .second(second.rounded())))
      if index % 5 == 3 {
        let phrase = Phrase(start: Double(index - 3), end: end, syllables: inRun, endDropDecibels: fade)
        events.append(SessionEvent(at: end, .phrase(phrase)))
        inRun = 0
      }
      if isPause, index + 1 < seconds {
        events.append(SessionEvent(at: end, .pause(Pause(start: end - pauseSeconds, end: end))))
      }
    }
    let last = Double(seconds)
    events += fillers.map { SessionEvent(at: last, .filler($0)) } + words.map { SessionEvent(at: last, .word($0)) }
    events += restarts.map { SessionEvent(at: last, .restart($0)) }
    if isOver { events.append(SessionEvent(at: last, .ended(Ending(reason: .finished, summary: Summary())))) }
    return events + afterwards.map { SessionEvent(at: last, $0) }
  }

  var session: Session {
    var session = Session()
    for event in events {
      for case .raise(let next) in session.apply(event) {
        // Nobody is speaking who could be given a cue.
        if case .cue = next.kind { continue }
        _ = session.apply(next)
      }
    }
    return session
  }
}

extension Filler {
  /// An "um" at `start`.
  static func um(_ start: Double) -> Filler { Filler(start: start, end: start + 0.3, label: "um", confidence: 0.8) }
}

extension Rubric {
  /// A small rubric of every kind of measure.
  static let small = Rubric(
    id: "small", version: 3, name: "Small", levels: ["low", "middle", "high"],
    criteria: [
      Criterion(
        id: "pace", name: "Pace", descriptors: ["hurried", "fine", "alive"],
        measures: [
          RubricMeasure(
            .pace, RubricBand(low: 120, high: 175, zeroLow: 70, zeroHigh: 240),
            contexts: [.technical: RubricBand(low: 110, high: 140, zeroLow: 60, zeroHigh: 200)], weight: 2),
          RubricMeasure(.offPace, RubricBand(high: 15, zeroHigh: 70)),
        ]),
      Criterion(
        id: "fluency", name: "Fluency",
        measures: [
          RubricMeasure(.fillers, RubricBand(high: 5, zeroHigh: 20), weight: 3),
          RubricMeasure(.clusters, RubricBand(high: 0.3, zeroHigh: 2), contexts: [.conversation: nil]),
          RubricMeasure(.restarts, RubricBand(high: 2, zeroHigh: 8)),
        ]),
      Criterion(
        id: "variety", name: "Variety",
        measures: [
          RubricMeasure(.pitchSpread, RubricBand(low: 2, high: 6, zeroLow: 0.5, zeroHigh: 12), baseline: .wider)
        ]),
      Criterion(
        id: "timing", name: "Timing", measures: [RubricMeasure(.lengthOff, RubricBand(high: 3, zeroHigh: 30))]),
      Criterion(id: "structure", name: "Structure"),
    ])
}
