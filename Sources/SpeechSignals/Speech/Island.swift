/// A run of frames that stand out of the background: what becomes speech once it has had a voice for long enough.
struct Island {
  /// The first frame and the last so far.
  var start: Int, lastActive: Int
  /// The same between frames.
  var rise: Double, fall: Double
  /// How long it has had a voice.
  var voice = VoiceTime()
  /// The first voiced frame, nil before any, and the last.
  var firstVoiced: Int?, lastVoiced = 0
  /// Whether it was found to be speech.
  var isSpeech = false
}
