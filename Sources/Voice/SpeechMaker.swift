/// What makes sound of sentences.
///
/// It is used by one thread at a time, which it keeps waiting: nothing that draws or listens may call it.
package protocol SpeechMaker: AnyObject {
  /// Does what is slow the first time, before there is anything to say. Never fails: the first `make` will.
  func prepare()
  /// The sound of `text`, which is plain and may be anything at all.
  ///
  /// Asks `isCancelled` often, and throws `.cancelled` once it says so.
  func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound
}

extension SpeechMaker {
  package func prepare() {}
}

/// A sentence as sound.
package struct SpokenSound: Equatable, Sendable {
  /// One channel at ±1.
  package var samples: [Float]
  /// Their rate, hertz.
  package var rate: Int
  /// Why another voice than the one asked for spoke.
  package var fault: VoiceError?

  /// Sound as it was made.
  package init(samples: [Float], rate: Int, fault: VoiceError? = nil) {
    self.samples = samples
    self.rate = rate
    self.fault = fault
  }

  /// How long it lasts.
  package var seconds: Double { rate > 0 ? Double(samples.count) / Double(rate) : 0 }
}

/// How a voice shall sound.
package struct VoiceSettings: Equatable, Sendable {
  /// A voice or language that espeak-ng knows, as in `en-gb`.
  package var voice: String
  /// Words a minute, held within 80...450.
  package var wordsPerMinute: Int
  /// 0...99, 50 is the voice's own.
  package var pitch: Int
  /// How loud, 0...1.
  package var volume: Float
  /// -1 left alone, 0 both sides, 1 right alone.
  package var balance: Float

  /// A voice; what is not named is ordinary.
  package init(
    voice: String = "en-us", wordsPerMinute: Int = 165, pitch: Int = 50, volume: Float = 1, balance: Float = 0
  ) {
    self.voice = voice
    self.wordsPerMinute = wordsPerMinute
    self.pitch = pitch
    self.volume = volume
    self.balance = balance
  }
}

/// Why a sentence could not be made sound of. It never holds a key, nor what an endpoint answered.
package struct VoiceError: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what to do next.
  package enum Kind: Equatable, Sendable, CaseIterable {
    /// espeak-ng or its data could not be loaded.
    case unavailable
    /// There is no such voice.
    case noSuchVoice
    /// It was told to stop.
    case cancelled
    /// The endpoint could not be reached, or broke off.
    case unreachable
    /// The endpoint asks for another key.
    case unauthorized
    /// The endpoint makes no speech at all.
    case noSpeechThere
    /// The endpoint refused for another reason: `code` is its status.
    case refused
    /// What came is no sound that we know.
    case notSound
    /// What came is longer than we take.
    case tooLong
    /// Anything else.
    case failed
  }

  /// What kind of failure this is.
  package let kind: Kind
  /// The call that failed, as in `espeak_Synth`.
  package let operation: String
  /// A number of the library or the endpoint's status, or 0.
  package let code: Int32
  /// The voice or endpoint asked for, or what else helps.
  package let detail: String

  /// An error, put together where it is noticed.
  package init(_ kind: Kind, operation: String, code: Int32 = 0, detail: String = "") {
    self.kind = kind
    self.operation = operation
    self.code = code
    self.detail = detail
  }
}
