import Audience
import Practice
import Support
import Synchronization
import Terminal
import Testing

@testable import Coach

/// The wall's stage against hubs of this process, over sockets.
@Suite struct WatchHubTests {
  /// A learner who lets everybody in and takes what they send.
  private final class Learner: Sendable {
    private struct NoInvitations: InvitationBook {
      func redeem(_ token: String) -> Invitation? {
        token == "the token" ? Invitation(name: "guest", role: .tutor, seconds: 60) : nil
      }
    }
    private let hub = Mutex<Hub?>(nil)
    let remarks = Mutex<[Remark]>([])

    init(_ session: String, in folder: String, events: [SessionEvent]) throws {
      let opened = try Hub(
        Hub.Opening(session: session, learner: "ada", events: events), at: [SocketPlace(folder, .own)],
        invitations: NoInvitations()
      ) { [self] news in
        switch news {
        case .watcher(let watcher) where watcher.change == .asked: told.withLock { $0.append(watcher) }
        case .remark(let watcher, let number, let remark):
          remarks.withLock { $0.append(remark) }
          answer(watcher.id, number, .taken)
        default: break
        }
      }
      hub.withLock { $0 = opened }
    }

    private let told = Mutex<[Watcher]>([])

    /// Lets in who has asked.
    func letIn() {
      let asked = told.withLock { told in
        defer { told = [] }
        return told
      }
      hub.withLock { hub in for watcher in asked { hub?.decide(watcher.id, .once) } }
    }

    func tell(_ event: SessionEvent) { hub.withLock { $0?.tell(event) } }
    func glance(_ glance: Glance) { hub.withLock { $0?.glance(glance) } }
    func close(_ farewell: Farewell) { hub.withLock { $0?.close(farewell) } }

    private func answer(_ watcher: Int, _ number: Int, _ answer: Remark.Answer) {
      hub.withLock { $0?.answer(watcher, number: number, answer) }
    }
  }

  private func stage(_ plan: WatchPlan) -> WatchStage {
    let places = Places.resolve(environment: ["ROSTRUM_HOME": "/nowhere"], home: "/")
    return WatchStage(
      surroundings: Surroundings(
        environment: [:], places: places, settings: Settings(), complaints: [],
        shelf: ThemeShelf(places: places, shipped: nil)), face: StillFace(), plan: plan)
  }

  private func eventually(_ stage: WatchStage, _ learners: [Learner], _ condition: (Wall) -> Bool) -> Bool {
    Support.eventually {
      for learner in learners { learner.letIn() }
      stage.tick()
      return stage.desk.wall.map(condition) ?? false
    }
  }

  private func events(_ session: String) -> [SessionEvent] {
    [SessionEvent(at: 0, .began(Beginning(id: session, startedAtMilliseconds: 0, source: "default", rate: 48_000)))]
      + (1...5).map { SessionEvent(at: Double($0), .second(Rehearsed.second($0))) }
  }

  @Test func `two learners are seen, cued and answered, and seen to end`() throws {
    let scratch = try Scratch()
    let folder = try scratch.folder("run")
    let learners = try ["aaa", "bbb"].map { try Learner($0, in: folder, events: events($0)) }
    let stage = stage(WatchPlan(folders: [folder]))
    stage.start()
    defer { stage.end(.ok, reason: .finished) }
    #expect(
      eventually(stage, learners) { wall in
        wall.seats.count == 2 && wall.seats.allSatisfy { $0.state == .watching && $0.session.rollups.count == 5 }
      })
    learners[1].tell(SessionEvent(at: 6, .mark("here")))
    learners[0].glance(Glance(seconds: 6.5, levelDecibels: -12))
    #expect(
      eventually(stage, learners) { $0.seats[1].session.marks.count == 1 && $0.seats[0].source.levelDecibels > -20 })
    // Who let them in first is selected.
    let selected = try #require(stage.desk.wall?.selection)
    stage.press(.character("1"))
    #expect(eventually(stage, learners) { $0.seats[selected].sent.first?.answer == .taken })
    #expect(stage.desk.wall?.seats[selected].sent.first?.remark == .cue("slower"))
    #expect(learners[selected].remarks.withLock { $0 } == [.cue("slower")])
    learners[0].close(.finished)
    learners[1].close(.ended)
    #expect(eventually(stage, learners) { $0.seats.map(\.state) == [.over(.finished), .over(.ended)] })
  }

  @Test func `a guest comes to the one door that knows the invitation`() throws {
    let scratch = try Scratch()
    let folder = try scratch.folder("run")
    let learner = try Learner("ccc", in: folder, events: events("ccc"))
    var plan = WatchPlan(isGuest: true, folders: [folder])
    plan.token = "the token"
    let stage = stage(plan)
    stage.start()
    defer { stage.end(.ok, reason: .finished) }
    #expect(eventually(stage, []) { $0.seats.first?.state == .watching && $0.seats[0].session.rollups.count == 5 })
    learner.close(.ended)
    #expect(eventually(stage, []) { $0.seats.first?.state == .over(.ended) })
    #expect(stage.failure == nil)
  }

  @Test func `a guest whose invitation nobody knows is told so`() throws {
    let scratch = try Scratch()
    let folder = try scratch.folder("run")
    let learner = try Learner("ddd", in: folder, events: events("ddd"))
    var plan = WatchPlan(isGuest: true, folders: [folder])
    plan.token = "another token"
    let stage = stage(plan)
    stage.start()
    #expect(
      Support.eventually {
        stage.tick()
        return stage.isDone
      })
    #expect(stage.failure?.status == .noPermission)
    learner.close(.ended)
  }
}
