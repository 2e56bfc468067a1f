import Foundation
import Glibc
import Testing

@testable import History

@Suite struct BadFileTests {
  let scratch = Scratch()

  /// Every way in, each of which must refuse with `expected` and change neither the file nor anything beside it.
  private func checkRefused(_ expected: HistoryError.Kind, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = (try scratch.bytes(), scratch.rights)
    #expect(kind { try History(folder: scratch.path) } == expected, sourceLocation: sourceLocation)
    #expect(kind { try History(reading: scratch.path) } == expected, sourceLocation: sourceLocation)
    #expect(
      kind { try SessionWriter(folder: scratch.path, begin: .sample("bbbb0001")) } == expected,
      sourceLocation: sourceLocation)
    #expect(try scratch.bytes() == before.0, sourceLocation: sourceLocation)
    #expect(scratch.rights == before.1, sourceLocation: sourceLocation)
  }

  private func edit(_ change: (inout Data) throws -> Void) throws {
    try keep(.sample("aaaa0001"), events(500), in: scratch.path)
    #expect(!scratch.names.contains("history.sqlite-wal"))
    var data = try scratch.bytes()
    try change(&data)
    try data.write(to: URL(fileURLWithPath: scratch.database))
  }

  @Test func `a database of a newer version is refused, byte for byte as it was`() throws {
    // The user version is a big-endian number at offset 60 (sqlite.org/fileformat2.html, 1.3).
    try edit { $0[63] = UInt8(Schema.version + 1) }
    try checkRefused(.newerVersion)
  }

  @Test func `a database with a migration nobody here knows is refused, byte for byte as it was`() throws {
    try edit { data in
      let known = Data("1 sessions and events".utf8)
      while let place = data.range(of: known) { data.replaceSubrange(place, with: Data("9 sessions and events".utf8)) }
    }
    try checkRefused(.newerVersion)
  }

  @Test(arguments: [1, 15, 512, 100_000])
  func `garbage is called corrupt and left alone`(size: Int) throws {
    try FileManager.default.createDirectory(atPath: scratch.path + "/live", withIntermediateDirectories: true)
    let garbage = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
    try garbage.write(to: URL(fileURLWithPath: scratch.database))
    try checkRefused(.corrupt)
  }

  @Test func `a database of another program is left alone`() throws {
    try edit { $0.replaceSubrange(68..<72, with: [1, 2, 3, 4]) }
    try checkRefused(.corrupt)
  }

  @Test func `a damaged page is said when it is read, and nothing is deleted`() throws {
    try edit { data in
      // The page on which the words of an event stand; the tables themselves can be read.
      let place = try #require(data.range(of: Data("言葉".utf8))?.lowerBound)
      let page = place / 4_096 * 4_096
      data.replaceSubrange(page..<page + 4_096, with: Data(count: 4_096))
    }
    let before = try scratch.bytes()
    do {
      let history = try History(folder: scratch.path)
      #expect(kind { try history.events(of: "aaaa0001") } == .corrupt)
    }
    #expect(try scratch.bytes() == before)
  }

  @Test func `a database cut short is said, and nothing is deleted`() throws {
    try edit { $0 = $0.prefix(5000) }
    let before = try scratch.bytes()
    #expect(
      kind {
        let history = try History(folder: scratch.path)
        _ = try history.sessions(limit: 10)
        _ = try history.events(of: "aaaa0001")
      } == .corrupt)
    #expect(try scratch.bytes() == before)
  }

  @Test func `a folder where a file should be, and a file where a folder should be, are said`() throws {
    try FileManager.default.createDirectory(atPath: scratch.database, withIntermediateDirectories: true)
    #expect(kind { try History(folder: scratch.path) } == .cannotCreate)
    let file = scratch.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(kind { try History(folder: file) } == .cannotCreate)
    #expect(kind { try History(folder: file + "/below") } == .cannotCreate)
  }

  @Test func `reading where there is nothing makes nothing and finds nothing`() throws {
    let history = try History(reading: scratch.path)
    #expect(try history.sessions(limit: 10).isEmpty)
    #expect(kind { try history.find("last") } == .notFound)
    #expect(kind { try history.events(of: "aaaa0001") } == .notFound)
    #expect(kind { try history.replaceSummary(of: "aaaa0001", with: nil) } == .readOnly)
    #expect(try history.abandoned().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: scratch.path))
  }

  @Test func `an empty file is a history that has not begun`() throws {
    try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: scratch.database))
    #expect(try History(reading: scratch.path).sessions(limit: 10).isEmpty)
    try keep(.sample("aaaa0001"), events(3), in: scratch.path)
    #expect(try History(reading: scratch.path).sessions(limit: 10).count == 1)
  }
}
