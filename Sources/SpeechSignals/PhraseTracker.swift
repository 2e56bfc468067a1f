/// Joins final speech frames into phrases, and the silences between them into pauses.
///
/// It sees each frame once, in order, and never changes its mind: a phrase ends when the silence after it has lasted
/// the minimum, a pause ends when speech resumes. A shorter silence belongs to the phrase around it. Silence before
/// the first phrase, after the last, and across a gap is no pause. Edges lie between frames (`SpeechEdges`).
struct PhraseTracker {
  /// What a frame may complete, in this order.
  struct Outcome: Equatable {
    /// Speech, with its nuclei; times in frames.
    struct Phrase: Equatable {
      var start: Double, end: Double
      var syllables: Int
    }

    /// Silence; times in frames.
    struct Pause: Equatable {
      var start: Double, end: Double
    }

    var phrase: Phrase?
    var pause: Pause?
  }

  /// A silence shorter than the minimum by no more than this cannot be told from it, and counts as the minimum.
  private static let resolution = 0.5

  private let minimumFrames: Double
  private var start: Double?
  private var speechEnd = 0.0
  private var syllables = 0
  private var silenceStart: Double?

  /// A tracker for pauses of at least so many frames.
  init(minimumFrames: Int) { self.minimumFrames = Double(minimumFrames) }

  private var leastFrames: Double { minimumFrames - Self.resolution }

  /// Takes in the next final frame; the edges are how much later than the frame's own speech begins and ends.
  mutating func update(
    frame: Int, isSpeech: Bool, edges: (start: Float, end: Float) = (0, 0), isNucleus: Bool
  ) -> Outcome {
    var outcome = Outcome()
    guard isSpeech else {
      // The speech that may follow begins half a frame early at most.
      if start != nil, Double(frame) + 0.5 - speechEnd >= leastFrames { outcome.phrase = close() }
      return outcome
    }
    var begin = Double(frame) + Double(edges.start)
    if start != nil, begin - speechEnd >= leastFrames { outcome.phrase = close() }
    if let silence = silenceStart { begin = max(begin, silence + minimumFrames) }
    speechEnd = Double(frame + 1) + Double(edges.end)
    if start == nil {
      start = begin
      syllables = 0
      outcome.pause = silenceStart.map { Outcome.Pause(start: $0, end: begin) }
      silenceStart = nil
    }
    if isNucleus { syllables += 1 }
    return outcome
  }

  /// Ends the phrase that is open, if one is.
  mutating func close() -> Outcome.Phrase? {
    guard let first = start else { return nil }
    start = nil
    silenceStart = speechEnd
    return Outcome.Phrase(start: first, end: speechEnd, syllables: syllables)
  }

  /// Forgets the silence that is running: what follows a gap is a beginning.
  mutating func restart() {
    start = nil
    silenceStart = nil
  }
}
