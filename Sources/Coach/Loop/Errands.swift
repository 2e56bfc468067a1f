import Audience
import CLinux
import Glibc
import History
import Practice
import Report
import Sound
import Synchronization
import Terminal

/// What a background errand brings back.
enum Errand: Sendable {
  case devices([Desk.DeviceLine])
  case history(HistoryState.Page)
  /// What was found for a text; nil for one without any word.
  case found(String, [HistoryState.Hit]?)
  case trend(HistoryState.Trends)
  /// A past session was read, to be shown at a second where one is given.
  case past(PastSession, at: Double?)
  /// The session on the desk was judged anew.
  case judged(PastSession)
  /// Another take of the session's talk was read, or there is none.
  case ghost(PastSession.Ghost?, of: String)
  /// A take is ready to start, or why not.
  case opened(Result<TakeParts, Failure>)
  /// Another device is ready to go on with, or why not; with its recording, or why there is none.
  case changed(Result<Capture, Failure>, recorder: Result<TakeRecorder, Failure>?)
  /// The take is over and closed; the session as it was then read, where it could be, and what stands beside an attempt at
  /// a drill.
  case closed(isSafe: Bool, PastSession?, DrillState.Beside?)
  case notice(String)
  /// What an earlier run left was put right, and the index is whole.
  case swept
  /// The last session was read for the home screen, or there is none to be read.
  case last(Desk.LastSession?)
  /// A conversation can begin: what answers need, and the session it is about where that had to be looked up.
  case conversation(TutorDesk, PastSession?)
  /// A step of the conversation, of the turn it belongs to.
  case step(Int, ConversationStep)
  /// The microphone is open for a turn.
  case listening(Int, Listening)
  /// An ear listens for the learner while the tutor is heard.
  case guarding(Listening, Dialogue.TurnNumber)
  /// The drills were read, with what is due of them and the plan.
  case drills(DrillsRead)
  /// A drill is looked at, with how it went before.
  case drillCard(DrillState.Card, ghosts: [DrillState.Ghost])
  /// What stands beside a past attempt at a drill was read.
  case drillBeside(DrillState.Beside, session: String)
  /// The drill that fits what a session was found to need; nil where none does.
  case drillOffer(DrillState.Offer?, session: String)
  /// A drill was put on the schedule; when it is due, in words.
  case drillQueued(String, due: String)
  /// A session is shared now, and whether other accounts can come; or why not.
  case shared(session: String, Result<Bool, Failure>)
  /// Somebody looks on, has gone, or said something.
  case audience(Hub.News)
  /// A drill that a tutor chose is on the schedule, or why not; told to them, and kept as a comment of theirs.
  case assigned(Watcher, number: Int, Remark.Answer, words: String?)
  /// Turns were put behind their session, or why not.
  case turnsKept(String?)
}

/// Runs errands off the main thread and keeps what they bring until it is asked for.
final class Backroom: Sendable {
  private let brought = Mutex<[Errand]>([])
  let descriptor = rostrum_eventfd()

  deinit { close(descriptor) }

  /// Runs `errand` on a thread of its own, or here and now where there is none to be had.
  func run(_ errand: @escaping @Sendable () -> Errand) {
    if !Worker.start("errand", { self.bring(errand()) }) { bring(errand()) }
  }

  /// Leaves `errand` for the main thread; any thread.
  func put(_ errand: Errand) { bring(errand) }

  private func bring(_ result: Errand) {
    brought.withLock { $0.append(result) }
    rostrum_eventfd_signal(descriptor)
  }

  /// What has been brought since the last time.
  func take() -> [Errand] {
    rostrum_eventfd_drain(descriptor)
    return brought.withLock { brought in
      defer { brought = [] }
      return brought
    }
  }
}

/// The errands: slow looks at devices and disk.
enum Errands {
  /// Capture devices, with what each can do.
  static let devices: @Sendable () -> Errand = {
    .devices(
      listDevices().filter(\.captures).map { device in
        Desk.DeviceLine(id: device.id, summary: device.summary, ability: DeviceWords.ability(device))
      })
  }

  /// Opens a take.
  static func opening(_ plan: TakePlan, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    { .opened(Result { () throws(Failure) in try TakeParts.open(plan, surroundings) }) }
  }

  /// Opens the demo.
  static func demo(_ surroundings: Surroundings, ready: ReadyRecogniser?) -> @Sendable () -> Errand {
    {
      .opened(
        Result { () throws(Failure) in
          let demo = try Demo.load(surroundings)
          var plan = TakePlan(request: try demo.request(fast: false), title: demo.title, length: demo.length)
          plan.ready = ready
          return try TakeParts.open(plan, surroundings)
        })
    }
  }

  /// Opens another device, and a recording at `path` if there is to be one.
  static func device(_ name: String, recordingAt path: String?, _ surroundings: Surroundings) -> @Sendable () -> Errand
  {
    {
      let capture = Result { () throws(Failure) in try TakeParts.capture(.device(name), surroundings) }
      guard let path, case .success(let opened) = capture else { return .changed(capture, recorder: nil) }
      let recorder = Result { () throws(Failure) in try TakeParts.record(opened, at: path, surroundings) }
      return .changed(capture, recorder: recorder)
    }
  }

  /// Closes what an earlier run left open, deletes what was kept for long enough, and puts what is not there yet into the
  /// index.
  static func sweep(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        let closed = try Archive.closeAbandoned(in: history, takes: surroundings.places.takes)
        let kept = Retention(surroundings).apply()
        try PastReader(history, surroundings).indexAll()
        return (kept.first ?? closed.last).map { .notice($0) } ?? .swept
      } catch { return .notice(Messages.sentence(error)) }
    }
  }
}

extension Errands {
  /// Reads the last rehearsal, for the home screen; a history that cannot be read is told of elsewhere.
  static func last(_ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      guard let history = try? History(reading: surroundings.places.data),
        let rows = try? history.sessions(SessionQuery(isWithoutDrills: true, limit: Limits.listedSessions)),
        let row = rows.first(where: { !$0.tags.contains(PastReader.watchedTag) }), row.state != .live,
        let past = try? PastReader(history, surroundings).read(row.id)
      else { return .last(nil) }
      return .last(
        Desk.LastSession(when: row.when, title: past.session.title ?? row.source, nextStep: past.nextStep))
    }
  }
}

extension SessionLine {
  /// The line of a row of the history.
  init(_ row: SessionRow) {
    let summary = row.parsedSummary
    let isOver = row.state != .live
    self.init(
      id: row.id, when: row.when, title: (row.drill == nil ? "" : "drill: ") + (row.title ?? row.source),
      duration: isOver ? clockTime(row.endedSeconds ?? 0) : "now",
      // The pace of a drill is what it asked for.
      pace: row.drill != nil ? "-" : summary?.wordsPerMinute.map { Figures.decimal($0, 0) + " wpm" } ?? "-",
      state: row.state == .finished ? "" : row.state.rawValue,
      score: row.score.map { Figures.decimal($0, 0) } ?? "",
      fillers: summary?.fillersPerMinute.map { Figures.decimal($0, 1) + "/min" } ?? "-", tags: row.tags)
  }
}

extension Device {
  /// Whether speech can be heard from it.
  var captures: Bool { direction != .output && problem == nil && !isConverter }
}

/// What a device can do, in few words.
enum DeviceWords {
  static func ability(_ device: Device) -> String {
    var parts: [String] = []
    if let rates = device.rates {
      parts.append(
        rates.lowerBound == rates.upperBound
          ? Figures.rate(rates.lowerBound)
          : (rates.lowerBound < 8_000 ? "up to " : Figures.rate(rates.lowerBound) + " to ")
            + Figures.rate(rates.upperBound))
    }
    if let channels = device.channels {
      parts.append(
        channels.lowerBound == channels.upperBound
          ? Figures.count(channels.lowerBound, "channel") : "\(channels.lowerBound)-\(channels.upperBound) channels")
    }
    return parts.joined(separator: ", ")
  }
}
