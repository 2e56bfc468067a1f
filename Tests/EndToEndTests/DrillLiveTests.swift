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

    /// A learner whose pauses at the marks are so long, and who `halts` in the third piece where nothing stands.
    private func learner(_ pauses: [Double], halts: Bool) throws -> Learner {
      var learner = Learner(voice: "en-gb")
      learner.rest(1.2)
      for (piece, pause) in zip(Self.text, pauses + [7]) {
        if halts, piece == Self.text[2] {
          try learner.say("and nobody thinks")
          learner.rest(0.8)
          try learner.say("of cold tea kindly.")
        } else {
          try learner.say(piece)
        }
        learner.rest(pause)
      }
      return learner
    }

    @Test func `marks are hit or missed where and for as long as the learner was silent, and it comes back when due`()
      throws
    {
      let marks = Self.asked.map { $0 > 1 ? "//" : "/" }
      let body = zip(Self.text, marks + [""]).map { "\($0) \($1)" }.joined(separator: " ")
      var world = try World()
      let drill = try world.drill(
        "tea", "name: Tea\nkind: marked-reading\nskill: pauses\nlength: 1m\npass: {hits: at least 80 %}", body)
      let home = world.environment
      // Two learners side by side, each in a room of their own.
      let readers = [([1.4, 0.7, 1.65, 0.45, 1.5], false), ([0.6, 0.65, 2.2, 1.2, 1.45], true)]
      let attempts = try readers.map { pauses, halts in
        let (pulse, learner) = (try PulseAudio(), try learner(pauses, halts: halts))
        world.environment = home.merging(pulse.environment) { $1 }
        let running = try world.start("drill", drill, "--device", "testmic", "--json")
        #expect(eventually { running.output.contains("\"second\"") }, "\(running.errors)\(running.output)")
        let playing = try pulse.play(try world.file(learner.sound, "\(halts).wav"))
        return (pulse, learner, halts, running, playing)
      }
      for (_, learner, halts, running, playing) in attempts {
        // It ends by itself when the text has been read.
        let done = running.finish()
        playing.child.end()
        #expect(done.code == 0, "\(done)")
        let drilled = try #require(SeenEvent.all(in: done.output).flatMap(Drilled.init), "\(done)")
        expectTrue(drilled, learner, halts: halts)
        #expect(drilled.isPassed == !halts && drilled.isComplete, "\(drilled)")
      }
      let reviews = try world.database.rows("SELECT drill, grade > 1 FROM review ORDER BY grade")
      #expect(reviews == [["tea", "0"], ["tea", "1"]])
      let listed = try world.rostrum("drills", "--json")
      let lines = listed.output.split(separator: "\n").filter { $0.contains("\"id\":\"tea\"") }
      #expect(lines.count == 1 && lines.allSatisfy { $0.contains("\"attempts\":2") }, "\(listed)")
      #expect(lines.allSatisfy { !$0.contains("\"due_days\":null") }, "\(lines)")
    }

    /// What was told of each mark is what the learner did, within 50 ms.
    private func expectTrue(
      _ drilled: Drilled, _ learner: Learner, halts: Bool, at place: SourceLocation = #_sourceLocation
    ) {
      var silences = learner.silences
      let halt = halts ? silences.remove(at: 2) : nil
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
      #expect(drilled["marks"] == 5 && drilled["extra-pauses"] == (halts ? 1 : 0), "\(drilled)", sourceLocation: place)
      if let halt {
        let row = drilled.rows[silences.count]
        #expect(row.label.contains("thinks") && row.isHit == false, "\(drilled)", sourceLocation: place)
        #expect(abs((row.start ?? -1) - offset - halt.start) <= 0.05, "\(drilled)", sourceLocation: place)
      }
    }

    /// ALSA's names for a microphone, and for a loudspeaker that it does not hear.
    private static let sound = """
      </usr/share/alsa/alsa.conf>
      pcm.testmic { type pulse device "mic.monitor" }
      pcm.testspeaker { type pulse device "ear" }

      """

    @Test func `a learner hears their fillers again, and those that are tapped at count as noticed`() throws {
      let pulse = try PulseAudio(alsa: Self.sound)
      try pulse.addSink("ear")
      let tape = try MonitorTape(of: pulse, monitor: "ear.monitor")
      let world = try World(pulse.environment)
      try world.configure("device: testmic\nspeaker: testspeaker\noffline: yes\n")
      let drill = try world.drill(
        "hush",
        "name: Hush\nkind: silence\nskill: fillers\nlength: 1m\ntalk: 10s\nclip: 7s\ntakes: 1\ntake: 10s\npass: {fillers-share: at most 50 %}"
      )
      var learner = Learner()
      try learner.say("On Saturday we took the train to the lake.")
      learner.rest(until: 3.2)
      try learner.um()
      learner.rest(0.3)
      try learner.say("My brother had packed the bread and the cheese.")
      learner.rest(0.3)
      try learner.um()
      learner.rest(0.3)
      try learner.say("Nobody had thought of something to drink.")
      let tmux = try world.tmux()
      tmux.enter("\(rostrum) drill '\(drill)'")
      #expect(tmux.wait { $0.contains("to pass") && $0.contains("start") }, "\(tmux.screen)")
      tmux.press("Enter")
      #expect(tmux.wait { $0.contains("go on") && !$0.contains("to pass") }, "\(tmux.screen)")
      #expect(eventually { pulse.isHeard }, "\(tmux.screen)")
      let playing = try pulse.play(try world.file(learner.sound))
      #expect(eventually { tape.loud() != nil }, "nothing is heard again:\n\(tmux.screen)")
      // The clip begins 2 s before the first filler, with the end of a sentence in it: tapped at too early, then in time.
      let begin = try #require(tape.loud().flatMap { tape.arrival(of: $0.first) })
      letRealTimePass(seconds: 0.5)
      tmux.press("Space")
      letRealTimePass(seconds: begin + 3 - now())
      tmux.press("Space")
      letRealTimePass(seconds: begin + 6.5 - now())
      tmux.press("q")
      #expect(tmux.wait { $0.contains("save?") }, "\(tmux.screen)")
      tmux.press("y")
      #expect(eventually { (try? world.database.value("SELECT state FROM session")) == "finished" }, "\(tmux.screen)")
      playing.child.end()
      let lines = try world.database.rows("SELECT line FROM event ORDER BY seq").map { $0[0] }
      let drilled = try #require(SeenEvent.all(in: lines.joined(separator: "\n")).flatMap(Drilled.init), "\(lines)")
      #expect(drilled.isPassed == false && !drilled.isComplete, "\(drilled)")
      #expect(drilled["awareness"] == 0.5 && drilled.all("tap").count == 2, "\(drilled)")
      #expect(
        drilled.rows.contains { $0.value == "1 of 2 fillers tapped, 1 tap where none was heard" }, "\(drilled)")
    }
  }
}
