/// One whole second of audio time, rolled up; the last of a sound may be shorter.
///
/// This is what is kept of the readings. Everything in it is final, so it comes up to 0.35 s after its end.
package struct SecondSummary: Equatable, Sendable {
  /// Where the second begins, in seconds of audio time.
  package var start = 0.0
  /// Where it ends, in seconds of audio time.
  package var end = 0.0
  /// Speech inside it, in seconds.
  package var speechSeconds = 0.0
  /// Syllable nuclei inside it.
  package var syllables = 0
  /// Its voiced 10 ms frames.
  package var voicedFrames = 0
  /// The geometric mean of its voiced frames in Hz; nil without any.
  package var pitchHertz: Double?
  /// The standard deviation of its voiced frames in semitones; 0 with fewer than two.
  package var pitchSpreadSemitones = 0.0
  /// RMS level of the whole second in dB re full scale; never below -100.
  package var levelDecibels = -100.0
  /// Its largest sample in dB re full scale; never below -100.
  package var peakDecibels = -100.0
  /// RMS level of its speech frames in dB re full scale; nil without any.
  package var speechLevelDecibels: Double?
  /// The largest momentary loudness inside it, in LUFS; never below -70.
  package var momentaryLUFS = -70.0
  /// Short-term loudness at its end, in LUFS; never below -70.
  package var shortTermLUFS = -70.0
  /// Gated loudness of everything up to its end (ITU-R BS.1770-4), in LUFS; nil while all is below the gate.
  package var integratedLUFS: Double?
  /// Samples inside it in runs of two or more at 0.999 of full scale and above.
  package var clippedSamples = 0
  /// Syllables a second over the pace window at its end; nil until 3 s of talk time are in it.
  package var syllablesPerSecond: Double?
  /// The silence running at its end, in seconds.
  package var silenceSeconds = 0.0
  /// The stretch since the last pause at its end, in seconds.
  package var runSeconds = 0.0

  /// An empty, quiet second from `start` to `end`.
  package init(start: Double = 0, end: Double = 0) {
    self.start = start
    self.end = end
  }
}
