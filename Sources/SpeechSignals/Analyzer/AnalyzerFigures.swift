/// Figures about all of the sound so far, which can be asked for at any time.
extension Analyzer {
  /// The loudness range so far in LU (EBU Tech 3342); nil under 3 s, and while all is below the gate.
  package var loudnessRange: Double? { loudness.range }

  /// The largest momentary loudness so far in LUFS (400 ms, EBU Tech 3341); nil while none is above -70.
  package var maximumMomentaryLUFS: Double? { loudness.maximumMomentary > -70 ? loudness.maximumMomentary : nil }

  /// The share of the sound so far in which it was too noisy to tell pauses, 0 to 1; nil before any.
  package var tooNoisyShare: Double? { nextFrame > 0 ? Double(noisyFrames) / Double(nextFrame) : nil }

  /// The pitch in figures, as far as it was reviewed; nil with fewer than 200 voiced frames.
  package var pitchStatistics: PitchStatistics? { review?.statistics }

  /// The voiced frames of 10 ms behind `pitchStatistics`, or those there are where they are too few; nil from an
  /// analyzer that does not review pitch.
  package var reviewedVoicedFrames: Int? { review?.voicedFrames }

  /// How regular the voice has been so far, not for clinical use; nil with fewer than 200 voiced frames.
  package var voiceQuality: VoiceQuality? { voicedFrames < PitchStatistics.leastFrames ? nil : cycles.quality }

  /// Samples so far in runs of two or more at 0.999 of full scale and above; of all channels where the original is heard.
  package var clippedSamples: Int { original?.clippedSamples ?? framer.clippedSamples }
}
