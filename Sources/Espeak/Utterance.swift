/// Text spoken: the samples, and when each word begins.
package struct Utterance: Equatable, Sendable {
  /// A word of the text and its place in the sound.
  package struct Word: Equatable, Sendable {
    /// Where it begins in the text, in characters from 0 as espeak-ng counts them.
    package let position: Int
    /// Its length in characters.
    package let length: Int
    /// When it begins, seconds from the first sample.
    package let startSeconds: Double

    /// A word as espeak-ng reported it.
    package init(position: Int, length: Int, startSeconds: Double) {
      self.position = position
      self.length = length
      self.startSeconds = startSeconds
    }
  }

  /// One channel of 16-bit samples.
  package let samples: [Int16]
  /// Their rate, hertz: 22050 for espeak-ng's own voices.
  package let rate: Int
  /// The words in order.
  package let words: [Word]

  /// Seconds of sound.
  package var seconds: Double { rate > 0 ? Double(samples.count) / Double(rate) : 0 }
}

/// Why espeak-ng could not speak.
package struct EspeakError: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what to do next.
  package enum Kind: Equatable, Sendable, CaseIterable {
    /// The library or its data could not be loaded.
    case unavailable
    /// There is no such voice.
    case noSuchVoice
    /// The text is longer than `Espeak.textLimit`.
    case tooLong
    /// The library refused for a reason of its own.
    case failed
  }

  /// What kind of failure this is.
  package let kind: Kind
  /// The call that failed, as in `espeak_Synth`.
  package let operation: String
  /// espeak-ng's own number, or 0.
  package let code: Int32
  /// The voice asked for, or what else helps.
  package let detail: String

  /// An error, put together where it is noticed.
  package init(_ kind: Kind, operation: String, code: Int32 = 0, detail: String = "") {
    self.kind = kind
    self.operation = operation
    self.code = code
    self.detail = detail
  }
}
