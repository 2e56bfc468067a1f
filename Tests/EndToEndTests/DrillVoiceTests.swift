import Foundation
import Support
import Testing

extension EndToEnd {
  /// Drills for melody, rhythm and loudness, by a learner whose pitch and level are set to the semitone and the decibel.
  @Suite(.serialized, .enabled(if: Learner.isThere, Learner.whyNot)) struct DrillVoiceTests {
    private static let lines = [
      "Somebody opened the garden gate last night.", "There is nothing like a cup of coffee in the sun.",
    ]

    private func shadowing(_ world: World) throws -> String {
      try world.drill(
        "two-lines",
        """
        name: Two lines
        kind: shadowing
        skill: fluency
        length: 20s
        voice: en-us
        rate: 150
        pass:
          lines: at least 60 %
        """, Self.lines.joined(separator: " "))
    }

    /// When the steps of the drill begin, two for each line: to listen, and to speak along.
    private func steps(of drill: String, _ world: World) throws -> [Double] {
      var nobody = Learner()
      nobody.rest(18)
      let attempt = try world.attempt(drill, nobody)
      #expect(attempt.isPassed == false && attempt["likeness"] == 0, "\(attempt)")
      #expect(attempt.rows.map(\.isHit) == [false, false], "\(attempt)")
      // Each takes as long as the line does, and a little more.
      let models = attempt.all("model").compactMap { $0.number("seconds") }
      let lengths = zip(attempt.steps, attempt.steps.dropFirst()).map { $1 - $0 }
      try #require(models.count == 2 && lengths.count == 4, "\(attempt)")
      for (place, length) in lengths.enumerated() {
        #expect((models[place / 2]...models[place / 2] + 2.3).contains(length), "\(attempt)")
      }
      return attempt.steps
    }

    @Test func `lines that another voice speaks along with are passed, and how far behind it was`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try shadowing(world)
      let steps = try steps(of: drill, world)
      for (voice, pitch, behind) in [("en-gb+f3", 60, 0.4), ("en-gb", 40, 0.7)] {
        var learner = Learner(voice: voice, pitch: pitch)
        for (line, text) in Self.lines.enumerated() {
          learner.rest(until: steps[2 * line + 1] + behind)
          try learner.say(text)
        }
        learner.rest(6)
        let attempt = try world.attempt(drill, learner)
        #expect(attempt.isPassed == true && attempt.isComplete && attempt.grade != nil, "\(voice): \(attempt)")
        #expect(attempt["lines"] == 1 && attempt["likeness"] >= 0.5, "\(voice): \(attempt)")
        #expect(attempt.rows.map(\.label) == Self.lines && attempt.rows.map(\.isHit) == [true, true], "\(attempt)")
        #expect(abs(attempt["lag"] - behind) < 0.2, "\(voice): \(attempt)")
      }
    }

    @Test func `other words are not passed, and the model heard by the microphone is not judged`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try shadowing(world)
      let steps = try steps(of: drill, world)
      var other = Learner(voice: "en-gb+f3", pitch: 60)
      for (line, texts) in [["My uncle sells", "bicycles, shoes."], ["Why?", "Tomorrow, perhaps."]].enumerated() {
        other.rest(until: steps[2 * line + 1] + 0.4)
        for text in texts {
          try other.say(text)
          other.rest(0.4)
        }
      }
      other.rest(6)
      let failed = try world.attempt(drill, other)
      #expect(failed.isPassed == false && failed.grade == "again" && failed.isComplete, "\(failed)")
      #expect(failed["lines"] == 0 && failed["likeness"] < 0.45, "\(failed)")
      #expect(failed.rows.map(\.isHit) == [false, false], "\(failed)")

      // What is played comes back from the room, in every step.
      var echo = Learner(voice: "en-us")
      for place in 0..<4 {
        echo.rest(until: steps[place] + 0.1)
        try echo.say(Self.lines[place / 2], decibels: -12)
      }
      echo.rest(6)
      let refused = try world.attempt(drill, echo)
      #expect(refused.refusal?.contains("headphones") == true, "\(refused)")
      #expect(refused.isPassed == nil && refused.grade == nil && refused.figures.isEmpty, "\(refused)")
    }

    private static let line = "You came back to us this morning."

    /// Four readings of the line, so many semitones above the first.
    private func readings(_ semitones: [Double]) throws -> Learner {
      var learner = Learner(voice: "en-gb")
      learner.rest(1)
      for raise in semitones {
        try learner.say(Self.line, semitones: raise)
        learner.rest(3.2)
      }
      learner.rest(1)
      return learner
    }

    private func moods(_ world: World) throws -> String {
      try world.drill(
        "four-moods",
        """
        name: Four moods
        kind: vocal-variety
        skill: pitch
        length: 30s
        reading: 8s
        pass:
          ratio: at least 1.3
        """, Self.line)
    }

    @Test func `a line in four moods is passed by its range, and one that stays the same is not`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try moods(world)
      let names = ["statement", "question", "good news", "bad news"]
      let lively = try world.attempt(drill, try readings([0, 3, 6, -2]))
      #expect(lively.isPassed == true && lively.isComplete && lively.grade != nil, "\(lively)")
      #expect(lively["readings"] == 1 && lively.rows.map(\.label) == names, "\(lively)")
      #expect(abs(lively["contrast"] - 8) < 0.5, "\(lively)")
      let hertz = lively.rows.compactMap(\.number)
      for (raise, pitch) in zip([3.0, 6, -2], hertz.dropFirst()) {
        #expect(abs(12 * log2(pitch / hertz[0]) - raise) < 0.6, "\(raise): \(lively)")
      }
      // An attempt after it has the learner's own range to stand against, so the plain one is somebody else's.
      let stranger = try World(World.withoutMicrophone, withoutNetwork: true)
      let flat = try stranger.attempt(try moods(stranger), try readings([0, 0, 0, 0]))
      #expect(flat.isPassed == false && flat.isComplete && flat.grade == "again", "\(flat)")
      #expect(flat["readings"] == 1 && abs(flat["contrast"]) < 0.5 && flat["ratio"] < 1.15, "\(flat)")
      // It falls at its end, as statements do: no question.
      #expect(flat.rows[1].isHit == false && flat["question-rise"] < 0, "\(flat)")
    }

    private static let reading = [
      "Listen to the rain and to the pages turning.", "None of them has ever had to shout.",
      "Everything in this house was once a quiet idea.",
    ]

    /// The text read twice, the second time so many decibels louder.
    private func distances(_ decibels: Double) throws -> Learner {
      var learner = Learner(voice: "en-gb")
      learner.rest(2)
      for gain in [0, decibels] {
        for sentence in Self.reading {
          try learner.say(sentence, speed: 160, decibels: gain - 4)
          learner.rest(0.4)
        }
        learner.rest(gain == 0 && learner.said.count <= 3 ? 7 : 5)
      }
      return learner
    }

    @Test func `a text is held in its band from further away, or lost by the decibels that it was`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill(
        "near-and-far",
        """
        name: Near and far
        kind: projection
        skill: loudness
        length: 30s
        distances: ["near", "far"]
        band: 4
        reading: 20s
        walk: 3s
        pass:
          in-band: at least 80 %
        """, Self.reading.joined(separator: " "))
      let held = try world.attempt(drill, try distances(-1.5))
      #expect(held.isPassed == true && held.isComplete && held.grade != nil, "\(held)")
      #expect(abs(held["level-change"] - 1.5) < 0.6 && held["in-band"] >= 0.85, "\(held)")
      #expect(held["fades"] == 0 && held.rows.map(\.isHit) == [true, true], "\(held)")
      let lost = try world.attempt(drill, try distances(-10))
      #expect(lost.isPassed == false && lost.isComplete && lost.grade == "again", "\(lost)")
      #expect(abs(lost["level-change"] - 10) < 0.8 && abs(lost["in-band"] - 0.5) < 0.1, "\(lost)")
      #expect(lost.rows.map(\.isHit) == [true, false], "\(lost)")
      #expect(!(held.rows + lost.rows).contains { $0.value.contains("fall -") }, "\(held) \(lost)")
    }
  }
}
