package import SpeechSignals

/// What a calibration measured, and what follows from it.
///
/// Bounds are wide dead-bands with a physical reason each: within them there is nothing to do.
package struct CalibrationResult: Equatable, Sendable {
  /// Whether both steps were heard out.
  package var isComplete = false
  /// Seconds of audio time heard.
  package var seconds = 0.0
  /// Whether next to no sample differed from the one before: a muted microphone.
  package var isFlat = false
  /// Median level of the room's frames in dBFS; nil where it is digitally silent.
  package var floorDecibels: Double?
  /// Seconds of the room's ten in which somebody spoke.
  package var roomSpeechSeconds = 0.0
  /// Mains hum in the room, nil where none stands out.
  package var hum: MainsHum.Hum?
  /// Constant offset of the room's samples, re full scale.
  package var offset = 0.0
  /// Seconds of speech in the ten of reading.
  package var speechSeconds = 0.0
  /// RMS level of speech in dBFS; nil below `leastSpeechSeconds` of it.
  package var speechDecibels: Double?
  /// The sample peak that two of the seconds with speech reached, in dBFS.
  package var peakDecibels: Double?
  /// Clipped samples in the ten seconds of reading.
  package var clippedSamples = 0
  /// Median pitch in hertz and its standard deviation in semitones; nil below 200 voiced frames.
  package var pitchHertz: Double?
  package var pitchSpreadSemitones: Double?
  /// Syllables in the ten seconds of reading, and the seconds from the first speech to the last.
  package var syllables = 0
  package var spanSeconds = 0.0

  /// Nothing measured yet.
  package init() {}
}

extension CalibrationResult {
  /// Why no baseline can be made of it.
  package enum Refusal: Equatable, Sendable {
    /// The sound ended before both steps were over.
    case tooShort(seconds: Double)
    /// All samples are the same.
    case flat
    /// Somebody spoke while the room was to be quiet, for so many seconds.
    case roomNotQuiet(seconds: Double)
    /// No speech was found in the reading.
    case noSpeech
    /// Too little speech for a level of one's own, so many seconds.
    case littleSpeech(seconds: Double)
    /// The voice went beyond what the input can take, and not just once: its true level is not known.
    case clipped(samples: Int)
  }

  /// What a person should know or do, the most urgent first.
  package enum Remark: Equatable, Sendable {
    case clipping(samples: Int)
    case tooNoisy(decibels: Double)
    case noisy(decibels: Double)
    case roomSpeech(seconds: Double)
    /// The room is as loud as a voice, and no voice was found.
    case loudRoom(decibels: Double)
    case hum(hertz: Int, decibels: Double)
    case offset(share: Double)
    case gated
  }

  /// What to do about the capture level.
  package enum LevelAdvice: Equatable, Sendable {
    case good
    case lower(decibels: Int)
    case raise(decibels: Int)
  }

  /// Seconds of speech from which a level is told: sentences differ by a decibel or so, which the dead-bands bear.
  static let leastSpeechSeconds = 3.0
  /// Seconds of speech in the room above which its level is that of a voice, not of the room.
  static let roomSpeechLimit = 3.0
  /// Where the peaks of speech should lie in dBFS: room for a louder moment above, far from the noise of the converter
  /// below.
  package static let aim = -12.0 ... -6.0
  /// How far outside the aim peaks may lie without a word, in decibels: as much as two readings differ.
  static let tolerance = 2.0
  /// From this level on, in dBFS, a room may hide a voice: microphones are set so that voices are at -40 to -15.
  static let loudRoom = -45.0
  /// How near to full scale, in dBFS, the peaks of two seconds lie where the voice itself clips, and no single knock.
  static let clippingPeak = -0.1
  /// The step down where the input clips and the true peak is unknown, in decibels.
  static let clippingStep = 10

  /// Why nothing can be kept; nil where a baseline can be made.
  package var refusal: Refusal? {
    guard isComplete else { return .tooShort(seconds: seconds) }
    if isFlat { return .flat }
    if roomSpeechSeconds > Self.roomSpeechLimit { return .roomNotQuiet(seconds: roomSpeechSeconds) }
    if speechSeconds < 0.5 { return .noSpeech }
    if speechDecibels == nil { return .littleSpeech(seconds: speechSeconds) }
    let isClipped = clippedSamples > 0 && peakDecibels.map { $0 >= Self.clippingPeak } ?? false
    return isClipped ? .clipped(samples: clippedSamples) : nil
  }

  /// How far speech stands above the room, in decibels, the room's own power taken off; nil where either is unknown.
  package var signalToNoiseDecibels: Double? {
    guard let speech = speechDecibels, let floor = floorDecibels else { return nil }
    let voice = powerOf(speech) - powerOf(floor)
    return voice > 0 ? max(0, decibels(ofPower: voice) - floor) : 0
  }

  /// What to do about the capture level, towards the middle of the aim; nil without speech.
  package var levelAdvice: LevelAdvice? {
    guard let peak = peakDecibels else { return nil }
    let change = Int(((Self.aim.lowerBound + Self.aim.upperBound) / 2 - peak).rounded())
    if clippedSamples > 0 { return .lower(decibels: max(-change, Self.clippingStep)) }
    if peak > Self.aim.upperBound + Self.tolerance { return .lower(decibels: -change) }
    if peak < Self.aim.lowerBound - Self.tolerance { return .raise(decibels: change) }
    return .good
  }

  /// The hum where it is a quarter of the room's power or more: below that it is not what one hears.
  package var audibleHum: MainsHum.Hum? {
    guard let hum, hum.decibels > (floorDecibels ?? -100) - 6, hum.decibels > -80 else { return nil }
    return hum
  }

  /// What should be said beside the level; of a calibration that was refused, only what holds without a voice.
  package var remarks: [Remark] {
    switch refusal {
    case .tooShort, .flat, .roomNotQuiet: []
    case .noSpeech, .littleSpeech: hidingRoom + roomRemarks
    case .clipped, nil: voiceRemarks + roomRemarks
    }
  }

  private var hidingRoom: [Remark] {
    floorDecibels.map { $0 > Self.loudRoom ? [.loudRoom(decibels: $0)] : [] } ?? []
  }

  private var voiceRemarks: [Remark] {
    var remarks: [Remark] = []
    if clippedSamples > 0 { remarks.append(.clipping(samples: clippedSamples)) }
    if let ratio = signalToNoiseDecibels {
      if ratio < 10 {
        remarks.append(.tooNoisy(decibels: ratio))
      } else if ratio < 20 {
        remarks.append(.noisy(decibels: ratio))
      }
    }
    return remarks
  }

  private var roomRemarks: [Remark] {
    var remarks: [Remark] = []
    if roomSpeechSeconds >= 0.5 { remarks.append(.roomSpeech(seconds: roomSpeechSeconds)) }
    if let hum = audibleHum { remarks.append(.hum(hertz: hum.hertz, decibels: hum.decibels)) }
    if abs(offset) >= 0.01 { remarks.append(.offset(share: offset)) }
    if floorDecibels == nil { remarks.append(.gated) }
    return remarks
  }

  /// The baseline that follows; nil where `refusal` says why not.
  package func baseline(source: String, rate: Int, madeAtMilliseconds: Int, bands: Bands) -> Baseline? {
    guard refusal == nil, let speech = speechDecibels, let peak = peakDecibels else { return nil }
    return Baseline(
      source: source, rate: rate, madeAtMilliseconds: madeAtMilliseconds, floorDecibels: floorDecibels,
      speechDecibels: speech, peakDecibels: peak, pitchHertz: pitchHertz, pitchSpreadSemitones: pitchSpreadSemitones,
      wordsPerMinute: bands.wordsPerMinute(syllablesPerSecond: Double(syllables) / max(spanSeconds, 1)),
      articulationRate: Double(syllables) / max(speechSeconds, 1), speechSeconds: speechSeconds)
  }
}
