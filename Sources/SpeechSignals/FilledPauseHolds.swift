/// Cuts the sound into holds: stretches in which a voice keeps its shape.
///
/// Goto, Itou & Hayamizu (1999) look for a small deformation of the envelope; here a hold is a voiced run in which the
/// envelope differs little from that 50 ms before. "Um" is two of them, a vowel and then a nasal, so a hold is joined
/// to the one before where the voice goes on and the second is more nasal and no louder, or nearly the same. A hold
/// is handed out `patienceFrames` after its end, so that the silence after it is known; a hold still running that
/// would then be joined is waited for.
struct FilledPauseHolds {
  /// A stretch of frames in which a voice holds.
  struct Hold: Equatable {
    /// Where it starts and ends, by frames.
    var start: Int, end: Int
    /// Where its nasal part starts, if one was joined.
    var nasalStart: Int?
    /// Where the vowel before it ends, or the hold.
    var vowelEnd: Int
    /// The speaker's average voice just before it.
    var speaker: FilledPauseTrace.Shape
  }

  /// How many frames after its end a hold is handed out.
  static let patienceFrames = 25
  /// The fewest frames of a hold that is handed out; and the most.
  static let shortestFrames = 15, longestFrames = 200
  private static let stillDecibels: Float = 4.5
  /// How many restless frames a hold survives, and voiceless ones.
  private static let restlessFrames = 3, voicelessFrames = 2
  /// How long the way from vowel to nasal may be.
  private static let transitionFrames = 10
  private static let nasalDecibels: Float = 4

  private struct Open {
    var start: Int, last: Int
    var speaker: FilledPauseTrace.Shape
    /// How it goes on with the hold before, whatever comes; nil while that is open.
    var joint: Joint?
  }

  private enum Joint { case nasal, same }

  private var open: Open?
  private var previous: Hold?
  private var waiting: Hold?
  private var lastEnd = 0

  /// Looks at the newest frame of the trace and returns a hold whose time has come.
  mutating func update(_ trace: FilledPauseTrace) -> Hold? {
    if let hold = follow(trace) { return hold }
    if let hold = waiting, trace.frame - hold.end >= Self.patienceFrames {
      waiting = nil
      return hold
    }
    guard let hold = previous, trace.frame - hold.end >= Self.patienceFrames, open?.joint == nil else { return nil }
    if let current = open, let joint = joint(hold, current.start..<current.last + 1, trace) {
      open?.joint = joint
      return nil
    }
    previous = nil
    return Self.isWorthwhile(hold) ? hold : nil
  }

  private static func isWorthwhile(_ hold: Hold) -> Bool {
    (shortestFrames...longestFrames).contains(hold.end - hold.start)
  }

  /// Opens, lengthens and closes the hold that is running; returns one that must make room.
  private mutating func follow(_ trace: FilledPauseTrace) -> Hold? {
    let frame = trace.frame
    let isVoiced = trace.isVoiced(frame)
    let isHeld = isVoiced && trace.change(frame) < Self.stillDecibels
    guard let current = open else {
      guard isHeld else { return nil }
      // The change looks back, so the hold began before it shows.
      var first = frame
      while first > max(lastEnd, frame - FilledPauseTrace.lookBack), trace.isVoiced(first - 1) { first -= 1 }
      open = Open(start: first, last: frame, speaker: trace.speaker)
      return nil
    }
    guard !isHeld else {
      open?.last = frame
      return nil
    }
    let since = frame - current.last
    guard since > Self.restlessFrames || (since > Self.voicelessFrames && !isVoiced) else { return nil }
    return close(current, trace)
  }

  /// Ends the running hold: joins it to the one before or puts it in its place.
  private mutating func close(_ current: Open, _ trace: FilledPauseTrace) -> Hold? {
    open = nil
    lastEnd = current.last + 1
    let frames = current.start..<current.last + 1
    if let before = previous, let joint = current.joint ?? joint(before, frames, trace) {
      previous?.end = frames.upperBound
      guard before.nasalStart == nil else { return nil }
      switch joint {
      case .same: previous?.vowelEnd = frames.upperBound
      case .nasal: previous?.nasalStart = frames.lowerBound
      }
      return nil
    }
    let displaced = previous.map(Self.isWorthwhile) == true ? waiting : nil
    if let before = previous, Self.isWorthwhile(before) { waiting = before }
    previous = Hold(
      start: frames.lowerBound, end: frames.upperBound, nasalStart: nil, vowelEnd: frames.upperBound,
      speaker: current.speaker)
    return displaced
  }

  /// Whether and how frames go on with a hold: as its nasal, or as the same sound after a bump.
  private func joint(_ hold: Hold, _ frames: Range<Int>, _ trace: FilledPauseTrace) -> Joint? {
    guard frames.lowerBound - hold.end <= Self.transitionFrames, frames.count >= FilledPauseTrace.lookBack,
      frames.upperBound - hold.start <= Self.longestFrames,
      trace.frame - hold.start < FilledPauseTrace.ringCount - 64
    else { return nil }
    for index in hold.end..<max(hold.end, frames.lowerBound) where !trace.isVoiced(index) { return nil }
    let settled = frames.count > 6 ? frames.lowerBound + 3..<frames.upperBound : frames
    let body = hold.start..<min(hold.end, hold.nasalStart ?? hold.end)
    let (first, second) = (trace.shape(of: body), trace.shape(of: settled))
    let isQuieter = trace.meanLevel(of: frames) < trace.meanLevel(of: body) + 1
    if hold.nasalStart == nil, isQuieter, second.nasality - first.nasality > Self.nasalDecibels { return .nasal }
    let newest = trace.shape(of: (hold.nasalStart ?? hold.start)..<hold.end)
    return Self.distance(newest, second) < Self.nasalDecibels ? .same : nil
  }

  private static func distance(_ one: FilledPauseTrace.Shape, _ other: FilledPauseTrace.Shape) -> Float {
    let openness = one.openness - other.openness
    let backness = one.backness - other.backness
    let nasality = one.nasality - other.nasality
    return ((openness * openness + backness * backness + nasality * nasality) / 3).squareRoot()
  }
}
