import Audience
import Support
import Testing

@testable import Coach

@Suite struct SharePlacesTests {
  private func machine(_ account: String = "ann", there: Set<String> = [], own: Set<String> = []) -> SharePlaces.Machine
  {
    SharePlaces.Machine(account: account, uid: 1_000, isThere: { there.contains($0) }, isOwn: { own.contains($0) })
  }
  private let home = Places.resolve(environment: [:], home: "/home/ann")
  private let login = Places.resolve(environment: ["XDG_RUNTIME_DIR": "/run/user/1000"], home: "/home/ann")

  @Test(arguments: [
    ("ann", "", nil), ("ann", "/run/rostrum/ann", "/run/rostrum/ann"), ("ann", "/run/rostrum/ben", nil),
    ("..", "/run/rostrum/..", nil), ("a/b", "/run/rostrum/a/b", nil), ("-r", "/run/rostrum/-r", nil),
    ("", "/run/rostrum/", nil),
  ])
  func `a learner listens in their own folder, and in the one an administrator made`(
    account: String, there: String, group: String?
  ) {
    #expect(
      SharePlaces.sockets(login, Settings(), machine(account, there: [there]))
        == [SocketPlace("/run/user/1000/rostrum", .own)] + [group].compactMap { $0.map { SocketPlace($0, .group) } })
  }

  @Test func `the setting says where the administrator's folder is`() {
    var settings = Settings()
    settings.shareFolder = "/srv/class/"
    let place = machine(there: ["/srv/class/ann"])
    #expect(SharePlaces.sockets(home, settings, place).last == SocketPlace("/srv/class/ann", .group))
    #expect(SharePlaces.lobby(home, settings, [:], place).last == "/srv/class")
  }

  @Test func `who watches looks where the learner may be, whatever their login says`() {
    let runtime = "/run/user/1000/rostrum"
    let own: Set = ["/run/user/1000", runtime]
    let state = "/home/ann/.local/state/rostrum/run"
    #expect(SharePlaces.lobby(login, Settings(), [:], machine(own: own)) == [runtime, state, "/run/rostrum"])
    #expect(SharePlaces.lobby(home, Settings(), [:], machine(own: own)) == [state, runtime, "/run/rostrum"])
    // A folder there that others made, or may come to.
    #expect(SharePlaces.lobby(home, Settings(), [:], machine(own: [runtime])) == [state, "/run/rostrum"])
    #expect(SharePlaces.lobby(home, Settings(), [:], machine(own: ["/run/user/1000"])) == [state, "/run/rostrum"])
    let apart = Places.resolve(environment: ["ROSTRUM_HOME": "/x"], home: "/home/ann")
    #expect(
      SharePlaces.lobby(apart, Settings(), ["ROSTRUM_HOME": "/x"], machine(own: own))
        == ["/x/run", "/x/state/run", "/run/rostrum"])
  }

  @Test func `the machine knows its own folders from others`() throws {
    let scratch = try Scratch()
    let own = try scratch.folder("own")
    let machine = SharePlaces.Machine.real
    #expect(machine.isOwn(own) && machine.isThere(own) && !machine.isThere(own + "/none"))
    #expect(try run(["ln", "-s", own, scratch.path("link")]).code == 0)
    #expect(!machine.isOwn(scratch.path("link")) && machine.isThere(scratch.path("link")))
    #expect(try run(["chmod", "0710", own]).code == 0)
    #expect(!machine.isOwn(own) && !machine.isOwn("/"))
    #expect(try machine.account == run(["id", "-un"]).lines.first)
  }
}
