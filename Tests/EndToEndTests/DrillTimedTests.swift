import Support
import Testing

extension EndToEnd {
  /// Drills by the clock, done by a learner of whom every word is known: a topic, a contest, breathing.
  @Suite(.serialized, .enabled(if: Learner.isThere && Database.isThere, Learner.whyNot)) struct DrillTimedTests {
    private static let story = [
      "Last summer I cooked for my whole family.", "I put sugar where the salt should have gone.",
      "Nobody said a word.", "Then my brother laughed, and we ate bread and cheese instead.",
      "It was the best evening of the year.",
    ]

    /// Says so many sentences of the story half a second apart, "um" before those that are named, and then nothing for
    /// `silence` seconds.
    private func learner(from start: Double, _ count: Int, ums: Set<Int> = [], silence: Double) throws -> Learner {
      var learner = Learner(voice: "en-gb")
      learner.rest(start)
      for (place, sentence) in Self.story.prefix(count).enumerated() {
        if ums.contains(place) {
          try learner.um()
          learner.rest(0.4)
        }
        try learner.say(sentence, speed: 160)
        learner.rest(0.5)
      }
      learner.rest(silence)
      return learner
    }

    /// Compares the figures that all talks have with what was said.
    private func expect(
      _ attempt: Drilled, fits learner: Learner, ums: Int = 0, at place: SourceLocation = #_sourceLocation
    ) throws {
      let (first, last) = (try #require(learner.said.first), try #require(learner.said.last))
      #expect(abs(attempt["talk-seconds"] - (last.end - first.start)) < 0.1, "\(attempt)", sourceLocation: place)
      #expect(
        abs(attempt["fillers-per-minute"] - Double(ums) * 60 / (last.end - first.start)) < 0.2, "\(attempt)",
        sourceLocation: place)
      let longest = learner.silences.map(\.seconds).max() ?? 0
      #expect(abs(attempt["longest-silence"] - longest) < 0.06, "\(attempt)", sourceLocation: place)
      #expect(abs((attempt.rows.first?.start ?? -1) - first.start) < 0.06, "\(attempt)", sourceLocation: place)
    }

    private static let topic = """
      name: Short topic
      kind: impromptu
      skill: structure
      length: 10-16s
      late: 4s
      think: 3s
      topics: stories
      pass:
        within: at least 90 %
        fillers-per-minute: at most 6
      """

    @Test func `a topic is talked about within its time, and comes back on another day`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill("short-topic", Self.topic)
      let learner = try learner(from: 4, 5, ums: [2], silence: 6)
      let attempt = try world.attempt(drill, learner, "--topic", "A meal that went wrong")
      #expect(attempt.isPassed == true && attempt.isComplete && attempt.refusal == nil, "\(attempt)")
      #expect(["good", "hard", "easy"].contains(attempt.grade), "\(attempt)")
      #expect(attempt["within"] == 1 && attempt["fillers"] == 1, "\(attempt)")
      try expect(attempt, fits: learner, ums: 1)
      #expect(attempt.rows.first?.isHit == true, "\(attempt)")
      #expect(attempt.all("drill").first?.fields["topic"] as? String == "A meal that went wrong")
      // A step begins with the first second in which it can: three to think, then four of silence behind the talk.
      let last = try #require(learner.said.last)
      #expect(attempt.steps.count == 3 && (3...4).contains(attempt.steps[1]), "\(attempt)")
      #expect((last.end + 4...last.end + 5.1).contains(attempt.steps[2]), "\(attempt)")

      #expect(try world.database.rows("SELECT drill, grade FROM review").map { $0[0] } == ["short-topic"])
      let listed = try world.rostrum("drills", "--json").lines.filter { $0.contains("\"id\":\"short-topic\"") }
      let due = listed.first?.firstMatch(of: /"attempts":1,"best":1(\.0)?,"due_days":([0-9]+)/).flatMap { Int($0.2) }
      #expect(due.map { $0 >= 1 } == true, "\(listed)")
    }

    @Test func `a topic that is dropped early, or hummed through, is not passed and is due again`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill("short-topic", Self.topic)
      let short = try learner(from: 4, 3, silence: 12)
      let dropped = try world.attempt(drill, short, "--seed", "3")
      #expect(dropped.isPassed == false && dropped.isComplete && dropped.grade == "again", "\(dropped)")
      #expect(dropped["within"] == 0 && dropped.rows.first?.isHit == false, "\(dropped)")
      #expect(dropped.rows.first?.value.contains("short") == true, "\(dropped)")
      try expect(dropped, fits: short)

      let humming = try learner(from: 4, 5, ums: [1, 2, 3], silence: 6)
      let hummed = try world.attempt(drill, humming, "--seed", "3")
      #expect(hummed.isPassed == false && hummed.grade == "again", "\(hummed)")
      #expect(hummed["within"] == 1 && hummed["fillers"] == 3, "\(hummed)")
      try expect(hummed, fits: humming, ums: 3)
      // What is drawn by chance is drawn again.
      let topics = [dropped, hummed].map { $0.all("drill").first?.fields["topic"] as? String ?? "" }
      #expect(topics[0] == topics[1] && topics[0].count > 5, "\(topics)")
      #expect(try world.database.value("SELECT group_concat(grade) FROM review") == "1,1")
    }

    private static let contest = """
      name: Short contest
      kind: contest
      skill: timing
      length: 12-18s
      early: 2s
      late: 2s
      pass:
        within: at least 90 %
        fillers-per-minute: at most 5
      """

    @Test func `a contest qualifies by its time, from the first word to the last`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill("short-contest", Self.contest)
      let whole = try learner(from: 4, 5, silence: 9.5)
      let won = try world.attempt(drill, whole)
      #expect(won.isPassed == true && won.isComplete && won.rows.first?.isHit == true, "\(won)")
      #expect(won["within"] == 1 && won["over-seconds"] == 0 && won["under-seconds"] == 0, "\(won)")
      try expect(won, fits: whole)
      #expect(try world.database.value("SELECT count(*) FROM review WHERE grade > 1") == "1")

      let half = try learner(from: 4, 3, silence: 21)
      let lost = try world.attempt(drill, half)
      #expect(lost.isPassed == false && lost.isComplete && lost.grade == "again", "\(lost)")
      #expect(abs(lost["under-seconds"] - (10 - lost["talk-seconds"])) < 0.01 && lost["within"] == 0, "\(lost)")
      try expect(lost, fits: half)
      #expect(try world.database.value("SELECT group_concat(grade) FROM review WHERE grade = 1") == "1")
    }

    @Test func `breathing takes the time it takes, and is never judged`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill(
        "short-box",
        "name: Short box\nkind: breath\nskill: calm\nlength: 12s\nin: 2\nhold: 1\nout: 2\nrest: 1\nrounds: 2")
      var learner = Learner()
      learner.rest(14)
      let whole = try world.attempt(drill, learner)
      #expect(whole.isComplete && whole.isPassed == nil && whole.grade == nil && whole.refusal == nil, "\(whole)")
      #expect(whole["rounds"] == 2 && whole.rows.isEmpty, "\(whole)")
      let lengths = zip(whole.steps, whole.steps.dropFirst()).map { ($1 - $0).rounded() }
      #expect(lengths == [2, 1, 2, 1, 2, 1, 2, 1], "\(whole)")

      learner = Learner()
      learner.rest(7.5)
      let broken = try world.attempt(drill, learner)
      #expect(!broken.isComplete && broken.isPassed == nil && broken.grade == nil, "\(broken)")
      #expect(broken["rounds"] == 1 && broken.rows.map(\.value) == ["2"], "\(broken)")
      #expect(try world.database.value("SELECT drill || ifnull(grade, '-') FROM review") == "short-box-")
    }

    @Test func `as lines an attempt is told in words that can be listened to`() throws {
      let world = try World(World.withoutMicrophone, withoutNetwork: true)
      let drill = try world.drill("short-topic", Self.topic)
      let path = try world.file(try learner(from: 4, 5, ums: [2], silence: 6).sound)
      let told = try world.rostrum(
        "drill", drill, "--topic", "A meal that went wrong", "--input", path, "--fast", "--plain")
      #expect(told.code == 0 && told.errors.isEmpty, "\(told)")
      for words in [
        "for \"Short topic\".", "To pass: inside the qualifying time: at least 90 %", "Topic: A meal that went wrong.",
        "think: ", "talk: Talk. The clock starts with your first word.", "light: green", "fillers 1",
        "That was all of it.", "Passed.", "inside the qualifying time: yes, 100 %, asked at least 90 %",
      ] {
        #expect(told.output.contains(words), "\(words) is not said:\n\(told.output)")
      }
      let steps = told.lines.filter { $0.contains("clock starts") || $0.contains("think: ") }
      #expect(steps.count == 2 && steps.allSatisfy { $0.contains("at most.") }, "\(told.output)")
      #expect(!told.output.contains("\u{1b}") && told.lines.allSatisfy { $0.count < 200 }, "\(told.output)")
    }
  }
}
