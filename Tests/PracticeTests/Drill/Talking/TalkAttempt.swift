import SpeechSignals

@testable import Practice

/// An attempt at a talking drill, made of what is said when: runs of speech at so many syllables a second, fillers, taps.
struct TalkAttempt {
  /// A run of speech.
  struct Run {
    var start: Double
    var end: Double
    var rate = 4.0
  }

  var drill: Drill
  var topic: String?
  var runs: [Run] = []
  var fillers: [Double] = []
  var taps: [Double] = []
  /// The learner's key: the step under way is over.
  var skips: [Double] = []
  /// Where the sound ends.
  var until: Double
  var events: [SessionEvent] = []

  /// Speech from `start` to `end` in runs of `run` seconds with `pause` between them.
  static func talk(_ start: Double, _ end: Double, rate: Double = 4, run: Double = 2.4, pause: Double = 0.6) -> [Run] {
    stride(from: start, to: end - 0.3, by: run + pause).map {
      Run(start: $0, end: min($0 + run, end), rate: rate)
    }
  }

  /// What a session makes of it, and the events that it holds.
  func heard() -> (session: Session, events: [SessionEvent]) {
    var (session, told) = (Session(), [SessionEvent]())
    func take(_ event: SessionEvent) {
      var next = [event]
      while let event = next.first {
        next.removeFirst()
        for effect in session.apply(event) {
          switch effect {
          case .record(let event): told.append(event)
          case .raise(let raised): next.append(raised)
          }
        }
      }
    }
    take(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa"))))
    take(SessionEvent(at: 0, .drill(DrillStart(drill: drill, topic: topic))))
    take(SessionEvent(at: 0, .step(0)))
    for second in 1...max(1, Int(until)) {
      for event in happening(in: Double(second - 1)..<Double(second)) {
        take(event)
        if session.drill?.isComplete == true { return (session, told) }
      }
      for skip in skips where Int(skip) == second - 1 {
        if let index = session.drill?.index { take(SessionEvent(at: skip, .step(index + 1))) }
      }
      if session.drill?.isComplete == true { break }
    }
    return (session, told)
  }

  var session: Session { heard().session }
  var result: DrillResult? { session.drillResult }

  private func happening(in second: Range<Double>) -> [SessionEvent] {
    var found: [SessionEvent] = runs.filter { second.contains($0.end) }.map {
      SessionEvent(
        at: $0.end,
        .phrase(Phrase(start: $0.start, end: $0.end, syllables: Int((($0.end - $0.start) * $0.rate).rounded()))))
    }
    found += fillers.filter { second.contains($0) }.map {
      SessionEvent(at: $0, .filler(Filler(start: $0, end: $0 + 0.4, label: "um", confidence: 0.9)))
    }
    found += taps.filter { second.contains($0) }.map { SessionEvent(at: $0, .tap) }
    found += events.filter { second.contains($0.seconds) }
    return found.sorted { $0.seconds < $1.seconds } + [SessionEvent(at: second.upperBound, .second(rollup(second)))]
  }

  private func rollup(_ second: Range<Double>) -> SecondSummary {
    var summary = SecondSummary(start: second.lowerBound, end: second.upperBound)
    for run in runs {
      let inside = min(run.end, second.upperBound) - max(run.start, second.lowerBound)
      guard inside > 0 else { continue }
      summary.speechSeconds += inside
      let before = (max(run.start, second.lowerBound) - run.start) * run.rate
      summary.syllables += Int((before + inside * run.rate).rounded()) - Int(before.rounded())
    }
    let now = runs.last { $0.start < second.upperBound }
    if let now, now.end >= second.upperBound {
      summary.runSeconds = second.upperBound - now.start
    } else {
      summary.silenceSeconds = second.upperBound - (now?.end ?? 0)
    }
    return summary.rounded()
  }
}

extension DrillResult {
  /// The figure `name` in units of a thousandth, for rows of tests.
  func said(_ name: String) -> Double? { figure(name).map { $0.rounded(places: 2) } }
}
