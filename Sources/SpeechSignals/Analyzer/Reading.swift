/// What is known at the end of one 10 ms frame of sound.
///
/// A reading is data: fixed size, no references, the latest wins. What must not be lost is a `Finding`. Levels never
/// fall below a stated floor, so that a meter needs no special case for digital silence.
package struct Reading: Equatable, Sendable {
  /// The index of the frame, counted from the start of the sound, gaps included.
  package var frame = 0
  /// RMS level of the frame in dB re full scale, without what lies under 20 Hz; never below -100.
  package var levelDecibels: Float = -100
  /// The largest sample of the frame in dB re full scale; never below -100.
  package var peakDecibels: Float = -100
  /// Momentary loudness over 400 ms in LUFS (EBU Tech 3341), renewed each 100 ms; never below -70.
  package var momentaryLUFS: Float = -70
  /// Short-term loudness over 3 s in LUFS (EBU Tech 3341), renewed each 100 ms; never below -70.
  package var shortTermLUFS: Float = -70
  /// The tracked background level in dB re full scale; never below -100.
  package var noiseFloorDecibels: Float = -100
  /// The fundamental frequency in Hz, 0 where unvoiced; it belongs to the frame `Analyzer.pitchLagFrames` earlier.
  package var pitchHertz: Float = 0
  /// Whether speech is going on, as decided live.
  package var isSpeech = false
  /// Whether other voices are so near the speaker's that pauses cannot be told.
  package var isTooNoisy = false
  /// How long the silence has lasted, in seconds, counted from where speech ended; 0 while speaking.
  package var silenceSeconds: Float = 0
  /// How long the stretch since the last pause has lasted, in seconds; 0 in a pause and before any speech.
  package var runSeconds: Float = 0
  /// Syllable nuclei decided so far.
  package var syllables = 0
  /// Syllables a second over the pace window; nil until 3 s of talk time are in it.
  package var syllablesPerSecond: Float?
  /// Samples so far in runs of two or more at 0.999 of full scale and above.
  package var clippedSamples = 0
  /// How long the samples have been exactly constant, in seconds: a muted microphone.
  package var flatSeconds: Float = 0

  /// A quiet reading of the first frame.
  package init() {}

  /// The audio time at the end of the frame, in seconds.
  package var seconds: Double { Double(frame + 1) / 100 }
}
