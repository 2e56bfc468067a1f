/// Joins final speech frames into phrases, and the silences between them into pauses.
///
/// It sees each frame once, in order, and never changes its mind: a phrase ends when the silence after it has lasted
/// the minimum, a pause ends when speech resumes. A shorter silence belongs to the phrase around it. Silence before
/// the first phrase, after the last, and across a gap is no pause. Edges lie between frames (`SpeechEdges`).
///
/// What turns out to be no speech can be taken out of the phrase that is open, for nothing was told of that (`takeBack`),
/// and what turns out to be speech lengthens it (`hold`).
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
  /// The same where it is not the frames that tell where speech ended.
  private static let heldResolution = 2.0
  /// How many frames back the open phrase is remembered.
  private static let ringCount = 128

  private let minimumFrames: Double
  private var start: Double?
  private var speechEnd = 0.0
  private var syllables = 0
  private var silenceStart: Double?
  /// Where the last phrase lay that was told, and how far the open one is known to go on.
  private var toldStart = -Double.infinity, toldEnd = -Double.infinity
  private var heldEnd = -Double.infinity
  private var newest = -1
  /// The first frame of the open phrase, and whether a pause before it was told.
  private var startFrame = 0
  private var followsPause = false
  /// Where speech had ended, and how many nuclei the open phrase had, after each of the last frames.
  private var ends = [Double](repeating: 0, count: PhraseTracker.ringCount)
  private var counts = [Int](repeating: 0, count: PhraseTracker.ringCount)

  /// A tracker for pauses of at least so many frames.
  init(minimumFrames: Int) { self.minimumFrames = Double(minimumFrames) }

  /// Where the open phrase ends if nothing follows.
  private var end: Double { max(speechEnd, heldEnd) }

  /// Takes in the next final frame; the edges are how much later than the frame's own speech begins and ends.
  mutating func update(
    frame: Int, isSpeech: Bool, edges: (start: Float, end: Float) = (0, 0), isNucleus: Bool
  ) -> Outcome {
    defer { remember(frame) }
    var outcome = Outcome()
    guard isSpeech else {
      // The speech that may follow begins half a frame early at most.
      if start != nil, isPause(upTo: Double(frame) + 0.5) { outcome.phrase = close() }
      return outcome
    }
    var begin = Double(frame) + Double(edges.start)
    if start != nil, isPause(upTo: begin) { outcome.phrase = close() }
    if let silence = silenceStart { begin = max(begin, silence + minimumFrames) }
    speechEnd = Double(frame + 1) + Double(edges.end)
    if start == nil {
      start = begin
      (startFrame, syllables, followsPause) = (frame, 0, silenceStart != nil)
      outcome.pause = silenceStart.map { Outcome.Pause(start: $0, end: begin) }
      silenceStart = nil
    }
    if isNucleus { syllables += 1 }
    return outcome
  }

  /// Whether speech that begins then would follow a pause.
  private func isPause(upTo begin: Double) -> Bool {
    begin - speechEnd >= minimumFrames - Self.resolution && begin - end >= minimumFrames - Self.heldResolution
  }

  private mutating func remember(_ frame: Int) {
    newest = frame
    (ends[frame % Self.ringCount], counts[frame % Self.ringCount]) = (speechEnd, syllables)
  }

  /// Takes what the open phrase has from a frame on out of it, as far as that is remembered.
  ///
  /// Of a phrase that is nothing else nothing is told, and the silence after it begins where the pause before it ended.
  mutating func takeBack(from first: Int) {
    guard let begin = start, first <= newest else { return }
    if heldEnd > Double(first) { heldEnd = -.infinity }
    let last = max(first - 1, newest - Self.ringCount + 1)
    if last < startFrame {
      start = nil
      silenceStart = followsPause ? begin : nil
    } else {
      (speechEnd, syllables) = (ends[last % Self.ringCount], counts[last % Self.ringCount])
    }
  }

  /// Ends the phrase that is open, if one is.
  mutating func close() -> Outcome.Phrase? {
    guard let first = start else { return nil }
    let last = max(first, end)
    (start, silenceStart) = (nil, last)
    (toldStart, toldEnd, heldEnd) = (first, last, -.infinity)
    return Outcome.Phrase(start: first, end: last, syllables: syllables)
  }

  /// Takes in what is known to be speech, from and to which frame, and returns the part of it that lies in the open phrase
  /// or in the last one told; nil where that is less than half.
  mutating func hold(_ speech: ClosedRange<Double>) -> ClosedRange<Double>? {
    let half = (speech.upperBound - speech.lowerBound) / 2
    let (first, last) = (max(speech.lowerBound, toldStart), min(speech.upperBound, toldEnd))
    if last - first >= half { return first...last }
    guard let start else { return nil }
    let begin = max(speech.lowerBound, start)
    guard speech.upperBound - begin >= half else { return nil }
    heldEnd = speech.upperBound
    return begin...heldEnd
  }

  /// Forgets the silence that is running: what follows a gap is a beginning.
  mutating func restart() {
    start = nil
    silenceStart = nil
    (toldStart, toldEnd, heldEnd) = (-.infinity, -.infinity, -.infinity)
  }
}
