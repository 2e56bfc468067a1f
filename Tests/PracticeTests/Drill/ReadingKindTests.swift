import SpeechSignals
import Testing

@testable import Practice

/// Power pauses, rates and tongue twisters, by rows of what was said.
struct ReadingKindTests {
  // MARK: Power pause

  private static let story = "We had two weeks and no money. **Then the phone rang.** It was the baker from the corner."

  @Test(arguments: [
    (2.4, 2.6, 1.0, true), (2.0, 3.0, 1.0, true), (1.9, 2.5, 0.5, false), (2.5, 3.2, 0.5, false), (0.5, 0.0, 0, false),
  ])
  func `a power pause is two to three seconds on both sides`(before: Double, after: Double, hits: Double, passes: Bool)
  {
    for words in [false, true] {
      let drill = Drill(
        id: "power", kind: .powerPause, name: "Power", skill: .pauses, measure: "hits",
        pass: [DrillRule("hits", .atLeast(1))], body: Self.story)
      var attempt = Attempt(drill, words: words)
      attempt.say(
        "We had two weeks and no money [\(before)] Then the phone rang [\(after)] It was the baker from the corner")
      attempt.listen(for: 8)
      #expect(attempt.figure("hits") == hits)
      #expect(abs((attempt.figure("before") ?? -1) - before) < 0.01)
      #expect(after == 0 ? attempt.figure("after") == 0 : abs((attempt.figure("after") ?? -1) - after) < 0.01)
      #expect(attempt.session.drillResult?.isPassed == passes)
    }
  }

  @Test(arguments: [
    (story, "both", [7, 11]), (story, "before", [7]), (story, "after", [11]),
    ("One **very** small word. **And now the line.** Then more.", "both", [4, 8]),
    ("We wait // and then // we speak.", "both", [2, 4]), ("**All of it is the line.**", "both", []),
    ("We wait for **one good word** only.", "both", [3, 6]),
  ])
  func `the line is in bold, or between long marks`(body: String, sides: String, places: [Int]) {
    let drill = Drill(
      id: "power", kind: .powerPause, name: "Power", skill: .pauses, values: ["sides": .text(sides)], measure: "hits",
      body: body)
    let attempt = Attempt(drill)
    guard case .reading(let reading) = PowerPauseExercise.scene(attempt.session) else { return }
    #expect(reading.words.indices.filter { reading.words[$0].mark != nil }.map { $0 + 1 } == places)
    #expect((PowerPauseExercise.problem(drill) == nil) == !places.isEmpty)
  }

  // MARK: Metronome

  private static let steady =
    "A habit is a stone that looks like nothing on the day you lay it and the next stone goes beside it and one day there is a road that can carry a cart and a king."

  private func gears(_ rates: [String], _ body: String = steady, text: String = "whole") -> Drill {
    Drill(
      id: "gears", kind: .metronome, name: "Gears", skill: .pace, values: ["rates": .list(rates), "text": .text(text)],
      measure: "gears", pass: [DrillRule("gears", .atLeast(1)), DrillRule("in-band", .atLeast(0.7))], body: body)
  }

  /// What is asked for, what is said, how it measures against what is asked for, and whether it passes.
  @Test(arguments: [
    (["150"], [150.0], [1.0], true), (["150"], [170.0], [1.133], false), (["150"], [132.0], [0.88], false),
    (["110", "150", "180"], [110.0, 150, 180], [1.0, 1.0, 1.0], true),
    (["110", "150", "180"], [150.0, 150, 150], [1.364, 1.0, 0.833], false),
    (["110", "150", "180"], [112.0, 146, 190], [1.018, 0.973, 1.056], true),
  ])
  func `each rate is held in its own band`(rates: [String], said: [Double], shares: [Double], passes: Bool) {
    for words in [false, true] {
      var attempt = Attempt(gears(rates), words: words)
      let text = Self.steady.filter { $0 != "." }
      let syllables = ReadText(Script(markdown: Self.steady)).syllables.last ?? 0
      for rate in said {
        attempt.say(text, after: 3, speed: syllables * 0.2 / (Double(text.split(separator: " ").count) / rate * 60))
      }
      attempt.listen()
      for (index, rate) in rates.compactMap(Double.init).enumerated() {
        let got = attempt.figure("rate-\(index + 1)") ?? 0
        #expect(abs(got / rate - shares[index]) < 0.02, "\(got) for \(rate), words: \(words)")
      }
      #expect(attempt.session.drillResult?.isPassed == passes, "\(attempt.session.drillResult?.figures ?? [])")
      #expect(attempt.session.drill?.isComplete == true)
    }
  }

  @Test func `gears that are read without a rest are told apart by the text`() {
    var attempt = Attempt(gears(["110", "180"]))
    let text = Self.steady.filter { $0 != "." }
    let syllables = ReadText(Script(markdown: Self.steady)).syllables.last ?? 0
    for rate in [110.0, 180] { attempt.say(text, speed: syllables * 0.2 / (37 / rate * 60)) }
    attempt.listen()
    #expect(abs((attempt.figure("rate-1") ?? 0) - 110) < 3)
    #expect(abs((attempt.figure("rate-2") ?? 0) - 180) < 5)
  }

  @Test func `the beat fades out and the gears follow each other`() {
    var attempt = Attempt(gears(["110", "150"]))
    let steps = attempt.session.drill?.steps ?? []
    #expect(steps.map(\.rate) == [110, 150])
    #expect(MetronomeExercise.script(gears(["110", "150"])) == Self.steady + "\n\n" + Self.steady)
    var strengths: [Double] = []
    for _ in 0..<14 {
      attempt.listen(for: 1)
      if case .beat(let beat) = MetronomeExercise.scene(attempt.session) { strengths.append(beat.strength) }
    }
    #expect(strengths.first == 1 && strengths.last == 0 && strengths.contains { $0 > 0 && $0 < 1 })
    #expect(zip(strengths, strengths.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test(arguments: [
    ("", ["140"], "whole", "no text"), ("Too short to tell.", ["140"], "whole", "20 words"),
    (steady, ["110", "150"], "parts", "2 rates and 1 paragraphs"),
  ])
  func `a text without a rate says why`(body: String, rates: [String], text: String, why: String) {
    #expect(MetronomeExercise.problem(gears(rates, body, text: text))?.contains(why) == true)
    #expect(MetronomeExercise.problem(gears(["110", "150"], Self.steady + "\n\n" + Self.steady, text: "parts")) == nil)
  }

  // MARK: Tongue twisters

  private static let peter = "Peter Piper picked a peck of pickled peppers."

  /// What is said three times and how fast; each row hit or not, and clean repetitions.
  @Test(arguments: [
    (["Peter Piper picked a peck of pickled peppers"], [1.0, 1.1, 1.2], "+++", 3.0),
    (["Peter Piper picked a peck of pickled peppers"], [1.0, 1.0, 1.1], "+-+", 3.0),
    (["Peter Piper picked a peck of pickled peppers"], [1.2, 1.1, 1.0], "+--", 3.0),
    (
      [
        "Peter Piper picked a peck of pickled peppers", "Peter Piper picked [0.8] a peck of pickled peppers",
        "Peter Piper picked a peck of pickled peppers",
      ], [1.0, 1.6, 1.8], "+-+", 2.0
    ),
    (
      [
        "Peter Piper picked a peck of pickled peppers",
        "Peter Piper picked [0.3] Peter Piper picked a peck of pickled peppers",
        "Peter Piper picked a peck of pickled peppers",
      ], [1.0, 1.2, 1.4], "+-+", 2.0
    ),
  ])
  func `three times, clean and faster`(said: [String], speeds: [Double], hits: String, clean: Double) {
    for words in [false, true] {
      let drill = Drill(
        id: "peter", kind: .tongueTwister, name: "Peter", skill: .articulation, measure: "clean",
        pass: [DrillRule("clean", .atLeast(3)), DrillRule("rise", .atLeast(0.03))], body: Self.peter)
      var attempt = Attempt(drill, words: words)
      for (index, speed) in speeds.enumerated() { attempt.say(said[index % said.count], after: 3, speed: speed) }
      attempt.listen()
      #expect(attempt.figure("clean") == clean, "words: \(words)")
      #expect(attempt.hits == hits, "words: \(words) \(attempt.session.drillResult?.rows ?? [])")
      #expect(attempt.session.drillResult?.isPassed == (hits == "+++"))
      #expect(attempt.session.drill?.isComplete == true)
    }
  }

  @Test func `half the words are no clean line where words are heard`() {
    let drill = Drill(
      id: "peter", kind: .tongueTwister, name: "Peter", skill: .articulation, values: ["repeats": .number(1)],
      measure: "clean", body: Self.peter)
    var attempt = Attempt(drill, words: true)
    attempt.say("Peter Piper picked a [lapeck] [lovely] [pickle] peppers")
    attempt.listen()
    #expect(attempt.figure("clean") == 0)
  }

  @Test func `a filler inside makes a line unclean`() {
    let drill = Drill(
      id: "peter", kind: .tongueTwister, name: "Peter", skill: .articulation, values: ["repeats": .number(1)],
      measure: "clean", body: Self.peter)
    var attempt = Attempt(drill)
    attempt.go(SessionEvent(at: 1, .filler(Filler(start: 1, end: 1.2, label: "um", confidence: 0.9))))
    attempt.say("Peter Piper picked a peck of pickled peppers")
    attempt.listen()
    #expect(attempt.figure("clean") == 0 && attempt.figure("stumbles") == 1)
  }

  // MARK: All of them

  @Test(arguments: [DrillKind.markedReading, .powerPause, .metronome, .tongueTwister])
  func `an attempt that nothing was said in has a scene, no figure and no pass`(kind: DrillKind) {
    for body in ["", "> A note.", "Some words / that are // read, **and one line.** More."] {
      let drill = Drill(id: "x", kind: kind, name: "X", skill: .pace, measure: "hits", body: body)
      var attempt = Attempt(drill)
      attempt.listen(for: 12)
      _ = kind.exercise.scene(attempt.session)
      #expect(
        !(attempt.session.drill?.steps.isEmpty ?? true)
          || body != "Some words / that are // read, **and one line.** More.")
      #expect(kind.exercise.progress(attempt.session) == 0)
      #expect(kind.exercise.finding(attempt.session).figures.isEmpty)
      _ = kind.exercise.scene(Session())
      _ = kind.exercise.finding(Session())
    }
  }
}
