import Practice
import SpeechSignals

/// An analysis as a Praat TextGrid, long text format, UTF-8.
///
/// Interval tiers `speech`, `pauses` and `fillers`, a point tier `syllables`, and a tier `words` where there are words.
/// Every interval tier covers the recording from 0 to its end without a hole, as Praat insists.
package struct TextGrid: Sendable {
  /// A labelled stretch of an interval tier, in seconds.
  struct Interval: Equatable {
    var start: Double
    var end: Double
    var text: String
  }

  private let finished: Finished

  /// The grid of one recording.
  package init(_ finished: Finished) { self.finished = finished }

  /// The whole file, its last line ended.
  package var text: String {
    let analysis = finished.analysis
    let end = Self.endSeconds(analysis)
    let session = analysis.session
    var tiers = [
      Self.intervalTier("speech", analysis.phrases.map { Interval(start: $0.start, end: $0.end, text: "speech") }, end),
      Self.intervalTier("pauses", session.pauses.map { Interval(start: $0.start, end: $0.end, text: "pause") }, end),
      Self.pointTier("syllables", analysis.syllables, end),
      Self.intervalTier(
        "fillers", session.fillers.map { Interval(start: $0.start, end: $0.end, text: $0.label) }, end),
    ]
    if !session.words.isEmpty {
      tiers.append(
        Self.intervalTier("words", session.words.map { Interval(start: $0.start, end: $0.end, text: $0.text) }, end))
    }
    var out = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"
    out += "xmin = 0 \nxmax = \(Self.number(end)) \ntiers? <exists> \nsize = \(tiers.count) \nitem []: \n"
    for (index, tier) in tiers.enumerated() { out += "    item [\(index + 1)]:\n" + tier }
    return out
  }

  /// Where the grid ends: at the end of the recording, and never before what was found in it.
  private static func endSeconds(_ analysis: Analysis) -> Double {
    let found = [
      analysis.phrases.last?.end, analysis.session.fillers.last?.end, analysis.syllables.last,
      analysis.session.words.last?.end,
    ]
    return round(max(analysis.recording.seconds, found.compactMap { $0 }.max() ?? 0, 0.001))
  }

  private static func intervalTier(_ name: String, _ found: [Interval], _ end: Double) -> String {
    let intervals = covering(found, until: end)
    var out = head("IntervalTier", name, end) + "        intervals: size = \(intervals.count) \n"
    for (index, interval) in intervals.enumerated() {
      out += "        intervals [\(index + 1)]:\n            xmin = \(number(interval.start)) \n"
      out += "            xmax = \(number(interval.end)) \n            text = \(quoted(interval.text)) \n"
    }
    return out
  }

  private static func pointTier(_ name: String, _ times: [Double], _ end: Double) -> String {
    var points: [Double] = []
    for time in times where time <= end && time > points.last ?? -1 { points.append(time) }
    var out = head("TextTier", name, end) + "        points: size = \(points.count) \n"
    for (index, time) in points.enumerated() {
      out += "        points [\(index + 1)]:\n            number = \(number(time)) \n            mark = \"\" \n"
    }
    return out
  }

  private static func head(_ kind: String, _ name: String, _ end: Double) -> String {
    "        class = \"\(kind)\" \n        name = \(quoted(name)) \n        xmin = 0 \n        xmax = \(number(end)) \n"
  }

  /// `found` with unlabelled intervals between, from 0 to `end`; what overlaps or has no length is cut or left out.
  static func covering(_ found: [Interval], until end: Double) -> [Interval] {
    var all: [Interval] = []
    var place = 0.0
    for interval in found.sorted(by: { $0.start < $1.start }) {
      let start = max(round(interval.start), place)
      let stop = min(round(interval.end), end)
      guard stop > start else { continue }
      if start > place { all.append(Interval(start: place, end: start, text: "")) }
      all.append(Interval(start: start, end: stop, text: interval.text))
      place = stop
    }
    if place < end { all.append(Interval(start: place, end: end, text: "")) }
    return all
  }

  private static func round(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

  private static func number(_ seconds: Double) -> String { JSON.number(round(seconds)).text }

  /// A Praat string: quotes are doubled, and what would break the line is a space.
  static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + safe.joined() + "\""
  }
}
