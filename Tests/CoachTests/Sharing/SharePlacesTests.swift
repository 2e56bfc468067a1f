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

  @Test(
    arguments: [
      (ShareFolder.Look(owner: 7, mode: 0o700), SocketPlace.Reach.own, nil),
      (.init(owner: 7, mode: 0o755), .own, "has mode 755"), (.init(owner: 8, mode: 0o700), .own, "is not yours"),
      (.init(isFolder: false, owner: 7, mode: 0o777), .group, "is no folder"),
      (.init(owner: 7, mode: 0o2750), .group, nil), (.init(owner: 0, mode: 0o2750), .group, "is not the learner's own"),
      (.init(owner: 7, mode: 0o2770), .group, "has mode 2770, which has to be 2750"),
      (.init(owner: 7, mode: 0o2700), .group, "tutors cannot come in"),
      (.init(owner: 7, mode: 0o750), .group, "tutors cannot come in"),
    ] as [(ShareFolder.Look, SocketPlace.Reach, String?)])
  func `what is wrong with a folder is said`(look: ShareFolder.Look, reach: SocketPlace.Reach, says: String?) {
    let fault = ShareFolder.fault(look, reach, uid: 7)
    #expect(says.map { fault?.contains($0) == true } ?? (fault == nil), "\(fault ?? "nothing")")
  }

  @Test func `a wrong folder of an administrator leaves one's own sharing as it is, and says whom to ask`() {
    let place = SocketPlace("/run/rostrum/ann", .group)
    let cause = ShareFolder.cause(
      .unsafeFolder(place.folder), of: place, ShareFolder.Look(owner: 7, mode: 0o2770), uid: 7)
    let places = SharedWhere([.own], trouble: cause)
    #expect(Messages.sharing(places).contains("tutors of this host cannot come"))
    let trouble = Messages.notEverywhere(places) ?? ""
    #expect(
      trouble.contains("/run/rostrum/ann has mode 2770, which has to be 2750. Ask who runs this host"), "\(trouble)")
    #expect(trouble.contains("guests by your invitation, can come"))
    #expect(Messages.notEverywhere(SharedWhere([.own, .group])) == nil)
    #expect(Messages.sharing(SharedWhere([.own])) == Messages.sharingWithOwn)
    let above = ShareFolder.cause(.unsafeFolder("/srv"), of: SocketPlace("/srv/a/ann", .group), nil, uid: 7)
    #expect(above == "others could put another folder in its place, in /srv")
  }

  @Test func `doctor says where one's sessions are shared, and what is wrong with that`() {
    let own = (place: SocketPlace("/run/user/7/rostrum", .own), look: ShareFolder.Look?.none)
    func finding(_ look: ShareFolder.Look?, _ folder: String = "/run/rostrum/ann", hasSSH: Bool = true) -> Finding {
      Checks.sharing(
        [own] + (look.map { [(SocketPlace(folder, .group), $0)] } ?? []), host: "/run/rostrum", uid: 7, hasSSH: hasSSH)
    }
    #expect(finding(nil).verdict == .good && finding(nil).nextStep?.contains("--setup-help") == true)
    #expect(finding(.init(owner: 7, mode: 0o2750)).sentence.hasPrefix("/run/rostrum/ann, to which the group"))
    #expect(finding(.init(owner: 7, mode: 0o2750), hasSSH: false).sentence.contains("--publish"))
    #expect(finding(.init(owner: 7, mode: 0o2777)).nextStep?.contains("Ask who runs it") == true)
    #expect(finding(.init(owner: 7, mode: 0o2750), "/" + String(repeating: "x", count: 100)).verdict == .fair)
  }

  @Test func `a folder of somebody else is closed to who is not of its group`() throws {
    let scratch = try Scratch()
    // One's own is never closed, nor is what is no learner's folder.
    _ = try scratch.folder("run/me")
    #expect(ShareFolder.closed(in: scratch.path("run")) == nil && ShareFolder.closed(in: "/nonexistent") == nil)
    let closed = ShareFolder.Closed(count: 2, group: "rostrum-tutors", isMember: false)
    #expect(Messages.closedNotice(closed).hasPrefix("2 learners' folders here are closed to you: you are not in"))
    let added = ShareFolder.Closed(count: 1, group: "rostrum-tutors", isMember: true)
    #expect(Messages.closedNotice(added).contains("until you log in anew"))
    #expect(Messages.openClosed(added) == "Log out and in again.")
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
