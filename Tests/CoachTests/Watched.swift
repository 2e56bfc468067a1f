import Audience
import Practice
import Terminal

@testable import Coach

/// Walls to draw, the same each time.
enum Watched {
  static let speech = """
    most of us are afraid of silence and so we fill it with whatever lies at hand a word a sound a joke that nobody \
    needed but the people in front of us are thinking and they need the time that we take away from them so today I \
    want to show you what happens when a speaker stops talking for two whole seconds in the middle of a sentence
    """

  static let cues = ["slower", "louder", "breathe", "pause", "look up", "wrap up"]
  static let rubrics = [
    Rubric(
      id: "rostrum", version: 2, name: "Rostrum", levels: ["beginning", "developing", "secure", "strong"],
      criteria: [
        Criterion(
          id: "pace", name: "Pace", descriptors: ["lost", "hard to follow", "easy to follow", "easy throughout"]),
        Criterion(id: "fluency", name: "Fluency"), Criterion(id: "contact", name: "Contact with the audience"),
      ]),
    Rubric(id: "zero", version: 1, name: "From nothing", levels: ["none", "some"], firstLevel: 0, criteria: []),
  ]
  static let drills: [Wall.DrillChoice] = [
    .init(id: "power-pause", name: "Power pause", kind: .powerPause),
    .init(id: "metronome-140", name: "Metronome at 140", kind: .metronome),
    .init(id: "hold-silence", name: "Hold the silence", kind: .silence),
  ]

  static func door(_ learner: String) -> Door {
    Door(path: "/run/rostrum/\(learner)/k3f9.sock", learner: learner, session: "k3f9")
  }

  static func welcome(_ learner: String, _ role: Watcher.Role = .tutor, secret: String = "s") -> Watch.News {
    .welcome(Welcome(session: "k3f9", learner: learner, role: role, shares: role.shares, secret: secret))
  }

  /// What a talk of some seconds told, words and all, in the order of its record.
  static func events(seconds: Int = 134, title: String = "The case for silence") -> [SessionEvent] {
    var told = Rehearsed.events(seconds: seconds, title: title)
    let words = speech.split(separator: " ").enumerated().map { place, word in
      let start = 4 + Double(place) * 2 + (place > 40 ? 2.5 : 0)
      return SessionEvent(
        at: start + 1, .word(Word(String(word), start: start, end: start + 0.4, confidence: 0.9, source: .script)))
    }
    told += words.filter { $0.seconds < Double(seconds) }
    let after: [SessionEvent.Kind] = [
      .watcher(Watcher(.joined, id: 1, name: "ana", role: .tutor, place: "pts/3")),
      .watcher(Watcher(.joined, id: 2, name: "omar", role: .observer)),
      .comment(Comment("a good pause, keep it", start: 46.5, by: "ana")),
      .comment(Comment("who is this for?", start: 71)),
    ]
    if seconds >= 72 { told += after.map { SessionEvent(at: 72, $0) } }
    let last = Double(seconds)
    told.append(SessionEvent(at: last, .cue(Cue(.tutor, "slower", by: "ana"))))
    return told.sorted { $0.seconds < $1.seconds }
  }

  /// A learner whose session has come as far.
  static func seat(_ learner: String, _ role: Watcher.Role = .tutor, seconds: Int = 134, title: String? = nil) -> Seat {
    var seat = Seat(door(learner))
    seat.take(.asked)
    seat.take(welcome(learner, role))
    var told = events(seconds: seconds, title: title ?? "The case for silence")
    if role == .observer {
      told.removeAll { event in
        switch event.kind {
        case .word, .comment: true
        default: false
        }
      }
    }
    seat.take(.events(told, first: 1))
    seat.take(
      .glance(
        Glance(
          seconds: Double(seconds), levelDecibels: -23, shortTermLUFS: -22, runSeconds: 3, syllablesPerSecond: 4.1,
          isSpeech: true)))
    return seat
  }

  /// The same after something more has come.
  static func seat(_ learner: String, then more: Watch.News, seconds: Int = 134) -> Seat {
    var seat = seat(learner, .tutor, seconds: seconds)
    seat.take(more)
    return seat
  }

  /// Someone who has not let anybody in.
  static func stranger(_ learner: String, _ news: Watch.News...) -> Seat {
    var seat = Seat(door(learner))
    for item in news { seat.take(item) }
    return seat
  }

  static func wall(_ seats: [Seat], role: Watcher.Role = .tutor, isGuest: Bool = false) -> Wall {
    var wall = Wall(role: role, isGuest: isGuest, cues: cues, rubrics: rubrics, drills: drills)
    _ = wall.meet(seats.map(\.door))
    for seat in seats { wall[seat.id] = seat }
    return wall
  }

  static func desk(_ seats: [Seat], _ rooms: Room..., role: Watcher.Role = .tutor, isGuest: Bool = false) -> Desk {
    var desk = Desk(room: .wall)
    desk.rooms += rooms
    desk.wall = wall(seats, role: role, isGuest: isGuest)
    return desk
  }

  static func desk(_ seats: [Seat], pressing keys: String) -> Desk {
    var desk = desk(seats)
    for key in keys { _ = desk.press(.character(key)) }
    return desk
  }

  /// A session of `learner` that was begun so many minutes after 10:10 of 22 November, and is over where it `isPast`.
  static func session(
    _ learner: String, _ id: String, minutes: Int, title: String = "The case for silence", isPast: Bool = false
  ) -> Seat {
    var seat = Seat(Door(path: "/run/rostrum/\(learner)/\(id).sock", learner: learner, session: id))
    seat.take(
      .welcome(
        Welcome(
          session: id, learner: learner, role: .tutor, shares: Watcher.Role.tutor.shares, secret: "s", isPast: isPast)))
    let began = Beginning(
      id: id, startedAtMilliseconds: 1_795_342_200_000 + minutes * 60_000, title: title,
      length: TalkLength("2-3m"))
    let told = events(seconds: 80).map { event in
      if case .began = event.kind { SessionEvent(at: event.seconds, .began(began)) } else { event }
    }
    seat.take(.events(told, first: 1))
    return seat
  }

  /// Two learners with several sessions each, past ones and one that goes on.
  static var sessions: [Seat] {
    [
      session("beck", "a1", minutes: 0, isPast: true), session("beck", "a2", minutes: 70, isPast: true),
      session("beck", "a3", minutes: 80, title: "A river at one speed"),
      session("cora", "b1", minutes: 0, isPast: true),
      session("cora", "b2", minutes: 0, isPast: true), stranger("cora", .asked),
    ]
  }

  /// Two who rehearse; the first has just been sent a cue.
  static var pair: [Seat] {
    var beck = seat("beck")
    beck.remember(.cue("slower"))
    beck.take(.answer(number: 1, .taken))
    return [beck, seat("cora", then: .presence(Presence(tutor: .thinking)), seconds: 83)]
  }

  /// One of each state.
  static var mixed: [Seat] {
    [
      seat("beck"), stranger("cora", .asked), stranger("dan", .asked, .refused(.declined)),
      seat("eve", then: .broken("connection reset"), seconds: 61), seat("fay", then: .over(.finished), seconds: 100),
    ]
  }

  /// A dozen, with names and titles that are meant to do harm.
  static var dozen: [Seat] {
    mixed
      + [
        seat("g\u{1B}[2Jus\u{202E}", .tutor, title: "A\u{1B}]0;x\u{7}\u{202E}B"), seat("hal", .observer, seconds: 45),
        seat("a-learner-with-a-very-long-account-name-that-goes-on", seconds: 70),
        seat("日本語の名前", then: .presence(Presence(isAway: true)), seconds: 20), stranger("jo", .refused(.full)),
      ] + ["kim", "lea"].map { seat($0, seconds: 12) }
  }
}
