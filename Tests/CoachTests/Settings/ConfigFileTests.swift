import Foundation
import Testing

@testable import Coach

@Suite struct ConfigFileTests {
  @Test(arguments: [
    // what stands there, key, value, what stands there then
    ("theme: dusk\n", "theme", "mono", "theme: mono\n"),
    (
      "# mine\n\ntheme:   dusk   # I like it\n\ncues: no\n", "theme", "mono",
      "# mine\n\ntheme:   mono   # I like it\n\ncues: no\n"
    ),
    ("theme: \"dusk\" # a\n", "theme", "mono", "theme: mono # a\n"),
    ("theme: 'du''sk'\n", "theme", "mono", "theme: mono\n"),
    ("theme: dusk", "theme", "mono", "theme: mono"),
    ("theme: dusk\r\ncues: no\r\n", "theme", "mono", "theme: mono\r\ncues: no\r\n"),
    ("length: 5-7m # talk\n", "length", "", "length: \"\" # talk\n"), ("length:\n", "length", "90s", "length: 90s\n"),
    ("length:   # none yet\ncues: no\n", "length", "90s", "length: 90s   # none yet\ncues: no\n"),
    ("\"theme\": dusk\n", "theme", "mono", "\"theme\": mono\n"), ("theme : dusk\n", "theme", "mono", "theme : mono\n"),
    ("device: default\n", "device", "plughw:CARD=PCH,DEV=0", "device: plughw:CARD=PCH,DEV=0\n"),
    ("device: default\n", "device", "Müller's \"mic\" #2", "device: \"Müller's \\\"mic\\\" #2\"\n"),
    ("device: default\n", "device", "null", "device: null\n"),
    ("unknown: 1\ntheme: a\n", "theme", "b", "unknown: 1\ntheme: b\n"),
    ("  theme: dusk\n", "cues", "off", "  theme: dusk\n\n  # Whether a cue may appear while you speak.\n  cues: no\n"),
    ("theme: dusk", "cues", "no", "theme: dusk\n\n# Whether a cue may appear while you speak.\ncues: no\n"),
    ("theme: dusk\r\n", "cues", "no", "theme: dusk\r\n\r\n# Whether a cue may appear while you speak.\r\ncues: no\r\n"),
    ("# only words\n\n", "cues", "no", "# only words\n\n# Whether a cue may appear while you speak.\ncues: no\n"),
    ("theme: a#b\n", "theme", "mono", "theme: mono\n"),
    ("\u{FEFF}theme: dusk\n", "theme", "mono", "\u{FEFF}theme: mono\n"),
  ])
  func `setting a key changes its value and nothing else`(before: String, key: String, value: String, after: String)
    throws
  {
    let edited = try ConfigFile.set(key: key, value: value, in: before)
    #expect(Array(edited.unicodeScalars) == Array(after.unicodeScalars))
    #expect(try ConfigFile.set(key: key, value: value, in: edited) == edited)
  }

  @Test func `an empty file starts with a word about itself`() throws {
    let text = try ConfigFile.set(key: "theme", value: "mono", in: "")
    #expect(text.hasPrefix("# Settings of Rostrum. ") && text.hasSuffix("\ntheme: mono\n"))
    #expect(Settings.resolve(flags: [:], environment: [:], file: ("c", text)).1.isEmpty)
  }

  @Test(arguments: [
    ("", "thme", "x", "config.yaml: thme: is not a known setting"),
    ("", "cues", "maybe", "config.yaml: cues: \"maybe\" is not yes or no"),
    ("theme: [a\n", "cues", "no", "config.yaml:1: theme: is not YAML"),
    ("theme: a\ntheme: b\n", "theme", "c", "config.yaml:2: theme: is given twice"),
    ("{theme: dusk}\n", "theme", "mono", "config.yaml:1: theme: is written in a way"),
    ("{theme: dusk}\n", "cues", "no", "config.yaml: cues: is written in a way"),
    ("theme: |\n  dusk\n", "theme", "mono", "config.yaml:1: theme: is written in a way"),
    ("theme:\n  dusk\n", "theme", "mono", "config.yaml:1: theme: is written in a way"),
    ("theme: dusk\n  two\n", "theme", "mono", "config.yaml:1: theme: is written in a way"),
    ("theme: [a]\n", "theme", "mono", "config.yaml:1: theme: is written in a way"),
    ("theme: dusk\n...\n", "cues", "no", "config.yaml: cues: is written in a way"),
  ])
  func `what cannot be set safely is refused with the reason`(text: String, key: String, value: String, part: String) {
    #expect { try ConfigFile.set(key: key, value: value, in: text) } throws: { "\($0)".hasPrefix(part) }
  }

  @Test func `random damage to a file of settings never crashes and never loses another key`() throws {
    var whole =
      "# Mine.\ntheme: dusk # warm\nlength: 5-7m\n\"cues\": 'no'\nlist: [a, {b: c}]\nnested:\n  - x: &n 1\n    y: *n\n"
    whole += "pace-flag: 110-190\ndevice: \"hw:0\\t,0\"\ntext: |\n  two\n  lines\n"
    var random = SplitMix(state: 7)
    for _ in 0..<2000 {
      let text = random.damage(whole)
      let (settings, complaints) = Settings.resolve(flags: [:], environment: [:], file: ("c.yaml", text))
      #expect(settings.paceFlag.contains(settings.paceUsable.lowerBound))
      for complaint in complaints { #expect(!complaint.problem.isEmpty) }
      guard let edited = try? ConfigFile.set(key: "glyphs", value: "ascii", in: text) else { continue }
      let before = MarkedYAML.parse(text, file: "c").0.entries.filter { $0.key != "glyphs" }
      let after = MarkedYAML.parse(edited, file: "c").0.entries.filter { $0.key != "glyphs" }
      #expect(before.map(\.value) == after.map(\.value))
    }
  }

  /// Files made to hurt, with how many entries may be read from them.
  static let hostile: [(name: String, text: String, entries: Int)] = [
    ("brackets", String(repeating: "[", count: 60_000), 0), ("braces", String(repeating: "{a: ", count: 15_000), 0),
    ("dashes", String(repeating: "- ", count: 30_000), 0), ("questions", String(repeating: "? ", count: 30_000), 0),
    ("colons", String(repeating: "a: ", count: 20_000), 0),
    ("indentation", String(repeating: " ", count: 60_000) + "a: b", 0),
    ("stairs", (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), 0),
    ("size", "a: " + String(repeating: "x", count: 70_000), 0),
    ("aliases", "a: &a [x,x,x]\n" + (0..<12).map { "b\($0): &a [*a, *a, *a, *a]\n" }.joined(), 0),
    ("self-reference", "a: &a [*a]\n", 0), ("alias as key", "*a : b\n", 0), ("version", "%YAML 9.9\n---\na: b\n", 0),
    ("bad binary", "a: !!binary \"=\"\n", 1), ("lone surrogate", "a: \"\\ud800\"\n", 0), ("empty key", "&a : b\n", 0),
    ("merge of a list", "<<: [1]\n", 1), ("mark only", "\u{FEFF}", 0), ("rule", "---", 0), ("end", "...", 0),
    ("open block", "--- >\n", 0), ("bad tag", "a: !<x%FF> b\n", 0), ("nul key", "\"\\0\": 1\n", 1),
    ("many repeats", String(repeating: "a: 1\n", count: 200), 0), ("deep but fair", "a: [[[[[[[[b]]]]]]]]\n", 1),
  ]

  @Test(arguments: hostile.map(\.name))
  func `a file made to hurt is read or refused`(name: String) throws {
    let row = try #require(ConfigFileTests.hostile.first { $0.name == name })
    let (document, complaints) = MarkedYAML.parse(row.text, file: "c.yaml")
    #expect(document.entries.count == row.entries)
    #expect(complaints.count <= 9)
  }

  @Test(arguments: [199, 100, 50])
  func `the deepest file that is read is read whole`(depth: Int) {
    let brackets = String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth)
    var value = MarkedYAML.Value.scalar("x")
    for _ in 0..<depth { value = .list([value]) }
    #expect(MarkedYAML.parse("a: \(brackets)\n", file: "c").0["a"]?.value == value)
    let dashes = "a:\n" + String(repeating: "- ", count: min(depth, 100)) + "x\n"
    #expect(MarkedYAML.parse(dashes, file: "c").0.entries.count == 1)
  }

  @Test func `settings are loaded from their place, and a file that cannot be read is said so`() throws {
    let root = try TemporaryFolder()
    let places = Places.resolve(environment: ["ROSTRUM_HOME": root.path], home: "/h")
    #expect(Settings.load(flags: [:], environment: [:], places: places) == (Settings(), []))
    let text = try ConfigFile.set(key: "cues", value: "no", in: try ConfigFile.text(at: places.configFile) ?? "")
    try writeText(text, path: places.configFile)
    #expect(!Settings.load(flags: [:], environment: [:], places: places).0.cues)
    try writeText(String(repeating: "#", count: 65_537), path: places.configFile)
    let (settings, complaints) = Settings.load(flags: ["theme": "mono"], environment: [:], places: places)
    #expect(settings.theme == "mono" && settings.cues)
    #expect(complaints.map(\.problem) == ["cannot read \(places.configFile): it is larger than 64 KiB"])
  }

  @Test(arguments: ["", "a", "a\n", "a\r\nb\rc\n\n", "\n\n", "a\u{85}b\u{2028}c\u{2029}", "é\u{301}\r"])
  func `lines joined again are the text`(text: String) {
    #expect(Array(YAMLLines(text).text.unicodeScalars) == Array(text.unicodeScalars))
  }
}

/// Repeatable randomness (Steele, Lea & Flood 2014, SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One to four small damages: code points put in, taken out, swapped or repeated.
  mutating func damage(_ text: String) -> String {
    let pool = Array("[]{}:,-?#&*!|>'\"%@` \t\n\r\\0aé\u{0}\u{1B}\u{FEFF}\u{2028}\u{85}\u{10FFFF}~.=<".unicodeScalars)
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...4, using: &self) where !scalars.isEmpty {
      let index = Int.random(in: 0..<scalars.count, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: scalars.insert(pool.randomElement(using: &self) ?? "x", at: index)
      case 1: scalars.remove(at: index)
      case 2: scalars[index] = pool.randomElement(using: &self) ?? "x"
      case 3: scalars.insert(contentsOf: scalars[index..<min(index + 20, scalars.count)], at: index)
      default: scalars.removeSubrange(index..<min(index + 10, scalars.count))
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

private func == (a: (Settings, [Complaint]), b: (Settings, [Complaint])) -> Bool { a.0 == b.0 && a.1 == b.1 }
