import SpeechSignals
import Testing

@testable import Practice

/// Contours by hand: a letter a step. `a` to `z` are voiced, each a semitone higher than the one before, and loud;
/// capitals the same and 12 dB softer; `-` is a consonant, `.` silence.
func contour(_ pattern: String, start: Double = 0, semitones: Double = 0, decibels: Double = 0) -> Contour {
  var (levels, pitches): ([Double], [Double]) = ([], [])
  for letter in pattern.utf8 {
    let isLoud = (97...122).contains(letter), isSoft = (65...90).contains(letter)
    let height = Double(letter) - (isLoud ? 97 : 65) + semitones
    levels.append((isLoud ? -20 : isSoft ? -32 : letter == UInt8(ascii: "-") ? -40 : -70) + decibels)
    pitches.append(isLoud || isSoft ? 110 * exp2(of: height / 12) : 0)
  }
  return Contour(start: start, levels: levels, pitches: pitches)
}

@Suite struct ContourTellerTests {
  /// Readings of 10 ms; the pitch of a frame stands in the reading `Analyzer.pitchLagFrames` later.
  private func readings(
    _ frames: Range<Int>, pitch: (Int) -> Float = { _ in 200 }, level: (Int) -> Float = { _ in -20 }
  ) -> [Reading] {
    frames.map { frame in
      var reading = Reading()
      reading.frame = frame
      reading.levelDecibels = level(frame)
      let at = frame - Analyzer.pitchLagFrames
      reading.pitchHertz = at >= frames.lowerBound ? pitch(at) : 0
      return reading
    }
  }

  private func told(_ readings: [Reading], chunk: Int = 1_000) -> [SessionEvent] {
    var (teller, events) = (ContourTeller(), [SessionEvent]())
    for start in stride(from: 0, to: readings.count, by: chunk) {
      teller.add(readings[start..<min(start + chunk, readings.count)], into: &events)
    }
    teller.close(into: &events)
    return events
  }

  private func contours(_ events: [SessionEvent]) -> [Contour] {
    events.compactMap { if case .contour(let contour) = $0.kind { contour } else { nil } }
  }

  @Test func `a second is told once its last pitch is known`() {
    let events = told(readings(0..<250))
    let lag = Double(Analyzer.pitchLagFrames) / 100
    #expect(events.map(\.seconds) == [1 + lag, 2 + lag, 2.5].map { $0.rounded(places: 3) })
    #expect(contours(events).map(\.start) == [0, 1, 2])
    #expect(contours(events).map(\.levels.count) == [20, 20, 10])
  }

  @Test func `levels are means of power, and pitch belongs to the frame it was heard in`() {
    let made = contours(
      told(readings(0..<200, pitch: { $0 < 50 ? 100 : 0 }, level: { $0 % 5 == 0 ? -10 : -100 })))
    #expect(made[0].levels.allSatisfy { $0 == -17 })
    #expect(made[0].pitches == Array(repeating: 100, count: 10) + Array(repeating: 0, count: 10))
  }

  @Test func `a step is voiced where most of it is, at the median of what is`() {
    let made = contours(told(readings(0..<200, pitch: { [100, 0, 102, 0, 190][$0 % 5] })))
    #expect(made[0].pitches.allSatisfy { $0 == 102 })
    let rare = contours(told(readings(0..<200, pitch: { $0 % 5 < 2 ? 100 : 0 })))
    #expect(rare[0].pitches.allSatisfy { $0 == 0 })
  }

  @Test func `how readings were chunked leaves no trace`() {
    let all = readings(0..<333, pitch: { 100 + Float($0) })
    for chunk in [1, 7, 100, 333] { #expect(told(all, chunk: chunk) == told(all)) }
  }

  @Test func `behind a gap a new piece begins where sound does`() {
    let made = contours(told(readings(0..<130) + readings(730..<800)))
    #expect(made.map(\.start) == [0, 1, 7.3])
    #expect(made.map(\.levels.count) == [20, 6, 14])
    // The pitch of the last frames before a gap is never told, nor that of the first ones after it a moment ago.
    #expect(made[2].pitches.prefix(12).allSatisfy { $0 == 200 })
  }

  @Test func `contours stand among what was found by their time`() {
    func event(_ seconds: Double) -> SessionEvent { SessionEvent(at: seconds, .note("\(seconds)")) }
    let merged = ContourTeller.merged([event(1), event(2)], with: [event(0.5), event(1), event(1.5)])
    #expect(merged.map(\.seconds) == [0.5, 1, 1, 1.5, 2])
    #expect(ContourTeller.merged([], with: [event(3)]) == [event(3)])
  }
}

@Suite struct VoiceTrackTests {
  @Test func `pieces become one track, and what is missing is silence`() {
    let track = VoiceTrack([contour("aaaa", start: 1), contour("bbbb", start: 1.3)], from: 1.1, to: 1.5)
    #expect(track.count == 8)
    #expect(track.levels == [-20, -20, -100, -100, -20, -20, -20, -20])
    #expect(track.pitches.map { $0 == nil } == [false, false, true, true, false, false, false, false])
  }

  @Test(arguments: [
    ("....aaaa-bbb....", 4..<12), ("..a...aabb..", 6..<10), ("aaAAZZaa", 0..<8), ("........", nil),
    ("..a.a.a.a..", nil),
  ])
  func `speech is from the first to the last pair of voiced steps`(pattern: String, expected: Range<Int>?) {
    #expect(VoiceTrack(contour(pattern)).speech == expected)
  }
}

@Suite struct VoiceMatchTests {
  private static let line = "..aabbcc--ddccbb...BBccddeeffee--ddccbbaaAA..ccddeeddcc--bbaaAA.."

  private func match(_ model: String, _ own: String, semitones: Double = 0, decibels: Double = 0) -> VoiceMatch? {
    VoiceMatch(VoiceTrack(contour(model)), VoiceTrack(contour(own, semitones: semitones, decibels: decibels)))
  }

  @Test(arguments: [(0.0, 0.0, 0), (12, -15, 6), (-7, 8, 14), (3, -25, 24)])
  func `height, loudness and a constant delay make no difference`(semitones: Double, decibels: Double, delay: Int) {
    let own = String(repeating: ".", count: delay) + Self.line
    let match = match(Self.line, own, semitones: semitones, decibels: decibels)
    #expect(match.map { $0.likeness > 0.97 } == true)
    #expect(match.map { abs($0.lag - Double(delay) * Contour.step) < 0.01 } == true)
  }

  @Test func `another speed is warped, another line is not`() {
    let slower = String(
      Self.line.enumerated().flatMap { $0.offset % 4 == 0 ? [$0.element, $0.element] : [$0.element] })
    let other = String(Self.line.reversed()).replacing("c", with: ".").replacing("a", with: "g")
    #expect(match(Self.line, slower).map { $0.likeness > 0.8 } == true)
    #expect(match(Self.line, other).map { $0.likeness < 0.5 } == true)
  }

  @Test func `one note has the rhythm and not the melody`() {
    let flat = String(Self.line.map { $0.isLowercase ? "d" : $0 })
    guard let match = match(Self.line, flat) else {
      Issue.record("no match")
      return
    }
    #expect(match.rhythm > 0.9 && match.melody < match.rhythm - 0.2)
  }

  @Test func `words beyond the line count against it, and silence is no match`() {
    let much = Self.line + ".." + Self.line
    #expect((match(Self.line, much)?.likeness ?? 1) < 0.6)
    #expect(match(Self.line, String(repeating: ".", count: 60)) == nil)
    #expect(match("..ab..", Self.line) == nil)
  }
}

@Suite struct EchoMatchTests {
  private static let line = "..aabbcc--ddccbb...BBccddeeffee--ddccbbaaAA..ccddeeddcc--bbaaAA.."

  private func echo(_ heard: String, semitones: Double = 0) -> EchoMatch {
    EchoMatch(VoiceTrack(contour(Self.line)), VoiceTrack(contour(heard, semitones: semitones, decibels: -30)))
  }

  @Test(arguments: [0, 3, 8, 20])
  func `the line itself is an echo at any delay`(delay: Int) {
    let echo = echo(String(repeating: ".", count: delay) + Self.line)
    #expect(echo.isEcho && abs(echo.delay - Double(delay) * Contour.step) < 0.001)
  }

  @Test func `half a line is enough, a word of it is not`() {
    #expect(echo("..." + Self.line.prefix(34)).isEcho)
    #expect(echo("..." + Self.line.prefix(8)).share == nil)
  }

  @Test func `a voice half a semitone higher, another line and silence are none`() {
    #expect(!echo("..." + Self.line, semitones: 0.5).isEcho)
    #expect(!echo(String(Self.line.reversed())).isEcho)
    #expect(!echo(String(repeating: ".", count: 80)).isEcho)
  }
}
