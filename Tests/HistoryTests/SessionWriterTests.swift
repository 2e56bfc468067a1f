import Foundation
import Glibc
import Testing

@testable import History

@Suite struct SessionWriterTests {
  let scratch = Scratch()

  @Test func `two hours are kept in order, and can be read while they are written`() throws {
    let history = try History(folder: scratch.path)
    let writer = try SessionWriter(history: history, begin: .sample("aaaa0001"), limits: .hasty)
    let all = events(72_000)
    let begun = ContinuousClock.now
    for event in all {
      writer.record(event)
      if event.seconds == 3600 { _ = try history.sessions(limit: 1) }
    }
    #expect(writer.finish(state: .finished, endedSeconds: 7200, summary: "{}", timeoutSeconds: 30))
    #expect(ContinuousClock.now - begun < .seconds(20))
    #expect(writer.status == .saved(throughSeconds: 7199.9))
    #expect(try history.events(of: "aaaa0001") == all)
  }

  @Test func `while another process holds the write lock recording goes on, and all is saved afterwards`() throws {
    let history = try History(folder: scratch.path)
    let writer = try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001"), limits: .hasty)
    #expect(writer.reaches { _ in (try? history.find("aaaa0001")) != nil })
    let other = try History(folder: scratch.path)
    try other.write("hold the lock") { _ in
      let begun = ContinuousClock.now
      events(1000).forEach(writer.record)
      #expect(ContinuousClock.now - begun < .milliseconds(500))
      #expect(writer.reaches { $0.failure == .busy })
      guard case .waiting(_, unsaved: 1000, _) = writer.status else {
        Issue.record("\(writer.status)")
        return
      }
      #expect(!writer.finish(state: .finished, endedSeconds: 100, summary: nil, timeoutSeconds: 0.05))
      #expect(writer.unsaved() == UnsavedEvents(session: .sample("aaaa0001"), firstSeq: 0, events: events(1000)))
      let row = try history.find("aaaa0001")
      #expect(row.state == .live)
    }
    #expect(writer.finish(state: .finished, endedSeconds: 100, summary: nil, timeoutSeconds: 10))
    #expect(try history.events(of: "aaaa0001") == events(1000))
    #expect(writer.unsaved().events.isEmpty)
  }

  @Test func `a session that begins while the lock is held is kept from its first event`() throws {
    let other = try History(folder: scratch.path)
    var writer: SessionWriter?
    try other.write("hold the lock") { _ in
      let begun = ContinuousClock.now
      writer = try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001"), limits: .hasty)
      events(10).forEach { writer?.record($0) }
      #expect(ContinuousClock.now - begun < .milliseconds(500))
    }
    #expect(writer?.finish(state: .finished, endedSeconds: 1, summary: nil, timeoutSeconds: 10) == true)
    #expect(try other.events(of: "aaaa0001") == events(10))
  }

  @Test func `two rehearsals and a review at once do not disturb each other`() throws {
    let review = try History(folder: scratch.path)
    let writers = try ["aaaa0001", "aaaa0002"].map {
      try SessionWriter(folder: scratch.path, begin: .sample($0), limits: .hasty)
    }
    for event in events(5000) { writers.forEach { $0.record(event) } }
    #expect(writers.allSatisfy { $0.reachesDisk() })
    #expect(try review.sessions(limit: 9).map(\.state) == [.live, .live])
    #expect(try review.abandoned().isEmpty)
    #expect(kind { try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001")) } == .held)
    for writer in writers {
      #expect(writer.finish(state: .finished, endedSeconds: 500, summary: nil, timeoutSeconds: 10))
    }
    for id in ["aaaa0001", "aaaa0002"] { #expect(try review.events(of: id) == events(5000)) }
  }

  @Test func `many starts at once make one database`() async throws {
    let path = scratch.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask { try keep(.sample("aaaa000\(number)"), events(5), in: path) }
      }
      try await group.waitForAll()
    }
    #expect(try History(folder: path).sessions(limit: 99).count == 8)
  }

  @Test func `an id that is taken is not added to`() throws {
    try keep(.sample("aaaa0001", at: 1), events(5), in: scratch.path)
    let writer = try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001", at: 2), limits: .hasty)
    writer.record(events(1, from: 9)[0])
    #expect(writer.reaches { $0.failure == .cannotCreate })
    #expect(!writer.finish(state: .finished, endedSeconds: 1, summary: nil, timeoutSeconds: 0.1))
    #expect(try History(reading: scratch.path).events(of: "aaaa0001") == events(5))
  }

  @Test func `a folder that can be made later is no reason not to begin`() throws {
    try Data().write(to: URL(fileURLWithPath: scratch.path))
    let writer = try SessionWriter(folder: scratch.path + "/data", begin: .sample("aaaa0001"), limits: .hasty)
    events(10).forEach(writer.record)
    #expect(writer.reaches { $0.failure == .cannotCreate })
    try FileManager.default.removeItem(atPath: scratch.path)
    #expect(writer.finish(state: .interrupted, endedSeconds: 1, summary: nil, timeoutSeconds: 10))
    let history = try History(folder: scratch.path + "/data")
    #expect(try history.events(of: "aaaa0001") == events(10))
    #expect(try history.find("last").state == .interrupted)
  }

  @Test func `a database that is deleted under a live session is made again for what follows`() throws {
    let writer = try SessionWriter(folder: scratch.path, begin: .sample("aaaa0001"), limits: .hasty)
    events(10).forEach(writer.record)
    #expect(writer.reachesDisk())
    for name in scratch.names where name.hasPrefix("history") {
      try FileManager.default.removeItem(atPath: scratch.path + "/" + name)
    }
    events(10, from: 10).forEach(writer.record)
    #expect(writer.finish(state: .finished, endedSeconds: 2, summary: nil, timeoutSeconds: 10))
    #expect(try History(folder: scratch.path).events(of: "aaaa0001") == events(10, from: 10))
  }

  @Test func `the caller's loop is woken when saving begins to fail and when it works again`() throws {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    func isWoken() -> Bool {
      var item = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      var bytes = [UInt8](repeating: 0, count: 8)
      return poll(&item, 1, 10_000) > 0 && item.revents & Int16(POLLIN) != 0 && read(ends[0], &bytes, 8) == 8
    }
    try Data().write(to: URL(fileURLWithPath: scratch.path))
    let writer = try SessionWriter(
      folder: scratch.path + "/data", begin: .sample("aaaa0001"), wake: ends[1], limits: .hasty)
    close(ends[1])
    #expect(isWoken())
    #expect(!writer.status.isSaved)
    try FileManager.default.removeItem(atPath: scratch.path)
    #expect(isWoken())
    #expect(writer.status.isSaved)
  }
}
