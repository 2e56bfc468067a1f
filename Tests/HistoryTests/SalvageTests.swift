import Foundation
import Glibc
import Testing

@testable import History

@Suite struct SalvageTests {
  let scratch = Scratch()

  private let long = StoredEvent(
    seconds: 90, kind: "turn", line: "{\"text\":\"" + String(repeating: "é", count: 40_000) + "\"}")

  private func fill() throws {
    let history = try History(folder: scratch.path)
    for number in 0..<20 {
      try history.insert(.sample("s\(number)", at: Int64(number)), events(300) + [long])
      let text = IndexedText(seconds: 1, kind: .transcript, text: "honey")
      try history.replaceIndex(
        of: "s\(number)", with: SessionIndex(version: 1, title: "Talk", tags: ["t"], texts: [text]), summary: "{}")
    }
  }

  private func damage(_ change: (inout Data) -> Void) throws -> Data {
    var data = try scratch.bytes()
    change(&data)
    try data.write(to: URL(fileURLWithPath: scratch.database))
    return data
  }

  @Test func `a whole database is read as it is`() throws {
    try fill()
    let salvage = try History.salvage(folder: scratch.path)
    let rows = try History(reading: scratch.path).sessions(limit: 99)
    #expect(salvage.sessions.map(\.row) == rows)
    #expect(salvage.sessions.allSatisfy { $0.hasRow && $0.events == 301 && $0.missing == 0 })
    #expect(salvage.events(of: "s7") == events(300) + [long])
    #expect(salvage.events(of: "none").isEmpty)
  }

  @Test func `what is in the log only is read too`() throws {
    let history = try History(folder: scratch.path)
    try history.insert(.sample("s1"), events(300))
    #expect(scratch.names.contains("history.sqlite-wal"))
    let salvage = try History.salvage(folder: scratch.path)
    #expect(salvage.sessions.map(\.events) == [300])
    #expect(salvage.events(of: "s1") == events(300))
  }

  @Test(arguments: [0.25, 0.5, 0.8])
  func `of a database cut short the front is read`(share: Double) throws {
    try fill()
    let data = try damage { $0 = $0.prefix(Int(Double($0.count) * share)) }
    let salvage = try History.salvage(folder: scratch.path)
    let found = salvage.sessions.map(\.events).reduce(0, +)
    #expect(Double(found) > 20 * 300 * (share - 0.15))
    for session in salvage.sessions {
      let kept = salvage.events(of: session.row.id)
      #expect(kept.allSatisfy { (events(300) + [long]).contains($0) })
    }
    #expect(try scratch.bytes() == data)
  }

  @Test func `pages of garbage cost what stood on them, and a lost head nothing`() throws {
    try fill()
    let data = try damage { data in
      var state: UInt64 = 7
      for page in [0] + stride(from: 9, to: data.count / 4_096, by: 10) {
        for place in page * 4_096..<page * 4_096 + 4_096 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          data[place] = UInt8(truncatingIfNeeded: state >> 33)
        }
      }
    }
    #expect(kind { try History(reading: scratch.path) } == .corrupt)
    let salvage = try History.salvage(folder: scratch.path)
    #expect(salvage.sessions.count == 20)
    #expect(salvage.sessions.map(\.events).reduce(0, +) > 4_500)
    #expect(salvage.sessions.contains { $0.missing > 0 })
    #expect(try scratch.bytes() == data)
  }

  @Test(arguments: [0, 1, 511, 512, 4_096, 50_000])
  func `garbage gives nothing and does no harm`(size: Int) throws {
    try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
    for seed in 0..<10 {
      let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 31 &+ seed) ^ ($0 / 7)) })
      try bytes.write(to: URL(fileURLWithPath: scratch.database))
      try bytes.write(to: URL(fileURLWithPath: scratch.database + "-wal"))
      #expect(try History.salvage(folder: scratch.path).sessions.isEmpty)
    }
  }

  @Test func `any page with any byte changed is read without harm`() throws {
    try fill()
    let whole = try scratch.bytes()
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<15 {
      var data = whole
      for _ in 0..<2_000 { data[next(data.count)] = UInt8(next(256)) }
      for page in 0..<data.count / 4_096 { data[page * 4_096 + 3 + next(9)] = UInt8(next(256)) }
      try data.write(to: URL(fileURLWithPath: scratch.database))
      let salvage = try History.salvage(folder: scratch.path)
      for session in salvage.sessions.prefix(3) { _ = salvage.events(of: session.row.id) }
    }
  }

  @Test func `where there is no file it is said`() throws {
    #expect(kind { try History.salvage(folder: scratch.path) } == .cannotCreate)
  }
}
