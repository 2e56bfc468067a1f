import Audience
import Practice
import Support
import Synchronization
import Terminal

@testable import Coach

/// A face that counts what it is shown.
final class StillFace: Face {
  var shown = 0
  var drawsFrames: Bool { true }
  var size: Size? { Size(columns: 120, rows: 40) }
  let inputDescriptor: Int32 = -1
  let outputDescriptor: Int32 = -1
  let wantsToWrite = false
  let isReady = true
  let isCongested = false
  let isGone = false
  let isOutgrown = false
  let outputFailure: String? = nil
  func readKeys() -> [Key] { [] }
  func show(_ desk: Desk) { shown += 1 }
  func tell(_ event: SessionEvent, _ session: Session) {}
  func flush() {}
  func use(_ theme: Theme) {}
  func resize() {}
  func repaint() {}
  func suspend() {}
  func resume() {}
  func close() {}
}

/// The other end of a door in a test: what was said to it, and a way to answer.
final class StillEnd: WatchEnd {
  let door: Door
  let hello: Hello
  let eventBytes: Int
  private let news: @Sendable (Watch.News) -> Void
  private let state = Mutex((sent: [(number: Int, remark: Remark)](), isClosed: false))

  init(_ door: Door, _ hello: Hello, _ eventBytes: Int, _ news: @escaping @Sendable (Watch.News) -> Void) {
    (self.door, self.hello, self.eventBytes, self.news) = (door, hello, eventBytes + 100, news)
  }

  var sent: [(number: Int, remark: Remark)] { state.withLock { $0.sent } }
  var resume: Resume? { nil }
  var isClosed: Bool { state.withLock { $0.isClosed } }
  func send(_ remark: Remark, number: Int) { state.withLock { $0.sent.append((number, remark)) } }
  func close() { state.withLock { $0.isClosed = true } }
  func tell(_ come: Watch.News...) { come.forEach(news) }
}

/// A wall without sockets: doors, ends and time are the test's.
final class WallBench {
  let face = StillFace()
  let stage: WatchStage
  private let made: Made

  /// What the stage has made so far.
  private final class Made {
    var ends: [StillEnd] = []
    var now: Int64 = 0
  }

  init(_ plan: WatchPlan = WatchPlan(), folder: String = "/nowhere") {
    let made = Made()
    self.made = made
    let places = Places.resolve(environment: ["ROSTRUM_HOME": folder], home: "/")
    let surroundings = Surroundings(
      environment: [:], places: places, settings: Settings(), complaints: [],
      shelf: ThemeShelf(places: places, shipped: nil))
    stage = WatchStage(
      surroundings: surroundings, face: face, plan: plan, clock: { made.now },
      connect: { door, hello, bytes, news in
        let end = StillEnd(door, hello, bytes, news)
        made.ends.append(end)
        return end
      })
  }

  var ends: [StillEnd] { made.ends }
  var seats: [Seat] { stage.desk.wall?.seats ?? [] }

  /// Has these doors found.
  func find(_ doors: Door...) {
    stage.post.put(.doors(doors))
    stage.collect()
  }

  /// Has the end at this place tell something.
  func tell(_ place: Int, _ come: Watch.News...) {
    for news in come { ends[place].tell(news) }
    stage.collect()
  }

  /// Lets this much time go by.
  func wait(_ seconds: Double) {
    made.now += Int64(seconds * 1e9)
    stage.tick()
  }

  /// The door of a learner.
  static func door(_ learner: String, _ session: String = "k3f9x7qa", in folder: String = "/run/rostrum") -> Door {
    Door(path: "\(folder)/\(learner)/\(session).sock", learner: learner, session: session)
  }

  /// The welcome of a learner.
  static func welcome(
    _ learner: String, role: Watcher.Role = .tutor, shares: Shares? = nil, session: String = "k3f9x7qa"
  ) -> Watch.News {
    .welcome(
      Welcome(
        session: session, learner: learner, role: role, shares: shares ?? role.shares, secret: "secret of \(learner)"))
  }
}
