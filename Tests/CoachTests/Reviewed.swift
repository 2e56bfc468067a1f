import Practice
import SpeechSignals
import Terminal

@testable import Coach

/// Past sessions and the rooms that look back at them, the same each time.
enum Reviewed {
  private static let levels = ["beginning", "developing", "secure", "strong"]

  private static func rubric(_ id: String, _ name: String, version: Int, _ criteria: [Criterion]) -> Rubric {
    Rubric(id: id, version: version, name: name, levels: levels, criteria: criteria)
  }

  private static let rubrics = [
    rubric(
      "rostrum", "Rostrum", version: 2,
      [
        Criterion(
          id: "pace", name: "Pace", descriptors: ["lost", "hard to follow", "easy to follow", "easy throughout"],
          measures: [RubricMeasure(.pace, RubricBand(low: 190, high: 220, zeroLow: 70, zeroHigh: 300))]),
        Criterion(
          id: "fluency", name: "Fluency",
          measures: [RubricMeasure(.fillers, RubricBand(low: nil, high: 0.5, zeroLow: nil, zeroHigh: 6))]),
        Criterion(
          id: "timing", name: "Timing",
          measures: [RubricMeasure(.sectionsOff, RubricBand(low: nil, high: 10, zeroLow: nil, zeroHigh: 60))]),
        Criterion(
          id: "structure", name: "Structure",
          descriptors: [
            "No order that a listener could retell.", "Parts that can be told apart.", "A clear order, with signposts.",
            "An order that carries the thought, and is felt.",
          ]),
        Criterion(id: "contact", name: "Contact with the audience"),
      ]),
    rubric("oracy", "Oracy framework", version: 1, [Criterion(id: "reasoning", name: "Reasoning")]),
  ]

  /// What was said afterwards.
  private static let afterwards: [SessionEvent.Kind] = [
    .guess(Guess(fillers: 4, counted: 2)), .comment(Comment("slow down here", start: 12)),
    .comment(Comment("a good pause", start: 46.5, by: "Ana")), .edited(Edit(tags: ["work", "keynote"])),
    .scored(
      ScoreCard(
        rubric: "rostrum", version: 1, context: "talk",
        entries: [
          .init(criterion: Rubric.overall, value: 61.2, low: 50, high: 70),
          .init(criterion: "pace", value: 70, low: 60, high: 81),
        ])),
    .assessed(Assessment(rubric: "rostrum", version: 2, criterion: "structure", judge: .learner, level: 3)),
    .assessed(
      Assessment(
        rubric: "rostrum", version: 2, criterion: "structure", judge: .tutor, name: "Ana", level: 1,
        reason: "I could not retell the middle.")),
    .assessed(
      Assessment(rubric: "rostrum", version: 2, criterion: "pace", judge: .ai, name: "llama3.2", level: 3.5)),
  ]

  /// The rehearsed talk with all that is said of it afterwards, at a second.
  static func past(at seconds: Double = 0) -> PastSession {
    var events = Rehearsed.events()
    for number in 1...14 {
      let end = Double(number * 9) - 0.9
      events.append(SessionEvent(at: 134, .phrase(Phrase(start: end - 8, end: end, syllables: 34))))
    }
    var past = PastSession(id: "k3f9x7qa", events: events + afterwards.map { SessionEvent(at: 134, $0) })
    past.scores = rubrics.map { Scores.of(session: past.session, rubric: $0) }
    past.sheets = zip(rubrics, past.scores).map {
      AssessmentSheet($0, scores: $1, assessments: past.session.assessments)
    }
    past.finding = "You speak for a long time without a pause: 8 s is your longest run."
    past.nextStep = "Read the first section aloud once more, and stop for a breath at every full stop."
    past.seek(to: seconds)
    return past
  }

  /// That session in a room, entered from the history.
  static func desk(_ rooms: Room..., at seconds: Double = 0, change: (inout Desk) -> Void = { _ in }) -> Desk {
    var desk = Rehearsed.desk(.history)
    desk.rooms += rooms
    desk.past = past(at: seconds)
    change(&desk)
    return desk
  }

  /// A list of sessions with long titles, tags, an hour of talk, one that was broken off.
  static func history(_ change: (inout HistoryState) -> Void = { _ in }) -> Desk {
    var desk = Rehearsed.desk(.home)
    desk.rooms.append(.history)
    desk.history.lines = [
      .init(
        id: "k3f9x7qa", when: "2026-11-21 05:52", title: "The case for silence", duration: "2:14", pace: "148 wpm",
        state: "", score: "72", fillers: "0.9/min", tags: ["work", "keynote"]),
      .init(
        id: "m8r2w4zc", when: "2026-11-20 18:03", title: "What my grandfather taught me about boats and patience",
        duration: "1:02:05", pace: "131 wpm", state: "", score: "100", fillers: "12.4/min"),
      .init(
        id: "p5t7y9bd", when: "2026-11-19 07:30", title: "default", duration: "0:41", pace: "-", state: "interrupted",
        fillers: "-"),
    ]
    desk.history.count = 3
    desk.history.isWhole = true
    desk.history.selection = 1
    change(&desk.history)
    return desk
  }

  /// A search with two moments found.
  static func search() -> Desk {
    var desk = history()
    desk.rooms.append(.search)
    desk.history.search.text = "hesita"
    desk.history.search.hits = [
      .init(
        id: "k3f9x7qa", when: "2026-11-21 05:52", title: "The case for silence", seconds: 47.2, kind: "said",
        snippet: [
          .init(text: "a pause is no ", isHit: false), .init(text: "hesitation", isHit: true),
          .init(text: " but room for a thought", isHit: false),
        ]),
      .init(
        id: "m8r2w4zc", when: "2026-11-20 18:03", title: "What my grandfather taught me about boats", seconds: 3_725,
        kind: "note", snippet: [.init(text: "Hesitated", isHit: true), .init(text: " before the name", isHit: false)]),
    ]
    return desk
  }

  /// The trend of a pace that fell once.
  static func trends() -> Desk {
    var desk = history()
    desk.rooms.append(.trends)
    let figure = TrendFigure(
      name: "pace", label: "Pace", unit: "words a minute", unitOfOne: "word a minute", decimals: 0,
      more: "you speak # faster", less: "you speak # slower", better: .neither)
    let points = (0..<24).map { number in
      TrendPoint(
        at: 1_780_000_000 + Double(number) * 86_400 * 4,
        value: (number < 13 ? 171 : 148) + Double((number * 7) % 11) - 5, id: "s\(number)")
    }
    desk.history.trends.figures = [figure, figure, figure]
    desk.history.trends.selection = 1
    desk.history.trends.trend = Trend(points: points, figure: figure)
    return desk
  }

  /// The first screen after a session.
  static func home() -> Desk {
    var desk = Rehearsed.desk(.home)
    desk.last = Desk.LastSession(
      when: "2026-11-21 05:52", title: "The case for silence", nextStep: past().nextStep)
    return desk
  }

  /// The rooms by name.
  static let screens: [(name: String, desk: @Sendable () -> Desk)] = [
    ("review-home", { home() }), ("review-summary", { desk(.summary) }),
    ("review-replay", { desk(.summary, .replay, at: 47) }),
    (
      "review-ghost",
      {
        desk(.summary, .replay, at: 60) { desk in
          var other = PastSession.Ghost(
            id: "m8r2w4zc", when: "2026-11-20 18:03", replay: Replay(Rehearsed.events(seconds: 100)), isComparable: true
          )
          other.replay.seek(to: 60)
          desk.past?.ghost = other
          desk.past?.speed = 1.25
          desk.past?.isPlaying = true
        }
      }
    ),
    ("review-scores", { desk(.summary, .scores) { $0.past?.criterion = 3 } }),
    ("review-explained", { desk(.summary, .scores, .explained) { $0.past?.moment = 1 } }),
    ("review-trends", { trends() }), ("review-history", { history() }), ("review-search", { search() }),
    (
      "review-entry",
      {
        var desk = history()
        desk.rooms.append(.entry)
        desk.entry = LineEntry(.filter, Messages.whichSessions, text: "keynote #work since 2026-13")
        desk.entry?.complaint = Messages.filterMisread("2026-13")
        return desk
      }
    ),
    (
      "review-note",
      {
        desk(.summary, .replay, .entry, at: 47) { desk in
          desk.entry = LineEntry(
            .comment(at: 47), Messages.whichNote(47),
            text: "ここで間を置く: here I lost the thread because I looked at the slide and not at the people in front")
        }
      }
    ),
    (
      "review-guess",
      { desk(.summary, .entry) { $0.entry = LineEntry(.guess, Messages.howManyFillers, text: "4") } }
    ),
    ("review-clip", { desk(.summary, .replay, .clip, at: 47) }), ("review-export", { desk(.summary, .export) }),
  ]
}
