import Audience
import Practice
import Testing

@testable import Coach

/// The wall's stage: who is asked, what is tried again, what is sent, when a frame is due.
@Suite struct WatchStageTests {
  private let ada = WallBench.door("ada")
  private let ben = WallBench.door("ben")

  @Test func `each learner is asked once, wherever they listen`() {
    let bench = WallBench(WatchPlan(role: .observer, wantsSound: true))
    bench.find(ada, ben, WallBench.door("ada", in: "/home/ada/run"))
    #expect(bench.ends.map(\.door) == [ada, ben])
    #expect(bench.ends.allSatisfy { $0.hello == Hello(role: .observer, wantsSound: true) })
    bench.find(ada, ben, WallBench.door("ada", "later"))
    #expect(bench.ends.map(\.door.session) == ["k3f9x7qa", "k3f9x7qa", "later"])
  }

  @Test func `a line that broke is tried again where it was, more and more seldom`() {
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, WallBench.welcome("ada"), .events(Array(Rehearsed.events(seconds: 3)), first: 7))
    let count = Rehearsed.events(seconds: 3).count
    bench.tell(0, .broken("the line broke"))
    #expect(bench.ends[0].isClosed)
    for (tries, wait) in [1.0, 2, 4, 8, 15, 15].enumerated() {
      bench.wait(wait - 0.5)
      #expect(bench.ends.count == 1 + tries)
      bench.wait(0.5)
      #expect(bench.ends.count == 2 + tries)
      #expect(bench.ends.last?.hello.resume == Resume(session: "k3f9x7qa", secret: "secret of ada", next: 7 + count))
      #expect(bench.ends.last?.eventBytes == 100 * (tries + 2))
      bench.tell(tries + 1, .broken("nobody is there any more"))
    }
    bench.wait(15)
    bench.tell(7, WallBench.welcome("ada"), .broken("the line broke"))
    bench.wait(1)
    #expect(bench.ends.count == 9)
  }

  @Test func `what is tried in vain for ten minutes is left alone until the door is there anew`() {
    #expect(WatchAgain.wait(tries: 0) == 1)
    #expect(WatchAgain.wait(tries: 42) == 15)
    #expect(WatchAgain.wait(tries: 44) == nil)
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, .broken("nobody is there any more"))
    bench.find()
    #expect(bench.seats.isEmpty)
    bench.find(ada)
    #expect(bench.ends.count == 2)
    bench.wait(60)
    #expect(bench.ends.count == 2)
  }

  @Test(arguments: [Refusal.declined, .unanswered, .token, .full, .version])
  func `who said no is not asked again`(refusal: Refusal) {
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, .refused(refusal), .broken("the line broke"))
    bench.wait(60)
    #expect(bench.ends.count == 1)
    #expect(bench.seats.first?.state == .refused(refusal))
  }

  @Test(arguments: [(Farewell.finished, 1), (.ended, 1), (.expired, 1), (.flood, 1), (.slow, 2)])
  func `what is over stays on the wall, and only who was too slow comes back`(farewell: Farewell, ends: Int) {
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, WallBench.welcome("ada"), .events(Rehearsed.events(seconds: 3), first: 1))
    bench.tell(0, .over(farewell), .broken("the line broke"))
    bench.find()
    bench.wait(20)
    #expect(bench.ends.count == ends)
    #expect(bench.seats.count == 1)
    bench.stage.perform(.watch(.close(seat: "ada/k3f9x7qa")))
    #expect(bench.ends.last?.isClosed == true)
  }

  @Test func `what an earlier line says is passed over`() {
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, .broken("the line broke"))
    bench.wait(1)
    bench.tell(0, .refused(.declined))
    #expect(bench.seats.first?.state != .refused(.declined))
  }

  @Test func `a remark goes to who is watched, and one that cannot is answered`() {
    let bench = WallBench()
    bench.find(ada, ben)
    bench.tell(0, WallBench.welcome("ada"))
    bench.stage.perform(.watch(.send(seat: "ada/k3f9x7qa", .cue("slower"), number: 1)))
    #expect(bench.ends[0].sent.map(\.remark) == [.cue("slower")])
    bench.stage.desk.wall?.change("ben/k3f9x7qa") { $0.remember(.cue("louder")) }
    bench.stage.perform(.watch(.send(seat: "ben/k3f9x7qa", .cue("louder"), number: 1)))
    #expect(bench.ends[1].sent.isEmpty)
    #expect(bench.seats[1].sent.first?.answer == .refused(Messages.notWatched))
  }

  @Test func `readings wait for the next tick, events are shown at once`() {
    let bench = WallBench()
    bench.find(ada)
    bench.tell(0, WallBench.welcome("ada"), .events(Rehearsed.events(seconds: 3), first: 1))
    bench.stage.draw()
    #expect(!bench.stage.needsFrame)
    bench.tell(0, .glance(Glance(seconds: 3.5, levelDecibels: -20)))
    #expect(!bench.stage.needsFrame)
    bench.wait(0.1)
    #expect(bench.stage.needsFrame)
    bench.stage.draw()
    bench.wait(0.1)
    #expect(!bench.stage.needsFrame)
    bench.tell(0, .events([SessionEvent(at: 4, .mark(nil))], first: 999))
    #expect(bench.stage.needsFrame)
  }

  @Test func `a full box holds up who fills it, and lets go at the end`() {
    let post = WatchPost()
    let many = Array(repeating: SessionEvent(at: 1, .mark(nil)), count: Limits.mailboxEvents)
    post.put(.events(many, first: 1), line: 1)
    post.close()
    post.put(.events(many, first: 1), line: 1)
    #expect(post.take().items.isEmpty)
  }

  @Test func `at the end everybody is let go`() {
    let bench = WallBench()
    bench.find(ada, ben)
    bench.stage.end(.hungUp, reason: .interrupted)
    #expect(bench.ends.allSatisfy { $0.isClosed })
    #expect(bench.stage.isDone && bench.stage.status == .hungUp)
  }
}

/// Guests: one door, nothing else.
@Suite struct GuestRoundTests {
  private func bench() -> WallBench {
    var plan = WatchPlan(isGuest: true)
    (plan.token, plan.account) = ("token", "ben")
    return WallBench(plan)
  }
  private let doors = ["ada", "ben", "cyd"].map { WallBench.door($0) }

  @Test func `an invitation is tried door by door until one knows it, one's host first`() {
    let bench = bench()
    bench.find(doors[0], doors[1], doors[2])
    #expect(bench.ends.map(\.door.learner) == ["ben"])
    #expect(bench.ends[0].hello.token == "token")
    bench.tell(0, .refused(.token))
    #expect(bench.ends.map(\.door.learner) == ["ben", "ada"])
    #expect(bench.seats.map(\.learner) == ["ada"])
    bench.tell(1, WallBench.welcome("ada"), .events(Rehearsed.events(seconds: 3), first: 1))
    bench.wait(60)
    bench.find(doors[0], doors[1], doors[2], WallBench.door("dan"))
    #expect(bench.ends.count == 2)
    #expect(bench.seats.map(\.learner) == ["ada"])
    bench.tell(1, .broken("the line broke"))
    bench.wait(1)
    #expect(bench.ends.count == 3)
    #expect(bench.ends[2].hello.token == nil)
    #expect(bench.ends[2].hello.resume?.secret == "secret of ada")
  }

  @Test func `one that nobody knows is the end; with nobody there it waits`() {
    let bench = bench()
    bench.find()
    #expect(!bench.stage.isDone)
    bench.find(doors[0], doors[1])
    bench.tell(0, .broken("nobody is there any more"))
    bench.tell(1, .refused(.token))
    #expect(bench.stage.isDone)
    #expect(bench.stage.failure?.status == .noPermission)
  }

  @Test func `guests write nothing and stop nothing`() {
    let bench = bench()
    bench.find(doors[0])
    bench.tell(0, WallBench.welcome("ada"), .events(Rehearsed.events(seconds: 3), first: 1))
    bench.stage.perform(.watch(.write(seat: "ada/k3f9x7qa")))
    #expect(bench.stage.desk.notice == Messages.guestWritesNothing)
    bench.stage.perform(.suspend)
    #expect(!bench.stage.suspendRequested && !bench.stage.mayStop)
  }
}
