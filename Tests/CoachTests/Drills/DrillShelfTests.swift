import Foundation
import Practice
import Support
import Testing

@testable import Coach

/// The shelf of drills, the table that leads to them, and topics to speak about.
struct DrillShelfTests {
  private static func file(_ name: String, skill: String = "calm", level: Int = 1) -> String {
    """
    ---
    name: \(name)
    kind: breath
    skill: \(skill)
    length: 1m
    level: \(level)
    ---
    > Breathe.
    """
  }

  private static func drill(_ id: String, _ skill: String = "calm", _ level: Int = 1) throws -> Drill {
    try DrillFile.parse(text: file(id.capitalized, skill: skill, level: level), id: id, file: id).get()
  }

  // MARK: Shelf

  @Test func `the user's own drills go before shipped ones, and one with a mistake is named`() throws {
    let (own, shipped) = (try Scratch(), try Scratch())
    _ = try own.write(Self.file("Mine"), to: "box.md")
    _ = try own.write("no front matter", to: "broken.md")
    _ = try own.write("nothing", to: "notes.txt")
    _ = try shipped.write(Self.file("Box"), to: "box.md")
    _ = try shipped.write(Self.file("Long", level: 2), to: "long.md")
    _ = try shipped.write(Self.file("Broken"), to: "broken.md")
    let shelf = DrillShelf(folders: [own.path, shipped.path, "/nonexistent"])
    #expect(shelf.drills.map(\.name) == ["Mine", "Long"])
    #expect(shelf.refused == ["broken"])
    #expect(shelf.complaints.map(\.description).first?.contains("broken.md:1: has no front matter") == true)
    #expect(shelf.missing("Broken") == "The drill \"broken\" has mistakes in it and was left out.")
  }

  @Test func `a drill is found by its file and by its name, and a slip is guessed`() throws {
    let shelf = DrillShelf([try Self.drill("box"), try Self.drill("long-breath")])
    #expect(shelf.drill("BOX")?.id == "box" && shelf.drill("Long-Breath")?.id == "long-breath")
    #expect(shelf.drill("lung-breath") == nil)
    #expect(shelf.missing("lung-breath") == "There is no drill called \"lung-breath\". Did you mean long-breath?")
    #expect(DrillShelf([]).missing("x").hasSuffix("There is none at all."))
  }

  @Test func `drills stand by skill, then by level`() throws {
    let shelf = DrillShelf([
      try Self.drill("c"), try Self.drill("p2", "pace", 2), try Self.drill("p1", "pace", 1),
      try Self.drill("f", "fillers"),
    ])
    #expect(shelf.drills.map(\.id) == ["f", "p1", "p2", "c"] && shelf.drills(for: .pace).map(\.id) == ["p1", "p2"])
  }

  // MARK: Rules

  private static let table = """
    findings:
      too-fast: [p1, p2, p3]
      gone: [nothing-there]
      bad: [Not A Name]
    topics:
      pace: p2
    skills: {time: timing, pitch: pich}
    other: 1
    """

  private static func shelf() throws -> DrillShelf {
    DrillShelf([
      try drill("p1", "pace", 1), try drill("p2", "pace", 2), try drill("p3", "pace", 3), try drill("t1", "timing"),
      try drill("t3", "timing", 3),
    ])
  }

  @Test func `the table is read row by row, and each mistake is named`() throws {
    let (rules, complaints) = DrillRules.parse(text: Self.table, file: "r.yaml")
    #expect(rules.findings.keys.sorted() == ["gone", "too-fast"] && rules.skills == ["time": .timing])
    let found = complaints.map(\.description)
    for expected in [
      "r.yaml:4: findings.bad: \"Not A Name\" is not the name of a drill", "r.yaml:8: other: is not a known part",
      "r.yaml:7: skills.pitch: \"pich\" is not one of", "Did you mean pitch?",
    ] { #expect(found.contains { $0.contains(expected) }, "\(found)") }
    let beside = rules.complaints(on: try Self.shelf(), findings: ["too-fast"]).map(\.description)
    #expect(
      beside == [
        "r.yaml:3: findings.gone: is not a finding", "r.yaml:3: findings.gone: \"nothing-there\" is not a drill",
      ])
  }

  @Test(
    arguments: [
      ("too-fast", "pace", [], ["p1", "p2", "p3"]),
      ("too-fast", "pace", ["p1"], ["p2", "p3", "p1"]),
      ("too-fast", "pace", ["p2"], ["p1", "p3", "p2"]),
      ("too-fast", "pace", ["p1", "p2", "p3"], ["p3", "p2", "p1"]),
      ("gone", "pace", [], ["p2"]),
      ("unheard-of", "time", [], ["t1", "t3"]),
      ("unheard-of", "nothing", [], []),
    ] as [(String, String, Set<String>, [String])])
  func `a finding leads to its drills, then to those of its topic, then to the skill`(
    finding: String, topic: String, passed: Set<String>, expected: [String]
  ) throws {
    let rules = DrillRules.parse(text: Self.table, file: "r.yaml").0
    #expect(rules.drills(finding: finding, topic: topic, on: try Self.shelf(), passed: passed).map(\.id) == expected)
  }

  @Test func `a drill far above what was passed waits behind the others`() throws {
    let rules = DrillRules.parse(text: "findings: {x: [p3, p1]}", file: "r.yaml").0
    #expect(rules.drills(finding: "x", topic: "", on: try Self.shelf()).map(\.id) == ["p1", "p3"])
    #expect(rules.drills(finding: "x", topic: "", on: try Self.shelf(), passed: ["p2"]).map(\.id) == ["p3", "p1"])
  }

  @Test func `rows that the user's own table lacks are the shipped ones`() {
    let own = DrillRules.parse(text: "findings: {a: mine}", file: "own.yaml").0
    let both = own.filled(from: DrillRules.parse(text: "findings: {a: theirs, b: theirs}", file: "s.yaml").0)
    #expect(both.findings.mapValues(\.drills) == ["a": ["mine"], "b": ["theirs"]] && both.file == "own.yaml")
  }

  // MARK: Topics

  @Test func `the user's own topics go before the shipped ones of that name`() throws {
    let (own, shipped) = (try Scratch(), try Scratch())
    _ = try own.write("# Mine\nBread", to: "everyday.txt")
    _ = try own.write("# Nothing yet", to: "work.txt")
    _ = try shipped.write("Rain\nShoes", to: "everyday.txt")
    _ = try shipped.write("Meetings", to: "work.txt")
    let lists = TopicList.all(in: [own.path, "/nonexistent", shipped.path])
    #expect(lists.map(\.id) == ["everyday", "work"] && lists.map(\.topics) == [["Bread"], ["Meetings"]])
  }
}
