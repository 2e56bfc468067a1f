import Glibc
import Testing

@testable import Packs

/// What is read of packs that somebody sent, and what they are refused for.
struct PackReaderTests {
  typealias Entry = MadeArchive.Entry

  @Test func `a pack is read from every kind of archive, without the folder around it`() throws {
    let tape = MadeArchive.tar([
      Entry("pack/", "", kind: "5"), Entry("./pack/b.md", "B"), Entry("pack/sub/a.md", "A"),
      Entry("pack/pack.yaml", "n"),
      Entry("pack/topics/t.txt", "T"), Entry("pack/a.FLAC", "F"),
    ])
    let expected = ["a.FLAC", "b.md", "pack.yaml", "sub/a.md", "topics/t.txt"]
    for bytes in [tape, MadeArchive.gzip(tape, sum: GzipTrailer.sum(of: tape))] {
      let pack = try PackReader.read(archive: bytes, called: "p")
      #expect(pack.files.map(\.name) == expected)
      #expect(pack.files[1].bytes == Array("B".utf8) && pack.leftOut.isEmpty)
    }
    let zip = MadeArchive.zip([("b.md", "B"), ("x/a.md", "A")], sum: GzipTrailer.sum)
    #expect(try PackReader.read(archive: zip, called: "z").files.map(\.name) == ["b.md", "x/a.md"])
  }

  @Test func `what is harmless and no part of a pack is passed over by name`() throws {
    let bytes = MadeArchive.tar([
      Entry("p/a.md"), Entry("p/README.md"), Entry("p/.git/config"), Entry("p/._a.md"), Entry("__MACOSX/p/a.md"),
      Entry("p/photo.png"), Entry("p/more.tar.gz"), Entry("p/run"), Entry("p/d/e/f/g/h/deep.png"),
    ])
    let pack = try PackReader.read(archive: bytes, called: "p")
    #expect(pack.files.map(\.name) == ["a.md"])
    let reasons = Dictionary(uniqueKeysWithValues: pack.leftOut.map { ($0.name, $0.reason) })
    #expect(
      reasons == [
        "p/README.md": .aboutThePack, "p/.git/config": .hidden, "p/._a.md": .hidden, "__MACOSX/p/a.md": .hidden,
        "p/photo.png": .otherKind("png"), "p/more.tar.gz": .archive, "p/run": .otherKind(""),
        "p/d/e/f/g/h/deep.png": .otherKind("png"),
      ])
  }

  @Test(arguments: [
    (Entry("/etc/a.md"), PackRefusal.Reason.absolute), (Entry("../a.md"), .climbs), (Entry("p/../../a.md"), .climbs),
    (Entry("a/..", "", kind: "5"), .climbs), (Entry("/", "", kind: "5"), .absolute),
    (Entry("a.md", "", kind: "2", link: "/etc/passwd"), .link), (Entry("a.md", "", kind: "1", link: "b.md"), .link),
    (Entry("a.md", "", kind: "3"), .notAFile), (Entry("a.md", "", kind: "4"), .notAFile),
    (Entry("a.md", "", kind: "6"), .notAFile), (Entry("a\u{1B}[2J.md"), .unprintable), (Entry("a\n.md"), .unprintable),
    (Entry("a\u{202E}dm.md"), .unprintable), (Entry("a\u{200B}.md"), .unprintable), (Entry("..\\a.md"), .backslash),
    (Entry("a/b/c/d/e.md"), .tooDeep(limit: 2)), (Entry("a/b/c/e.md"), .tooDeep(limit: 2)),
    (Entry("B.MD"), .duplicate(of: "b.md")), (Entry("b.md"), .duplicate(of: "")),
    (Entry("big.md", String(repeating: "x", count: 65_537)), .tooLarge(limitBytes: 65_536)),
    (Entry("huge.md", "x", size: 0o77777777777), .tooLarge(limitBytes: 65_536)),
  ])
  func `an entry that no honest pack has refuses the pack by name`(entry: Entry, expected: PackRefusal.Reason) {
    let bytes = MadeArchive.tar([Entry("b.md"), entry])
    let error = #expect(throws: PackError.self) { try PackReader.read(archive: bytes, called: "p") }
    #expect(error?.refusals == [PackRefusal(entry: entry.name, reason: expected)])
  }

  @Test func `all refused entries are named, twenty at most`() {
    let error = #expect(throws: PackError.self) {
      try PackReader.read(archive: MadeArchive.tar([Entry("/a.md"), Entry("b.md"), Entry("../c.md")]), called: "p")
    }
    #expect(error?.refusals.map(\.entry) == ["/a.md", "../c.md"])
    let many = MadeArchive.tar((0..<50).map { Entry("/\($0).md") })
    let ended = #expect(throws: PackError.self) { try PackReader.read(archive: many, called: "p") }
    #expect(ended?.refusals.count == 20)
  }

  @Test func `names behind pax headers are judged as all others`() {
    for (path, reason) in [("/x/a.md", PackRefusal.Reason.absolute), ("é/../a.md", .climbs)] {
      let bytes = MadeArchive.tar([
        Entry("pax", MadeArchive.paxRecord("path", path), kind: "x"), Entry("harmless.md"),
      ])
      let error = #expect(throws: PackError.self) { try PackReader.read(archive: bytes, called: "p") }
      #expect(error?.refusals == [PackRefusal(entry: path, reason: reason)])
    }
    let link = MadeArchive.tar([
      Entry("pax", MadeArchive.paxRecord("linkpath", "/etc/passwd"), kind: "x"),
      Entry("a.md", "", kind: "2", link: "b"),
    ])
    let error = #expect(throws: PackError.self) { try PackReader.read(archive: link, called: "p") }
    #expect(error?.refusals.map(\.reason) == [.link])
  }

  @Test func `letters of all languages come through`() throws {
    let bytes = MadeArchive.tar([
      Entry("élan.md"), Entry("pax", MadeArchive.paxRecord("path", "日本.md"), kind: "x"), Entry("plain.md"),
    ])
    #expect(try PackReader.read(archive: bytes, called: "p").files.map(\.name) == ["élan.md", "日本.md"])
    var broken = MadeArchive.tar([Entry("a.md")])
    broken = MadeArchive.tar([Entry("ab.md")])
    // A byte that no UTF-8 has, and the check sum that follows from it.
    broken[0] = 0xFF
    let sum = broken[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    for (at, byte) in (String(sum, radix: 8).leftPadded(6) + "\0 ").utf8.enumerated() { broken[148 + at] = byte }
    let error = #expect(throws: PackError.self) { try PackReader.read(archive: broken, called: "p") }
    #expect(error?.refusals.map(\.reason) == [.notUTF8])
  }

  @Test func `links and devices in a zip are refused too`() {
    let bytes = MadeArchive.zip([("a.md", "/etc/passwd")], sum: GzipTrailer.sum, mode: 0o120777)
    let error = #expect(throws: PackError.self) { try PackReader.read(archive: bytes, called: "z") }
    #expect(error?.refusals == [PackRefusal(entry: "a.md", reason: .link)])
  }
}

extension String {
  fileprivate func leftPadded(_ count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
