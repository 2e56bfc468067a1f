package import SpeechSignals

/// The pitch of a whole take in figures, decided once more when all of it was heard.
///
/// The pitch of the moment, which the roll-ups keep, slips an octave now and then, for nobody knows yet how high the
/// speaker is going to be; two or three such slips make an even voice look varied. So the figures of a take, live or
/// recorded, are those of `PitchReview`; a take that was cut off, or kept before there was a review, has none.
package struct ReviewedPitch: Equatable, Sendable {
  /// Voiced frames of 10 ms that the figures rest on.
  package var voicedFrames: Int
  /// The median in hertz, to a tenth; nil below 200 voiced frames.
  package var medianHertz: Double?
  /// The standard deviation in semitones, to a hundredth; nil below 200 voiced frames.
  package var spreadSemitones: Double?

  /// The figures of a take; those that too few frames stand behind are left out.
  package init(voicedFrames: Int, medianHertz: Double?, spreadSemitones: Double?) {
    let isEnough = voicedFrames >= Unknown.leastVoicedFrames
    self.voicedFrames = voicedFrames
    self.medianHertz = isEnough ? medianHertz?.rounded(places: 1) : nil
    self.spreadSemitones = isEnough ? spreadSemitones?.rounded(places: 2) : nil
  }

  /// What `analyzer` has found, after its `finish`; nil from one that does not review pitch.
  package init?(_ analyzer: borrowing Analyzer) {
    guard let frames = analyzer.reviewedVoicedFrames else { return nil }
    let figures = analyzer.pitchStatistics
    self.init(
      voicedFrames: frames, medianHertz: figures?.medianHertz, spreadSemitones: figures?.spreadSemitones)
  }
}

extension ReviewedPitch {
  var fields: [JSON.Field] {
    [
      .init("voiced", .count(voicedFrames)), .init("pitch_hz", .rounded(medianHertz, 1)),
      .init("pitch_sd", .rounded(spreadSemitones, 2)),
    ]
  }

  init(_ json: JSON) {
    self.init(
      voicedFrames: json["voiced"]?.countInHere ?? 0, medianHertz: json["pitch_hz"]?.double,
      spreadSemitones: json["pitch_sd"]?.double)
  }
}
