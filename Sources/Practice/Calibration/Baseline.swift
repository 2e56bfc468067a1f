/// What a calibration found out about a speaker at one microphone: the place from which later sessions start.
///
/// Levels belong to the device they were measured on, and mean nothing on another; pitch and pace are the speaker's.
package struct Baseline: Equatable, Sendable {
  /// What was listened to: the name of a capture device, or of a file or stream.
  package var source: String
  /// Sample rate of the source in hertz.
  package var rate: Int
  /// When it was made, in milliseconds since 1970.
  package var madeAtMilliseconds: Int
  /// RMS level of the quiet room in dBFS; nil where the source is digitally silent between words.
  package var floorDecibels: Double?
  /// RMS level of speech in dBFS.
  package var speechDecibels: Double
  /// The peak that speech reached, in dBFS.
  package var peakDecibels: Double
  /// Median of the pitch in hertz, nil below 200 voiced frames.
  package var pitchHertz: Double?
  /// Standard deviation of the pitch in semitones, nil below 200 voiced frames.
  package var pitchSpreadSemitones: Double?
  /// Pace in words a minute, pauses included, estimated from syllables.
  package var wordsPerMinute: Double
  /// Syllables a second of speech, pauses left out.
  package var articulationRate: Double
  /// Seconds of speech that stand behind all of it.
  package var speechSeconds: Double
  /// Version of Rostrum that made it.
  package var version: String

  /// Makes a baseline.
  package init(
    source: String, rate: Int, madeAtMilliseconds: Int, floorDecibels: Double?, speechDecibels: Double,
    peakDecibels: Double, pitchHertz: Double?, pitchSpreadSemitones: Double?, wordsPerMinute: Double,
    articulationRate: Double, speechSeconds: Double, version: String = Beginning.currentVersion
  ) {
    self.source = source
    self.rate = rate
    self.madeAtMilliseconds = madeAtMilliseconds
    self.floorDecibels = floorDecibels
    self.speechDecibels = speechDecibels
    self.peakDecibels = peakDecibels
    self.pitchHertz = pitchHertz
    self.pitchSpreadSemitones = pitchSpreadSemitones
    self.wordsPerMinute = wordsPerMinute
    self.articulationRate = articulationRate
    self.speechSeconds = speechSeconds
    self.version = version
  }
}

extension Baseline {
  /// The fields of a baseline in the file and in `calibrate --json`.
  package var fields: [JSON.Field] {
    [
      .init("source", .string(source)), .init("rate", .count(rate)), .init("made_at_ms", .count(madeAtMilliseconds)),
      .init("floor_db", .rounded(floorDecibels, 1)), .init("speech_level_db", .rounded(speechDecibels, 1)),
      .init("peak_db", .rounded(peakDecibels, 1)), .init("pitch_hz", .rounded(pitchHertz, 1)),
      .init("pitch_sd_semitones", .rounded(pitchSpreadSemitones, 2)),
      .init("words_per_minute", .rounded(wordsPerMinute, 1)),
      .init("articulation_rate", .rounded(articulationRate, 2)),
      .init("speech_seconds", .rounded(speechSeconds, 2)), .init("version", .string(version)),
    ]
  }

  /// Reads a baseline; nil where what it must have is missing or beyond what can be measured.
  init?(_ json: JSON) {
    func level(_ name: String) -> Double? { json[name]?.double.flatMap { (-100...20).contains($0) ? $0 : nil } }
    func positive(_ name: String) -> Double? { json[name]?.double.flatMap { (0...10_000).contains($0) ? $0 : nil } }
    guard let source = json["source"]?.string, let rate = json["rate"]?.integer,
      let made = json["made_at_ms"]?.integer, let speech = level("speech_level_db"), let peak = level("peak_db")
    else { return nil }
    self.init(
      source: source, rate: rate, madeAtMilliseconds: made, floorDecibels: level("floor_db"), speechDecibels: speech,
      peakDecibels: peak, pitchHertz: positive("pitch_hz"), pitchSpreadSemitones: positive("pitch_sd_semitones"),
      wordsPerMinute: positive("words_per_minute") ?? 0, articulationRate: positive("articulation_rate") ?? 0,
      speechSeconds: positive("speech_seconds") ?? 0, version: json["version"]?.string ?? "")
  }
}

/// The baselines of one person, one for each microphone, the newest first.
package struct Baselines: Equatable, Sendable {
  /// Why a text holds no baselines.
  package enum Problem: Error, Equatable, Sendable {
    /// A later version of Rostrum wrote it.
    case newer
    /// It is not what Rostrum writes.
    case damaged
  }

  /// The schema that is written and read.
  package static let schema = "rostrum.baseline/1"
  /// Microphones that are remembered; the oldest is dropped.
  package static let limit = 16

  /// The newest first.
  package private(set) var all: [Baseline] = []

  /// None yet.
  package init() {}

  /// Keeps `baseline` in place of an older one of the same source.
  package mutating func keep(_ baseline: Baseline) {
    all.removeAll { $0.source == baseline.source && $0.rate == baseline.rate }
    all.insert(baseline, at: 0)
    if all.count > Baselines.limit { all.removeLast(all.count - Baselines.limit) }
  }

  /// The baseline of a source, nil where it has none; another rate is another microphone.
  package func of(source: String, rate: Int) -> Baseline? { all.first { $0.source == source && $0.rate == rate } }

  /// All of them as a JSON text of one line.
  package var text: String {
    JSON.object([
      .init("schema", .string(Baselines.schema)), .init("baselines", .array(all.map { .object($0.fields) })),
    ]).text
  }

  /// Reads what `text` wrote; a single baseline that cannot be read is left out.
  package static func read(_ text: String) throws(Problem) -> Baselines {
    guard let json = JSON(parsing: text), let schema = json["schema"]?.string, schema.hasPrefix("rostrum.baseline/")
    else { throw .damaged }
    guard schema == Baselines.schema else { throw .newer }
    guard case .array(let list)? = json["baselines"] else { throw .damaged }
    var baselines = Baselines()
    baselines.all = Array(list.compactMap { Baseline($0) }.prefix(Baselines.limit))
    return baselines
  }
}
