import SpeechSignals

/// Stretches of a session worth cutting out: the phrase at a moment, the best half minute, the worst stumble.
///
/// A cut begins and ends in silence: in the middle of a short one, a quarter of a second into a long one.
package struct Cutting: Equatable, Sendable {
  /// A stretch, and why it is the one.
  package struct Cut: Equatable, Sendable {
    /// In seconds of audio time.
    package var range: ClosedRange<Double>
    /// A clause in plain words: "31 s without a filler, 148 words a minute".
    package var reason: String
  }

  /// Seconds of silence that a cut keeps at each end.
  package static let airSeconds = 0.25
  /// How long the best stretch may be, in seconds.
  package static let stretchSeconds = 20.0...40.0
  /// Seconds within which stumbles are one, and how many of them it takes.
  package static let stumbleSeconds = 10.0
  package static let stumbleCount = 3
  /// The longest cut around a stumble, in seconds.
  package static let stumbleCutSeconds = 25.0
  /// A silence that breaks a phrase off, in seconds: beside a filler, and anywhere inside a sentence.
  static let brokenSeconds = 0.8, longSeconds = 2.0

  let session: Session
  private let phrases: [Phrase]

  /// Looks for cuts in `session`.
  package init(_ session: Session) {
    self.session = session
    phrases = session.phrases.sorted { $0.start < $1.start }
  }

  /// The phrase at `seconds` or the nearest one; nil without any.
  package func phrase(at seconds: Double) -> Cut? {
    guard seconds.isFinite else { return nil }
    func distance(_ phrase: Phrase) -> Double { max(phrase.start - seconds, seconds - phrase.end, 0) }
    guard let index = phrases.indices.min(by: { distance(phrases[$0]) < distance(phrases[$1]) }) else { return nil }
    let length = decimal(phrases[index].end - phrases[index].start, 1)
    return Cut(
      range: range(index, index), reason: "the phrase at \(decimal(phrases[index].start, 0)) s, \(length) s long")
  }

  /// From the phrase at `first` to that at `last`, with air.
  func range(_ first: Int, _ last: Int) -> ClosedRange<Double> {
    let before = first > 0 ? phrases[first].start - phrases[first - 1].end : .infinity
    let after = last + 1 < phrases.count ? phrases[last + 1].start - phrases[last].end : .infinity
    let start = max(0, phrases[first].start - min(Cutting.airSeconds, max(0, before / 2)))
    let end = min(
      max(session.seconds, phrases[last].end), phrases[last].end + min(Cutting.airSeconds, max(0, after / 2)))
    return start.rounded(places: 3)...max(start, end).rounded(places: 3)
  }

  /// Twenty to forty seconds from phrase to phrase that hold most; nil where no such stretch is mostly speech.
  package var bestStretch: Cut? {
    var best: (merit: StretchMerit, first: Int, last: Int)?
    for first in phrases.indices {
      for last in phrases.indices[first...] {
        let length = phrases[last].end - phrases[first].start
        guard length <= Cutting.stretchSeconds.upperBound else { break }
        guard length >= Cutting.stretchSeconds.lowerBound,
          let merit = StretchMerit(of: session, phrases: phrases[first...last])
        else { continue }
        if merit.points > best?.merit.points ?? -1 { best = (merit, first, last) }
      }
    }
    return best.map { Cut(range: range($0.first, $0.last), reason: $0.merit.reason) }
  }

  /// Where fillers, restarts and broken phrases stand closest, with what is around them; nil below three in ten seconds.
  package var worstStumble: Cut? {
    let stumbles = Stumble.all(in: session)
    var worst: (weight: Double, first: Int, last: Int)?
    var first = 0
    for last in stumbles.indices {
      while stumbles[last].end - stumbles[first].start > Cutting.stumbleSeconds, first < last { first += 1 }
      let weight = stumbles[first...last].reduce(0) { $0 + $1.kind.weight }
      if last - first + 1 >= Cutting.stumbleCount, weight > worst?.weight ?? 0 { worst = (weight, first, last) }
    }
    guard let worst else { return nil }
    let (start, end) = (stumbles[worst.first].start, stumbles[worst.first...worst.last].map(\.end).max() ?? 0)
    return Cut(range: around(start, end), reason: Stumble.told(stumbles[worst.first...worst.last], over: end - start))
  }

  /// From the beginning of the phrase in which something starts to the end of that in which it is over.
  private func around(_ start: Double, _ end: Double) -> ClosedRange<Double> {
    guard let first = phrases.lastIndex(where: { $0.start <= start }) ?? phrases.indices.first,
      let last = phrases.firstIndex(where: { $0.end >= end }) ?? phrases.indices.last, first <= last
    else { return max(0, start - Cutting.airSeconds)...max(end, start) + Cutting.airSeconds }
    let whole = range(first, last)
    guard whole.upperBound - whole.lowerBound > Cutting.stumbleCutSeconds else { return whole }
    // Of phrases that go on and on as much as there is room for.
    let spare = max(0, Cutting.stumbleCutSeconds - (end - start)) / 2
    let low = max(whole.lowerBound, start - spare)
    return low...max(low, min(whole.upperBound, end + spare))
  }
}

/// How much there is in a stretch of speech: the parts from 0 to 1, and what they are.
struct StretchMerit {
  let points: Double
  let reason: String

  /// What counts how much: fluency, pace, pauses, pitch.
  private static let shares = (fluency: 0.4, pace: 0.25, pauses: 0.15, pitch: 0.2)
  /// Pauses that let a listener follow, in seconds.
  private static let placed = 0.2...2.0

  /// The merit of some phrases in a row; nil where half of it is silence or no syllable was heard.
  init?(of session: Session, phrases: ArraySlice<Phrase>) {
    guard let start = phrases.first?.start, let end = phrases.last?.end, end > start else { return nil }
    let (syllables, talk) = phrases.reduce((0, 0.0)) { ($0.0 + $1.syllables, $0.1 + $1.end - $1.start) }
    guard syllables > 0, talk >= (end - start) / 2 else { return nil }
    func isInside(_ one: Double) -> Bool { one >= start && one <= end }
    let fillers = session.fillers.count { isInside($0.start) }
    let slips = fillers + session.restarts.count { isInside($0.start) }
    let fluency = max(0, 1 - Double(slips) * 10 / (end - start))
    let pace = session.bands.wordsPerMinute(syllablesPerSecond: Double(syllables) / (end - start))
    let paceMerit =
      session.bands.usable.contains(pace) ? 1 : session.bands.flagged.contains(pace) ? 0.6 : 0.0
    let pauses = zip(phrases, phrases.dropFirst()).map { $1.start - $0.end }
    let placed = pauses.count { StretchMerit.placed.contains($0) }
    let pauseMerit = pauses.count < 2 ? 0.3 : Double(placed) / Double(pauses.count)
    let rollups = session.rollups[StretchMerit.place(of: start, in: session.rollups)...].prefix { $0.end <= end + 0.5 }
    var tally = Tally()
    for rollup in rollups { tally.add(rollup) }
    let pitch = tally.voicedFrames >= Unknown.leastVoicedFrames ? tally.pitchSpreadSemitones : nil
    let pitchMerit = pitch.map { min(max($0 - 1, 0) / 2, 1) } ?? 0.3
    let shares = StretchMerit.shares
    points =
      shares.fluency * fluency + shares.pace * paceMerit + shares.pauses * pauseMerit + shares.pitch * pitchMerit
    let slipped = slips == 0 ? "without a filler" : "with \(slips) \(slips == 1 ? "slip" : "slips")"
    reason =
      "\(decimal(end - start, 0)) s \(slipped), about \(decimal(pace, 0)) words a minute"
      + (placed > 0 ? ", \(placed) \(placed == 1 ? "pause" : "pauses") to follow by" : "")
      + (pitch.map { ", pitch spread over \(decimal($0, 1)) semitones" } ?? "")
  }

  /// The first roll-up that begins at `seconds` or later.
  private static func place(of seconds: Double, in rollups: [SecondSummary]) -> Int {
    var (low, high) = (0, rollups.count)
    while low < high {
      let middle = (low + high) / 2
      if rollups[middle].start < seconds - 0.5 { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// One thing that broke the flow.
struct Stumble: Equatable {
  /// What it was.
  enum Kind: CaseIterable {
    case filler, restart, silence

    /// What it weighs: to say words again is more than an "um".
    var weight: Double { self == .restart ? 1.5 : 1 }

    var name: String { self == .filler ? "filler" : self == .restart ? "restart" : "broken phrase" }
  }

  var kind: Kind
  var start: Double
  var end: Double

  /// Those of `session` in order of time.
  static func all(in session: Session) -> [Stumble] {
    let fillers = session.fillers.map { Stumble(kind: .filler, start: $0.start, end: max($0.start, $0.end)) }
    let restarts = session.restarts.map { Stumble(kind: .restart, start: $0.start, end: max($0.start, $0.end)) }
    let slips = (fillers + restarts).sorted { $0.start < $1.start }
    let ends = session.prompter.map { Prompter.sentenceEnds(followed: $0.settled) } ?? []
    let sentenceEnds = ends.compactMap { index in
      session.prompter.flatMap { $0.heard.indices.contains(index) ? $0.heard[index].end : nil }
    }
    let silences = session.pauses.filter { pause in
      let length = pause.end - pause.start
      // Between two sentences silence is no stumble, however long; without a script that is not known.
      guard length >= Cutting.brokenSeconds, !sentenceEnds.contains(where: { abs($0 - pause.start) < 0.5 }) else {
        return false
      }
      let isBesideSlip = slips.contains { abs($0.end - pause.start) < 0.5 || abs($0.start - pause.end) < 0.5 }
      return isBesideSlip || (!ends.isEmpty && length >= Cutting.longSeconds)
    }
    return (slips + silences.map { Stumble(kind: .silence, start: $0.start, end: $0.end) })
      .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// "4 fillers and 1 restart in 8 s".
  static func told(_ stumbles: ArraySlice<Stumble>, over seconds: Double) -> String {
    let parts = Kind.allCases.compactMap { kind -> String? in
      let count = stumbles.count { $0.kind == kind }
      return count > 0 ? "\(count) \(kind.name)\(count == 1 ? "" : "s")" : nil
    }
    let last = parts.last ?? ""
    let list = parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " + last : last
    return "\(list) in \(decimal(max(seconds, 1), 0)) s"
  }
}
