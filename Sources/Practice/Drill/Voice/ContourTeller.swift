package import SpeechSignals

/// Makes contours of readings: level and pitch in steps of 50 ms, told as soon as a second of them is complete.
///
/// Every reading of 10 ms counts once, so nothing depends on how the sound was chunked. The level of a step is the mean
/// of its frames' powers. Its pitch is the median of its voiced frames, where most of them are voiced: the frame at
/// either end of a voiced stretch is told worst. Pitch comes `Analyzer.pitchLagFrames` after the level it belongs to,
/// so a second is told so much later, before its roll-up.
package struct ContourTeller: Sendable {
  private static let stepFrames = 5
  private static let pieceFrames = 100

  private var powers: [Double] = []
  private var pitches: [Double] = []
  /// The first frame since the start or the last gap, that of the piece being made, and the one that is to come.
  private var origin = 0
  private var start = 0
  private var next = 0

  /// A teller at audio time zero.
  package init() {}

  /// Takes in the next readings; pieces that they complete are put behind `events`, each at the time of the reading that
  /// completed it.
  package mutating func add(_ readings: some Sequence<Reading>, into events: inout [SessionEvent]) {
    for reading in readings {
      if reading.frame != next {
        close(into: &events)
        (origin, start) = (reading.frame, reading.frame)
      }
      next = reading.frame + 1
      powers.append(powerOf(Double(reading.levelDecibels)))
      if reading.frame - Analyzer.pitchLagFrames >= origin { pitches.append(Double(reading.pitchHertz)) }
      if pitches.count >= Self.pieceFrames { tell(Self.pieceFrames, into: &events) }
    }
  }

  /// Tells what is left: at the end, and where sound is lost. The pitch of the last frames is not known.
  package mutating func close(into events: inout [SessionEvent]) {
    if !powers.isEmpty { tell(powers.count, into: &events) }
    pitches.removeAll(keepingCapacity: true)
  }

  /// `contours` and `found`, each in order, in one order of time; of two at the same time the contour comes first, so
  /// that what follows from a second knows its contour.
  package static func merged(_ contours: [SessionEvent], with found: [SessionEvent]) -> [SessionEvent] {
    guard !contours.isEmpty else { return found }
    var merged: [SessionEvent] = []
    merged.reserveCapacity(contours.count + found.count)
    var rest = contours[...]
    for event in found {
      while let contour = rest.first, contour.seconds <= event.seconds {
        merged.append(rest.removeFirst())
      }
      merged.append(event)
    }
    return merged + rest
  }

  private mutating func tell(_ frames: Int, into events: inout [SessionEvent]) {
    var (levels, hertz): ([Double], [Double]) = ([], [])
    for first in stride(from: 0, to: frames, by: Self.stepFrames) {
      let step = first..<min(first + Self.stepFrames, frames)
      levels.append(decibels(ofPower: powers[step].reduce(0, +) / Double(step.count)))
      let voiced = pitches[step.clamped(to: 0..<pitches.count)].filter { $0 > 0 }
      hertz.append(2 * voiced.count > Self.stepFrames ? RobustSpread.median(voiced) : 0)
    }
    let contour = Contour(start: Double(start) / 100, levels: levels, pitches: hertz)
    events.append(SessionEvent(at: Double(next) / 100, .contour(contour)))
    powers.removeFirst(frames)
    pitches.removeFirst(min(frames, pitches.count))
    start += frames
  }
}
