import Practice
import SpeechSignals
import Terminal

/// The meters both views are made of.
enum RehearsalMeters {
  static let loudnessLabel = "loudness"
  static let pausesLabel = "pauses"

  /// A counter: its name, its value, a second line.
  struct Counter {
    var label: String
    var value: String
    var detail: String
    var role: Role = .value
    /// The value where there is little room.
    var brief: String { value.hasSuffix(" of time") ? String(value.dropLast(8)) : value }
  }

  static func pace(_ session: Session) -> BandMeter {
    let bands = session.bands
    let low = min(60, bands.flagged.lowerBound - 20)
    let high = max(240, bands.flagged.upperBound + 20)
    return BandMeter(
      value: session.pace, range: low...high, calm: bands.comfortable, usable: bands.usable,
      role: session.paceBand?.attention.role ?? .quiet)
  }

  static func level(_ desk: Desk) -> LevelBar {
    let isSilent = desk.source.levelDecibels <= -99
    return LevelBar(
      value: isSilent ? nil : desk.source.levelDecibels, range: -72...0, peak: nil, isClipped: desk.session.clipsNow)
  }

  /// The silence that is going on, up to three seconds: what a pause for effect is made of.
  static func silence(_ desk: Desk) -> LevelBar { LevelBar(value: desk.session.silenceSeconds, range: 0...3) }

  /// Pause, fillers, loudness, pitch: in this order.
  static func counters(_ desk: Desk) -> [Counter] {
    let session = desk.session
    let silence = session.silenceSeconds
    let pauses = Counter(
      label: pausesLabel,
      value: "\(session.pauses.count)" + (session.pauseShare.map { ", " + Figures.percent($0) + " of time" } ?? ""),
      detail: session.isTooNoisy
        ? "too noisy to tell" : silence >= 0.1 ? "silent " + Figures.decimal(silence, 1) + " s" : "")
    let rate = session.fillersPerMinute
    let fillers = Counter(
      label: "fillers", value: "\(session.fillers.count)",
      detail: session.fillers.isEmpty ? "" : rate.map { Figures.decimal($0, 1) + " a minute" } ?? "",
      role: rate.map { session.bands.attention(toFillersPerMinute: $0).role } ?? .value)
    let lufs = session.rollups.last?.shortTermLUFS ?? -70
    let loudness = Counter(
      label: loudnessLabel,
      value: session.clipsNow ? "clipping" : lufs > -69 ? Figures.decimal(lufs, 0) + " LUFS" : "-",
      detail: "", role: session.clipsNow ? .clip : .value)
    let spread = session.recentPitchSpread
    let pitch = Counter(
      label: "pitch", value: spread.map { PitchVariety(spreadSemitones: $0).rawValue } ?? "-",
      detail: spread.map { Figures.decimal($0, 1) + " semitones" } ?? "")
    return [pauses, fillers, loudness, pitch]
  }
}
