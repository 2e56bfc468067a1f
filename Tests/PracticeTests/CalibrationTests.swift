import SpeechSignals
import Testing

@testable import Practice

/// A calibration fed with what an analyzer would say of a room and a reader of these levels.
private func calibration(
  seconds: Int = 20, room: Float = -60, level: Double = -24, peak: Double = -9, spoken: Range<Int> = 11..<20,
  talkInRoom: Double = 0, clipped: Int = 0, pitch: Float = 120, knockAt: Int? = nil
) -> Calibration {
  var calibration = Calibration()
  for number in 0..<seconds {
    var results = Results()
    let isSpoken = spoken.contains(number)
    for frame in number * 100..<(number + 1) * 100 {
      var reading = Reading()
      reading.frame = frame
      reading.levelDecibels = isSpoken ? Float(level) : room
      reading.isSpeech = isSpoken
      reading.pitchHertz = isSpoken ? pitch : 0
      reading.flatSeconds = room <= -100 && !isSpoken ? Float(number) : 0
      results.readings.append(reading)
    }
    var made = second(Double(number + 1), speech: isSpoken ? 0.8 : 0, level: level, clipped: isSpoken ? clipped : 0)
    made.peakDecibels = number == knockAt ? 0 : isSpoken ? peak : Double(room) + 10
    if number < 10 { made.speechSeconds = talkInRoom / 10 }
    results.found = [Found(at: Double(number + 1), finding: .second(made))]
    calibration.hear([Float](repeating: 0.01, count: 16_000).span, results)
  }
  return calibration
}

@Suite struct CalibrationTests {
  @Test func `ten seconds of room, ten of reading, and it is over`() {
    #expect(Calibration().step == .room && Calibration().secondsLeft == 10)
    let steps = [3, 9, 10, 15, 19, 20].map { (calibration(seconds: $0).step, calibration(seconds: $0).secondsLeft) }
    #expect(steps.map(\.0) == [.room, .room, .reading, .reading, .reading, .over])
    #expect(steps.map(\.1) == [7, 1, 10, 5, 1, 0])
  }

  @Test func `a quiet room and a reader come to a baseline`() throws {
    let result = calibration(knockAt: 15).result
    #expect(result.refusal == nil && result.remarks == [.offset(share: 0.01)].filter { _ in result.offset >= 0.01 })
    #expect(result.floorDecibels == -60 && abs((result.speechDecibels ?? 0) + 24) < 0.01)
    #expect(abs((result.signalToNoiseDecibels ?? 0) - 36) < 0.1)
    #expect(result.peakDecibels == -9, "one knock counted: \(result.peakDecibels ?? 0)")
    #expect(result.pitchHertz == 120 && result.syllables == 36)
    let made = try #require(
      result.baseline(source: "pulse", rate: 48_000, madeAtMilliseconds: 1_763_704_320_000, bands: Bands()))
    #expect(made.speechDecibels == result.speechDecibels && made.floorDecibels == -60)
    #expect(abs(made.articulationRate - 5) < 0.01 && abs(made.wordsPerMinute - 175) < 2)
  }

  @Test(arguments: [
    (-9.0, 0, CalibrationResult.LevelAdvice.good), (-4.1, 0, .good), (-13.9, 0, .good), (-3, 0, .lower(decibels: 6)),
    (-1, 0, .lower(decibels: 8)), (-15, 0, .raise(decibels: 6)), (-40, 0, .raise(decibels: 31)),
    (0, 12, .lower(decibels: 10)), (-8, 12, .lower(decibels: 10)),
  ])
  func `the level is to put peaks between -12 and -6`(
    peak: Double, clipped: Int, advice: CalibrationResult.LevelAdvice
  ) {
    let result = calibration(peak: peak, clipped: clipped).result
    #expect(result.levelAdvice == advice)
    #expect(result.remarks.contains { if case .clipping = $0 { true } else { false } } == (clipped > 0))
  }

  @Test(arguments: [
    (-60.0 as Float, "none"), (-43, "noisy"), (-30, "tooNoisy"), (-24, "tooNoisy"), (-100, "gated"),
  ])
  func `a noisy room is said to be noisy`(room: Float, expected: String) {
    let said = calibration(room: room).result.remarks.compactMap { remark -> String? in
      switch remark {
      case .noisy: "noisy"
      case .tooNoisy: "tooNoisy"
      case .gated: "gated"
      default: nil
      }
    }
    #expect(said == (expected == "none" ? [] : [expected]))
  }

  @Test func `without what it needs it makes no baseline and says why`() {
    let rows: [(Calibration, CalibrationResult.Refusal)] = [
      (Calibration(), .tooShort(seconds: 0)), (calibration(seconds: 15), .tooShort(seconds: 15)),
      (calibration(room: -100, spoken: 0..<0), .flat), (calibration(spoken: 0..<0), .noSpeech),
      (calibration(spoken: 10..<12), .littleSpeech(seconds: 1.6)),
      (calibration(peak: 2, clipped: 12), .clipped(samples: 108)),
    ]
    for (calibration, refusal) in rows {
      #expect(calibration.result.refusal == refusal)
      #expect(
        calibration.result.baseline(source: "", rate: 1, madeAtMilliseconds: 0, bands: Bands()) == nil)
    }
    guard case .roomNotQuiet(let seconds)? = calibration(talkInRoom: 4).result.refusal else {
      Issue.record("a voice in the room was not noticed")
      return
    }
    #expect(abs(seconds - 4) < 0.01)
    #expect(calibration(talkInRoom: 1).result.refusal == nil)
    #expect(calibration(clipped: 1, knockAt: 15).result.refusal == nil, "one knock clips, the voice does not")
  }

  @Test func `nothing lies above full scale, and a loud room is said to hide a voice`() {
    #expect(calibration(peak: 2.1).result.peakDecibels == 0)
    #expect(calibration(room: -20, spoken: 0..<0).result.remarks == [.loudRoom(decibels: -20)])
    #expect(calibration(room: -60, spoken: 0..<0).result.remarks == [])
  }

  @Test func `pitch is that of the review, where there was one`() {
    var calibration = calibration()
    calibration.review(ReviewedPitch(voicedFrames: 400, medianHertz: 118, spreadSemitones: 1.9))
    #expect(calibration.result.pitchHertz == 118 && calibration.result.pitchSpreadSemitones == 1.9)
  }

  @Test func `a loss of sound starts the step again, a short one does not`() {
    var room = calibration(seconds: 6)
    room.lose(0.3, upTo: 6.3)
    #expect(room.secondsLeft == 4 && room.restarts == 0)
    room.lose(2.1, upTo: 8.4)
    #expect(room.step == .room && room.restarts == 1 && room.secondsLeft == 10)
    var reading = calibration(seconds: 14)
    reading.lose(3.2, upTo: 17.2)
    #expect(reading.step == .reading && reading.secondsLeft == 10 && reading.result.speechSeconds == 0)
    #expect(reading.result.floorDecibels == -60, "the room has to be measured again")
  }
}

@Suite struct BaselineTests {
  private static func baseline(_ source: String, rate: Int = 48_000, level: Double = -24) -> Baseline {
    Baseline(
      source: source, rate: rate, madeAtMilliseconds: 1_763_704_320_000, floorDecibels: -60.5, speechDecibels: level,
      peakDecibels: -8.2, pitchHertz: 118.4, pitchSpreadSemitones: 2.61, wordsPerMinute: 151.3, articulationRate: 4.4,
      speechSeconds: 7.9, version: "0.1.0")
  }

  static let line =
    #"{"schema":"rostrum.baseline/1","baselines":[{"source":"pulse","rate":48000,"made_at_ms":1763704320000,"floor_db":-60.5,"speech_level_db":-24,"peak_db":-8.2,"pitch_hz":118.4,"pitch_sd_semitones":2.61,"words_per_minute":151.3,"articulation_rate":4.4,"speech_seconds":7.9,"version":"0.1.0"}]}"#

  @Test func `what was written is read, for ever`() throws {
    var baselines = Baselines()
    baselines.keep(Self.baseline("pulse"))
    #expect(baselines.text == Self.line)
    #expect(try Baselines.read(Self.line) == baselines)
    #expect(try Baselines.read(Baselines().text) == Baselines())
  }

  @Test func `each microphone has one, the newest first, the oldest dropped`() {
    var baselines = Baselines()
    for number in 0..<20 { baselines.keep(Self.baseline("hw:\(number)")) }
    baselines.keep(Self.baseline("hw:10", level: -30))
    #expect(baselines.all.count == Baselines.limit && baselines.all.first?.source == "hw:10")
    #expect(baselines.of(source: "hw:10", rate: 48_000)?.speechDecibels == -30)
    #expect(baselines.of(source: "hw:10", rate: 44_100) == nil && baselines.of(source: "hw:0", rate: 48_000) == nil)
  }

  @Test(arguments: [
    ("", Baselines.Problem.damaged), ("{}", .damaged), ("[1]", .damaged), (#"{"schema":"other/1"}"#, .damaged),
    (#"{"schema":"rostrum.baseline/1"}"#, .damaged), (#"{"schema":"rostrum.baseline/2","people":[]}"#, .newer),
  ])
  func `what is no baseline is refused`(text: String, problem: Baselines.Problem) {
    #expect(throws: problem) { try Baselines.read(text) }
  }

  @Test func `no damage brings the reader down, and nothing beyond measure is read`() throws {
    var generator = Sequence64(state: 7)
    for _ in 0..<1_000 {
      var bytes = Array(Self.line.utf8)
      for _ in 0...2 {
        bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
      }
      let read = (try? Baselines.read(String(decoding: bytes, as: UTF8.self)))?.all ?? []
      #expect(read.allSatisfy { (-100...20).contains($0.speechDecibels) && $0.wordsPerMinute >= 0 })
    }
  }
}

@Suite struct OwnLevelTests {
  private static func session(calibrated: Double?) -> Session {
    var session = Session()
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa", ownLevelDecibels: calibrated))))
    return session
  }

  @Test func `a calibrated level is there from the first second, until the microphone is changed`() {
    var session = Self.session(calibrated: -24)
    #expect(session.ownLevelDecibels == -24)
    _ = session.live((1...30).map { second(Double($0), level: -40) })
    #expect(session.ownLevelDecibels == -24)
    _ = session.apply(SessionEvent(at: 30, .gap(Gap(lostSeconds: 0.4, cause: "changed"))))
    #expect(abs((session.ownLevelDecibels ?? 0) + 40) < 0.01)
    #expect(Self.session(calibrated: nil).ownLevelDecibels == nil)
  }

  @Test func `who stands further away than when calibrating is not told to speak up`() {
    var session = Self.session(calibrated: -20)
    #expect(!session.live((1...120).map { second(Double($0), level: -32) }).contains { $0.hasSuffix("louder") })
    var fading = Self.session(calibrated: -20)
    let cues = fading.live((1...120).map { second(Double($0), level: $0 < 70 ? -21 : -32) })
    #expect(cues.contains { $0.hasSuffix("louder") }, "\(cues)")
  }
}
