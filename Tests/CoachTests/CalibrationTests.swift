import Glibc
import Practice
import SpeechSignals
import Support
import Terminal
import Testing

@testable import Coach

@Suite struct CalibrationScreenTests {
  static let passage =
    "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it."

  static func desk(_ step: Calibration.Step, left: Double = 6.4) -> Desk {
    var desk = Desk(room: .calibration)
    desk.source.name = "default"
    desk.source.rate = 48_000
    desk.source.levelDecibels = step == .room ? -61.3 : -22.8
    desk.calibration = Desk.CalibrationState()
    desk.calibration?.step = step
    desk.calibration?.secondsLeft = left
    desk.calibration?.passage = passage
    return desk
  }

  @Test(arguments: [Calibration.Step.room, .reading], ScreenGoldenTests.sizes)
  func `a calibration looks as it was approved`(step: Calibration.Step, size: Size) {
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let grid = Frame.grid(of: Self.desk(step), size: size, glyphs: glyphs)
      expectGolden(grid.golden, "calibrate-\(step.rawValue)-\(size.columns)x\(size.rows)-\(suffix)")
    }
  }

  @Test func `q and Ctrl-C leave, and everything else stays`() {
    for key in [Key.character("q"), .control("c")] {
      var desk = Self.desk(.room)
      #expect(desk.press(key) == [.leave])
    }
    var desk = Self.desk(.room)
    for key in [Key.character(" "), .enter, .character("m"), .character("r"), .escape] {
      #expect(desk.press(key).isEmpty && desk.rooms == [.calibration])
    }
  }

  @Test func `lines say each step once, and little while the room is measured`() {
    var lines = PlainLines()
    var said: [String] = []
    for (step, left) in [(Calibration.Step.room, 10.0), (.room, 7), (.room, 4.9), (.room, 1), (.reading, 10)] {
      said += lines.lines(about: Self.desk(step, left: left))
    }
    for left in [6.0, 4.2, 2] { said += lines.lines(about: Self.desk(.reading, left: left)) }
    said += lines.lines(about: Self.desk(.over, left: 0))
    #expect(
      said == [
        "Listening to default, 48 kHz, sound is not kept.", Messages.calibrateRoom, "5 s left, level -61 dB",
        Messages.calibrateReading, Self.passage, "5 s left, level -23 dB",
      ])
  }

  @Test func `a step that starts again is said to`() {
    var lines = PlainLines()
    let said = [9.0, 4, 10, 4.8].flatMap { lines.lines(about: Self.desk(.room, left: $0)) }
    #expect(said.dropFirst(2) == ["4 s left, level -61 dB", Messages.calibrateAgain, "5 s left, level -61 dB"])
  }

  @Test func `a recording is named, and no loss of sound is made up`() {
    var lines = PlainLines()
    let said = [(Calibration.Step.room, 10.0), (.room, 2), (.reading, 10), (.over, 0)].flatMap { step, left in
      var desk = Self.desk(step, left: left)
      desk.source.name = "take.wav"
      desk.source.isRecording = true
      return lines.lines(about: desk)
    }
    #expect(said == ["Listening to take.wav, 48 kHz, sound is not kept."])
  }

  @Test func `a microphone without sound is said to have none, once`() {
    var lines = PlainLines()
    var desk = Self.desk(.room, left: 6)
    _ = lines.lines(about: desk)
    desk.source.flatSeconds = 3
    #expect(lines.lines(about: desk) == [Messages.calibrateNoSound("default")])
    #expect(lines.lines(about: desk).isEmpty)
    for (size, step) in ScreenGoldenTests.sizes.flatMap({ [($0, Calibration.Step.room), ($0, .reading)] }) {
      desk.calibration?.step = step
      let text = Frame.grid(of: desk, size: size, glyphs: .unicode).lines().joined(separator: "\n")
      #expect(text.contains("No sound from default."), "\(size), \(step)")
    }
  }
}

@Suite struct CalibrationReportTests {
  @Test(arguments: [
    ("default", -8, "pactl set-source-volume @DEFAULT_SOURCE@ -8dB, or alsamixer -V capture"),
    ("pulse", 6, "pactl set-source-volume @DEFAULT_SOURCE@ +6dB, or alsamixer -V capture"),
    ("hw:1,0", -8, "alsamixer -V capture -c 1"), ("plughw:CARD=PCH,DEV=0", 6, "alsamixer -V capture -c PCH"),
    ("sysdefault:CARD=USB-2_x", 6, "alsamixer -V capture -c USB-2_x"),
    ("testmic", 6, "alsamixer -V capture, or pactl set-source-volume @DEFAULT_SOURCE@ +6dB"),
    ("hw:$(reboot)", 6, "alsamixer -V capture, or pactl set-source-volume @DEFAULT_SOURCE@ +6dB"),
    ("hw:", 6, "alsamixer -V capture, or pactl set-source-volume @DEFAULT_SOURCE@ +6dB"),
  ])
  func `the command fits the device`(device: String, decibels: Int, command: String) {
    #expect(CalibrationReport.command(device: device, decibels: decibels) == command)
  }

  private static func result(peak: Double, clipped: Int = 0) -> CalibrationResult {
    var result = CalibrationResult()
    result.isComplete = true
    result.seconds = 20
    result.floorDecibels = -61.2
    result.speechSeconds = 7.9
    result.speechDecibels = -23.6
    result.peakDecibels = peak
    result.clippedSamples = clipped
    result.syllables = 34
    result.spanSeconds = 9
    return result
  }

  @Test func `what to do is one sentence, with a command where there is one`() {
    func said(_ result: CalibrationResult, isLive: Bool = true) -> [String] {
      CalibrationReport(result: result, source: "hw:1,0", isLive: isLive, bands: Bands()).sentences
    }
    #expect(said(Self.result(peak: -9)) == ["Your level is good."])
    #expect(
      said(Self.result(peak: -1)) == [
        "Lower the capture level by about 8 dB: alsamixer -V capture -c 1. Then calibrate again."
      ])
    #expect(
      said(Self.result(peak: -20), isLive: false) == [
        "Raise the capture level by about 11 dB where you recorded this. Then calibrate again."
      ])
    #expect(
      said(Self.result(peak: -5, clipped: 3)) == [
        "The input clips (3 samples).",
        "Lower the capture level by about 10 dB: alsamixer -V capture -c 1. Then calibrate again.",
      ])
  }

  @Test func `rows hold only what was measured`() {
    let report = CalibrationReport(result: Self.result(peak: -9), source: "x", isLive: true, bands: Bands())
    #expect(report.rows(approximately: "about ").map { $0[0] } == ["room", "speech", "peaks", "pace"])
    #expect(report.rows(approximately: "about ")[1][1...] == ["-24 dBFS", "7.9 s of it, 37 dB above the room"])
    var clipped = Self.result(peak: 0, clipped: 3)
    clipped.floorDecibels = -40.3
    let wrong = CalibrationReport(result: clipped, source: "x", isLive: false, bands: Bands())
    #expect(wrong.rows(approximately: "").contains { $0.contains("7.9 s of it, 16 dB above the room") })
    #expect(wrong.sentences.contains { $0.contains("your voice is 16 dB above it") }, "both say the same")
    #expect(wrong.sentences.last?.hasPrefix("Lower the capture level by about 10 dB") == true)
    var short = Self.result(peak: -9)
    short.isComplete = false
    #expect(CalibrationReport(result: short, source: "x", isLive: true, bands: Bands()).rows(approximately: "").isEmpty)
  }
}

@Suite struct BaselineFileTests {
  @Test func `a baseline is kept for its owner alone, found for its source, and forgotten`() throws {
    let scratch = try Scratch()
    let places = Places.resolve(environment: ["ROSTRUM_HOME": scratch.path("home")], home: "/")
    #expect(try BaselineFile.read(places) == Baselines())
    #expect(try BaselineFile.forget(places) == false)
    var baselines = Baselines()
    baselines.keep(
      Baseline(
        source: "pulse", rate: 48_000, madeAtMilliseconds: 0, floorDecibels: nil, speechDecibels: -24, peakDecibels: -9,
        pitchHertz: nil, pitchSpreadSemitones: nil, wordsPerMinute: 150, articulationRate: 4, speechSeconds: 8))
    try BaselineFile.check(places)
    try BaselineFile.write(baselines, places)
    #expect(try BaselineFile.read(places) == baselines)
    var status = stat()
    #expect(stat(places.baselines, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try BaselineFile.forget(places))
    #expect(!scratch.listing("home").contains { $0.contains("baseline") })
  }

  @Test func `calibrations that end together are all kept`() async throws {
    let scratch = try Scratch()
    let places = Places.resolve(environment: ["ROSTRUM_HOME": scratch.path("home")], home: "/")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<Baselines.limit {
        group.addTask {
          let baseline = Baseline(
            source: "device \(index)", rate: 48_000, madeAtMilliseconds: 0, floorDecibels: nil, speechDecibels: -24,
            peakDecibels: -9, pitchHertz: nil, pitchSpreadSemitones: nil, wordsPerMinute: 150, articulationRate: 4,
            speechSeconds: 8)
          try BaselineFile.keep(baseline, places)
        }
      }
      try await group.waitForAll()
    }
    #expect(try BaselineFile.read(places).all.count == Baselines.limit)
  }

  @Test(arguments: [
    ("nonsense", "damaged"), (#"{"schema":"rostrum.baseline/9"}"#, "newer"), ("", "damaged"),
  ])
  func `a file that is none, or newer, is named and not touched`(text: String, word: String) throws {
    let scratch = try Scratch()
    let places = Places.resolve(environment: ["ROSTRUM_HOME": scratch.path("home")], home: "/")
    _ = try scratch.folder("home/data")
    let path = try scratch.write(text, to: "home/data/baseline.json")
    do throws(Failure) {
      try BaselineFile.check(places)
      Issue.record("it was taken")
    } catch {
      #expect(error.status == .badData && error.sentence.contains(path) && error.sentence.contains(word))
    }
  }
}
