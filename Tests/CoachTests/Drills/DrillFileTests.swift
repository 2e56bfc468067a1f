import Practice
import Testing

@testable import Coach

/// Drills as people write them.
struct DrillFileTests {
  private static let good = """
    ---
    # A drill.
    name: Four breaths
    kind: breath
    skill: calm
    length: 2m
    ---

    > Breathe.

    """

  /// Enough to be read at any rate.
  private static let words = Array(repeating: "The rain is here and the sun is gone.", count: 8).joined(separator: " ")

  private static func read(_ text: String, id: String = "d") -> Result<Drill, DrillRefusal> {
    DrillFile.parse(text: text, id: id, file: "d.md")
  }

  private static func complaints(_ text: String, id: String = "d") -> [String] {
    switch read(text, id: id) {
    case .success: []
    case .failure(let refusal): refusal.complaints.map(\.description)
    }
  }

  @Test func `a drill needs a name, a kind, a skill, a length, and something to be read`() throws {
    let drill = try Self.read(Self.good).get()
    #expect(drill.id == "d" && drill.name == "Four breaths" && drill.kind == .breath && drill.skill == .calm)
    #expect(drill.seconds == 120 && drill.level == 1 && drill.version == 1 && drill.language == "en")
    #expect(drill.body == "> Breathe." && drill.text == Self.good && drill.pass.isEmpty)
  }

  @Test func `rules, numbers and lists are taken as they are written`() throws {
    let text = """
      ---
      name: Three  gears
      kind: metronome
      skill: pace
      version: 7
      length: 1:45
      level: 3
      language: en-GB
      rates: [110, 150]
      band: 12.5
      measure: in-band
      pass: {in-band: at least 60 %, rate-1: 100 to 120}
      ---
      > Read.

      \(Self.words)
      """
    let drill = try Self.read(text).get()
    #expect(drill.name == "Three gears" && drill.seconds == 105 && drill.version == 7 && drill.language == "en-gb")
    #expect(drill.numbers("rates") == [110, 150] && drill.number("band") == 12.5)
    #expect(drill.pass == [DrillRule("in-band", .atLeast(0.6)), DrillRule("rate-1", .within(100...120))])
    #expect(drill.measure == "in-band")
  }

  @Test func `where there are lights the length says when they come`() throws {
    let text = Self.good.replacing("kind: breath", with: "kind: impromptu").replacing(
      "length: 2m", with: "length: 1-2m")
    let drill = try Self.read(text).get()
    #expect(drill.seconds == 120 && drill.word("length") == "1-2m")
    #expect(
      Self.complaints(text.replacing("1-2m", with: "7")).first?.contains("d.md:6: length: \"7\" has no unit") == true)
  }

  @Test(arguments: [
    ("", "", "d.md:1: has no front matter"),
    ("name: Four breaths", "name: ''", "d.md:3: name: has no value"),
    ("name: Four breaths\n", "", "d.md:1: name: is missing"),
    ("kind: breath", "kind: breth", "d.md:4: kind: \"breth\" is not one of silence, "),
    ("kind: breath", "kind: breth", "Did you mean breath?"),
    ("skill: calm", "skill: [calm]", "d.md:5: skill: is not a single value"),
    ("length: 2m", "length: 2x", "d.md:6: length: \"2x\" is not a time such as 90s, 1:30 or 2m"),
    ("length: 2m", "length: 2h", "d.md:6: length: \"2h\" is not a time"),
    ("length: 2m", "length: 5", "d.md:6: length: \"5\" is not from 10 to 3600 seconds"),
    ("length: 2m", "length: 2m\nlevel: 4", "d.md:7: level: \"4\" is not a whole number from 1 to 3"),
    ("length: 2m", "length: 2m\nversion: a", "d.md:7: version: \"a\" is not a whole number from 1 to 1000000"),
    ("length: 2m", "length: 2m\nlanguage: English", "d.md:7: language: \"English\" is not the code of a language"),
    ("length: 2m", "length: 2m\nlenght: 3m", "d.md:7: lenght: is not a known key of a drill. Did you mean length?"),
    ("length: 2m", "length: 2m\nrates: [1]", "d.md:7: rates: is nothing that breath takes. It belongs to metronome."),
    ("length: 2m", "length: 2m\nrounds: 0", "d.md:7: rounds: \"0\" is not a whole number from 1 to 30"),
    ("length: 2m", "length: 2m\npass: 80 %", "d.md:7: pass: is not a list of measures with their bounds"),
    ("length: 2m", "length: 2m\npass: {hit: at least 3}", "d.md:7: pass.hit: is nothing that breath measures"),
    ("length: 2m", "length: 2m\nmeasure: hits", "d.md:7: measure: \"hits\" is nothing that breath measures"),
    ("length: 2m", "length: 2m\nlength: 3m", "d.md:7: length: is given twice"),
    ("> Breathe.", "", "d.md:8: says nothing below its front matter"),
    ("> Breathe.", "> Breathe.\u{1B}[2J", "d.md:9: contains a control character, \"\\u{1b}\""),
    ("> Breathe.", "> Breathe.\u{202E}", "d.md:9: contains a control character"),
    ("Four breaths", "Four\u{0}breaths", "d.md:3: contains a control character"),
    ("Four breaths", String(repeating: "a", count: 61), "d.md:3: name: is longer than 60 characters"),
    ("> Breathe.", String(repeating: "a ", count: 5_000), "d.md:1: is larger than 8000 bytes"),
  ])
  func `a mistake is named with file, line and key`(old: String, new: String, expected: String) {
    let found = Self.complaints(old.isEmpty ? new : Self.good.replacing(old, with: new))
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func `every mistake is named at once`() {
    let text = Self.good.replacing("name: Four breaths\n", with: "level: 9\n").replacing(
      "length: 2m", with: "rounds: x")
    let found = Self.complaints(text)
    #expect(found.count == 4, "\(found)")
  }

  @Test func `a bound that can be none of its measure is refused`() {
    let text = Self.good.replacing("breath\n", with: "marked-reading\n").replacing(
      "> Breathe.", with: "> Read.\n\nOne / two. \(Self.words)")
    for (rule, expected) in [
      ("hits: 80", "d.md:7: pass.hits: is not a bound. Write at least 80 %, at most 2, or 140 to 160."),
      ("hits: at least 80", "d.md:7: pass.hits: is a share. Write it with a %, as in at least 80 %."),
      ("marks: at least 80 %", "d.md:7: pass.marks: is not a share, and takes no %"),
      ("hitss: at least 80 %", "d.md:7: pass.hitss: is nothing that marked-reading measures. Did you mean hits?"),
    ] {
      let found = Self.complaints(text.replacing("length: 2m", with: "length: 2m\npass: {\(rule)}"))
      #expect(found == [expected])
    }
  }

  @Test(arguments: ["", "Two", "a b", "../x", "-a", "ä", String(repeating: "a", count: 61)])
  func `a name that no command could call is refused`(id: String) {
    #expect(Self.complaints(Self.good, id: id).first?.contains("is not called by lower-case letters") == true)
  }

  @Test func `a file of another system is read all the same`() throws {
    let drill = try Self.read("\u{FEFF}" + Self.good.replacing("\n", with: "\r\n")).get()
    #expect(drill.body == "> Breathe." && drill.seconds == 120)
  }

  // MARK: Shapes

  private static let shapes: [(DrillParameter.Shape, String, DrillValue?)] = [
    (.number(0...1), "0.25", .number(0.25)), (.number(0...1), "25 %", .number(0.25)), (.number(0...1), "2", nil),
    (.number(-3...3), "-2", .number(-2)), (.number(0...100), "nan", nil), (.number(0...100), "10 %", nil),
    (.number(0...100), "1e1", nil), (.number(0...100), "[1]", nil), (.number(0...100), "", nil),
    (.whole(1...6), "6", .number(6)), (.whole(1...6), "6.0", nil), (.whole(1...6), "7", nil),
    (.seconds(0...300), "90s", .number(90)), (.seconds(0...300), "1:30", .number(90)),
    (.seconds(0...300), "1m30s", .number(90)), (.seconds(0...300), "1.5 min", .number(90)),
    (.seconds(0...300), "90", .number(90)), (.seconds(0...300), "2m", .number(120)),
    (.seconds(0...300), "0.5", .number(0.5)),
    (.seconds(0...300), "1:75", nil), (.seconds(0...300), "30s1m", nil), (.seconds(0...300), "1:5", nil),
    (.seconds(0...300), "6m", nil), (.seconds(0...300), "-1s", nil), (.seconds(0...300), "m", nil),
    (.choice(["both", "before"]), "both", .text("both")), (.choice(["both", "before"]), "Both", nil),
    (.text(limit: 5), " a  b ", .text("a b")), (.text(limit: 5), "abcdef", nil), (.text(limit: 5), "'  '", nil),
    (.texts(1...2, limit: 5), "[a, b c]", .list(["a", "b c"])), (.texts(1...2, limit: 5), "one", .list(["one"])),
    (.texts(1...2, limit: 5), "[a, b, c]", nil), (.texts(1...2, limit: 5), "[a, [b]]", nil),
    (.texts(1...2, limit: 5), "{a: b}", nil), (.texts(1...2, limit: 5), "[a, abcdef]", nil),
    (.numbers(1...2, each: 60...200), "[110, 150.5]", .list(["110", "150.5"])),
    (.numbers(1...2, each: 60...200), "140", .list(["140"])), (.numbers(1...2, each: 60...200), "[20]", nil),
    (.numbers(1...2, each: 60...200), "[]", nil),
    (.pairs(1...2), "[Ship/sheep, bit / beat]", .list(["ship/sheep", "bit/beat"])), (.pairs(1...2), "[ship]", nil),
    (.pairs(1...2), "[a/a]", nil), (.pairs(1...2), "[a/b/c]", nil), (.pairs(1...2), "[a/b c]", nil),
  ]

  @Test(arguments: shapes.indices) func `a value has the shape that is asked for`(row: Int) throws {
    let (shape, text, expected) = Self.shapes[row]
    let entry = try #require(MarkedYAML.parse("key: \(text)", file: "d.md").0["key"])
    switch shape.read(entry.value) {
    case .success(let value): #expect(value == expected, "\(text)")
    case .failure(let problem):
      #expect(expected == nil, "\(text): \(problem.clause)")
      #expect(!problem.clause.isEmpty && !problem.clause.hasSuffix("."))
    }
  }

  @Test func `what is wrong in a list is said of its item`() throws {
    let entry = try #require(MarkedYAML.parse("key: [110, fast]", file: "d.md").0["key"])
    let problem = DrillShapeProblem("number 2: \"fast\" is not a number from 60 to 260")
    #expect(DrillParameter.Shape.numbers(1...6, each: 60...260).read(entry.value) == .failure(problem))
  }
}
