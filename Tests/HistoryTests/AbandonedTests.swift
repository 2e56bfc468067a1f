import Foundation
import Glibc
import Testing

@testable import History

@Suite struct AbandonedTests {
  let scratch = Scratch()

  @Test func `after kill -9 everything that was committed is there, and the session is closed as interrupted`()
    async throws
  {
    let path = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = try SessionWriter(folder: path, begin: .sample("dead0001"), limits: .hasty)
      events(300).forEach(writer.record)
      guard writer.reachesDisk() else { return }
      events(5, from: 300).forEach(writer.record)
      kill(getpid(), SIGKILL)
    }
    let history = try History(folder: path)
    #expect(try history.find("dead0001").state == .live)
    let abandoned = try history.abandoned()
    #expect(abandoned.map(\.row.id) == ["dead0001"])
    let session = try #require(abandoned.first)
    let kept = try history.events(of: "dead0001").count
    #expect((300...305).contains(kept))
    #expect(session.savedThroughSeconds == Double(kept - 1) / 10)
    let ended = StoredEvent(seconds: 31, kind: "ended", line: #"{"v":1,"t":31,"kind":"ended"}"#)
    try history.close(session, appending: [ended], summary: #"{"words":1}"#)
    var row = SessionRow.sample("dead0001")
    (row.state, row.endedSeconds, row.summary) = (.interrupted, 31, #"{"words":1}"#)
    #expect(try history.find("last") == row)
    #expect(try history.events(of: "dead0001") == events(kept) + [ended])
    #expect(try history.abandoned().isEmpty)
    #expect(!scratch.names.contains { $0.hasSuffix(".lock") })
  }

  @Test func `a killed process that had only begun leaves nothing that cannot be opened`() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      _ = try SessionWriter(folder: path, begin: .sample("dead0001"))
      kill(getpid(), SIGKILL)
    }
    let history = try History(folder: path)
    for session in try history.abandoned() { try history.close(session, summary: nil) }
    try keep(.sample("aaaa0001"), events(5), in: path)
    #expect(try history.find("last").id == "aaaa0001")
  }

  @Test func `a session is abandoned only when nobody holds its lock, and is held by one finder at a time`() throws {
    let history = try History(folder: scratch.path)
    let other = try History(folder: scratch.path)
    var writer: SessionWriter? = try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001"), limits: .hasty)
    events(10).forEach { writer?.record($0) }
    #expect(writer?.reachesDisk() == true)
    #expect(try history.abandoned().isEmpty)
    writer = nil
    var found: [AbandonedSession] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while found.isEmpty, ContinuousClock.now < deadline { found = try history.abandoned() }
    #expect(found.map(\.row.id) == ["aaaa0001"])
    #expect(try other.abandoned().isEmpty)
    found = []
    let again = try other.abandoned()
    #expect(again.first?.savedThroughSeconds == 0.9)
    try other.close(try #require(again.first), summary: nil)
    #expect(try history.find("aaaa0001").endedSeconds == 0.9)
    #expect(try history.events(of: "aaaa0001") == events(10))
  }

  @Test func `a lock file that was deleted does not hide an abandoned session`() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = try SessionWriter(folder: path, begin: .sample("dead0001"), limits: .hasty)
      if writer.reachesDisk(), writer.reaches({ _ in (try? History(reading: path).find("dead0001")) != nil }) {
        kill(getpid(), SIGKILL)
      }
    }
    try FileManager.default.removeItem(atPath: path + "/live")
    let history = try History(folder: path)
    let session = try #require(try history.abandoned().first)
    #expect(session.savedThroughSeconds == nil)
    try history.close(session, summary: nil)
    #expect(try history.find("dead0001").endedSeconds == 0)
  }

  @Test func `what a crash left in the log is read beside a live writer`() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let writer = try SessionWriter(folder: path, begin: .sample("dead0001"), limits: .hasty)
      events(50).forEach(writer.record)
      if writer.reachesDisk() { kill(getpid(), SIGKILL) }
    }
    #expect(try History(reading: path).events(of: "dead0001") == events(50))
    let live = try SessionWriter(folder: path, begin: .sample("aaaa0001"), limits: .hasty)
    live.record(events(1)[0])
    #expect(live.reachesDisk())
    #expect(try History(reading: path).sessions(limit: 9).count == 2)
  }
}
