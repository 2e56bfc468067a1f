import SpeechSignals
import Testing

@testable import Practice

struct MarkedReadingTests {
  private static let text = """
    > Take your time.

    Friends, / I have something to say // and it will not take long. Ten years ago / this street was empty.
    """

  private func drill(_ body: String = text, _ values: [String: DrillValue] = [:]) -> Drill {
    Drill(
      id: "marks", kind: .markedReading, name: "Marks", skill: .pauses, values: values, measure: "hits",
      pass: [DrillRule("hits", .atLeast(0.8))], body: body)
  }

  /// Rows of marks, then of pauses where none was asked for.
  @Test(arguments: [
    (
      "Friends [0.6] I have something to say [1.5] and it will not take long [0.7] Ten years ago [0.5] this street was empty",
      "+++"
    ),
    (
      "Friends [0.9] I have something to say [1.8] and it will not take long [0.7] Ten years ago [0.3] this street was empty",
      "+++"
    ),
    (
      "Friends [1.0] I have something to say [1.1] and it will not take long [0.7] Ten years ago [0.5] this street was empty",
      "--+"
    ),
    (
      "Friends I have something to say [1.5] and it will not take long [0.7] Ten years ago this street was empty", "-+-"
    ),
    ("Friends I have something to say and it will not take long Ten years ago this street was empty", "---"),
    (
      "Friends [0.6] I have something [0.6] to say [1.5] and it will not take long [0.7] Ten years ago [0.5] this street was empty",
      "+++-"
    ),
    (
      "Friends [0.6] I have something to say [1.5] and it will [0.3] not take long [2] Ten years ago [0.5] this street was empty",
      "+++"
    ),
    (
      "[um] [0.4] Friends [0.6] I have something to say [1.5] and it will not take long [0.7] Ten years ago [0.5] this street was empty",
      "+++"
    ),
  ])
  func `every mark is told, with words and without`(said: String, hits: String) {
    for words in [false, true] {
      var attempt = Attempt(drill(), words: words)
      attempt.say(said)
      attempt.listen()
      #expect(attempt.hits == hits, "words: \(words)")
      #expect(attempt.session.drill?.isComplete == true)
      #expect(attempt.figure("marks") == 3)
      #expect(attempt.session.drillResult?.isPassed == (hits.hasPrefix("+++")))
    }
  }

  /// Which word a pause follows is told by words; by syllables it is the mark, a word off.
  @Test func `a pause one word off its mark is a miss where words are heard`() {
    let said =
      "Friends [0.6] I have something to [1.5] say and it will not take long [0.7] Ten years ago [0.5] this street was empty"
    var attempt = Attempt(drill(), words: true)
    attempt.say(said)
    attempt.listen()
    #expect(attempt.hits == "+-+-")
    #expect(attempt.figure("extra-pauses") == 1)
  }

  @Test func `a hit is within the tolerance to a frame, and the error is told`() {
    for (pause, isHit) in [(0.39, false), (0.4, true), (0.8, true), (0.81, false)] {
      var attempt = Attempt(
        drill("We meet at seven in the evening / and we leave at nine.", ["tolerance": .number(0.2)]))
      attempt.say("We meet at seven in the evening [\(pause)] and we leave at nine")
      attempt.listen()
      #expect(attempt.hits == (isHit ? "+" : "-"), "\(pause)")
      #expect(abs((attempt.figure("mean-error") ?? 9) - abs(pause - 0.6)) < 0.002)
    }
  }

  @Test func `who stops half way has marks that were not come to`() {
    var attempt = Attempt(drill())
    attempt.say("Friends [0.6] I have something to say [1.5] and it")
    attempt.listen(for: 20)
    #expect(attempt.hits == "++-")
    #expect(attempt.session.drill?.isComplete == false)
    #expect(attempt.session.drillResult?.isPassed == false)
    #expect(attempt.session.drillResult?.rows[2].value.hasPrefix("not come to") == true)
  }

  @Test func `what is not the text is not judged`() {
    var attempt = Attempt(drill())
    attempt.say(
      "we talk about something else altogether [0.7] and go on talking about it for quite a while [0.9] without any regard to whatever stands on the page [0.6] until somebody notices the error and interrupts us in the middle of it"
    )
    attempt.listen()
    #expect(attempt.session.drillResult?.refusal != nil)
    #expect(attempt.session.drillResult?.isPassed == nil)
  }

  @Test func `nothing said is nothing measured`() {
    var attempt = Attempt(drill())
    attempt.listen(for: 30)
    #expect(attempt.session.drillResult?.figures.isEmpty == true)
    #expect(attempt.session.drillResult?.isPassed == false)
    #expect(MarkedReadingExercise.progress(attempt.session) == 0)
  }

  @Test func `the screen has each mark as it stands`() throws {
    var attempt = Attempt(drill())
    attempt.say("Friends [0.6] I have something to say")
    attempt.listen(for: 1)
    guard case .reading(let reading) = MarkedReadingExercise.scene(attempt.session) else {
      Issue.record("no reading")
      return
    }
    let marks = reading.words.compactMap(\.mark)
    #expect(marks.map(\.state) == [.hit, .now, .ahead])
    #expect(marks.map(\.sign) == ["/", "//", "/"])
    #expect(reading.words[0].state == .said && reading.words[6].state == .next && reading.words[7].state == .ahead)
    #expect(reading.tally == "1 of 3 marks")
  }

  @Test(arguments: [
    ("", "text"), ("> Only a note.", "text"), ("No mark at all.", "no / or //"), ("One at its end. //", "no / or //"),
  ])
  func `a text that cannot be done says why`(body: String, why: String) {
    #expect(MarkedReadingExercise.problem(drill(body))?.contains(why) == true)
    #expect(MarkedReadingExercise.problem(drill()) == nil)
  }

  /// The longest pause asked for is 1.5 s and may be 1.8 s; nobody is cut off while it may be one.
  @Test func `a silence before the end is not taken for it`() {
    var attempt = Attempt(drill("First comes all that anybody has to say about it // and then the end."))
    attempt.say("First comes all that anybody has to say about it")
    attempt.listen(for: 4)
    #expect(attempt.session.drill?.isComplete == false)
    attempt.say("and then the end", after: 0.2)
    attempt.listen(for: 5)
    #expect(attempt.session.drill?.isComplete == true)
  }
}
