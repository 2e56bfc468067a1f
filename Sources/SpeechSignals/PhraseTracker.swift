/// Joins final speech frames into phrases, and the silences between them into pauses.
///
/// It sees each frame once, in order, and never changes its mind: a phrase ends when the silence after it has lasted
/// the minimum, a pause ends when speech resumes. A shorter silence belongs to the phrase around it. Silence before
/// the first phrase, after the last, and across a gap is no pause.
struct PhraseTracker {
  /// What a frame may complete.
  enum Outcome: Equatable {
    /// Speech from a frame up to another, with its nuclei.
    case phrase(start: Int, end: Int, syllables: Int)
    /// Silence from a frame up to another.
    case pause(start: Int, end: Int)
  }

  private let minimumFrames: Int
  private var start: Int?
  private var lastSpeech = 0
  private var syllables = 0
  private var silenceStart: Int?

  /// A tracker for pauses of at least so many frames.
  init(minimumFrames: Int) { self.minimumFrames = minimumFrames }

  /// Takes in the next final frame.
  mutating func update(frame: Int, isSpeech: Bool, isNucleus: Bool) -> Outcome? {
    guard isSpeech else {
      guard start != nil, frame - lastSpeech >= minimumFrames else { return nil }
      return close()
    }
    lastSpeech = frame
    if start == nil {
      start = frame
      syllables = isNucleus ? 1 : 0
      defer { silenceStart = nil }
      return silenceStart.map { .pause(start: $0, end: frame) }
    }
    if isNucleus { syllables += 1 }
    return nil
  }

  /// Ends the phrase that is open, if one is.
  mutating func close() -> Outcome? {
    guard let first = start else { return nil }
    start = nil
    silenceStart = lastSpeech + 1
    return .phrase(start: first, end: lastSpeech + 1, syllables: syllables)
  }

  /// Forgets the silence that is running: what follows a gap is a beginning.
  mutating func restart() {
    start = nil
    silenceStart = nil
  }
}
