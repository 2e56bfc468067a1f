package import Sound
package import Voice

/// What becomes of a reply.
package enum SpeechNews: Equatable, Sendable {
  /// This sentence begins.
  case speaking(String)
  /// The first sound of the reply is on its way to the device.
  case firstSound
  /// Another voice than the one asked for speaks, from here on; told once a reply.
  case fellBack(VoiceError)
  /// All was said and heard.
  case finished
  /// `Speaker.stop` silenced it.
  case stopped
  /// It cannot be spoken; what was left of it is dropped.
  case failed(SpeechProblem)
}

/// Why a reply cannot be spoken.
package enum SpeechProblem: Error, Equatable, Sendable {
  /// The sentence could not be made.
  case voice(VoiceError)
  /// The device could not be opened or used.
  case sound(SoundError)
  /// The system has no thread to give.
  case noThread
}
