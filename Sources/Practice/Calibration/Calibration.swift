package import SpeechSignals

/// A calibration as it goes on: ten seconds of room, then ten of reading, counted in audio time.
///
/// It is fed what the analyzer makes of the sound, and the samples themselves for what only they tell, and knows
/// neither clock nor device: a microphone and a recording go the same way.
package struct Calibration: Sendable {
  /// What is listened to now.
  package enum Step: String, Equatable, Sendable { case room, reading, over }

  /// How long each step lasts, in seconds.
  package static let stepSeconds = 10.0
  /// How much sound may be lost within a step before it starts again, in seconds.
  package static let bearableGapSeconds = 0.5

  private var heard = CalibrationResult()
  private var hum = MainsHum()
  private var roomStart = 0.0
  private var readingStart = Calibration.stepSeconds
  private var seconds = 0.0
  private var isOver = false
  private var tally = Tally()
  /// Levels of the room's frames in dBFS; the median is taken of them.
  private var levels: [Float] = []
  /// Voiced frames of speech, in hertz.
  private var pitches: [Float] = []
  /// The pitch as decided once more at the end; nil until then.
  private var reviewed: ReviewedPitch?
  /// Power of speech, summed over its seconds.
  private var speechPower = 0.0
  /// The peak of each second with speech in it, in dBFS.
  private var peaks: [Double] = []
  /// Frames of both steps, and how many of them moved at all.
  private var frames = 0
  private var livelyFrames = 0

  /// A calibration that has heard nothing yet.
  package init() {}

  /// What is listened to now; over as soon as the last second of reading is final.
  package var step: Step { isOver ? .over : seconds < roomEnd ? .room : .reading }

  private var roomEnd: Double { roomStart + Calibration.stepSeconds }

  /// Seconds left in this step.
  package var secondsLeft: Double {
    let end = step == .room ? roomEnd : readingStart + Calibration.stepSeconds
    return min(Calibration.stepSeconds, max(0, end - seconds))
  }

  /// How many times sound was lost and a step started again.
  package private(set) var restarts = 0

  /// Takes in samples at 16 kHz and what the analyzer made of them.
  package mutating func hear(_ samples: Span<Float>, _ results: Results) {
    if step == .room { hum.add(samples) }
    hear(results)
  }

  /// Takes in what the analyzer had to say at the end of the sound.
  package mutating func hear(_ results: Results) {
    for reading in results.readings { hear(reading) }
    for found in results.found { hear(found.finding) }
  }

  /// Takes in the pitch of all that was heard, decided once more at the end.
  package mutating func review(_ pitch: ReviewedPitch?) { reviewed = pitch }

  /// Sound was lost up to `seconds` of audio time: a step that lost much of it starts again at the next whole second.
  package mutating func lose(_ lostSeconds: Double, upTo seconds: Double) {
    guard lostSeconds > Calibration.bearableGapSeconds, step != .over else { return }
    let step = step
    self.seconds = max(self.seconds, seconds)
    restarts += 1
    tally = Tally()
    pitches = []
    peaks = []
    speechPower = 0
    if step == .room {
      hum = MainsHum()
      levels = []
      heard.roomSpeechSeconds = 0
      frames = 0
      livelyFrames = 0
      roomStart = seconds.rounded(.up)
      readingStart = roomEnd
    } else {
      readingStart = seconds.rounded(.up)
    }
  }

  private mutating func hear(_ reading: Reading) {
    seconds = max(seconds, reading.seconds)
    let place = reading.seconds - 0.005
    let isRoom = place > roomStart && place < roomEnd
    let isReading = place > readingStart && place < readingStart + Calibration.stepSeconds
    guard isRoom || isReading else { return }
    frames += 1
    if reading.flatSeconds == 0, reading.levelDecibels > -99 { livelyFrames += 1 }
    if isRoom { levels.append(reading.levelDecibels) }
    if isReading, reading.isSpeech, reading.pitchHertz > 0 { pitches.append(reading.pitchHertz) }
  }

  private mutating func hear(_ finding: Finding) {
    let end = readingStart + Calibration.stepSeconds
    switch finding {
    case .second(let second):
      if second.start >= roomStart, second.end <= roomEnd {
        heard.roomSpeechSeconds += second.speechSeconds
      }
      if second.start >= readingStart, second.end <= end {
        tally.add(second)
        if second.speechSeconds > 0 { peaks.append(second.peakDecibels) }
        if let level = second.speechLevelDecibels { speechPower += powerOf(level) * second.speechSeconds }
      }
      // The last second of a recording may lack a frame.
      if second.end > end - 0.5 { isOver = true }
    case .phrase(let phrase) where phrase.start >= readingStart && phrase.end <= end: tally.add(phrase)
    case .phrase, .pause, .filledPause, .syllable: break
    }
  }

  /// What has been found so far; complete once the step is `over`.
  package var result: CalibrationResult {
    var result = heard
    result.isComplete = isOver
    result.seconds = seconds
    result.isFlat = livelyFrames * 100 < frames
    let floor = Calibration.median(levels)
    result.floorDecibels = floor.flatMap { $0 > -99 ? Double($0) : nil }
    result.offset = hum.offset
    result.hum = hum.hum
    result.speechSeconds = tally.speechSeconds
    if tally.speechSeconds >= CalibrationResult.leastSpeechSeconds {
      result.speechDecibels = decibels(ofPower: speechPower / tally.speechSeconds)
    }
    result.clippedSamples = tally.clippedSamples
    // The peak that two of the seconds reached: a knock on the table is none of the voice.
    // A filter overshoots where the input clips: there is nothing above full scale.
    result.peakDecibels = peaks.sorted().dropLast(peaks.count > 1 ? 1 : 0).last.map { min(0, $0) }
    if pitches.count >= 200 {
      result.pitchHertz = Calibration.median(pitches).map(Double.init)
      result.pitchSpreadSemitones = tally.pitchSpreadSemitones
    }
    if let reviewed {
      (result.pitchHertz, result.pitchSpreadSemitones) = (reviewed.medianHertz, reviewed.spreadSemitones)
    }
    result.syllables = tally.syllables
    if let first = tally.firstSpeechSeconds {
      result.spanSeconds = max(tally.lastSpeechSeconds - first, tally.speechSeconds)
    }
    return result
  }

  private static func median(_ values: [Float]) -> Float? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }
}
