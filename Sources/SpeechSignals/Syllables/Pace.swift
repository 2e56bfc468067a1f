/// Syllables a second over the last seconds of talk time.
///
/// Talk time is speech and the silence after it, the latter for at most two seconds: a deliberate long silence
/// freezes the pace rather than lowering it.
struct Pace {
  /// How long a silence counts, in frames.
  static let silenceFrames = 200
  /// Talk time needed before there is a pace, in frames.
  static let leastFrames = 300

  private var window: [Bool]
  private var next = 0
  private var filled = 0
  private var sum = 0
  private var silence = Pace.silenceFrames

  /// A window of so many frames of talk time.
  init(windowFrames: Int) { window = [Bool](repeating: false, count: max(Self.leastFrames, windowFrames)) }

  /// Takes in the next final frame.
  mutating func update(isSpeech: Bool, isNucleus: Bool) {
    silence = isSpeech ? 0 : min(silence + 1, Self.silenceFrames + 1)
    guard silence <= Self.silenceFrames, isSpeech || filled > 0 else { return }
    if filled == window.count, window[next] { sum -= 1 }
    window[next] = isNucleus
    if isNucleus { sum += 1 }
    next = (next + 1) % window.count
    filled = min(filled + 1, window.count)
  }

  /// Silence that runs is not continued by what comes next.
  mutating func restart() { silence = Self.silenceFrames }

  /// Syllables a second; nil with less than 3 s of talk time.
  var syllablesPerSecond: Float? {
    filled >= Self.leastFrames ? Float(sum) * 100 / Float(filled) : nil
  }
}
