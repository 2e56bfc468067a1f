import Glibc

/// Filled pauses, "um", "uh" and "hmm", by their sound alone: a voice that holds still.
///
/// Goto, Itou & Hayamizu (1999), "A real-time filled pause detection system for spontaneous speech recognition": the
/// pitch hardly moves and the spectral envelope hardly changes shape. O'Shaughnessy & Gabrea (2000) add duration and
/// the silence around. Each hold is measured (`FilledPauseEvidence`) and judged by a logistic score whose weights
/// were set by what the figures mean, and left alone where a fit to recordings of people (23 filled pauses) and to
/// synthetic speech, source by source left out, did no better. English lengthens the end of a word before a pause as
/// well: what tells it apart is that it comes out of a voiced sound, is a front or a nasal vowel, or is loud.
struct FilledPauses {
  /// What was found.
  struct Candidate: Equatable {
    /// When it starts and ends, in frames since the first began.
    var start: Double, end: Double
    var confidence: Float
    var label: FilledPauseEvidence.Label
    var evidence: FilledPauseEvidence
  }

  /// The probability from which a hold is reported: more likely than not.
  static let leastConfidence: Float = 0.5

  private var trace = FilledPauseTrace()
  private var holds = FilledPauseHolds()
  private var melody = FilledPauseMelody()

  /// Notes the pitch of a frame in Hz, which is known some frames after the rest.
  mutating func note(pitch: Float, frame: Int) { trace.note(pitch: pitch, frame: frame) }

  /// Takes in the next frame and returns a filled pause that has been judged.
  ///
  /// `excess` is how far the frame stands out of the noise in dB, `speakerMedian` the speaker's usual pitch in Hz.
  mutating func update(bands: [Float], periodicity strength: Float, excess: Float, speakerMedian: Float?) -> Candidate?
  {
    trace.add(bands: bands, periodicity: strength, excess: excess)
    guard let hold = holds.update(trace),
      let evidence = FilledPauseEvidence(hold, trace, &melody, speakerMedian: speakerMedian)
    else { return nil }
    let confidence = evidence.confidence
    guard confidence >= Self.leastConfidence else { return nil }
    return Candidate(
      start: hold.rise + 0.5, end: hold.fall + 0.5, confidence: confidence, label: evidence.label, evidence: evidence)
  }
}
