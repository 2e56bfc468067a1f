import Glibc
import Packs
import Practice
import Support
import Testing

@testable import Coach

/// Packs of drills: what is taken of them, what it would change, and what is said of the rest.
struct DrillPackTests {
  static let drill = """
    ---
    name: Breathe
    kind: breath
    skill: calm
    length: 1m
    ---
    > Breathe with the box.
    """

  private func pack(_ files: [(String, String)]) -> DrillPack {
    DrillPack(
      Pack(files: files.map { PackedFile(name: $0.0, bytes: Array($0.1.utf8)) }, leftOut: []), path: "for-ben.tar.gz")
  }

  private func complaints(_ files: [(String, String)]) -> [String] { pack(files).complaints.map(\.description) }

  @Test func `a pack has drills, topics, facts and assignments`() {
    let pack = pack([
      ("breathe.md", Self.drill), ("more/calm.md", Self.drill), ("topics/work.txt", "A long week\n"),
      ("pack.yaml", "name: For Ben\nauthor: Ana Ruiz\nabout: Before the talk."),
      ("assignment.yaml", "drill: calm\nnote: Each evening.\ndue: 2026-12-01\nby: Ana"),
    ])
    #expect(pack.complaints.isEmpty)
    #expect(pack.facts == PackFacts(name: "For Ben", author: "Ana Ruiz", about: "Before the talk."))
    #expect(pack.drills.map(\.drill.id) == ["breathe", "calm"] && pack.topics.map(\.lastName) == ["work.txt"])
    #expect(
      pack.assignments == [PackedAssignment(drill: "calm", note: "Each evening.", by: "Ana", due: "2026-12-01")])
    #expect(self.pack([("a.md", Self.drill)]).facts.name == "for-ben")
  }

  @Test func `each mistake names its file, and its line where it has one`() {
    let files: [(String, String, String)] = [
      ("a.md", "---\nname: A\nkind: breth\nskill: calm\nlength: 1m\n---\n> x", "a.md:3: kind: \"breth\" is not one of"),
      ("a.md", "no front matter", "a.md:1: has no front matter"), ("a.md", "", "a.md:1: has no front matter"),
      ("Über.md", Self.drill, "Über.md:1: is not called by lower-case letters"),
      ("topics/no.txt", "# nothing\n", "topics/no.txt: has no topics in it"),
      ("x.yaml", "a: b", "x.yaml: is no part of a drill pack"), ("a.wav", "RIFX", "a.wav: is not the recording"),
      ("pack.yaml", "nam: x", "pack.yaml:1: nam: is not a known key of a pack. Did you mean name?"),
      ("pack.yaml", "name: \"a\\eb\"", "pack.yaml:1: name: contains a control character"),
      ("assignment.yaml", "note: x\nby: Ana", "assignment.yaml:1: drill: is missing"),
      ("assignment.yaml", "drill: a\nby: A\ndue: soon", "assignment.yaml:3: due: \"soon\" is no day"),
      ("assignment.yaml", "drill: a", "assignment.yaml:1: by: is missing"),
      (
        "assignment.yaml", "by: A\nassignments:\n  - drill: ../a\n",
        "assignment.yaml:3: drill: \"../a\" is not the name"
      ),
      ("assignment.yaml", "by: A\nassignments: x", "assignment.yaml:2: assignments: is not a list"),
    ]
    for (name, text, expected) in files {
      let found = complaints([(name, text)])
      #expect(found.count == 1 && found[0].hasPrefix("for-ben.tar.gz/" + expected), "\(name) \(text): \(found)")
    }
    #expect(complaints([("a/x.md", Self.drill), ("b/x.md", Self.drill)]).count == 1)
    let bytes = DrillPack(
      Pack(files: [PackedFile(name: "a.md", bytes: [65, 10, 0xFF])], leftOut: []), path: "p"
    ).complaints
    #expect(bytes.map(\.description) == ["p/a.md:2: is not UTF-8"])
  }

  @Test func `what a pack writes of itself is read back`() {
    let facts = PackFacts(name: "It's \"mine\": #1", author: "Ana\\Ruiz", about: "ünïcode — {x}")
    var reader = PackFileReader(file: "pack.yaml")
    #expect(reader.facts(facts.yaml, named: "") == facts)
    let assignments = [
      PackedAssignment(drill: "a", note: "- x: [y]", by: "O'Neill", due: "2026-12-01"),
      PackedAssignment(drill: "b", by: "B"),
    ]
    reader = PackFileReader(file: "assignment.yaml")
    #expect(reader.assignments(PackedAssignment.yaml(assignments)) == assignments && reader.complaints.isEmpty)
  }

  @Test func `nothing changes before it is asked for, and then only what is new`() throws {
    let root = try Scratch()
    let folder = try root.folder("Prompts/drills") + "/.."
    _ = try root.write(Self.drill, to: "Prompts/drills/same.md")
    _ = try root.write("mine", to: "Prompts/drills/mine.md")
    let shipped = try DrillFile.parse(text: Self.drill, id: "shipped", file: "s").get()
    let hidden = try DrillFile.parse(text: Self.drill + "\nOther.", id: "hidden", file: "s").get()
    let pack = pack(
      ["same", "mine", "shipped", "hidden", "new"].map { ($0 + ".md", Self.drill) } + [
        ("t.txt", "A topic"),
        ("assignment.yaml", "by: A\nassignments: [{drill: new}, {drill: shipped}, {drill: gone}]"),
      ])
    let addition = PackAddition(pack, to: folder, shelf: DrillShelf([shipped, hidden]))
    #expect(root.listing("Prompts") == ["drills", "drills/mine.md", "drills/same.md"])
    let effects = Dictionary(uniqueKeysWithValues: addition.items.map { ($0.name, $0.effect) })
    #expect(
      effects == [
        "same.md": .same, "mine.md": .replaces, "shipped.md": .same, "hidden.md": .hides, "new.md": .new, "t.txt": .new,
      ])
    #expect(addition.assignments.map(\.drill) == ["new", "shipped"])
    #expect(addition.complaints.map(\.problem) == ["\"gone\" is neither in the pack nor among your drills"])
    try addition.write()
    #expect(
      root.listing("Prompts") == [
        "drills", "drills/hidden.md", "drills/mine.md", "drills/new.md", "drills/same.md", "topics", "topics/t.txt",
      ])
    let again = PackAddition(pack, to: folder, shelf: DrillShelf([shipped, hidden]))
    #expect(again.changes.isEmpty)
  }

  @Test func `where one file cannot be written, none is`() throws {
    let root = try Scratch()
    let folder = try root.folder("Prompts")
    _ = try root.folder("Prompts/drills/z.md")
    let addition = PackAddition(
      pack([("a.md", Self.drill), ("z.md", Self.drill)]), to: folder, shelf: DrillShelf([]))
    #expect(throws: PlaceError.self) { try addition.write() }
    #expect(root.listing("Prompts") == ["drills", "drills/z.md"])
  }
}
