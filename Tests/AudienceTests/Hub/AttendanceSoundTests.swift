import Practice
import Testing

@testable import Audience

/// Sound that is given and taken back while somebody watches.
extension AttendanceTests {
  @Test func `sound is taken back and given again without sending anybody away, and that holds when they come again`() {
    let hello = WatcherLine.hello(Hello(role: .tutor, wantsSound: true))
    var a = Case()
    _ = a.say(hello)
    _ = a.take(.decided(.talk, hears: true))
    #expect(a.take(.hearing(false)) == ["joined 1", "hears no more"] && a.visitor.pass?.hears == false)
    #expect(a.take(.hearing(false)) == ["joined 1"])
    a.visitor = Attendance(Self.anna, secret: "other", limits: AudienceLimits(), at: 2)
    #expect(a.say(hello, at: 2)[1] == "join anna tutor 0")
    #expect(a.take(.hearing(true)) == ["joined 2", "hears"] && a.visitor.pass?.hears == true)
    a.visitor = Attendance(Self.anna, secret: "third", limits: AudienceLimits(), at: 3)
    #expect(a.say(Self.tutor, at: 3)[1] == "join anna tutor 0")
    #expect(a.take(.hearing(true)) == ["joined 3"], "who has not asked for sound gets none")
  }

  @Test func `an invitation that gave sound gives none once that was taken back`() {
    let hello = WatcherLine.hello(Hello(role: .tutor, wantsSound: true, token: "t"))
    let invitation = Invitation(id: "i", name: "beck", role: .tutor, hears: true, seconds: 60)
    var a = Case()
    _ = a.say(hello)
    #expect(a.take(.redeemed(invitation))[1] == "join beck tutor hears 0")
    _ = a.take(.hearing(false))
    a.visitor = Attendance(Self.anna, secret: "other", limits: AudienceLimits(), at: 2)
    _ = a.say(hello, at: 2)
    #expect(a.take(.redeemed(invitation))[1] == "join beck tutor 0")
  }
}
