import Foundation
import Terminal
import Testing

@testable import Coach

@Suite struct ThemeFileTests {
  /// The themes that come with the program, found from this file.
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("../../../Themes").standardizedFileURL.path
  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  @Test func `at least the promised themes are there`() {
    for name in ["dusk", "daylight", "high-contrast", "colour-safe", "mono", "terminal"] {
      #expect(ThemeFileTests.files.contains("\(name).yaml"), "\(name) is missing from \(ThemeFileTests.folder)")
    }
  }

  @Test(arguments: files) func `a bundled theme loads without a complaint and styles every role`(file: String) throws {
    let path = "\(ThemeFileTests.folder)/\(file)"
    let (theme, complaints) = ThemeFile.parse(text: try readText(path: path, limit: MarkedYAML.limitBytes), file: path)
    #expect(complaints.map(\.description) == [])
    #expect(theme.name + ".yaml" == file && !theme.summary.isEmpty)
    #expect(Role.allCases.filter { theme.styles[$0] == nil }.map(\.name) == [])
  }

  /// WCAG 2.2, success criterion 1.4.3, minimum contrast of text.
  @Test(arguments: files) func `all text of a bundled theme can be read, in 256 colours too`(file: String) throws {
    let path = "\(ThemeFileTests.folder)/\(file)"
    let (theme, _) = ThemeFile.parse(text: try readText(path: path, limit: MarkedYAML.limitBytes), file: path)
    var faults: [String] = []
    for role in Role.allCases where role.isText {
      let style = theme.style(role)
      switch (style.foreground, style.background ?? theme.background) {
      case (nil, nil): continue
      case (let front?, let ground?):
        let (front256, ground256) = (Colour(indexed256: front.indexed256), Colour(indexed256: ground.indexed256))
        let (fine, coarse) = (contrast(front, ground), contrast(front256, ground256))
        if fine < 4.5 { faults.append("\(role.name) \(front.hex) on \(ground.hex): \(fine)") }
        if coarse < 4.5 { faults.append("\(role.name) \(front.hex) as \(front256.hex) on \(ground256.hex): \(coarse)") }
      case (nil, _?): faults.append("\(role.name) has no colour of its own on the theme's ground")
      case (_?, nil): faults.append("\(role.name) has a colour on a ground that is not known")
      }
    }
    #expect(faults == [])
  }

  @Test func `a theme is read with every part of a style`() {
    let text = """
      name: night
      summary: One line.
      background: "#101010"
      styles:
        text: {fg: "#c9cfe0", ansi: white}
        meter.good: {fg: "#8fd0a8", bg: "#000000", ansi: bright-green, ansi-bg: black, bold: true, underline: yes}
        cue: {reverse: true, italic: on, dim: no, fg: terminal}
      """
    let (theme, complaints) = ThemeFile.parse(text: text, file: "night.yaml")
    #expect(complaints.isEmpty)
    #expect(theme.name == "night" && theme.summary == "One line." && theme.background == Colour(hex: "#101010"))
    #expect(theme.styles[.text] == Style(foreground: Colour(hex: "#c9cfe0"), ansi: .white))
    #expect(
      theme.styles[.good]
        == Style(
          foreground: Colour(hex: "#8fd0a8"), background: Colour(hex: "#000000"), ansi: .brightGreen,
          ansiBackground: .black, attributes: [.bold, .underline]))
    #expect(theme.styles[.cue] == Style(attributes: [.reverse, .italic]))
    #expect(ThemeFile.parse(text: "background: terminal\n", file: "a/plain.yaml").0.background == nil)
    #expect(ThemeFile.parse(text: "", file: "a/plain.yaml").0.name == "plain")
  }

  @Test(arguments: [
    ("backgrund: \"#000000\"\n", "t.yaml:1: backgrund: is not a known key. Did you mean background?"),
    (
      "background: black\n",
      "t.yaml:1: background: \"black\" is not a colour such as \"#8fd0a8\", nor the word terminal"
    ),
    (
      "background: #000000\n",
      "t.yaml:1: background: has no value. A colour needs quotation marks, as in \"#8fd0a8\", since # starts a comment."
    ),
    ("styles: 3\n", "t.yaml:1: styles: is not a list of roles with their styles"),
    ("styles:\n  meter.god: {}\n", "t.yaml:2: styles.meter.god: is not a known role. Did you mean meter.good?"),
    ("styles:\n  cue: red\n", "t.yaml:2: styles.cue: is not a style such as {fg: \"#c9cfe0\", ansi: white}"),
    ("styles:\n  cue:\n", "t.yaml:2: styles.cue: has no value"),
    ("styles:\n  cue:\n    fgg: x\n", "t.yaml:3: styles.cue.fgg: is not a known part of a style. Did you mean fg?"),
    (
      "styles:\n  cue: {fg: \"#12345\"}\n",
      "t.yaml:2: styles.cue.fg: \"#12345\" is not a colour such as \"#8fd0a8\", nor the word terminal"
    ),
    (
      "styles:\n  cue: {ansi: gren}\n",
      "t.yaml:2: styles.cue.ansi: \"gren\" is not one of the sixteen colours. Did you mean green?"
    ),
    ("styles:\n  cue: {bold: 2}\n", "t.yaml:2: styles.cue.bold: \"2\" is not true or false"),
    ("name: ../x\n", "t.yaml:1: name: \"../x\" is not a theme's name: letters, digits, - and _ only"),
    ("styles:\n  cue: {bold: [a]}\n", "t.yaml:2: styles.cue.bold: is not a single value"),
    ("styles:\n  cue: {bold: true\n", "t.yaml:2: cue: is not YAML: the bracket is not closed, or a comma is missing"),
    ("styles:\n  cue: {}\n  cue: {}\n", "t.yaml:3: cue: is given twice; the value in line 2 counts"),
  ])
  func `a mistake in a theme names file, line and key`(text: String, complaint: String) {
    #expect(ThemeFile.parse(text: text, file: "t.yaml").1.map(\.description) == [complaint])
  }

  @Test func `random damage to a theme never crashes`() throws {
    var text = "# A theme.\nname: dusk\nsummary: \"Quiet: calm\"\nbackground: \"#1b1e2b\"\nstyles:\n"
    for role in Role.allCases { text += "  \(role.name): {fg: \"#8fd0a8\", ansi: green, bold: true}\n" }
    var random = SplitMix(state: 11)
    var untouched = 0
    for _ in 0..<2000 {
      let (theme, complaints) = ThemeFile.parse(text: random.damage(text), file: "t.yaml")
      #expect(theme.name.utf8.count <= 64 && theme.styles.count <= Role.allCases.count)
      if complaints.isEmpty { untouched += 1 }
    }
    // Both outcomes must occur, else the damage would prove nothing.
    #expect((1..<1900).contains(untouched))
  }

  @Test func `the user's own theme comes before a shipped one of the same name`() throws {
    let root = try TemporaryFolder()
    let shelf = ThemeShelf(folders: [root.path + "/mine", root.path + "/shipped", root.path + "/nowhere"])
    #expect(shelf.names() == ["dusk"])
    #expect(shelf.theme(named: "dusk") == (.fallback, []))
    try writeText("summary: shipped\n", path: root.path + "/shipped/a.yaml")
    try writeText("summary: shipped\n", path: root.path + "/shipped/b.yaml")
    try writeText("summary: mine\n", path: root.path + "/mine/b.yaml")
    try writeText("", path: root.path + "/mine/not a name.yaml")
    #expect(shelf.names() == ["a", "b", "dusk"])
    #expect(shelf.theme(named: "a").0.summary == "shipped")
    #expect(shelf.theme(named: "b").0.summary == "mine")
  }

  @Test(arguments: ["duks", "../shipped/a", "", "a/b", "a\u{1B}"])
  func `a theme that does not exist says which do`(name: String) {
    let (theme, complaints) = ThemeShelf(folders: []).theme(named: name)
    #expect(theme == .fallback && complaints.count == 1)
    #expect(complaints[0].description.hasSuffix("There are dusk."))
    #expect(!complaints[0].description.unicodeScalars.contains("\u{1B}"))
  }
}

private func == (a: (Theme, [Complaint]), b: (Theme, [Complaint])) -> Bool { a.0 == b.0 && a.1 == b.1 }
