import Foundation
import Support
import Testing

extension EndToEnd {
  /// Drills in which the learner talks freely, with fillers and silences that are known.
  @Suite(.serialized, .enabled(if: Learner.isThere && Database.isThere, Learner.whyNot))
  struct DrillTalkingTests {
    private static let sentences = [
      "On Saturday we took the train to the lake.", "My brother had packed the bread and the cheese.",
      "Nobody had thought of something to drink.", "There was a fountain behind the old station.",
    ]

    @Test func `silences that stand for fillers pass, fillers that stay do not`() throws {
      let world = try World()
      let drill = try world.drill(
        "hush",
        "name: Hush\nkind: silence\nskill: fillers\nlength: 1m\ntalk: 20s\nclip: 6s\ntakes: 2\ntake: 12s\nrest: 2s\npass: {fillers-share: at most 50 %}"
      )
      for stays in [false, true] {
        var learner = Learner()
        learner.rest(0.5)
        try learner.talk(Self.sentences, until: 19.5) { $0 % 2 == 1 }
        let first = learner.said
        learner.rest(until: 31.5)
        try learner.talk(Self.sentences, until: 41, pause: 0.7)
        learner.rest(until: 46.5)
        let before = learner.said.count
        try learner.talk(Self.sentences, until: 56, pause: 0.7) { stays && $0 > 0 }
        let last = Array(learner.said.dropFirst(before))
        learner.rest(5)
        let drilled = try world.attempt(drill, learner)
        #expect(drilled.isPassed == !stays && drilled.isComplete, "\(drilled)")
        #expect((drilled.grade == "again") == stays, "\(drilled)")
        let rates = [first, last].map(Self.fillersPerMinute)
        #expect(abs(drilled["fillers-per-minute-first"] - rates[0]) <= 0.03 * rates[0], "\(rates)\n\(drilled)")
        #expect(abs(drilled["fillers-per-minute"] - rates[1]) <= 0.03 * rates[1], "\(rates)\n\(drilled)")
        #expect(abs(drilled["fillers-share"] - rates[1] / rates[0]) <= 0.05, "\(rates)\n\(drilled)")
        for um in learner.said.filter(Self.isFiller) {
          let isHeard = drilled.all("filler").contains { abs(($0.number("start") ?? -1) - um.start) <= 0.2 }
          #expect(isHeard, "\(um)\n\(drilled)")
        }
      }
    }

    @Test func `what was not finished is not passed, and says how far it came`() throws {
      let world = try World()
      let drill = try world.drill(
        "hush",
        "name: Hush\nkind: silence\nskill: fillers\nlength: 1m\ntalk: 12s\nclip: 5s\ntakes: 1\ntake: 12s\npass: {fillers-share: at most 50 %}"
      )
      var learner = Learner()
      learner.rest(0.5)
      try learner.talk(Self.sentences, until: 11.5) { $0 % 2 == 1 }
      learner.rest(3)
      let drilled = try world.attempt(drill, learner)
      #expect(drilled.isPassed == false && !drilled.isComplete && drilled.figures["fillers-share"] == nil, "\(drilled)")
      #expect(drilled.rows.first?.number == Double(learner.said.count(where: Self.isFiller)), "\(drilled)")
    }

    private static func isFiller(_ piece: Learner.Piece) -> Bool { piece.text.hasPrefix("<speak>") }

    private static func fillersPerMinute(_ said: [Learner.Piece]) -> Double {
      Double(said.count(where: isFiller)) * 60 / ((said.last?.end ?? 0) - (said.first?.start ?? 0))
    }

    @Test func `the same talk in less time is faster and more fluent, or it is not`() throws {
      let world = try World()
      let drill = try world.drill(
        "again",
        "name: Again\nkind: four-three-two\nskill: fluency\nlength: 1m\nrounds: [20, 15, 12]\nthink: 2s\nrest: 2s\npass: {speed-gain: at least 10 %, hesitation-share: at most 60 %}"
      )
      for improves in [true, false] {
        var (learner, rounds) = (Learner(), [[Learner.Piece]]())
        for (index, (start, end)) in [(3.0, 21.5), (26.5, 39), (43.5, 53)].enumerated() {
          learner.rest(until: start)
          let before = learner.said.count
          try learner.talk(Self.sentences, until: end, speed: improves ? 140 + 25 * index : 150, pause: 0.4) {
            $0 % 2 == 1 && (index == 0 || !improves)
          }
          rounds.append(Array(learner.said.dropFirst(before)))
        }
        learner.rest(5)
        let drilled = try world.attempt(drill, learner)
        #expect(drilled.isPassed == improves && drilled.isComplete, "\(drilled)")
        let rates = rounds.map(Self.fillersPerMinute)
        #expect(abs(drilled["hesitations-first"] - rates[0]) <= 0.03 * rates[0], "\(rates)\n\(drilled)")
        #expect(abs(drilled["hesitations"] - rates[2]) <= 0.03 * rates[2], "\(rates)\n\(drilled)")
        let paces = rounds.map { said in
          let words = said.filter { !Self.isFiller($0) }.reduce(0) { $0 + $1.text.split(separator: " ").count }
          return Double(words) * 60 / ((said.last?.end ?? 0) - (said.first?.start ?? 0))
        }
        #expect(abs(drilled["speed-gain"] - (paces[2] / paces[0] - 1)) <= 0.1, "\(paces)\n\(drilled)")
      }
    }
  }
}
