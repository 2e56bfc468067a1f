import SpeechSignals

/// A figure with the interval that holds the truth four times in five.
///
/// The interval covers two kinds of doubt: that the recording is a sample of how somebody speaks, and that the detector
/// behind the figure errs. Both are 80 % half-widths, added in quadrature.
package struct Estimate: Equatable, Sendable {
  /// The probability with which an interval is meant to hold the truth.
  package static let level = 0.8
  /// How many standard deviations of a normal distribution reach to either side of the middle at that level.
  package static let deviations = 1.2816

  /// The figure.
  package var value: Double
  /// The lower end, never above `value`; nil where no interval is known.
  package var low: Double?
  /// The upper end, never below `value`; nil where no interval is known.
  package var high: Double?

  /// A figure, with its interval where there is one; ends on the wrong side of it are moved to it.
  package init(_ value: Double, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low.map { min($0, value) }
    self.high = high.map { max($0, value) }
  }

  /// A figure with `sampling` as its interval, widened by the error of the detector.
  package init(_ value: Double, sampling: ClosedRange<Double>, error: DetectorError) {
    func half(_ distance: Double, _ relative: Double) -> Double {
      let detector = abs(value) * relative * Self.deviations
      return (distance * distance + detector * detector).squareRoot()
    }
    self.init(
      value, low: value - half(max(0, value - sampling.lowerBound), error.below),
      high: value + half(max(0, sampling.upperBound - value), error.above))
  }

  /// This estimate times `factor`, which is positive.
  package func scaled(by factor: Double) -> Estimate {
    Estimate(value * factor, low: low.map { $0 * factor }, high: high.map { $0 * factor })
  }

  /// This estimate with everything held within `range`.
  package func held(within range: ClosedRange<Double>) -> Estimate {
    func hold(_ value: Double) -> Double { min(max(value, range.lowerBound), range.upperBound) }
    return Estimate(hold(value), low: low.map(hold), high: high.map(hold))
  }
}

/// Why nothing can be said about a measure.
package enum Unknown: Error, Equatable, Sendable {
  /// Fewer than ten seconds of talk, where silence counts for as much as speech at most: so many.
  case littleSpeech(seconds: Double)
  /// Fewer than 200 voiced frames of 10 ms: so many.
  case fewVoicedFrames(Int)
  /// Fewer than five pauses: so many.
  case fewPauses(Int)
  /// Fewer than four runs of speech of a second and more: so many.
  case fewLongRuns(Int)
  /// All of it lies below the gate of EBU R128.
  case belowGate
  /// Less sound than a loudness is measured over: so many seconds of so many.
  case littleSound(seconds: Double, least: Double)
  /// Too little talk to tell how often something happens, or to hold its end against its beginning: so many seconds of
  /// so many.
  case littleTime(seconds: Double, least: Double)
  /// Fewer than five runs of speech long enough to tell how they end: so many.
  case fewPhrases(Int)
  /// No length was planned; no section has a time of its own; the talk is not over yet.
  case noPlan, noSectionTimes, notOver
  /// Nobody listened for words, or they came through too badly.
  case noWords, unsureWords
  /// The microphone was changed on the way.
  case changedMicrophone
  /// Less than half of what could be measured is known; what is not.
  case littleKnown(missing: [String])
  /// It is not looked at in this context.
  case leftOut
  /// Nothing of it is measured: people judge it.
  case judgedByPeople
  /// No part of the program measures it yet, or it did not answer.
  case notMeasured

  /// Talk that a rate needs, in seconds; at least half of it speech.
  package static let leastSpeechSeconds = 10.0
  /// Voiced frames of 10 ms that a figure about pitch or voice needs.
  package static let leastVoicedFrames = 200
  /// Pauses that a figure about pausing needs.
  package static let leastPauses = 5
  /// Runs of speech that a figure about their ends needs.
  package static let leastPhrases = 5

  /// Whether more talk would tell, and not another setup.
  var isForWantOfTalk: Bool {
    switch self {
    case .littleSpeech, .fewVoicedFrames, .fewPauses, .fewLongRuns, .belowGate, .littleSound, .littleTime,
      .fewPhrases:
      true
    default: false
    }
  }

  /// The reason in words, without a full stop.
  package var words: String {
    switch self {
    case .littleSpeech(let seconds):
      "less than \(decimal(Self.leastSpeechSeconds, 0)) s of talk: \(decimal(seconds, 1)) s"
    case .fewVoicedFrames(let count): "fewer than \(Self.leastVoicedFrames) voiced frames: \(count)"
    case .fewPauses(let count): "fewer than \(Self.leastPauses) pauses: \(count)"
    case .fewLongRuns(let count):
      "fewer than \(PaceVariation.leastRuns) runs of a second and more: \(count)"
    case .belowGate: "all of it is quieter than -70 LUFS"
    case .littleSound(let seconds, let least):
      "less than \(decimal(least, least < 1 ? 1 : 0)) s of sound: \(decimal(seconds, least < 1 ? 2 : 1)) s"
    case .littleTime(let seconds, let least):
      "less than \(decimal(least, 0)) s of talk: \(decimal(seconds, 1)) s"
    case .fewPhrases(let count): "fewer than \(Self.leastPhrases) runs of speech: \(count)"
    case .noPlan: "no length was planned"
    case .noSectionTimes: "no section has a time of its own"
    case .notOver: "the talk is not over yet"
    case .noWords: "no words were listened for"
    case .unsureWords: "the words came through badly"
    case .changedMicrophone: "the microphone was changed"
    case .littleKnown(let missing): "too little of it is known; missing: \(missing.joined(separator: ", "))"
    case .leftOut: "left out in this context"
    case .judgedByPeople: "judged by people"
    case .notMeasured: "not measured"
    }
  }
}

/// An estimate, or the reason why there is none.
package typealias Measure = Result<Estimate, Unknown>

extension Measure {
  /// The estimate, nil where nothing can be said.
  package var estimate: Estimate? { try? get() }

  /// The figure alone, nil where nothing can be said.
  package var value: Double? { estimate?.value }

  /// The reason in words, nil where there is a figure.
  package var reason: String? {
    if case .failure(let unknown) = self { unknown.words } else { nil }
  }

  /// A figure without an interval, or `reason` where there is none.
  package static func plain(_ value: Double?, otherwise reason: Unknown = .notMeasured) -> Measure {
    value.map { .success(Estimate($0)) } ?? .failure(reason)
  }
}
