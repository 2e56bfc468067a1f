import Foundation
import GRDB
import Glibc
import Testing

@testable import History

@Suite struct ForgetTests {
  let scratch = Scratch()

  /// Sessions with words that stand nowhere else: `zq<id>…`, in events, title, summary, tags, comments and figures.
  @discardableResult
  private func fill(_ ids: [String], filler: Int = 400) throws -> History {
    let history = try History(folder: scratch.path)
    for (number, id) in ids.enumerated() {
      var row = SessionRow.sample(id, at: Int64(number), title: "zqtitle\(id)")
      row.summary = "{\"x\":\"zqsummary\(id)\"}"
      let lines = (0..<filler).map {
        StoredEvent(seconds: Double($0), kind: "word", line: "{\"text\":\"zqword\(id)x\($0)\"}")
      }
      try history.insert(row, lines)
      var texts = (0..<filler).map {
        IndexedText(seconds: Double($0), kind: .transcript, text: "zqword\(id)x\($0) common words")
      }
      texts.append(IndexedText(seconds: 3, kind: .comment, text: "zqcomment\(id)"))
      try history.replaceIndex(
        of: id,
        with: SessionIndex(
          version: 1, title: "zqtitle\(id)", talk: "zqtalk\(id.prefix(1))", tags: ["zqtag\(id)"],
          figures: [.init(name: "zqfigure\(id)", value: 1)], texts: texts), summary: row.summary)
    }
    return history
  }

  /// The files below the folder in which `word` stands, in either case.
  private func files(with word: String) throws -> [String] {
    try scratch.names.filter { name in
      var isFolder: ObjCBool = false
      let path = scratch.path + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        return false
      }
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return data.range(of: Data(word.utf8)) != nil
    }
  }

  /// What the index keeps of a word where it follows on one that begins alike.
  private func tails(of id: String) -> [String] {
    ["zqword\(id)", "\(id)x39", "zqcomment\(id)", "zqtag\(id)", "\(id)"]
  }

  @Test func `no byte of what was forgotten is left in any file, and the rest is whole`() throws {
    let history = try fill(["kept0001", "gone0001", "kept0002", "gone0002"])
    #expect(try !files(with: "gone0001x39").isEmpty)
    let forgotten = try history.forget(.sessions(["gone0001", "gone0002", "none"]))
    #expect(forgotten == Forgotten(ids: ["gone0001", "gone0002"], events: 800, requests: 0))
    #expect(try history.needsPurge())
    #expect(try history.search("zqwordgone0001x5", limit: 9).hits.isEmpty)
    try history.purge()
    #expect(try !history.needsPurge())
    for id in ["gone0001", "gone0002"] {
      for word in tails(of: id) { #expect(try files(with: word) == [], "\(word)") }
    }
    #expect(try files(with: "zqwordkept0001x39") == ["history.sqlite"])
    #expect(try history.search("zqwordkept0002x5 ", limit: 9).hits.map(\.row.id) == ["kept0002"])
    #expect(try history.events(of: "kept0001").count == 400)
    #expect(try history.check() == [])
  }

  @Test func `a word of two sessions stays while one of them does`() throws {
    let history = try fill(["a1", "b1"])
    try history.forget(.sessions(["a1"])).expect(["a1"])
    try history.purge()
    #expect(try history.search("common", limit: 9).hits.map(\.row.id) == ["b1", "b1", "b1"])
    #expect(try files(with: "zqworda1") == [])
  }

  @Test(arguments: [
    (Forgetting.talk("zqtalkb"), ["b1", "b2"]), (.before(2), ["a1", "b1"]), (.before(0), []),
    (.everything, ["a1", "b1", "a2", "b2"]), (.sessions([]), []),
  ])
  func `sessions are forgotten by talk, by age, or all`(what: Forgetting, gone: [String]) throws {
    let history = try fill(["a1", "b1", "a2", "b2"], filler: 3)
    try history.note(
      LedgerEntry(
        atMilliseconds: 1, purpose: "chat", endpoint: "zqendpoint", model: "m", tokensIn: 1, tokensOut: 1,
        isEstimated: false, firstTokenSeconds: nil, seconds: 1, cost: nil))
    let forgotten = try history.forget(what)
    #expect(Set(forgotten.ids) == Set(gone) && forgotten.requests == (what == .everything ? 1 : 0))
    try history.purge()
    for id in ["a1", "b1", "a2", "b2"] {
      #expect(try files(with: "zqword\(id)").isEmpty == gone.contains(id), "\(id)")
    }
    #expect(try files(with: "zqendpoint").isEmpty == (what == .everything))
    #expect(try history.check() == [])
  }

  @Test func `a session that is alive is never forgotten, one whose process died is`() throws {
    let history = try fill(["a1"], filler: 3)
    var writer: SessionWriter? = try SessionWriter(history: history, begin: .sample("live1", at: 9), limits: .hasty)
    events(5).forEach { writer?.record($0) }
    #expect(writer?.reachesDisk() == true)
    for what in [Forgetting.everything, .sessions(["a1", "live1"]), .before(99)] {
      #expect(kind { try history.forget(what) } == .held)
      #expect(try history.count() == 2)
    }
    #expect(try history.forget(.before(99), passingOverLive: true).ids == ["a1"])
    #expect(try history.events(of: "live1") == events(5))
    writer = nil
    var forgotten: Forgotten?
    let deadline = ContinuousClock.now + .seconds(10)
    while forgotten == nil, ContinuousClock.now < deadline { forgotten = try? history.forget(.everything) }
    #expect(forgotten?.ids == ["live1"])
    #expect(!scratch.names.contains { $0.hasSuffix(".lock") })
  }

  @Test func `while another process reads, purging says so, and works when it has gone`() throws {
    _ = try fill(["a1", "b1"], filler: 50)
    let history = try History(folder: scratch.path, busySeconds: 0.05)
    let reader = try HistoryFolder(path: scratch.path).connectReading(immutable: false, busySeconds: 1)
    _ = try history.forget(.sessions(["a1"]))
    try reader.read { db in
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM event")
      #expect(kind { try history.purge() } == .busy)
      #expect(try history.needsPurge())
    }
    #expect(try history.events(of: "b1").count == 50)
    try history.purge()
    #expect(try files(with: "zqworda1") == [] && !history.needsPurge())
    #expect(try history.check() == [])
  }

  @Test func `nothing is forgotten by one who only reads`() throws {
    _ = try fill(["a1"], filler: 1)
    let reading = try History(reading: scratch.path)
    #expect(kind { try reading.forget(.everything) } == .readOnly)
    #expect(kind { try reading.purge() } == .readOnly)
  }
}

extension Forgotten {
  fileprivate func expect(_ ids: [String]) { #expect(self.ids == ids) }
}
