import Glibc
import Practice
import Support
import Synchronization
import Testing

@testable import Audience

/// Which sockets are doors.
struct LobbyTests {
  private let scratch: Scratch
  private static let me = PeerLookup.name(of: getuid())

  init() throws { scratch = try Scratch() }

  private var sessions: [String] {
    var names = AccountNames()
    return DoorScan.doors(in: [scratch.path], &names).map(\.session)
  }

  private func learner(_ session: String, in folder: String? = nil) throws -> ScriptedLearner {
    try ScriptedLearner(in: folder ?? scratch.path, session: session, learner: Self.me) { _ in ([], false) }
  }

  @Test func `sockets in a folder and one folder below are doors, whose learner is their owner`() throws {
    let below = try scratch.folder("anna")
    let deeper = try scratch.folder("anna/deeper")
    let learners = try [learner("b"), learner("a", in: below), learner("c", in: deeper)]
    var names = AccountNames()
    let doors = DoorScan.doors(in: [scratch.path, scratch.path], &names)
    #expect(doors == [learners[1].door, learners[0].door])
    // Nobody was disturbed by being looked for.
    #expect(learners.allSatisfy { $0.visitors == 0 })
    for learner in learners { learner.close() }
    #expect(sessions.isEmpty)
  }

  @Test func `what is no door is passed over`() throws {
    let other = try scratch.folder("other")
    let here = try learner("here", in: other)
    let dead = try learner("dead")
    #expect(rename(dead.door.path, scratch.path("left.sock")) == 0)
    dead.close()
    _ = try scratch.write("x", to: "file.sock")
    #expect(symlink(here.door.path, scratch.path("link.sock")) == 0)
    #expect(symlink(other, scratch.path("linked")) == 0)
    let odd = ["no name", "a.b", "ü", String(repeating: "x", count: 40)]
    let strange = try odd.map { try learner($0) }
    #expect(sessions == ["here", odd[3]])
    for learner in strange + [here] { learner.close() }
  }

  @Test func `a lobby knows so many doors and no more`() throws {
    let learners = try (0..<(WatchLimits.doors + 10)).map { try learner("s\($0)") }
    #expect(sessions.count == WatchLimits.doors)
    for learner in learners { learner.close() }
  }

  @Test func `one learner with many doors keeps nobody else's out of sight`() throws {
    guard getuid() == 0 else { return }
    var learners: [ScriptedLearner] = []
    for (name, owner, count) in [("aaa", 12_345 as UInt32, WatchLimits.doors + 10), ("zoe", 12_346, 1)] {
      let folder = try scratch.folder(name)
      for number in 0..<count {
        let learner = try learner("\(name)\(number)", in: folder)
        #expect(chown(learner.door.path, owner, owner) == 0)
        learners.append(learner)
      }
      #expect(chown(folder, owner, owner) == 0)
    }
    defer { for learner in learners { learner.close() } }
    let found = sessions
    #expect(found.contains("zoe0"))
    #expect(found.count { $0.hasPrefix("aaa") } == WatchLimits.doorsOfOne)
  }

  @Test(arguments: [mode_t(0o700), 0o750, 0o755, 0o2750, 0o770, 0o777, 0o1777])
  func `a folder into which others can put things holds no door`(mode: mode_t) throws {
    let folder = try scratch.folder("anna")
    let learner = try learner("s1", in: folder)
    defer { learner.close() }
    #expect(chmod(folder, mode) == 0)
    #expect(sessions == (mode & 0o022 == 0 ? ["s1"] : []))
    #expect(chmod(folder, 0o700) == 0)
  }

  @Test func `a socket in somebody else's folder is no door`() throws {
    guard getuid() == 0 else { return }
    let folder = try scratch.folder("anna")
    let learner = try learner("s1", in: folder)
    defer { learner.close() }
    #expect(chown(folder, 12_345, 12_345) == 0)
    #expect(sessions.isEmpty)
    #expect(chown(learner.door.path, 12_345, 12_345) == 0)
    var names = AccountNames()
    #expect(DoorScan.doors(in: [scratch.path], &names).map(\.learner) == ["uid 12345"])
    // The file is theirs and the listener is not: somebody else answers there.
    let told = Told()
    let door = Door(path: learner.door.path, learner: "uid 12345", session: "s1")
    let watch = Watch(door, .init(role: .tutor), news: told.hear)
    #expect(told.isOver)
    #expect(told.short == ["broken: somebody else answers there"])
    watch.close()
  }

  @Test func `a lobby tells who is there, and whenever that changes`() throws {
    let box = Seen()
    let lobby = Lobby(folders: [scratch.path]) { doors in box.all.withLock { $0.append(doors.map(\.session)) } }
    #expect(eventually { box.all.withLock { $0 } == [[]] })
    let learner = try learner("s1")
    #expect(eventually { box.all.withLock { $0 } == [[], ["s1"]] })
    learner.close()
    #expect(eventually { box.all.withLock { $0 } == [[], ["s1"], []] })
    lobby.close()
  }

  private final class Seen: Sendable {
    let all = Mutex<[[String]]>([])
  }

  @Test(
    arguments: [
      ("a.sock", "a"), ("k3f9x7qa.sock", "k3f9x7qa"), ("A-b_9.sock", "A-b_9"), (".sock", nil), ("a", nil),
      ("a.sock2", nil),
      ("a b.sock", nil), ("\u{1B}[2J.sock", nil),
    ] as [(String, String?)])
  func `a socket is named after its session`(name: String, session: String?) {
    #expect(SocketName.session(name) == session)
  }
}
