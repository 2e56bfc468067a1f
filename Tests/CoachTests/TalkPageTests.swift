import Practice
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct TalkPageTests {
  /// A talk that has something of everything.
  static let talk = """
    ---
    title: The case for silence
    length: 2-3m
    sections:
      Why: 30s
    ---
    > Smile. Wait until it is quiet.

    Good evening, everyone. /

    # Opening {15s}

    When did you last hear **nothing**? Not a quiet room, not a pause in the traffic: nothing at all. // I ask because I
    could not remember it myself. She sells sea shells by the sea shore.

    ## A number

    In 1945 there were 12 such rooms. Internationally recognised organisational responsibilities necessitate considerable
    administrative deliberation.

    # Why

    | year | rooms |
    |------|-------|
    | 1945 | 12    |

    A person who wants to say something that other people will remember has to leave them the time to hear it and to
    think about it and to put it beside what they knew before.

    ```
    not said
    ```

    # Ending {5}

    Xylographers of Llanfair agree. Thank you.
    """

  /// The words of it that the CMU dictionary would miss are those of this list.
  private static let missing: Set<String> = ["xylographers", "llanfair"]

  private static func checked(_ text: String, ownPace: Double? = nil, hasDictionary: Bool = true) -> CheckedTalk {
    let (talk, complaints) = TalkFile.parse(text: text, path: "silence.md")
    let few = [
      "she": ["SH", "IY"], "sells": ["S", "EH", "L", "Z"], "sea": ["S", "IY"], "shells": ["SH", "EH", "L", "Z"],
      "shore": ["SH", "AO", "R"],
    ]
    var known: [String: [String]] = [:]
    for word in talk.script.tokens.flatMap({ $0.readings.joined() }) where !missing.contains(word) {
      // A phone for each syllable is all that counts here.
      known[word] = few[word] ?? Array(repeating: "AH", count: max(word.count / 3, 1))
    }
    return CheckedTalk(
      talk, known: hasDictionary ? known : nil, ownPace: ownPace, complaints: complaints.map(\.description))
  }

  @Test(arguments: [
    (8.5, "0:06 under"), (8.4, "0:07 under"), (14.6, "fits"), (20.5, "0:06 over"), (4.2, "far too short"),
    (60, "far too long"),
  ])
  func `a verdict adds up with the time beside it, and names none that nobody could speak in`(
    seconds: Double, text: String
  ) {
    #expect(TalkPage.verdict(seconds, at: 140, of: 15...15) == text)
  }

  @Test(arguments: [("6h", "It is far too short for its time."), ("10s", "It is far too long for its time.")])
  func `no pace is named that nobody could speak at`(length: String, remark: String) {
    let text = "---\nlength: \(length)\n---\n" + String(repeating: "We said nothing more of it. ", count: 20)
    let page = TalkPage(Self.checked(text), glyphs: .ascii).lines(columns: 80).joined(separator: " ")
    #expect(page.contains(remark) && !page.contains("words a minute"), "\(page)")
  }

  @Test(arguments: [(80, "80"), (40, "40")])
  func `a page says how long a talk takes and where it is hard`(columns: Int, name: String) {
    let lines = TalkPage(Self.checked(Self.talk, ownPace: 131.6), glyphs: .unicode).lines(columns: columns)
    #expect(lines.allSatisfy { cellWidth($0) <= columns })
    expectGolden(lines.joined(separator: "\n"), "talk check \(name)")
  }

  @Test func `a page of a talk without anything is short`() {
    let page = TalkPage(Self.checked("Hello there. How are you?\n"), glyphs: .ascii).lines(columns: 80)
    expectGolden(page.joined(separator: "\n"), "talk check short")
  }

  @Test func `a talk in another script is timed, and says what will not work`() {
    let page = TalkPage(
      Self.checked("# Тишина {1m}\n\nДобрый вечер. Это так.\n", hasDictionary: false), glyphs: .unicode)
    expectGolden(page.lines(columns: 80).joined(separator: "\n"), "talk check other letters")
  }

  @Test(arguments: [
    ("1m", "It is too long for its time: it would fit at 210 words a minute."),
    ("90s", "It fits at 140 words a minute."), ("1-2m", "It fits at 105 to 210 words a minute."),
    ("3m", "It is too short for its time: it would fit at 70 words a minute."),
  ])
  func `the paces at which a talk fits are told, sayable or not`(length: String, sentence: String) {
    let text = "---\nlength: \(length)\n---\n" + String(repeating: "Say some words.\n\n", count: 70)
    let page = TalkPage(Self.checked(text), glyphs: .unicode).lines(columns: 100)
    #expect(page.contains(sentence), "\(page)")
  }

  @Test func `programs get all of it`() {
    expectGolden(Self.checked(Self.talk, ownPace: 131.6).json.text.replacing("},{", with: "},\n{"), "talk check json")
  }

  @Test(arguments: [0, 24, 40, 80, 200])
  func `nothing in a talk moves a cursor or leaves the page`(columns: Int) {
    let text = "# \u{1B}[31mred {1m}\n\nA\u{9B}2J \u{202E}b \(String(repeating: "wide我", count: 60)). B\u{7}.\n"
    for line in TalkPage(Self.checked(text), glyphs: .ascii).lines(columns: columns) {
      #expect(!line.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E })
      #expect(cellWidth(line) <= min(max(columns, 24), 100), "\(line)")
    }
  }

  @Test(arguments: [
    (100.0, 100.0...100.0, "fits"), (104, 100...100, "fits"), (106, 100...100, "0:06 over"),
    (94, 100...100, "0:06 under"),
    (90, 60...120, "fits"), (121, 60...120, "0:01 over"), (59, 60...120, "0:01 under"),
  ])
  func `a time fits what is given or says by how much not`(seconds: Double, given: ClosedRange<Double>, words: String) {
    #expect(TalkPage.verdict(seconds, at: 140, of: given) == words)
  }

  @Test func `words are looked up in a dictionary file`() throws {
    let root = try TemporaryFolder()
    try writeText("a AH\nsea S IY\nsea(2) S EY\n'tis T IH Z\nbad\n", path: root.path + "/d.dict")
    let script = Script(markdown: "A sea, the sea's 'tis.")
    let known = KnownWords.phones(of: script, dictionary: root.path + "/d.dict", leastEntries: 1)
    #expect(known?["sea"] == ["S", "IY"] && known?["a"] == ["AH"] && known?["the"] == nil)
    #expect(KnownWords.phones(of: script, dictionary: root.path + "/d.dict") == nil)
    #expect(KnownWords.phones(of: script, dictionary: root.path + "/none") == nil)
  }
}
