import SpeechSignals
import Support
import Testing

@testable import Practice

/// Reading kinds on speech whose pauses are known to the sample: pieces of espeak-ng joined by silences.
@Suite(.enabled(if: Machine.has("espeak-ng"), "needs espeak-ng"))
struct SpokenReadingTests {
  /// A voice, its speed in words a minute, and the pauses at three marks in seconds, 0 for none.
  @Test(arguments: [
    ("en-gb", 150, [0.6, 1.5, 0.5]), ("en-us", 120, [0.4, 1.75, 0.85]), ("en-us+f3", 180, [0.45, 1.3, 0.7]),
    ("en-gb-scotland", 150, [1.2, 0.9, 0.35]), ("en-gb", 180, [0, 1.5, 0.6]), ("en-us", 150, [0.6, 2.4, 0]),
  ])
  func `pauses at marks lie within 50 ms of where they were made`(voice: String, speed: Int, pauses: [Double]) throws {
    let drill = Drill(
      id: "marks", kind: .markedReading, name: "Marks", skill: .pauses, measure: "hits",
      body: "Friends, / I have something to say // and it will not take long / because you know it already.")
    let pieces = ["Friends", "I have something to say", "and it will not take long", "because you know it already"]
    let spoken = try Spoken(pieces, pauses: pauses, voice: voice, speed: speed)
    let session = spoken.attempt(drill)
    let finding = MarkedReadingExercise.finding(session)
    let marks = finding.rows.prefix(3)
    for (row, pause) in zip(marks, pauses) {
      let wanted = row == marks[1] ? 1.5 : 0.6
      #expect(row.isHit == (pause > 0 && abs(pause - wanted) <= 0.3), "\(row)")
    }
    let read = ReadAloud(ReadText(try #require(session.script), marks: [.short: 0.6, .long: 1.5]), in: session)
    #expect(read.silences.map(\.place) == zip([1, 6, 12], pauses).filter { $1 > 0 }.map(\.0))
    for (silence, truth) in zip(read.silences, spoken.silences) {
      #expect(abs(silence.start - truth.start) <= 0.05, "\(silence) for \(truth)")
      #expect(abs(silence.seconds - truth.seconds) <= 0.05, "\(silence) for \(truth)")
    }
    #expect(finding.isComplete && session.drill?.isComplete == true)
  }

  /// Speed as espeak-ng is asked for it at each gear; its own words a minute are told by the length of what it says.
  @Test(arguments: [("en-gb", [110, 150, 180]), ("en-us", [150, 150, 150])])
  func `gears are told by the length of what was read`(voice: String, speeds: [Int]) throws {
    let text = "A habit is a stone that looks like nothing on the day you lay it. The next stone goes beside it."
    let drill = Drill(
      id: "gears", kind: .metronome, name: "Gears", skill: .pace,
      values: ["rates": .list(["110", "150", "180"]), "band": .number(15)], measure: "gears",
      pass: [DrillRule("gears", .atLeast(1))], body: text)
    let sounds = try speeds.map { try Spoken.say(text, voice: voice, speed: $0) }
    let spoken = Spoken(sounds, pauses: [2.6, 2.6])
    let session = spoken.attempt(drill)
    var passes = true
    for (index, sound) in sounds.enumerated() {
      let truth = 21 / (Double(sound.count) / 16_000) * 60
      let got = MetronomeExercise.finding(session).figures.first { $0.name == "rate-\(index + 1)" }?.value ?? 0
      #expect(abs(got / truth - 1) < 0.03, "\(got) for \(truth)")
      passes = passes && abs(truth / [110, 150, 180][index] - 1) <= 0.15
    }
    #expect(session.drillResult?.isPassed == passes, "\(session.drillResult?.rows ?? [])")
    #expect(session.drill?.isComplete == true)
  }

  @Test(arguments: [("en-gb", [120, 140, 165], true), ("en-us", [150, 150, 150], false)])
  func `a tongue twister is clean at each speed and passes where it rises`(
    voice: String, speeds: [Int], passes: Bool
  ) throws {
    let text = "Peter Piper picked a peck of pickled peppers."
    let drill = Drill(
      id: "peter", kind: .tongueTwister, name: "Peter", skill: .articulation, measure: "clean",
      pass: [DrillRule("clean", .atLeast(3)), DrillRule("rise", .atLeast(0.03))], body: text)
    let session = Spoken(try speeds.map { try Spoken.say(text, voice: voice, speed: $0) }, pauses: [2, 2]).attempt(
      drill)
    #expect(session.drillResult?.figure("clean") == 3, "\(session.drillResult?.rows ?? [])")
    #expect(session.drillResult?.isPassed == passes, "\(session.drillResult?.figures ?? [])")
  }

  @Test(arguments: [([2.3, 2.7], true), ([0.9, 2.5], false)])
  func `a power pause is held or not`(pauses: [Double], passes: Bool) throws {
    let pieces = ["We had two weeks and no money", "Then the phone rang", "It was the baker from the corner"]
    let drill = Drill(
      id: "power", kind: .powerPause, name: "Power", skill: .pauses, measure: "hits",
      pass: [DrillRule("hits", .atLeast(1))], body: "\(pieces[0]). **\(pieces[1]).** \(pieces[2]).")
    let session = try Spoken(pieces, pauses: pauses, voice: "en-gb", speed: 150).attempt(drill)
    #expect(session.drillResult?.isPassed == passes, "\(session.drillResult?.rows ?? [])")
    #expect(abs((session.drillResult?.figure("before") ?? 0) - pauses[0]) <= 0.05)
    #expect(abs((session.drillResult?.figure("after") ?? 0) - pauses[1]) <= 0.05)
  }

  /// Sound with known silences in it.
  struct Spoken {
    private(set) var samples: [Float]
    private(set) var silences: [(start: Double, seconds: Double)] = []

    /// `pieces` with `pauses` between them, said as one piece where a pause is 0.
    init(_ pieces: [String], pauses: [Double], voice: String, speed: Int) throws {
      var joined: [(text: String, pause: Double)] = []
      for (index, piece) in pieces.enumerated() {
        let pause = index < pauses.count ? pauses[index] : 0
        if let last = joined.last, last.pause == 0 {
          joined[joined.count - 1] = (last.text + " " + piece, pause)
        } else {
          joined.append((piece, pause))
        }
      }
      self.init(
        try joined.map { try Self.say($0.text, voice: voice, speed: speed) }, pauses: joined.dropLast().map(\.pause))
    }

    /// Sounds with silences between them, and room before and behind.
    init(_ sounds: [[Float]], pauses: [Double]) {
      samples = Self.room(0.8)
      for (index, sound) in sounds.enumerated() {
        samples += sound
        guard index < pauses.count else { break }
        silences.append((Double(samples.count) / 16_000, pauses[index]))
        samples += Self.room(pauses[index])
      }
      samples += Self.room(8)
    }

    private static func room(_ seconds: Double) -> [Float] {
      Speech.room(seconds: seconds).samples.map { Float($0) / 32_768 }
    }

    /// What espeak-ng says at 16 kHz, from its first loud sample to its last.
    static func say(_ text: String, voice: String, speed: Int) throws -> [Float] {
      let scratch = try Scratch()
      let path = scratch.path("said.wav")
      let done = try run(["espeak-ng", "-v", voice, "-s", "\(speed)", "-w", path, text])
      guard done.code == 0 else { throw SupportError("espeak-ng: \(done)") }
      let wave = try Wave(path: path)
      let all = wave.samples.map { Float($0) / 32_768 }
      let loud = 0.01 * (all.map(abs).max() ?? 0)
      let said = Array(all[(all.firstIndex { abs($0) > loud } ?? 0)...(all.lastIndex { abs($0) > loud } ?? 0)])
      let step = Double(wave.rate) / 16_000
      return (0..<Int(Double(said.count - 1) / step)).map { index in
        let place = Double(index) * step
        let (before, share) = (Int(place), Float(place - Double(Int(place))))
        return 0.7 * (said[before] * (1 - share) + said[before + 1] * share)
      }
    }

    /// An attempt at `drill` in which this was heard.
    func attempt(_ drill: Drill) -> Session {
      var attempt = Attempt(drill)
      var analyzer = Analyzer(settings: AnalyzerSettings())
      var results = Results()
      analyzer.process(samples.span, into: &results)
      analyzer.finish(into: &results)
      for event in results.found.compactMap(SessionEvent.init) { attempt.go(event) }
      return attempt.session
    }
  }
}
