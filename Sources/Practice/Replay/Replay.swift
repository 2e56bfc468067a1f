/// A past session at any of its seconds: the time machine as a value.
///
/// The events go through the same `apply` as when they were live, in the order in which they were said: words, fillers and
/// restarts, which a recogniser is seconds late with, stand at the end of their sound, for that is when who listens hears
/// them. Corrections are made to the past: each is applied as soon as what it is about is there, so a removed filler is
/// never seen and an added one appears at its own time; clusters follow from the fillers as they do live. What was said
/// about the session afterwards (comments, judgements, tags) is there from the beginning. At its end a replay is `whole`.
///
/// Playing on costs what the new events cost; a jump goes forward from the nearest snapshot before. Snapshots are taken
/// the first time their place is passed (`prepare` passes them all), two in an hour without a script (4 MB),
/// `snapshotLimit` in one with a script, where following its words is most of the work (60 MB for one of 9,000 words).
package struct Replay: Sendable {
  /// The session with all its events and corrections.
  package let whole: Session
  /// Its length in seconds of audio time.
  package var duration: Double { whole.seconds }
  /// The session as it was at `position`.
  package private(set) var session: Session
  /// The audio second that was sought last, 0 to `duration`.
  package private(set) var position = 0.0

  /// Where the units of stepping lie.
  package let stops: ReplayStops

  private let log: [SessionEvent]
  /// Corrections by the moment at which what they are about has been heard.
  private let corrections: [Correction]
  /// How many of `log` have been applied.
  private var applied = 0
  private var snapshots: [Snapshot] = []

  private struct Snapshot: Sendable {
    var applied: Int
    var position: Double
    var session: Session
  }

  /// Snapshots that are meant to be kept of a session; twice as many at most.
  static let snapshotLimit = 40
  /// Work between two snapshots at least: an event is one, and so are these words of the script for a word that is heard.
  private static let leastWork = 6_000
  private static let wordsOfScript = 40

  /// Work between two snapshots of this session.
  private let spacing: Int
  /// What an event with a word costs more than another, in the measure of `leastWork`.
  private let wordWork: Int
  private var work = 0
  /// How many events the latest snapshot has seen; up to there none is taken again.
  private var seen = 0

  /// The replay of a session's events, in the order of their record; stands at its beginning.
  package init(_ events: [SessionEvent]) {
    var whole = Session()
    for event in events { _ = whole.apply(event) }
    self.whole = whole
    stops = ReplayStops(of: whole)
    corrections = whole.corrections.sorted { $0.end < $1.end }
    log = Replay.inOrderOfSound(events, corrections: corrections)
    session = Session(before: whole)
    let words = log.count { if case .word = $0.kind { true } else { false } }
    wordWork = (whole.prompter?.settled.words.count ?? 0) / Replay.wordsOfScript
    spacing = max(Replay.leastWork, (log.count + words * wordWork) / Replay.snapshotLimit + 1)
    snapshots = [Snapshot(applied: 0, position: 0, session: session)]
    seek(to: 0)
  }

  /// Goes through the session once, so that each jump from now on is short; for who has a moment to spare.
  package mutating func prepare() {
    let here = position
    if let last = snapshots.last { (session, applied) = (last.session, last.applied) }
    while applied < log.count { step() }
    position = duration
    seek(to: here)
  }

  /// The next stop after `seconds`, or the one before, as `ReplayStops` has it.
  package func next(_ unit: ReplayUnit, from seconds: Double, forward: Bool, grace: Double = 0) -> Double? {
    stops.next(unit, from: seconds, forward: forward, grace: grace)
  }

  /// The events of the session itself by the time at which they are heard; those of one time keep their order.
  private static func inOrderOfSound(_ events: [SessionEvent], corrections: [Correction]) -> [SessionEvent] {
    var log: [SessionEvent] = []
    scan: for event in events {
      switch event.kind {
      case .word(let word): log.append(event.heard(at: word.end))
      case .filler(let filler): log.append(event.heard(at: filler.end))
      case .restart(let restart): log.append(event.heard(at: restart.end))
      case .correction, .comment, .guess, .assessed, .scored, .edited, .cluster: break
      case .ended:
        log.append(event)
        break scan
      default: log.append(event)
      }
    }
    // Makes room for what a person added; it is found in `corrections` again.
    log += corrections.filter { $0.change == .added }.map { SessionEvent(at: $0.end, .correction($0)) }
    let order = log.indices.sorted { (log[$0].seconds, $0) < (log[$1].seconds, $1) }
    return order.map { log[$0] }
  }

  /// Goes to the audio second `seconds`, held within 0 and `duration`.
  package mutating func seek(to seconds: Double) {
    let target = seconds.isNaN ? 0 : min(max(seconds, 0), duration)
    if target >= duration {
      (session, applied, position) = (whole, log.count, duration)
      return
    }
    // What is shown at the very end is `whole`, from which nothing goes on.
    let isBehind = target < position || position >= duration
    if let snapshot = snapshots.last(where: { $0.position <= target }), isBehind || snapshot.applied > applied {
      (session, applied) = (snapshot.session, snapshot.applied)
    }
    while applied < log.count, log[applied].seconds <= target { step() }
    position = target
    session.seconds = max(session.seconds, target)
  }

  /// Applies the next event, what follows from it, and the corrections of what it brought.
  private mutating func step() {
    takeSnapshot()
    let event = log[applied]
    applied += 1
    if case .correction(let correction) = event.kind {
      session.correct(correction)
      return
    }
    for case .raise(let raised) in session.apply(event) {
      if case .cluster = raised.kind { _ = session.apply(raised) }
    }
    switch event.kind {
    case .word(let word): correct(from: word.start, to: word.end)
    case .filler(let filler): correct(from: filler.start, to: filler.end)
    default: break
    }
  }

  /// Keeps the session as it is before the next event, where that is the first of its moment and enough was done since.
  private mutating func takeSnapshot() {
    guard applied >= seen else { return }
    seen = applied + 1
    work += 1
    switch log[applied].kind {
    case .word: work += wordWork
    // To read a script takes longer than to follow it for a while.
    case .script: work += spacing
    default: break
    }
    guard work >= spacing, applied > 0, snapshots.count < 2 * Replay.snapshotLimit,
      log[applied].seconds > log[applied - 1].seconds
    else { return }
    work = 0
    snapshots.append(Snapshot(applied: applied, position: log[applied - 1].seconds, session: session))
  }

  /// Makes the corrections of what lies between two audio times, in seconds; once more where they were made before, for
  /// a filler is heard twice, by its sound and as a word.
  private mutating func correct(from start: Double, to end: Double) {
    var (low, high) = (0, corrections.count)
    while low < high {
      let middle = (low + high) / 2
      if corrections[middle].end < start { low = middle + 1 } else { high = middle }
    }
    let near = corrections[low...].prefix { $0.end <= end + Replay.longestFiller }
    // As they were made: the latest of a place is the last to speak.
    for correction in near.filter({ $0.start <= end }).sorted(by: { $0.atMilliseconds < $1.atMilliseconds })
    where correction.change != .added || session.seconds >= correction.end {
      session.correct(correction)
    }
  }

  /// No filler that is joined with another is longer, in seconds.
  private static let longestFiller = 5.0
}

extension SessionEvent {
  /// This event at the end of its sound, where that is before the time at which it was known.
  fileprivate func heard(at seconds: Double) -> SessionEvent {
    SessionEvent(at: min(self.seconds, max(seconds, 0)), kind, extra: extra)
  }
}

extension Session {
  /// A session that nothing has happened in, of which is known what was said of it afterwards.
  fileprivate init(before whole: Session) {
    self.init()
    corrections = whole.corrections
    comments = whole.comments
    guess = whole.guess
    assessments = whole.assessments
    scoreCards = whole.scoreCards
    tags = whole.tags
    editedTitle = whole.editedTitle
    editedContext = whole.editedContext
  }
}
