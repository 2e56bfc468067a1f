import Foundation
import Support
import Testing

extension EndToEnd {
  /// Drills that are read aloud, by a learner whose pauses and speeds are known.
  @Suite(.serialized, .enabled(if: Learner.isThere && Database.isThere, Learner.whyNot))
  struct DrillReadingTests {
    private static let story = [
      "We had two weeks and no money.", "Then the phone rang.", "It was the baker from the corner.",
    ]

    /// Pauses before and after the line, and whether both have power.
    @Test(arguments: [([2.3, 2.7], true), ([2.4, 0.8], false), ([4.2, 2.5], false)])
    func `a power pause is as long as it was, and passes where both are`(pauses: [Double], passes: Bool) throws {
      let world = try World()
      let drill = try world.drill(
        "line", "name: Line\nkind: power-pause\nskill: pauses\nlength: 30s\npass: {hits: at least 90 %}",
        "\(Self.story[0]) **\(Self.story[1])** \(Self.story[2])")
      var learner = Learner(voice: "en-gb")
      learner.rest(1)
      for (sentence, pause) in zip(Self.story, pauses + [6]) {
        try learner.say(sentence)
        learner.rest(pause)
      }
      let drilled = try world.attempt(drill, learner)
      #expect(drilled.isPassed == passes && drilled.isComplete, "\(drilled)")
      #expect((drilled.grade == "again") == !passes, "\(drilled)")
      #expect(abs(drilled["before"] - pauses[0]) <= 0.05 && abs(drilled["after"] - pauses[1]) <= 0.05, "\(drilled)")
      for (row, truth) in zip(drilled.rows, learner.silences) {
        #expect(row.isHit == (2...3).contains(truth.seconds), "\(drilled)")
        #expect(abs((row.start ?? -1) - truth.start) <= 0.05, "\(drilled)\n\(truth)")
      }
      #expect(drilled["hits"] == Double(pauses.count { (2...3).contains($0) }) / 2, "\(drilled)")
    }

    /// Speeds that espeak-ng is asked for, gear by gear.
    @Test(arguments: [([80, 107, 128], true), ([107, 107, 107], false)])
    func `gears are told by how long their text took`(speeds: [Int], passes: Bool) throws {
      let text = "A habit is a stone that looks like nothing on the day you lay it. The next stone goes beside it."
      let world = try World()
      let drill = try world.drill(
        "gears",
        "name: Gears\nkind: metronome\nskill: pace\nlength: 1m\nrates: [110, 150, 180]\nband: 12\npass: {gears: at least 90 %}",
        text)
      var learner = Learner()
      learner.rest(1)
      for speed in speeds {
        try learner.say(text, speed: speed)
        learner.rest(speed == speeds.last ? 6 : 3)
      }
      let drilled = try world.attempt(drill, learner)
      #expect(drilled.isPassed == passes && drilled.isComplete, "\(drilled)")
      for (index, piece) in learner.said.enumerated() {
        let truth = 21 * 60 / piece.seconds
        #expect(abs(drilled["rate-\(index + 1)"] / truth - 1) <= 0.04, "\(truth) words a minute\n\(drilled)")
        #expect(drilled.rows[index].isHit == (abs(truth / [110, 150, 180][index] - 1) <= 0.12), "\(truth)\n\(drilled)")
        #expect(abs((drilled.rows[index].start ?? -1) - piece.start) <= 0.1, "\(drilled)")
      }
    }

    @Test(arguments: [(108, 108, true), (80, 160, false)])
    func `a rate is held or left`(first: Int, then: Int, passes: Bool) throws {
      let halves = [
        "The river begins as something you could step across without noticing, and it has no plans at all.",
        "By the time it comes to the town it is wide enough to need a bridge, and old enough to have a name.",
      ]
      let world = try World()
      let drill = try world.drill(
        "river",
        "name: River\nkind: metronome\nskill: pace\nlength: 30s\nrates: [150]\nband: 12\nmeasure: in-band\npass: {in-band: at least 70 %}",
        halves.joined(separator: " "))
      var learner = Learner()
      learner.rest(1)
      try learner.say(halves[0], speed: first)
      learner.rest(0.3)
      try learner.say(halves[1], speed: then)
      learner.rest(6)
      let drilled = try world.attempt(drill, learner)
      #expect(drilled.isPassed == passes && drilled.isComplete, "\(drilled)")
      let words = halves.reduce(0) { $0 + $1.split(separator: " ").count }
      let truth = Double(words) * 60 / (learner.said[1].end - learner.said[0].start)
      #expect(abs(drilled["rate-1"] / truth - 1) <= 0.04, "\(truth) words a minute\n\(drilled)")
    }

    @Test func `a tongue twister is clean and faster each time, or it is told where it was not`() throws {
      let line = "Peter Piper picked a peck of pickled peppers."
      let world = try World()
      let drill = try world.drill(
        "peter",
        "name: Peter\nkind: tongue-twister\nskill: articulation\nlength: 30s\npass: {clean: at least 3, rise: at least 3 %}",
        line)
      for stumbles in [false, true] {
        var learner = Learner(voice: "en-gb")
        learner.rest(1)
        try learner.say(line, speed: 120)
        learner.rest(3)
        if stumbles {
          try learner.say("Peter Piper picked", speed: 140)
          learner.rest(0.8)
          try learner.say("a peck of pickled peppers.", speed: 140)
        } else {
          try learner.say(line, speed: 140)
        }
        learner.rest(3)
        try learner.say(line, speed: 165)
        learner.rest(6)
        let drilled = try world.attempt(drill, learner)
        #expect(drilled.isPassed == !stumbles && drilled.isComplete, "\(drilled)")
        #expect(drilled["clean"] == (stumbles ? 2 : 3) && drilled["stumbles"] == (stumbles ? 1 : 0), "\(drilled)")
        let whole = learner.said.filter { $0.text == line }
        #expect(
          abs(drilled["speed-last"] / drilled["speed-first"] / (whole[0].seconds / (whole.last?.seconds ?? 1)) - 1)
            <= 0.05, "\(drilled)")
        #expect(drilled.rows.prefix(3).map(\.isHit) == [true, !stumbles, true], "\(drilled)")
        #expect(drilled.rows[1].value.contains("0.8 s of silence after “picked”") == stumbles, "\(drilled)")
      }
    }
  }
}
