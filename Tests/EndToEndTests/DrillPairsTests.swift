import Support
import Testing

extension EndToEnd {
  /// Minimal pairs, spoken by a voice that says the words that were asked for, and by one that says the others.
  @Suite(
    .serialized, .enabled(if: Learner.isThere, Learner.whyNot),
    .enabled(if: Prompted.hasModel, "needs pocketsphinx-en-us"))
  struct DrillPairsTests {
    private static let items = 10

    private func world() throws -> World {
      try World(World.withoutMicrophone.merging(Prompted.listening) { $1 }, withoutNetwork: true)
    }

    private func drill(_ world: World) throws -> String {
      try world.drill(
        "see-or-she",
        """
        name: See or she
        kind: minimal-pairs
        skill: articulation
        length: 1m
        contrasts: [see-she]
        items: \(Self.items)
        each: 3s
        pass:
          right: at least 75 %
        """)
    }

    /// The words that are asked for in the next attempt with this seed, and those that they are held apart from: what an
    /// attempt tells in which nobody says a word.
    private func asked(_ drill: String, _ world: World, seed: String) throws -> [(word: String, other: String)] {
      var nobody = Learner()
      nobody.rest(Double(Self.items) * 4 + 1)
      let attempt = try world.attempt(drill, nobody, "--seed", seed)
      #expect(attempt.isPassed == nil && attempt["heard"] == 0 && attempt.grade == nil, "\(attempt)")
      return try attempt.rows.map { row in
        let words = try #require(row.label.wholeMatch(of: /([a-z]+), not ([a-z]+)/), "\(attempt)")
        return (String(words.1), String(words.2))
      }
    }

    /// A word every three seconds.
    private func saying(_ words: [String]) throws -> Learner {
      var learner = Learner(voice: "en-us")
      for (place, word) in words.enumerated() {
        learner.rest(until: 1 + 3 * Double(place))
        try learner.say(word, speed: 140)
      }
      learner.rest(4)
      return learner
    }

    @Test func `the words that are asked for are heard as asked, the same ones by the same number`() throws {
      let world = try world()
      let drill = try drill(world)
      let asked = try asked(drill, world, seed: "7")
      #expect(asked.count == Self.items)
      #expect(try self.asked(drill, world, seed: "7").map(\.word) == asked.map(\.word))
      #expect(try self.asked(drill, world, seed: "8").map(\.word) != asked.map(\.word))
      // Both words of a pair are asked for, and no pair twice running.
      #expect(Set(asked.map(\.word)) == Set(asked.map(\.other)), "\(asked)")
      #expect(!zip(asked, asked.dropFirst()).contains { Set([$0.word, $0.other]).contains($1.word) }, "\(asked)")

      let learner = try saying(asked.map(\.word))
      let attempt = try world.attempt(drill, learner, "--seed", "7")
      #expect(attempt.isPassed == true && attempt.isComplete && attempt.grade != nil, "\(attempt)")
      #expect(attempt["heard"] == Double(Self.items) && attempt["right"] >= 0.85, "\(attempt)")
      #expect(attempt["unsure"] <= 0.3 && attempt["error-see-she"] <= 0.15, "\(attempt)")
      for (row, (piece, pair)) in zip(attempt.rows, zip(learner.said, asked)) {
        #expect(row.label == "\(pair.word), not \(pair.other)")
        #expect(abs((row.start ?? -1) - piece.start) < 0.2, "\(row)")
        if row.isHit == true { #expect(row.value.hasPrefix("the recogniser heard \"\(pair.word)\"")) }
      }
      // The answer ends its step: the next word is asked for before it is said.
      #expect(zip(attempt.steps.dropFirst(), learner.said.dropFirst()).allSatisfy { $0 < $1.start }, "\(attempt)")
      #expect(attempt.all("choice").count == Self.items)
    }

    @Test func `the other word of each pair is heard as the other, and without a recogniser nothing is asked`() throws {
      let world = try world()
      let drill = try drill(world)
      let asked = try asked(drill, world, seed: "7")
      let others = try saying(asked.map(\.other))
      // Where nobody can choose, nobody is asked to speak.
      let deaf = try world.rostrum("drill", drill, environment: ["ROSTRUM_RECOGNISER": "none"])
      #expect(deaf.code == 69 && deaf.errors.contains("need the recogniser"), "\(deaf)")

      let attempt = try world.attempt(drill, others, "--seed", "7")
      #expect(attempt.isPassed == false && attempt.isComplete && attempt.grade == "again", "\(attempt)")
      #expect(attempt["heard"] == Double(Self.items) && attempt["right"] <= 0.25, "\(attempt)")
      #expect(attempt["wrong"] >= 5 && attempt["worst"] == attempt["error-see-she"], "\(attempt)")
      for (row, pair) in zip(attempt.rows, asked) where row.isHit == false {
        #expect(row.value.hasPrefix("the recogniser heard \"\(pair.other)\""), "\(row)")
      }
    }
  }
}
