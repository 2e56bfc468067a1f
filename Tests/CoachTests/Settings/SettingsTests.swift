import Practice
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct SettingsTests {
  /// Good and bad values of every setting: what is written, and how it is written back.
  static let good: [(String, String, String)] = [
    ("device", "hw:0,0", "hw:0,0"), ("device", " plughw:CARD=PCH,DEV=0 ", "plughw:CARD=PCH,DEV=0"),
    ("theme", "high-contrast", "high-contrast"), ("density", "Full", "full"), ("color", "256", "256"),
    ("recogniser", "None", "none"),
    ("color", "TRUECOLOR", "truecolor"), ("glyphs", "ascii", "ascii"), ("length", "5 to 7 minutes", "5-7m"),
    ("length", "", ""), ("length", "none", ""), ("keep-audio", "true", "yes"), ("cues", "off", "no"),
    ("pause-seconds", "0.4", "0.4"), ("pause-seconds", "2", "2"), ("pace-comfortable", "130–150", "130-150"),
    ("pace-usable", "100 - 180", "100-180"), ("pace-flag", "90-200", "90-200"), ("fillers-watch", "0", "0"),
    ("fillers-act", "60", "60"), ("period-milliseconds", "5", "5"), ("syllables-per-word", "2.50", "2.5"),
    ("recogniser", "http", "http"), ("offline", "on", "yes"), ("tutor", "examiner", "examiner"),
    ("tutor-voice", "none", "none"), ("speaker", "hw:0,0", "hw:0,0"), ("volume", "0.5", "0.5"),
    ("balance", "-0.5", "-0.5"), ("balance", "1", "1"), ("turn-end-seconds", "2.5", "2.5"),
    ("turn-end-seconds", "0", "0"), ("barge-in", "Voice", "voice"), ("tutor-budget", "2.5", "2.5"),
    ("tutor-tokens", "8000", "8000"), ("privacy-mask", "yes", "yes"),
    ("privacy-names", "Ann Smith, Bob", "Ann Smith, Bob"), ("context", "Technical", "technical"),
    ("blind-count", "no", "no"), ("privacy-keep-audio-days", "90", "90"), ("privacy-keep-sessions-days", "0", "0"),
    ("first-language", "ES", "es"), ("drill-minutes", "15", "15"), ("drill-days", "21", "21"),
    ("share-folder", "/srv/class", "/srv/class"), ("tutor-cues", "Later", "later"),
    ("publish-command", "/opt/rostrum relay", "/opt/rostrum relay"),
  ]
  static let bad: [(String, String, String)] = [
    ("device", "", "is empty"), ("device", "a\u{1B}[2J", "control character"),
    ("theme", "../../etc/passwd", "is not a theme's name"),
    ("theme", "", "is not a theme's name"), ("density", "ful", "is not calm or full; did you mean full?"),
    ("recogniser", "sphinx", "is not auto, pocketsphinx, http or none"),
    ("offline", "1", "is not yes or no"), ("tutor", "../x", "is not a name"), ("tutor-voice", "", "is not a name"),
    ("speaker", "", "is empty"), ("volume", "2", "is not a number from 0 to 1"),
    ("balance", "-2", "is not a number from -1 to 1"), ("balance", "--1", "is not a number from -1 to 1"),
    ("turn-end-seconds", "1", "is not 0 or a number from 2.5 to 10"),
    ("barge-in", "shout", "is not key or voice"), ("tutor-budget", "-1", "is not a number"),
    ("tutor-tokens", "100", "is not a whole number from 500"), ("privacy-mask", "2", "is not yes or no"),
    ("privacy-names", "a\u{7}", "control character"), ("context", "party", "is not conversation"),
    ("blind-count", "2", "is not yes or no"), ("privacy-keep-audio-days", "-1", "is not a whole number from 0"),
    ("first-language", "Spanish", "is not a language's code"), ("drill-minutes", "0", "is not a number from 1"),
    ("drill-days", "0", "is not a whole number from 1"), ("share-folder", "class", "is not a folder's whole path"),
    ("share-folder", "", "is not a folder's whole path"), ("share-folder", "/srv/../x", "is not a folder's whole path"),
    ("publish-command", "", "is empty"), ("publish-command", "a\u{1B}", "control character"),
    ("share-folder", "/a\u{7}", "is not a folder's whole path"), ("share-folder", "/", "is not a folder's whole path"),
    ("share-folder", "/a b;id", "is not a folder's whole path"), ("tutor-cues", "never", "is not show or later"),
    ("privacy-keep-sessions-days", "1.5", "is not a whole number from 0"),
    ("color", "65536", "is not auto, truecolor, 256, 16, 8 or none"),
    ("glyphs", "utf8", "is not auto, unicode or ascii"),
    ("length", "7", "has no unit"), ("keep-audio", "perhaps", "is not yes or no"), ("cues", "1", "is not yes or no"),
    ("pause-seconds", "0.05", "is not a number from 0.1 to 2"), ("pause-seconds", "inf", "is not a number"),
    ("pause-seconds", "0x1", "is not a number"), ("pause-seconds", "1.2.3", "is not a number"),
    ("pace-comfortable", "fast", "is not a range such as 140-160"), ("pace-usable", "175-120", "must be the smaller"),
    ("pace-flag", "10-900", "is outside 20 to 500"), ("fillers-watch", "-1", "is not a number from 0 to 60"),
    ("fillers-act", "61", "is not a number from 0 to 60"), ("period-milliseconds", "10.5", "is not a whole number"),
    ("period-milliseconds", "99999999999999999999", "is not a whole number"),
    ("syllables-per-word", "3", "is not a number from 1 to 2.5"),
    ("device", String(repeating: "d", count: 300), "longer than 256 bytes"),
  ]

  @Test(arguments: good)
  func `a good value is taken from every source`(key: String, text: String, written: String) throws {
    let setting = try #require(Setting.named(key))
    #expect(setting.problem(with: text) == nil)
    let (flagged, complaints) = Settings.resolve(flags: [key: text], environment: [:], file: nil)
    #expect(setting.value(in: flagged) == written && complaints.isEmpty && flagged.origin(of: key) == .flag)
    let (again, _) = Settings.resolve(flags: [key: written], environment: [:], file: nil)
    #expect(again == flagged)
    guard !text.isEmpty else { return }
    let variable = Settings.resolve(flags: [:], environment: [setting.variable: text], file: nil).0
    #expect(setting.value(in: variable) == written)
    let file = Settings.resolve(flags: [:], environment: [:], file: ("c.yaml", "\n\(key): \"\(text)\"\n")).0
    #expect(setting.value(in: file) == written && file.origin(of: key) == .file(path: "c.yaml", line: 2))
  }

  @Test(arguments: bad)
  func `a bad value says what is wrong and the next source is used`(key: String, text: String, part: String) throws {
    let setting = try #require(Setting.named(key))
    #expect(setting.problem(with: text)?.contains(part) == true)
    let (settings, complaints) = Settings.resolve(flags: [key: text], environment: [:], file: nil)
    #expect(setting.value(in: settings) == setting.standard && settings.origin(of: key) == .standard)
    #expect(complaints.count == 1 && complaints.first?.description.hasPrefix("--\(key): ") == true)
  }

  @Test func `every setting has good and bad rows here and a standard value that reads back`() {
    for setting in Setting.all {
      #expect(SettingsTests.good.contains { $0.0 == setting.key }, "\(setting.key) has no good row")
      #expect(SettingsTests.bad.contains { $0.0 == setting.key }, "\(setting.key) has no bad row")
      #expect(setting.problem(with: setting.standard) == nil)
      #expect(setting.meaning.hasSuffix("."))
    }
    #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
    #expect(Setting.named("pace-flag")?.variable == "ROSTRUM_PACE_FLAG")
  }

  @Test func `flags win over the environment over the file over the standard`() {
    let file = (path: "config.yaml", text: "theme: file\ndensity: full\nglyphs: ascii\ncues: no\n")
    let environment = ["ROSTRUM_THEME": "variable", "ROSTRUM_DENSITY": "calm", "ROSTRUM_GLYPHS": "", "ROSTRUM_X": "y"]
    let (settings, complaints) = Settings.resolve(flags: ["theme": "flag"], environment: environment, file: file)
    #expect(complaints.isEmpty)
    #expect(settings.theme == "flag" && settings.origin(of: "theme") == .flag)
    #expect(settings.density == .calm && settings.origin(of: "density") == .environment(variable: "ROSTRUM_DENSITY"))
    #expect(settings.glyphs == .ascii && settings.origin(of: "glyphs") == .file(path: "config.yaml", line: 3))
    #expect(settings.device == "default" && settings.origin(of: "device") == .standard)
    #expect(!settings.cues)
  }

  @Test(arguments: [
    (
      "theme: dusk\npace-comfortable: fast\n",
      "config.yaml:2: pace-comfortable: \"fast\" is not a range such as 140-160"
    ),
    ("pace_flag: 1-2\n", "config.yaml:1: pace_flag: is not a known setting. Did you mean pace-flag?"),
    ("zzz: 1\n", "config.yaml:1: zzz: is not a known setting"),
    ("theme: a\ncues: no\ntheme: b\n", "config.yaml:3: theme: is given twice; the value in line 1 counts"),
    ("theme: dusk\ncues: \"no\n", "config.yaml:2: cues: is not YAML: the quotation mark is never closed"),
    ("theme: dusk\n\tcues: no\n", "config.yaml:2: cues: is not YAML: a tab stands where only spaces may"),
    ("theme: a: b\n", "config.yaml:1: theme: is not YAML: a value with a colon needs quotation marks"),
    ("theme dusk\ncues: no\n", "config.yaml:1: is not YAML: the colon after the key is missing"),
    ("theme: [a\ncues: no\n", "config.yaml:1: theme: is not YAML: the bracket is not closed, or a comma is missing"),
    ("theme: [dusk]\n", "config.yaml:1: theme: is not a single value; it takes the name of a theme"),
    ("theme:\n", "config.yaml:1: theme: has no value; it takes the name of a theme"),
    ("hello\n", "config.yaml:1: is not a list of keys and values. Write one `key: value` on each line."),
    ("theme: du\u{0}sk\n", "config.yaml:1: contains a control character"),
    ("? [a]\n: b\n", "config.yaml:1: has a key that is not a plain word"),
    (
      "cues: no\n---\ntheme: x\n",
      "config.yaml:2: cues: is not YAML: a second document starts here, and only one is read"
    ),
  ])
  func `a mistake in the file names file, line and key`(text: String, complaint: String) {
    let (_, complaints) = Settings.resolve(flags: [:], environment: [:], file: ("config.yaml", text))
    #expect(complaints.map(\.description) == [complaint])
  }

  @Test func `what stands twice counts once, and the rest of the file is used`() {
    let text = "theme: a\nextra:\n  x: 1\ntheme:\n  nested: 1\ncues: no\n"
    let (settings, complaints) = Settings.resolve(flags: [:], environment: [:], file: ("c", text))
    #expect(settings.theme == "a" && !settings.cues && settings.origin(of: "cues") == .file(path: "c", line: 6))
    #expect(complaints.map(\.line) == [4, 2])
  }

  @Test(arguments: [
    (["pace-comfortable": "100-115"], "100-115", "100-175", "100-190", 0),
    (["pace-usable": "150-170"], "150-160", "150-170", "110-190", 0),
    (["pace-usable": "200-220"], "200-220", "200-220", "110-220", 0),
    (["pace-flag": "130-150"], "140-150", "130-150", "130-150", 0),
    (["pace-comfortable": "140-160", "pace-usable": "150-155"], "140-160", "140-160", "110-190", 1),
    (
      ["pace-comfortable": "100-200", "pace-usable": "120-175", "pace-flag": "130-150"], "100-200", "100-200",
      "100-200", 2
    ),
    (["pace-comfortable": "60-100", "pace-flag": "90-200"], "60-100", "60-175", "60-200", 1),
  ])
  func `bands always lie within each other`(
    flags: [String: String], comfortable: String, usable: String, flag: String, complained: Int
  ) {
    let (settings, complaints) = Settings.resolve(flags: flags, environment: [:], file: nil)
    #expect(span(settings.paceComfortable) == comfortable)
    #expect(span(settings.paceUsable) == usable)
    #expect(span(settings.paceFlag) == flag)
    #expect(complaints.count == complained)
    #expect(settings.bands(for: .talk).usable == settings.paceUsable)
  }

  @Test(arguments: [
    (["fillers-watch": "20"], 20.0, 20.0, 0), (["fillers-act": "3"], 3, 3, 0),
    (["fillers-watch": "9", "fillers-act": "3"], 9, 9, 1),
  ])
  func `fillers are watched before they are acted upon`(
    flags: [String: String], watch: Double, act: Double, complained: Int
  ) {
    let (settings, complaints) = Settings.resolve(flags: flags, environment: [:], file: nil)
    #expect(settings.fillersWatch == watch && settings.fillersAct == act && complaints.count == complained)
  }

  @Test func `every colour choice but auto is a depth of the terminal`() {
    var settings = Settings()
    var depths: [ColourDepth] = []
    for choice in Settings.ColorChoice.allCases {
      settings.color = choice
      #expect((settings.colourDepth == nil) == (choice == .auto))
      if let depth = settings.colourDepth { depths.append(depth) }
    }
    #expect(Set(depths) == Set(ColourDepth.allCases))
  }

  @Test func `a flag that is no setting is named`() {
    let (_, complaints) = Settings.resolve(flags: ["them": "x"], environment: [:], file: nil)
    #expect(complaints.map(\.description) == ["--them: is not a known setting. Did you mean theme?"])
  }

  @Test func `the listing shows key, value, origin and meaning`() {
    let (settings, _) = Settings.resolve(
      flags: ["theme": "mono"], environment: ["ROSTRUM_CUES": "no"],
      file: ("/home/ada/config.yaml", "pace-flag: 100-200\n"))
    expectGolden(settings.listing(), "settings-listing")
    expectGolden(settings.jsonListing(), "settings-listing-json")
    for line in settings.jsonListing().split(separator: "\n") {
      #expect(JSON(parsing: String(line))?["key"]?.string != nil)
    }
  }
}
