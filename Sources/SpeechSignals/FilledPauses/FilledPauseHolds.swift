/// Cuts the sound into holds: stretches in which a voice keeps its shape.
///
/// Goto, Itou & Hayamizu (1999) look for a small deformation of the envelope; here a hold is a voiced run in which the
/// envelope differs little from that 50 ms before. It ends where it had been held for longest, what was not held in
/// between taken off (the cumulative sum of Page 1954, "Continuous inspection schemes"), so that a still moment behind its
/// end does not lengthen it. "Um" is two of them, a vowel and then a nasal, so a hold is joined to the one before where
/// the voice goes on and the second is a murmur and no louder, or nearly the same. A murmur is more nasal, and less open
/// than the speaker's average voice: a closed mouth leaves little over 400 Hz, while the end of a diphthong, a dark "l"
/// and a weak vowel behind an open one only lose their upper formants. A hold is handed out `patienceFrames` after its
/// end, so that the silence after it is known; a hold still running that would then be joined is waited for.
struct FilledPauseHolds {
  /// A stretch of frames in which a voice holds.
  struct Hold: Equatable {
    /// When it starts and ends, in frames whose middles are whole numbers.
    var rise: Double, fall: Double
    /// Where its nasal part starts, if one was joined.
    var nasalStart: Int?
    /// Where the vowel before it ends, or the hold.
    var vowelEnd: Int
    /// The speaker's average voice just before it.
    var speaker: FilledPauseTrace.Shape

    /// Its first frame, and the one after its last.
    var start: Int { Int(rise.rounded(.up)) }
    var end: Int { Int(fall.rounded(.down)) + 1 }
    var frames: Range<Int> { start..<max(start, end) }
  }

  /// How many frames after its end a hold is handed out.
  static let patienceFrames = 25
  /// The fewest frames of a hold that is handed out; and the most.
  static let shortestFrames = 15, longestFrames = 200
  /// How many restless frames a hold survives, and voiceless ones.
  private static let restlessFrames = 3.0, voicelessFrames = 2.0
  /// How many frames the way from vowel to nasal may take.
  private static let transitionFrames = 8.0
  private static let nasalDecibels: Float = 4

  private struct Open {
    /// Its end is where it had been held for longest, up to now.
    var hold: Hold
    /// How many frames it was held, less those it was not; and the most that this was.
    var balance: Double, most: Double
    /// How it goes on with the hold before, whatever comes; nil while that is open.
    var joint: Joint?

    /// Takes in the time up to `end`, since `start`.
    mutating func pass(from start: Double, to end: Double, isHeld: Bool) {
      balance += isHeld ? end - start : start - end
      if balance > most { (most, hold.fall) = (balance, end) }
    }
  }

  private enum Joint { case nasal, same }

  private var open: Open?
  private var previous: Hold?
  private var waiting: Hold?
  private var lastFall = -0.5

  /// Looks at the newest frame of the trace and returns a hold whose time has come.
  mutating func update(_ trace: FilledPauseTrace) -> Hold? {
    if let hold = follow(trace) { return hold }
    if let hold = waiting, trace.frame - hold.end >= Self.patienceFrames {
      waiting = nil
      return hold
    }
    guard let hold = previous, trace.frame - hold.end >= Self.patienceFrames, open?.joint == nil else { return nil }
    if let current = open, let joint = joint(hold, current.hold, trace) {
      open?.joint = joint
      return nil
    }
    previous = nil
    return Self.isWorthwhile(hold) ? hold : nil
  }

  private static func isWorthwhile(_ hold: Hold) -> Bool {
    (Double(shortestFrames)...Double(longestFrames)).contains(hold.fall - hold.rise)
  }

  /// Opens, lengthens and closes the hold that is running; returns one that must make room.
  private mutating func follow(_ trace: FilledPauseTrace) -> Hold? {
    let frame = trace.frame
    let isHeld = trace.isHeld(frame), wasHeld = trace.isHeld(frame - 1)
    guard var current = open else {
      open = isHeld ? beginning(trace) : nil
      return nil
    }
    var edge = Double(frame)
    if isHeld != wasHeld {
      edge = trace.heldEdge(of: isHeld ? frame : frame - 1, towards: isHeld ? frame - 1 : frame)
    }
    current.pass(from: Double(frame - 1), to: edge, isHeld: wasHeld)
    guard current.balance > 0 else {
      // It was restless for as long as it had been held.
      open = isHeld ? beginning(trace) : nil
      return nil
    }
    current.pass(from: edge, to: Double(frame), isHeld: isHeld)
    open = current
    let lost = current.most - current.balance
    guard !isHeld, lost > Self.restlessFrames || (lost > Self.voicelessFrames && !trace.isVoiced(frame)) else {
      return nil
    }
    return close(current, trace)
  }

  /// A hold that shows at the newest frame: the change looks back, so it began before.
  private func beginning(_ trace: FilledPauseTrace) -> Open {
    let frame = trace.frame
    let shown = trace.heldEdge(of: frame, towards: frame - 1)
    var rise = max(lastFall, shown - Double(FilledPauseTrace.lookBack))
    var first = frame
    while first > frame - FilledPauseTrace.lookBack, trace.isVoiced(first - 1) { first -= 1 }
    if !trace.isVoiced(first - 1) { rise = max(rise, trace.voiceEdge(of: first, towards: first - 1)) }
    let held = Double(frame) - shown
    let hold = Hold(rise: rise, fall: Double(frame), nasalStart: nil, vowelEnd: frame + 1, speaker: trace.speaker)
    return Open(hold: hold, balance: held, most: held)
  }

  /// Ends the running hold: joins it to the one before or puts it in its place.
  private mutating func close(_ current: Open, _ trace: FilledPauseTrace) -> Hold? {
    open = nil
    var hold = current.hold
    hold.vowelEnd = hold.end
    lastFall = hold.fall
    if let before = previous, let joint = current.joint ?? joint(before, hold, trace) {
      previous?.fall = hold.fall
      guard before.nasalStart == nil else { return nil }
      switch joint {
      case .same: previous?.vowelEnd = hold.end
      case .nasal: previous?.nasalStart = hold.start
      }
      return nil
    }
    let displaced = previous.map(Self.isWorthwhile) == true ? waiting : nil
    if let before = previous, Self.isWorthwhile(before) { waiting = before }
    previous = hold
    return displaced
  }

  /// Whether and how the next hold goes on with one: as its nasal, or as the same sound after a bump.
  private func joint(_ hold: Hold, _ next: Hold, _ trace: FilledPauseTrace) -> Joint? {
    let frames = next.frames
    guard next.rise - hold.fall <= Self.transitionFrames, frames.count >= FilledPauseTrace.lookBack,
      next.fall - hold.rise <= Double(Self.longestFrames),
      trace.frame - hold.start < FilledPauseTrace.ringCount - 64
    else { return nil }
    for index in hold.end..<max(hold.end, frames.lowerBound) where !trace.isVoiced(index) { return nil }
    let settled = frames.count > 6 ? frames.lowerBound + 3..<frames.upperBound : frames
    let body = hold.start..<min(hold.end, hold.nasalStart ?? hold.end)
    let (first, second) = (trace.shape(of: body), trace.shape(of: settled))
    let isQuieter = trace.meanLevel(of: frames) < trace.meanLevel(of: body) + 1
    let isMurmur =
      second.nasality - first.nasality > Self.nasalDecibels && second.openness < hold.speaker.openness
    if hold.nasalStart == nil, isQuieter, isMurmur { return .nasal }
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
