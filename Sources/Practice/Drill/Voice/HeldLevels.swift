import SpeechSignals

/// The level of the voice at each distance, and how far it held.
struct HeldLevels: Equatable, Sendable {
  /// What was said at one distance.
  struct Reading: Equatable, Sendable {
    var name: String
    var start: Double
    /// The level of each second with speech in it, in dBFS, in order.
    var levels: [Double]
    /// How far each phrase that is long enough to tell fell at its end, in dB.
    var drops: [Double]

    /// The middle level in dBFS; nil where nothing was heard.
    var level: Double? { levels.isEmpty ? nil : RobustSpread.median(levels) }

    /// The share of seconds no further than `band` dB from `target`, 0 to 1; 0 where nothing was heard.
    func share(near target: Double, within band: Double) -> Double {
      Double(levels.count { abs($0 - target) <= band }) / Double(max(levels.count, 1))
    }
  }

  /// In order, as far as they were begun.
  private(set) var readings: [Reading] = []
  /// The level to be held, in dBFS; nil before it is known.
  private(set) var target: Double?

  /// Speech that a second needs for its level to count, in seconds: a syllable or two.
  private static let leastSpeech = 0.3

  /// The readings of `run` as `session` has heard them.
  init(_ run: DrillRun, _ session: Session) {
    for (place, span) in run.measured(now: session.seconds) {
      let seconds = session.rollups.filter { span.contains(($0.start + $0.end) / 2) }
      let phrases = session.phrases.filter { span.contains($0.end) && span.contains($0.start) }
      readings.append(
        Reading(
          name: run.steps[place].name, start: span.lowerBound,
          levels: seconds.filter { $0.speechSeconds >= HeldLevels.leastSpeech }.compactMap(\.speechLevelDecibels),
          drops: phrases.compactMap(\.endDropDecibels)))
    }
    let calibrated = run.drill.word("target") == "own" ? session.beginning?.ownLevelDecibels : nil
    target = calibrated ?? readings.first?.level
  }

  /// The share of the time at the right level, 0 to 1, each distance weighing the same; nil before a target.
  func share(within band: Double) -> Double? {
    target.map { target in
      readings.reduce(0) { $0 + $1.share(near: target, within: band) } / Double(max(readings.count, 1))
    }
  }
}

extension Session {
  /// Seconds of speech since the step under way began, as roll-ups have them.
  var speechSecondsInStep: Double {
    guard let run = drill, run.index != nil else { return 0 }
    return rollups.reversed().prefix { ($0.start + $0.end) / 2 >= run.stepStart }.reduce(0) { $0 + $1.speechSeconds }
  }

  /// Seconds of silence up to the last roll-up: unlike the meter's, the same in a replay.
  var lastSilenceSeconds: Double { rollups.last?.silenceSeconds ?? 0 }
}
