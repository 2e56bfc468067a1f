import Practice
import Report
import SpeechSignals
import Support
import Terminal
import Testing

@testable import Coach

/// The script on the screen while somebody speaks from it.
@Suite struct PrompterGoldenTests {
  static let talk = """
    # The silence before {1m}

    Every talk begins with a **silence**, / and most speakers are afraid of it.

    > Look at the clock at the back.

    Yesterday I counted three seconds of it, // and nobody in the room had moved. They had all begun to listen.

    Some of you will have heard another story about this. It is told in every second book, and it is wrong.

    # What it does {30s}

    A pause tells the listener that something is coming. It gives the **last** sentence room to be understood, \
    and it gives the speaker time to breathe.

    - Say it.
    - Stop.
    - Then say the next thing.

    # The end

    Thank you.
    """

  /// What was said of it: a word altered, a paragraph left out, half a sentence of the second section.
  static let said =
    "every talk begins with a quiet and most speakers are afraid of it yesterday i counted three seconds of it "
    + "and nobody in the room had moved they had all begun to listen a pause tells the listener that something is "
    + "coming it gives the last sentence"
  static let aside = " which reminds me of my uncle who never stopped for anybody at all in his whole long life"

  /// A minute into the talk with these words heard.
  private static func midway(_ words: String) -> Desk {
    var desk = Rehearsed.desk(.rehearsal)
    var session = Rehearsed.session(seconds: 58)
    for part in ScriptPart.parts(of: talk) { _ = session.apply(SessionEvent(at: 58, .script(part))) }
    for (index, word) in words.split(separator: " ").enumerated() {
      let start = 2 + Double(index) * 0.8
      _ = session.apply(
        SessionEvent(
          at: 58, .word(Word(String(word), start: start, end: start + 0.4, confidence: 0.95, source: .script))))
    }
    desk.session = session
    return desk
  }

  static let states: [(String, @Sendable () -> Desk)] = [
    ("following", { midway(said) }),
    ("holding", { midway(said + aside) }),
    (
      "pacing",
      {
        var desk = midway("")
        desk.session.expectNoWords(.noModel)
        for number in 59...68 {
          var second = SecondSummary()
          (second.start, second.end) = (Double(number - 1), Double(number))
          (second.speechSeconds, second.syllables) = (0.9, 5)
          _ = desk.session.apply(SessionEvent(at: second.end, .second(second)))
        }
        return desk
      }
    ),
  ]

  @Test(arguments: states.map(\.0), ScreenGoldenTests.sizes)
  func `the prompter looks as it was approved`(name: String, size: Size) throws {
    let desk = try #require(PrompterGoldenTests.states.first { $0.0 == name }).1()
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let grid = Frame.grid(of: desk, size: size, glyphs: glyphs)
      expectGolden(grid.golden, "prompter-\(name)-\(size.columns)x\(size.rows)-\(suffix)")
      #expect(!glyphs.isASCII || grid.lines().joined().unicodeScalars.allSatisfy(\.isASCII), "\(name) is not ASCII")
    }
  }

  @Test func `what was left out is named after the talk`() {
    var desk = PrompterGoldenTests.midway(PrompterGoldenTests.said)
    desk.rooms = [.summary]
    desk.review = TakeReview(of: desk.session)
    let text = Frame.grid(of: desk, size: Size(columns: 120, rows: 40), glyphs: .unicode).lines().joined(
      separator: "\n")
    #expect(text.contains("left out") && text.contains("Some of you will have"), "\(text)")
  }

  @Test func `a script that is changed without words keeps its place`() throws {
    var session = try #require(PrompterGoldenTests.states.last).1().session
    let before = try #require(session.prompter)
    for part in ScriptPart.parts(of: PrompterGoldenTests.talk + "\n\nGoodbye.\n") {
      _ = session.apply(SessionEvent(at: 71, .script(part)))
    }
    let after = try #require(session.prompter)
    #expect(after.mode == .pacing(.noModel) && after.place == before.place && before.place > 10)
  }

  @Test(arguments: ["", "# Only\n\n## Headings\n", "> A note.\n", "Hello", "# Речь\n\nДобрый день.\n", "演讲\n\n大家好。\n"])
  func `any script draws at every size`(markdown: String) {
    var desk = Rehearsed.desk(.rehearsal)
    for part in ScriptPart.parts(of: markdown) { _ = desk.session.apply(SessionEvent(at: 134, .script(part))) }
    for size in ScreenGoldenTests.sizes {
      for glyphs in [Glyphs.unicode, .ascii] {
        #expect(Frame.grid(of: desk, size: size, glyphs: glyphs).lines().contains { !$0.isEmpty })
      }
    }
  }
}
