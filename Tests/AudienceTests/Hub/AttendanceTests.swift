import Practice
import Testing

@testable import Audience

/// One who comes, as rows: what happens, and what is done about it.
struct AttendanceTests {
  /// One visitor and the table that decides about them.
  struct Case {
    var grants = Grants(session: "s1", nextRequest: 1, limits: AudienceLimits())
    var visitor: Attendance

    init(_ identity: PeerIdentity = anna, limits: AudienceLimits = AudienceLimits()) {
      visitor = Attendance(identity, secret: "secret", limits: limits, at: 0)
    }

    mutating func take(_ happening: Attendance.Happening, at now: Double = 1, inside: Int = 0) -> [String] {
      visitor.take(happening, at: now, inside: inside, &grants).map(Case.words)
    }

    mutating func say(_ line: WatcherLine, at now: Double = 1) -> [String] { take(.line(line.text), at: now) }

    static func words(_ effect: Attendance.Effect) -> String {
      switch effect {
      case .write(let line): line.text
      case .redeem(let token): "redeem \(token)"
      case .tell(let change, let id, let reason): "\(change.rawValue) \(id)" + (reason.map { " " + $0 } ?? "")
      case .join(let pass, let next, _): "join \(pass.name) \(pass.role.rawValue)\(pass.hears ? " hears" : "") \(next)"
      case .change(let pass): pass.hears ? "hears" : "hears no more"
      case .remark(let number, _): "remark \(number)"
      case .finish: "finish"
      case .close: "close"
      }
    }
  }

  static let anna = PeerIdentity(uid: 7, name: "anna")
  static let tutor = WatcherLine.hello(Hello(role: .tutor))
  private static let refused = #"{"wire":"refused","reason":""#

  @Test func `who comes is asked about, once, and let in`() {
    var a = Case()
    #expect(a.say(Self.tutor) == [#"{"wire":"asked"}"#, "asked 1"])
    #expect(a.take(.decided(.once, hears: false)) == ["joined 1", "join anna tutor 0"])
    #expect(a.take(.left) == ["left 1", "close"])
    #expect(a.take(.left) == [])
  }

  @Test func `sound is given by the learner alone, to who asked for it`() {
    for (wants, given, expected) in [(true, true, " hears"), (true, false, ""), (false, true, "")] {
      var a = Case()
      _ = a.say(.hello(Hello(role: .observer, wantsSound: wants)))
      #expect(a.take(.decided(.once, hears: given))[1] == "join anna observer\(expected) 0")
    }
  }

  @Test func `what is allowed for the talk is asked once, for that role and less`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.talk, hears: false))
    _ = a.take(.left)
    for role in Watcher.Role.allCases {
      a.visitor = Attendance(Self.anna, secret: "other", limits: AudienceLimits(), at: 2)
      #expect(a.say(.hello(Hello(role: role)), at: 2)[1] == "join anna \(role.rawValue) 0")
    }
    a.visitor = Attendance(
      PeerIdentity(uid: 7, name: "anna", host: "lab"), secret: "x", limits: AudienceLimits(), at: 2)
    #expect(a.say(Self.tutor, at: 2)[0] == #"{"wire":"asked"}"#, "the same number at another host is somebody else")
  }

  @Test func `an observer who is allowed is asked about as a tutor`() {
    var a = Case()
    _ = a.say(.hello(Hello(role: .observer)))
    _ = a.take(.decided(.talk, hears: false))
    a.visitor = Attendance(Self.anna, secret: "other", limits: AudienceLimits(), at: 2)
    #expect(a.say(Self.tutor, at: 2)[0] == #"{"wire":"asked"}"#)
  }

  @Test(arguments: [
    ("", "greeting"), ("nonsense", "greeting"), (#"{"wire":"pong"}"#, "greeting"),
    (#"{"wire":"remark","number":1,"kind":"cue","text":"slow"}"#, "greeting"),
    (#"{"wire":"hello","version":0}"#, "greeting"), (#"{"wire":"hello","version":99,"oldest":99}"#, "version"),
    (#"{"wire":"hello","version":1,"token":""}"#, "greeting"),
  ])
  func `a first line that is none is refused`(line: String, reason: String) {
    var a = Case()
    #expect(a.take(.line(line)) == ["refused 1 \(reason)", Self.refused + reason + "\"}", "close"])
    #expect(a.take(.line(Self.tutor.text)) == [], "and nothing of theirs is heard any more")
  }

  @Test func `no hello in time, no answer in time, no room`() {
    var a = Case()
    #expect(a.take(.moment, at: 4.9) == [])
    #expect(a.take(.moment, at: 5) == ["refused 1 greeting", Self.refused + "greeting\"}", "close"])
    var b = Case()
    _ = b.say(Self.tutor)
    #expect(b.take(.moment, at: 60.9) == [])
    #expect(b.take(.moment, at: 61) == ["refused 1 unanswered", Self.refused + "unanswered\"}", "close"])
    var c = Case()
    #expect(c.take(.line(Self.tutor.text), inside: 64).last == "close")
    var d = Case()
    #expect(d.take(.crowded)[1] == Self.refused + "full\"}")
  }

  @Test func `a token that is good lets in at once, in its role, until it expires`() {
    var a = Case()
    #expect(a.say(.hello(Hello(role: .tutor, token: "t"))) == ["redeem t"])
    let invitation = Invitation(id: "i", name: "Bea", role: .tutor, seconds: 100)
    #expect(a.take(.redeemed(invitation)) == ["joined 1", "join Bea tutor 0"])
    #expect(a.take(.moment, at: 100.9) == [])
    #expect(a.take(.moment, at: 101) == ["expired 1", #"{"wire":"over","reason":"expired"}"#, "close"])
  }

  @Test(arguments: [(Watcher.Role.observer, Watcher.Role.tutor), (.tutor, .observer), (.observer, .observer)])
  func `no token gives more than it was made for, nor more than was asked`(asked: Watcher.Role, made: Watcher.Role) {
    var a = Case()
    _ = a.say(.hello(Hello(role: asked, token: "t")))
    #expect(a.take(.redeemed(Invitation(name: "Bea", role: made, seconds: 9)))[1] == "join Bea observer 0")
  }

  @Test func `five wrong tokens a minute, then not even a good one`() {
    var a = Case()
    for number in 0..<6 {
      a.visitor = Attendance(Self.anna, secret: "s", limits: AudienceLimits(), at: 1)
      let first = a.say(.hello(Hello(role: .tutor, token: "t")))
      #expect(first.contains("redeem t") == (number < 5))
      if number < 5 { #expect(a.take(.redeemed(nil)).contains(Self.refused + "token\"}")) }
    }
    #expect(a.visitor.state == .gone)
    a.visitor = Attendance(Self.anna, secret: "s", limits: AudienceLimits(), at: 14)
    #expect(a.say(.hello(Hello(role: .tutor, token: "t")), at: 14) == ["redeem t"], "and later again")
  }

  @Test func `what is not theirs to send ends it, and they cannot go on`() {
    var a = Case()
    _ = a.say(.hello(Hello(role: .observer)))
    _ = a.take(.decided(.once, hears: false))
    #expect(
      a.say(.remark(number: 1, .cue("slow"))) == [
        "left 1 forbidden", #"{"wire":"over","reason":"forbidden"}"#, "close",
      ])
    a.visitor = Attendance(Self.anna, secret: "other", limits: AudienceLimits(), at: 2)
    let resume = Resume(session: "s1", secret: "secret", next: 0)
    #expect(a.say(.hello(Hello(role: .observer, resume: resume)), at: 2)[0] == #"{"wire":"asked"}"#)
  }

  @Test(arguments: [(6.0, "anna", true), (601.0, "anna", true), (602.0, "anna", false), (6.0, "eve", false)])
  func `a broken watch goes on within ten minutes, for the same account`(at: Double, name: String, goesOn: Bool) {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    _ = a.take(.left)
    let uid: UInt32 = name == "anna" ? 7 : 8
    a.visitor = Attendance(PeerIdentity(uid: uid, name: name), secret: "o", limits: AudienceLimits(), at: at)
    let hello = Hello(role: .observer, resume: Resume(session: "s1", secret: "secret", next: 42))
    #expect(a.say(.hello(hello), at: at).last == (goesOn ? "join anna tutor 42" : "asked 2"))
  }

  @Test(arguments: [("s2", "secret"), ("s1", "secre"), ("s1", "")])
  func `a resume that is not one is as if there were none`(session: String, secret: String) {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    a.visitor = Attendance(Self.anna, secret: "o", limits: AudienceLimits(), at: 2)
    let hello = Hello(role: .tutor, resume: Resume(session: session, secret: secret, next: 0))
    #expect(!a.say(.hello(hello), at: 2)[1].hasPrefix("join"))
  }

  @Test func `who was sent away is asked about again, whatever they were allowed, and not at once`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.talk, hears: false))
    #expect(a.take(.dismissed) == ["ended 1", #"{"wire":"over","reason":"ended"}"#, "close"])
    a.visitor = Attendance(Self.anna, secret: "o", limits: AudienceLimits(), at: 2)
    #expect(a.say(Self.tutor, at: 2) == ["refused 2 tries", Self.refused + "tries\"}", "close"])
    a.visitor = Attendance(Self.anna, secret: "o", limits: AudienceLimits(), at: 32)
    #expect(a.say(Self.tutor, at: 32)[0] == #"{"wire":"asked"}"#)
  }

  @Test func `who holds an invitation and was sent away is asked about`() {
    var a = Case()
    let invitation = Invitation(id: "i", name: "Bea", role: .tutor, seconds: 100)
    _ = a.say(.hello(Hello(role: .tutor, token: "t")))
    _ = a.take(.redeemed(invitation))
    _ = a.take(.dismissed)
    a.visitor = Attendance(Self.anna, secret: "o", limits: AudienceLimits(), at: 40)
    _ = a.say(.hello(Hello(role: .tutor, token: "t")), at: 40)
    #expect(a.take(.redeemed(invitation), at: 40) == [#"{"wire":"asked"}"#, "asked 2"])
  }

  @Test func `who was refused does not come back by an earlier watch`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    _ = a.take(.left)
    a.visitor = Attendance(Self.anna, secret: "two", limits: AudienceLimits(), at: 2)
    _ = a.say(Self.tutor, at: 2)
    _ = a.take(.decided(.no, hears: false), at: 2)
    a.visitor = Attendance(Self.anna, secret: "three", limits: AudienceLimits(), at: 3)
    let resume = Resume(session: "s1", secret: "secret", next: 0)
    #expect(a.say(.hello(Hello(role: .tutor, resume: resume)), at: 3).contains(Self.refused + "tries\"}"))
  }

  @Test func `who was sent away does not come back by another watch that broke`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    _ = a.take(.left)
    a.visitor = Attendance(Self.anna, secret: "two", limits: AudienceLimits(), at: 2)
    _ = a.say(Self.tutor, at: 2)
    _ = a.take(.decided(.once, hears: false), at: 2)
    _ = a.take(.dismissed, at: 3)
    a.visitor = Attendance(Self.anna, secret: "three", limits: AudienceLimits(), at: 4)
    let resume = Resume(session: "s1", secret: "secret", next: 0)
    #expect(a.say(.hello(Hello(role: .tutor, resume: resume)), at: 4).contains(Self.refused + "tries\"}"))
  }

  @Test func `one account has one pace of cues, however often it comes`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.talk, hears: false))
    let taken = (0..<20).flatMap { number -> [String] in
      a.visitor = Attendance(Self.anna, secret: "\(number)", limits: AudienceLimits(), at: 2)
      _ = a.say(Self.tutor, at: 2)
      return a.say(.remark(number: number, .cue("slow")), at: 2)
    }
    #expect(taken.count { $0.hasPrefix("remark") } == 1)
  }

  @Test func `a relay that makes up accounts fills neither the learner's questions nor the log`() {
    var a = Case()
    var told = 0
    for number in 0..<2_000 {
      let identity = PeerIdentity(uid: UInt32(number), name: "u\(number)", host: "lab")
      a.visitor = Attendance(identity, secret: "\(number)", limits: AudienceLimits(), at: 1)
      for effect in a.say(Self.tutor) + a.take(.left)
      where ["asked ", "refused ", "left "].contains(where: effect.hasPrefix) {
        told += 1
      }
    }
    #expect(told <= 200)
  }

  @Test func `five remarks a second, a cue every two seconds`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    #expect(a.say(.remark(number: 1, .cue("slow")), at: 2) == ["remark 1"])
    #expect(a.say(.remark(number: 2, .cue("slow")), at: 3.9)[0].contains("refused"))
    #expect(a.say(.remark(number: 3, .cue("slow")), at: 4) == ["remark 3"])
    let notes = (4..<12).map { a.say(.remark(number: $0, .note("n", at: 1)), at: 5)[0] }
    #expect(notes.count { $0.hasPrefix("remark") } == 5)
    #expect(a.visitor.pass != nil)
  }

  @Test func `a flood of lines ends it`() {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    let answers = (0..<60).flatMap { _ in a.say(.pong, at: 2) }
    #expect(answers == ["left 1 flood", #"{"wire":"over","reason":"flood"}"#, "close"])
  }

  @Test(arguments: [
    (#"{"wire":"wave"}"#, false), ("{", true), ("[]", true), (nil, true), (#"{"v":1,"t":1,"kind":"mark"}"#, true),
    (#"{"wire":"hello","version":1}"#, true), (#"{"wire":"remark","number":1}"#, true),
    (#"{"wire":"remark","number":-1,"kind":"cue","text":"a"}"#, true),
  ])
  func `a line of a version to come is passed over, what is no line ends it`(line: String?, ends: Bool) {
    var a = Case()
    _ = a.say(Self.tutor)
    _ = a.take(.decided(.once, hears: false))
    #expect(a.take(.line(line)).contains("close") == ends)
  }

  @Test func `one account fills neither the learner's questions nor the log`() {
    var a = Case()
    let all = (0..<100).map { number in
      a.visitor = Attendance(Self.anna, secret: "\(number)", limits: AudienceLimits(), at: 1)
      return a.say(Self.tutor)
    }
    #expect(all.count { $0.contains { $0.hasPrefix("asked") } } == 4)
    #expect(all.count { $0.contains { $0.hasPrefix("refused ") } } == 1)
    a.visitor = Attendance(PeerIdentity(uid: 8, name: "ben"), secret: "b", limits: AudienceLimits(), at: 1)
    #expect(a.say(Self.tutor)[1].hasPrefix("asked"), "another one is still asked about")
  }

  @Test func `the end of a session, and that of sharing`() {
    for (farewell, expected) in [
      (Farewell.finished, ["finish"]), (.ended, ["ended 1", #"{"wire":"over","reason":"ended"}"#, "close"]),
    ] {
      var a = Case()
      _ = a.say(Self.tutor)
      _ = a.take(.decided(.once, hears: false))
      #expect(a.take(.closing(farewell)) == expected)
    }
  }
}
