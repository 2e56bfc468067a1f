import Glibc
import Support
import Testing

@testable import Packs

/// Packs that are folders, and packs that are made.
struct PackFilesTests {
  @Test func `the same files make the same bytes, in any order, and come back`() throws {
    let files = [
      PackedFile(name: "b.md", bytes: Array("B".utf8)), PackedFile(name: "a/ü.md", bytes: Array("A".utf8)),
      PackedFile(name: "empty.txt", bytes: []),
    ]
    let bytes = try PackWriter.archive(files, folder: "mine")
    #expect(try PackWriter.archive(files.reversed(), folder: "mine") == bytes)
    let pack = try PackReader.read(archive: bytes, called: "p")
    #expect(pack.files.map(\.name) == ["a/ü.md", "b.md", "empty.txt"] && pack.leftOut.isEmpty)
    #expect(pack.files.map(\.bytes.count) == [1, 1, 0])
    #expect(bytes[4..<8].allSatisfy { $0 == 0 }, "no day of packing")
  }

  @Test(arguments: ["../a.md", "a.png", ".a.md", "a\n.md", "x/y/z/a.md", ""])
  func `nothing is packed that would not be read`(name: String) {
    #expect(throws: PackError.self) {
      try PackWriter.archive([PackedFile(name: "b.md", bytes: []), PackedFile(name: name, bytes: [])], folder: "p")
    }
  }

  @Test func `a folder is read by the same rules, and no link in it is followed`() throws {
    let root = try Scratch()
    for folder in ["p/sub", "p/.git"] { _ = try root.folder(folder) }
    for (name, text) in [("b.md", "B"), ("sub/a.md", "A"), (".git/config", "x"), ("photo.png", "x")] {
      _ = try root.write(text, to: "p/" + name)
    }
    let pack = try PackReader.read(root.path + "/p")
    #expect(pack.files.map(\.name) == ["b.md", "sub/a.md"])
    #expect(pack.leftOut.map(\.name) == [".git/", "photo.png"])
    symlink("/etc/passwd", root.path + "/p/c.md")
    symlink("/etc", root.path + "/p/etc")
    mkfifo(root.path + "/p/d.md", 0o600)
    _ = try root.folder("p/1/2/3/4")
    _ = try root.write("x", to: "p/1/2/3/4/deep.md")
    _ = try root.write("x", to: "p/B.md")
    let error = #expect(throws: PackError.self) { try PackReader.read(root.path + "/p") }
    #expect(
      error?.refusals == [
        PackRefusal(entry: "1/2/3/4/", reason: .tooDeep(limit: 2)),
        PackRefusal(entry: "b.md", reason: .duplicate(of: "B.md")),
        PackRefusal(entry: "c.md", reason: .link), PackRefusal(entry: "d.md", reason: .notAFile),
        PackRefusal(entry: "etc", reason: .link),
      ])
  }

  @Test func `what is not there says what the system says`() {
    let error = #expect(throws: PackError.self) { try PackReader.read("/nowhere/at/all.tar.gz") }
    #expect(error?.reason == .system("read", ENOENT))
    #expect(throws: PackError.self) { try PackReader.read("/dev/null") }
  }
}
