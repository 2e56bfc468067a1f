import Foundation
import GRDB
import Glibc
import Testing

@testable import History

@Suite struct BackupTests {
  let scratch = Scratch()
  let other = Scratch()

  private func fill(_ ids: [String], in folder: String) throws {
    let history = try History(folder: folder)
    for id in ids {
      try history.insert(.sample(id), events(50))
      let text = IndexedText(seconds: 1, kind: .transcript, text: "honey")
      try history.replaceIndex(of: id, with: SessionIndex(version: 1, texts: [text]), summary: nil)
    }
  }

  @Test func `a backup is one private file that opens as a history, also while a session is saved`() throws {
    try fill(["a1"], in: scratch.path)
    let history = try History(folder: scratch.path)
    let writer = try SessionWriter(history: history, begin: .sample("live1", at: 9), limits: .hasty)
    events(5).forEach(writer.record)
    #expect(writer.reachesDisk())
    let target = scratch.path + "/copy.sqlite"
    var told: [Double] = []
    #expect(
      try history.backup(to: target) {
        told.append($0)
        return true
      })
    #expect(told.last == 1 && scratch.rights["copy.sqlite"] == "600")
    #expect(scratch.names.filter { $0.contains("copy") } == ["copy.sqlite"])
    #expect(kind { try history.backup(to: target) } == .exists)
    #expect(try history.backup(to: target, replacing: true))
    #expect(kind { try history.backup(to: scratch.database, replacing: true) } == .exists)
    #expect(kind { try history.backup(to: scratch.path + "/none/x.sqlite") } == .cannotCreate)
    #expect(try !history.backup(to: scratch.path + "/stopped.sqlite") { _ in false })
    #expect(!scratch.names.contains { $0.contains("stopped") })
    #expect(try History.restore(from: target, into: other.path) == nil)
    #expect(try History(reading: other.path).events(of: "live1") == events(5))
    #expect(other.rights["history.sqlite"] == "600")
  }

  @Test func `a backup takes the place of what is there, which is kept`() throws {
    try fill(["a1"], in: scratch.path)
    let target = other.path + "-backup.sqlite"
    defer { unlink(target) }
    try History(folder: scratch.path).backup(to: target)
    try fill(["b1", "b2"], in: other.path)
    for turn in 1...2 {
      let kept = try #require(try History.restore(from: target, into: other.path))
      #expect(kept == other.path + "/history-before-restore\(turn == 1 ? "" : "-2").sqlite")
      let history = try History(folder: other.path)
      #expect(try history.sessions(limit: 9).map(\.id) == ["a1"])
      #expect(try history.search("honey", limit: 9).hits.count == 1)
      #expect(try history.check() == [])
      #expect(
        try DatabaseFile.reading(kept).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM session") }
          == (turn == 1 ? 2 : 1))
    }
    #expect(other.rights.filter { $0.key.hasSuffix(".sqlite") }.values.allSatisfy { $0 == "600" })
    #expect(!other.names.contains { $0.contains("restoring") || $0.hasSuffix("-wal") || $0.hasSuffix("-shm") })
  }

  @Test func `nothing is restored while a session is alive or another process has the database open`() throws {
    try fill(["a1"], in: scratch.path)
    let target = scratch.path + "/copy.sqlite"
    try History(folder: scratch.path).backup(to: target)
    try fill(["b1"], in: other.path)
    do {
      let open = try History(reading: other.path)
      #expect(kind { try History.restore(from: target, into: other.path, busySeconds: 0.05) } == .busy)
      #expect(try open.find("b1").id == "b1")
    }
    let writer = try SessionWriter(folder: other.path, begin: .sample("live1"), limits: .hasty)
    writer.record(events(1)[0])
    #expect(writer.reachesDisk())
    #expect(kind { try History.restore(from: target, into: other.path, busySeconds: 0.05) } == .held)
    #expect(writer.finish(state: .finished, endedSeconds: 1, summary: nil, timeoutSeconds: 10))
    #expect(try History(reading: other.path).count() == 2)
    #expect(!other.names.contains { $0.contains("restor") })
  }

  @Test func `what is no whole backup of ours is refused, and what is there stays`() throws {
    try fill(["a1"], in: scratch.path)
    try fill(["b1"], in: other.path)
    let target = scratch.path + "/copy.sqlite"
    try History(folder: scratch.path).backup(to: target)
    let good = try Data(contentsOf: URL(fileURLWithPath: target))
    let changes: [(HistoryError.Kind, (inout Data) -> Void)] = [
      (.newerVersion, { $0[63] = UInt8(Schema.version + 1) }), (.corrupt, { $0[68] = 1 }),
      (.corrupt, { $0 = $0.prefix(9_000) }), (.corrupt, { $0 = Data(repeating: 7, count: 5_000) }),
      (.corrupt, { $0 = Data() }),
      (.corrupt, { $0.replaceSubrange(12_288..<20_480, with: Data(repeating: 0x5a, count: 8_192)) }),
    ]
    for (number, (expected, change)) in changes.enumerated() {
      var bytes = good
      change(&bytes)
      let bad = scratch.path + "/bad.sqlite"
      try bytes.write(to: URL(fileURLWithPath: bad))
      #expect(kind { try History.restore(from: bad, into: other.path) } == expected, "\(number)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: bad)) == bytes)
    }
    #expect(kind { try History.restore(from: scratch.path + "/none", into: other.path) } == .cannotCreate)
    #expect(try History(reading: other.path).sessions(limit: 9).map(\.id) == ["b1"])
    #expect(!other.names.contains { $0.contains("restor") })
  }

  @Test func `a database that is beyond repair makes room for a backup, and is kept with its log`() throws {
    try fill(["a1"], in: scratch.path)
    let target = scratch.path + "/copy.sqlite"
    try History(folder: scratch.path).backup(to: target)
    try FileManager.default.createDirectory(atPath: other.path, withIntermediateDirectories: true)
    let garbage = Data(repeating: 0x41, count: 9_000)
    try garbage.write(to: URL(fileURLWithPath: other.database))
    try garbage.write(to: URL(fileURLWithPath: other.database + "-wal"))
    let kept = try #require(try History.restore(from: target, into: other.path))
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == garbage)
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept + "-wal")) == garbage)
    #expect(try History(folder: other.path).sessions(limit: 9).map(\.id) == ["a1"])
  }
}
