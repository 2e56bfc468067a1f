import Practice
import SpeechSignals

/// What came of a calibration: rows of label, value and method, then sentences on what to do.
struct CalibrationReport {
  let result: CalibrationResult
  /// The name of what was listened to, and whether it is a microphone of this machine.
  let source: String
  let isLive: Bool
  let bands: Bands

  /// The measured values, as far as there are any.
  func rows(approximately: String) -> [[String]] {
    var rows: [[String]] = []
    switch result.refusal {
    case .tooShort, .flat, .roomNotQuiet: return []
    case .noSpeech, .littleSpeech, .clipped, nil: break
    }
    if let floor = result.floorDecibels {
      rows.append(["room", CalibrationReport.level(floor), "half of the ten seconds were quieter"])
    }
    guard hasVoice, let speech = result.speechDecibels, let peak = result.peakDecibels else { return rows }
    let ratio = result.signalToNoiseDecibels.map { ", \(Messages.ratio($0)) dB above the room" } ?? ""
    rows.append(
      ["speech", CalibrationReport.level(speech), "\(Figures.decimal(result.speechSeconds, 1)) s of it" + ratio])
    rows.append([
      "peaks", CalibrationReport.level(peak),
      "best between \(Figures.decimal(CalibrationResult.aim.lowerBound, 0)) and "
        + Figures.decimal(CalibrationResult.aim.upperBound, 0),
    ])
    if let pitch = result.pitchHertz, let spread = result.pitchSpreadSemitones {
      rows.append([
        "pitch", Figures.decimal(pitch, 0) + " Hz", "median; spread \(Figures.decimal(spread, 1)) semitones",
      ])
    }
    let pace = bands.wordsPerMinute(syllablesPerSecond: Double(result.syllables) / max(result.spanSeconds, 1))
    rows.append([
      "pace", approximately + Figures.decimal(pace, 0) + " words/min",
      "\(Figures.count(result.syllables, "syllable")); ten seconds give a first estimate",
    ])
    return rows
  }

  /// Whether a voice was measured, though its level may be wrong.
  private var hasVoice: Bool {
    if case .clipped = result.refusal { return true }
    return result.refusal == nil
  }

  /// What to do, the most urgent first: the remarks, and what to do about the level.
  var sentences: [String] {
    var sentences = result.remarks.map(Messages.sentence)
    switch hasVoice ? result.levelAdvice : nil {
    case .good: sentences.append(Messages.levelGood)
    case .lower(let decibels): sentences.append(Messages.lowerLevel(decibels, command(-decibels)))
    case .raise(let decibels): sentences.append(Messages.raiseLevel(decibels, command(decibels)))
    case nil: break
    }
    return sentences
  }

  /// How the capture level of the source is changed, in the words of a shell; nil where that is not done here.
  private func command(_ decibels: Int) -> String? {
    isLive ? CalibrationReport.command(device: source, decibels: decibels) : nil
  }

  /// The command that changes the capture level of an ALSA device by so many decibels.
  static func command(device: String, decibels: Int) -> String {
    let server = "pactl set-source-volume @DEFAULT_SOURCE@ \(decibels < 0 ? "-" : "+")\(abs(decibels))dB"
    if let card = card(of: device) { return "alsamixer -V capture -c \(card)" }
    return ["default", "pulse", "pipewire"].contains(device)
      ? "\(server), or alsamixer -V capture" : "alsamixer -V capture, or \(server)"
  }

  /// The card in names such as `hw:1,0`, `plughw:CARD=PCH,DEV=0`; nil in others.
  private static func card(of device: String) -> String? {
    guard let colon = device.firstIndex(of: ":") else { return nil }
    let first = device[device.index(after: colon)...].split(separator: ",").first ?? ""
    let name = first.hasPrefix("CARD=") ? first.dropFirst(5) : first
    let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    return isPlain && !name.isEmpty ? String(name) : nil
  }

  /// The object of `calibrate --json`.
  func json(rate: Int, channels: Int, baseline: Baseline?, problem: String?) -> JSON {
    let hum = result.audibleHum
    return .object([
      .init("schema", .string("rostrum.calibration/1")), .init("source", .string(source)), .init("rate", .count(rate)),
      .init("channels", .count(channels)), .init("seconds", .rounded(result.seconds, 2)),
      .init("stored", .bool(baseline != nil)), .init("problem", .text(problem)),
      .init(
        "room",
        .object([
          .init("floor_db", .rounded(result.floorDecibels, 1)),
          .init("speech_seconds", .rounded(result.roomSpeechSeconds, 2)),
          .init("hum_hz", hum.map { .count($0.hertz) } ?? .null), .init("hum_db", .rounded(hum?.decibels, 1)),
          .init("offset", .rounded(result.offset, 4)),
        ])),
      .init(
        "reading",
        .object([
          .init("speech_seconds", .rounded(result.speechSeconds, 2)),
          .init("level_db", .rounded(result.speechDecibels, 1)), .init("peak_db", .rounded(result.peakDecibels, 1)),
          .init("snr_db", .rounded(result.signalToNoiseDecibels, 1)), .init("clipped", .count(result.clippedSamples)),
        ])),
      .init("level_change_db", levelChange), .init("baseline", baseline.map { .object($0.fields) } ?? .null),
      .init("remarks", .array(sentences.map(JSON.string))),
    ])
  }

  private var levelChange: JSON {
    switch hasVoice ? result.levelAdvice : nil {
    case .good: .count(0)
    case .lower(let decibels): .count(-decibels)
    case .raise(let decibels): .count(decibels)
    case nil: .null
    }
  }

  private static func level(_ decibels: Double) -> String { Figures.decimal(decibels, 0) + " dBFS" }
}
