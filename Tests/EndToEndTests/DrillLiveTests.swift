import Foundation
import Support
import Testing

extension EndToEnd {
  /// Reading with marks into a microphone, as far as a machine without one can have it.
  @Suite(
    .serialized, .enabled(if: Learner.isThere && Database.isThere, Learner.whyNot),
    .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
  struct DrillLiveTests {
    private static let text = [
      "First, warm the pot.", "A cold pot makes cold tea", "and nobody thinks of cold tea kindly.",
      "Put in the leaves", "and pour the water while it talks to itself.", "Then wait.",
    ]
    /// What is asked for behind each piece but the last, in seconds.
    private static let asked = [1.5, 0.6, 1.5, 0.6, 1.5]

    /// A learner whose pauses at the marks are so long.
    private func learner(_ pauses: [Double]) throws -> Learner {
      var learner = Learner(voice: "en-gb")
      learner.rest(1.2)
      for (piece, pause) in zip(Self.text, pauses + [7]) {
        try learner.say(piece)
        learner.rest(pause)
      }
      return learner
    }

    @Test func `marks are hit or missed where and for as long as the learner was silent, and it comes back when due`()
      throws
    {
      let pulse = try PulseAudio()
      let world = try World(pulse.environment)
      let marks = Self.asked.map { $0 > 1 ? "//" : "/" }
      let body = zip(Self.text, marks + [""]).map { "\($0) \($1)" }.joined(separator: " ")
      let drill = try world.drill(
        "tea", "name: Tea\nkind: marked-reading\nskill: pauses\nlength: 1m\npass: {hits: at least 80 %}", body)
      for (pauses, passes) in [([1.4, 0.7, 1.65, 0.45, 1.5], true), ([0.6, 0.65, 2.2, 1.2, 1.45], false)] {
        let learner = try learner(pauses)
        let path = try world.file(learner.sound, "learner.wav")
        let running = try world.start("drill", drill, "--device", "testmic", "--json")
        #expect(eventually { running.output.contains("\"second\"") }, "\(running.errors)\(running.output)")
        let playing = try pulse.play(path)
        // It ends by itself when the text has been read.
        let done = running.finish()
        playing.child.end()
        #expect(done.code == 0, "\(done)")
        let drilled = try #require(SeenEvent.all(in: done.output).flatMap(Drilled.init), "\(done)")
        expectTrue(drilled, learner)
        #expect(drilled.isPassed == passes && drilled.isComplete, "\(drilled)")
      }
      let reviews = try world.database.rows("SELECT drill, grade > 1 FROM review ORDER BY at")
      #expect(reviews == [["tea", "1"], ["tea", "0"]])
      let listed = try world.rostrum("drills", "--json")
      let lines = listed.output.split(separator: "\n").filter { $0.contains("\"id\":\"tea\"") }
      #expect(lines.count == 1 && lines.allSatisfy { $0.contains("\"attempts\":2") }, "\(listed)")
      #expect(lines.allSatisfy { !$0.contains("\"due_days\":null") }, "\(lines)")
    }

    /// What was told of each mark is what the learner did, within 50 ms.
    private func expectTrue(
      _ drilled: Drilled, _ learner: Learner, at place: SourceLocation = #_sourceLocation
    ) {
      let silences = learner.silences
      let pauses = drilled.all("pause").compactMap { pause in
        pause.number("start").flatMap { start in pause.number("end").map { (start: start, end: $0) } }
      }
      // The sound server began to play at some moment of the attempt; the first mark tells which.
      let rows = drilled.rows.prefix(silences.count)
      guard rows.count == silences.count, let offset = rows.first?.start.map({ $0 - silences[0].start }) else {
        Issue.record("\(drilled)", sourceLocation: place)
        return
      }
      for ((row, truth), wanted) in zip(zip(rows, silences), Self.asked) {
        let told = Comment(rawValue: "\(truth) from \(offset) on\n\(drilled)\n\(pauses)")
        #expect(abs((row.start ?? -1) - offset - truth.start) <= 0.05, told, sourceLocation: place)
        #expect(abs((row.number ?? 0) - truth.seconds) <= 0.05, told, sourceLocation: place)
        #expect(row.isHit == (abs(truth.seconds - wanted) <= 0.3), told, sourceLocation: place)
        let isThere = pauses.contains {
          abs($0.start - offset - truth.start) <= 0.05 && abs($0.end - offset - truth.end) <= 0.05
        }
        #expect(isThere, told, sourceLocation: place)
      }
      let hits = zip(silences, Self.asked).count { abs($0.seconds - $1) <= 0.3 }
      #expect(drilled["hits"] == Double(hits) / Double(silences.count), "\(drilled)", sourceLocation: place)
      #expect(drilled["marks"] == 5 && drilled["extra-pauses"] == 0, "\(drilled)", sourceLocation: place)
    }
  }
}
