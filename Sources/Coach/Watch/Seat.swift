package import Audience
package import Practice
import SpeechSignals

/// One learner on the wall: the session that is told, as far as it has come, and how this watcher looks at it.
///
/// It is fed by the same reducer as a session of one's own, and drawn by the same meters. Nothing in it is sent anywhere:
/// what a watcher does is an order for the stage.
package struct Seat: Sendable {
  /// How it stands with the watch.
  package enum State: Equatable, Sendable {
    /// The learner shares; nobody has asked them.
    case found
    /// They have been asked.
    case asked
    case watching
    case refused(Refusal)
    /// The line broke, in a few words; it is tried again.
    case broken(String)
    case over(Farewell)
  }

  /// A remark of this watcher's.
  package struct Sent: Equatable, Sendable {
    package var number: Int
    package var remark: Remark
    /// The audio second of the session at which it was sent.
    package var seconds: Double
    /// What people call the drill of it; nil where it is none.
    package var drill: String?
    /// What became of it; nil until that is known.
    package var answer: Remark.Answer?
    /// When it was first seen with its answer, by the watcher's own clock in nanoseconds.
    fileprivate var answeredAt: Int64?
    /// Whether what became of it is news no more.
    package fileprivate(set) var isOld = false
  }

  /// What a level is given to.
  package struct LevelKey: Hashable, Sendable {
    package var rubric: String
    package var criterion: String
  }

  /// Its name among the seats: the learner and the session.
  package var id: String { Seat.id(of: door) }
  package var door: Door
  package var learner: String { door.learner }
  package var state = State.found
  /// Whether its door was there at the last look.
  package private(set) var isHere = true
  /// Its place in the order in which seats came to the wall.
  package var arrival = 0
  /// Whether this watcher is a guest, who has an invitation and no account.
  package let isGuest: Bool
  /// Whether the watcher left by their own hand: then it is not asked for again by itself.
  package var isLeft = false
  package var session = Session()
  /// All events so far, for scrolling back; at most `Session.entryLimit`.
  package private(set) var events: [SessionEvent] = []
  /// The number of the next event, nil before the first.
  package private(set) var next: Int?
  /// Level bar and microphone, as the glances have them.
  package var source = Desk.SourceState()
  package var presence = Presence()
  package var welcome: Welcome?
  /// This watcher's own view of it.
  package var density = Settings.Density.full
  /// The audio second that is looked at; nil for live.
  package private(set) var position: Double?
  /// Rows of words above the last one that are at the bottom.
  package var scroll = 0
  /// What this watcher has sent, the last `sentLimit`.
  package private(set) var sent: [Sent] = []
  /// The levels this watcher has given.
  package private(set) var levels: [LevelKey: Double] = [:]
  /// The number of the next remark, from 1.
  package private(set) var nextNumber = 1
  private var lastGlance: Double?
  /// When its line was first seen broken, by the watcher's own clock in nanoseconds.
  private var brokenAt: Int64?
  /// Whether the line has been broken for so long that it may not come back.
  private(set) var isLost = false
  /// The events up to when the watcher began to look back, at `position`.
  private var replay: Replay?

  /// Remarks that are remembered with their answers.
  package static let sentLimit = 100
  /// Nanoseconds for which an answer is news, by the watcher's own clock: that of a session may stand still.
  private static let newsNanoseconds: Int64 = 15_000_000_000
  /// Nanoseconds after which a line that broke counts as lost.
  private static let lostNanoseconds: Int64 = 10_000_000_000

  /// Somebody who shares at `door`.
  package init(_ door: Door, isGuest: Bool = false) { (self.door, self.isGuest) = (door, isGuest) }

  /// Takes in whether the door is there now; who shares again after an end can be asked again.
  mutating func meet(isHere: Bool) {
    defer { self.isHere = isHere }
    if isHere, !self.isHere, case .over = state { state = .found }
  }

  /// The name of the seat at `door`.
  package static func id(of door: Door) -> String { door.learner + "/" + door.session }

  /// Where a watch that broke goes on; nil where none was.
  package var resume: Resume? {
    guard let welcome, let next else { return nil }
    return Resume(session: welcome.session, secret: welcome.secret, next: next)
  }

  /// What this watcher may see and send here; nothing before they are let in.
  package var shares: Shares { state == .watching ? welcome?.shares ?? [] : [] }

  /// Whether words are told, or were as long as it was watched.
  var seesWords: Bool { welcome?.shares.contains(.words) ?? false }

  /// Whether the learner talks with the AI tutor.
  var talksToTutor: Bool { presence.tutor != nil }

  /// The session as it is looked at: live, or as it was at `position`.
  package var shown: Session { position == nil ? session : replay?.session ?? session }

  // MARK: What comes

  /// Takes in what comes of the watch.
  package mutating func take(_ news: Watch.News) {
    switch news {
    case .asked:
      state = .asked
      isLeft = false
    case .welcome(let welcome): begin(welcome)
    case .refused(let refusal): state = .refused(refusal)
    case .events(let events, let first): take(events, first: first)
    case .glance(let glance): take(glance)
    case .presence(let presence):
      self.presence = presence
      source.isRecovering = presence.isAway
    case .answer(let number, let answer): take(answer, to: number)
    // Who plays it hears it elsewhere.
    case .sound: break
    case .over(let farewell):
      state = .over(farewell)
      goQuiet()
    case .broken(let reason):
      // After a last word the line is meant to end.
      switch state {
      case .refused, .over: break
      case .found, .asked, .watching, .broken: state = .broken(reason)
      }
      goQuiet()
    }
  }

  /// A watch of another session, or of other events of it, is told from its beginning.
  private mutating func begin(_ welcome: Welcome) {
    let told: Shares = [.meters, .words]
    if let before = self.welcome,
      before.session != welcome.session || before.shares.intersection(told) != welcome.shares.intersection(told)
    {
      session = Session()
      (events, next, replay, position, lastGlance) = ([], nil, nil, nil, nil)
    }
    self.welcome = welcome
    state = .watching
    isLeft = false
  }

  /// Takes in events of which the first has the number `first`; what is known already is passed over.
  private mutating func take(_ come: [SessionEvent], first: Int) {
    let known = next.map { max($0 - first, 0) } ?? 0
    for event in come.dropFirst(known) {
      _ = session.apply(event)
      if events.count < Session.entryLimit { events.append(event) }
      if case .began(let beginning) = event.kind { (source.name, source.rate) = (beginning.source, beginning.rate) }
    }
    next = max(next ?? first, first + come.count)
  }

  private mutating func take(_ glance: Glance) {
    // What comes over a line may claim anything.
    func bounded(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      value.isNaN ? range.lowerBound : min(max(value, range.lowerBound), range.upperBound)
    }
    let seconds = bounded(glance.seconds, 0...1e7)
    var reading = Reading()
    reading.frame = max(Int((seconds * 100).rounded()) - 1, 0)
    reading.levelDecibels = Float(bounded(glance.levelDecibels, -100...0))
    reading.shortTermLUFS = Float(bounded(glance.shortTermLUFS, -70...0))
    reading.silenceSeconds = Float(bounded(glance.silenceSeconds, 0...1e7))
    reading.runSeconds = Float(bounded(glance.runSeconds, 0...1e7))
    reading.syllablesPerSecond = glance.syllablesPerSecond.map { Float(bounded($0, 0...20)) }
    reading.isSpeech = glance.isSpeech
    reading.isTooNoisy = glance.isTooNoisy
    session.glance(reading)
    source.hear(reading, elapsedSeconds: lastGlance.map { seconds - $0 } ?? 1)
    lastGlance = seconds
  }

  private mutating func goQuiet() {
    source.levelDecibels = -100
    presence = Presence()
  }

  // MARK: What is sent

  /// Remembers a remark that is about to be sent under `nextNumber`; `drill` is what people call the drill of it.
  package mutating func remember(_ remark: Remark, drill: String? = nil) {
    sent.append(Sent(number: nextNumber, remark: remark, seconds: session.seconds, drill: drill))
    nextNumber += 1
    if sent.count > Seat.sentLimit { sent.removeFirst(sent.count - Seat.sentLimit) }
    if case .level(let rubric, _, let criterion, let level, _) = remark {
      levels[LevelKey(rubric: rubric, criterion: criterion)] = level
    }
  }

  /// Looks at the watcher's clock, in nanoseconds; whether the last answer has just ceased to be news, or a broken line
  /// to be one that may come back.
  mutating func age(at now: Int64) -> Bool {
    let wasLost = isLost
    if case .broken = state {
      brokenAt = brokenAt ?? now
      isLost = now - (brokenAt ?? now) >= Seat.lostNanoseconds
    } else {
      (brokenAt, isLost) = (nil, false)
    }
    return ageAnswer(at: now) || isLost != wasLost
  }

  private mutating func ageAnswer(at now: Int64) -> Bool {
    guard let place = sent.indices.last, sent[place].answer != nil, !sent[place].isOld else { return false }
    let since = sent[place].answeredAt ?? now
    sent[place].answeredAt = since
    sent[place].isOld = now - since >= Seat.newsNanoseconds
    return sent[place].isOld
  }

  private mutating func take(_ answer: Remark.Answer, to number: Int) {
    guard let place = sent.firstIndex(where: { $0.number == number }) else { return }
    sent[place].answer = answer
    // A level that was not taken is not given.
    if case .level(let rubric, _, let criterion, let level, _) = sent[place].remark, case .refused = answer,
      levels[LevelKey(rubric: rubric, criterion: criterion)] == level
    {
      levels[LevelKey(rubric: rubric, criterion: criterion)] = nil
    }
  }

  /// The watcher goes, by their own hand; what was told stays to be looked at.
  mutating func leave() {
    state = .found
    isLeft = true
    goQuiet()
  }

  // MARK: Looking back

  /// Looks at another second, `seconds` from the one looked at; past the end it is live again.
  package mutating func step(_ seconds: Double) {
    let here = position ?? session.seconds
    if position == nil || here + seconds >= replay?.duration ?? 0 {
      if seconds >= 0, position == nil { return }
      replay = Replay(events)
    }
    let target = here + seconds
    guard target < replay?.duration ?? 0 else { return goLive() }
    replay?.seek(to: target)
    position = replay?.position
    scroll = 0
  }

  /// Looks at what goes on now.
  package mutating func goLive() {
    (replay, position, scroll) = (nil, nil, 0)
  }
}

extension Seat: Equatable {
  /// Whether both are the same learner's, as far told and looked at in the same way.
  package static func == (a: Seat, b: Seat) -> Bool {
    (a.door, a.state, a.isLeft, a.next, a.position, a.scroll) == (
      b.door, b.state, b.isLeft, b.next, b.position, b.scroll
    )
      && (a.density, a.presence, a.source, a.welcome, a.sent) == (b.density, b.presence, b.source, b.welcome, b.sent)
      && (a.levels, a.isHere, a.isGuest, a.isLost) == (b.levels, b.isHere, b.isGuest, b.isLost)
      && a.session == b.session
  }
}
