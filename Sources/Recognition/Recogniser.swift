package import Practice

/// Words from sound: whatever can be told samples and answers with words.
///
/// One thread owns a recogniser and is the only one that calls it, since all of them think for long. It is told the
/// sound in order and in pieces of any size, and answers with what it is sure of. Where it falls behind, the caller
/// lets it drop partial words, never sound.
package protocol Recogniser: AnyObject {
  /// What its words are marked with.
  var source: Word.Source { get }
  /// Whether partial words are looked for; a caller that finds it behind turns them off for a while.
  var givesPartials: Bool { get set }
  /// Audio time up to which it has thought, in seconds: what was told less what is still to be thought about.
  var secondsHeard: Double { get }

  /// Takes in samples at 16 kHz, mono, ±1, any number of them, and appends what comes of it to `heard`.
  func hear(_ samples: Span<Float>, into heard: inout [Heard]) throws(RecognitionError)
  /// Told that nobody speaks at an audio time in seconds: the utterance ends there, even where that time is past.
  func cut(at seconds: Double, into heard: inout [Heard]) throws(RecognitionError)
  /// Lets audio time pass without sound: the utterance before it is over.
  func skip(seconds: Double, into heard: inout [Heard]) throws(RecognitionError)
  /// Says what is left; sound may follow, as after a cut.
  func finish(into heard: inout [Heard]) throws(RecognitionError)
}

extension Recogniser {
  /// How far it is behind a stream that has reached this audio time, in seconds.
  package func secondsBehind(_ seconds: Double) -> Double { max(0, seconds - secondsHeard) }
}

/// What a recogniser has to say.
package enum Heard: Equatable, Sendable {
  /// A word that held still while more was heard, as soon as it did. Its utterance is not over: rarely it will come
  /// out otherwise, and its confidence is not known yet (0.5).
  case partial(Word)
  /// A word for good. All words of an utterance come again as these when it ends, in order of time.
  case final(Word)
  /// The utterance is over: partial words of it that did not come again were none.
  case over
  /// How likely each of the words is that the utterance could have been: of a recogniser that chooses between words,
  /// and of no other.
  case choice(Choice)
}

/// Why words could not be recognised.
package struct RecognitionError: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what to do next.
  package enum Kind: Equatable, Sendable, CaseIterable {
    /// A part of the model is not installed: `package` names Debian's package.
    case modelMissing
    /// The model is there and cannot be loaded.
    case modelBroken
    /// A language model of a script was refused.
    case scriptRefused
    /// The library failed in the middle.
    case failed
    /// An endpoint does not take what it is asked, and will not: key, address, certificate, model.
    case endpointRefused
    /// An endpoint does not answer, or with what is no transcription.
    case endpointFailed
    /// It was cancelled.
    case cancelled
  }

  /// What kind of failure this is.
  package let kind: Kind
  /// The call that failed, as in `ps_init`.
  package let operation: String
  /// The file or folder that is missing or broken; for the others what can be said in the user's words, or nothing.
  package let detail: String
  /// What the library says of it, in its own words: for a log, never for a screen.
  package let complaint: String

  /// Debian's package that has the model.
  package static let package = "pocketsphinx-en-us"

  /// An error, put together where it is noticed.
  package init(_ kind: Kind, operation: String, detail: String = "", complaint: String = "") {
    self.kind = kind
    self.operation = operation
    self.detail = detail
    self.complaint = complaint
  }
}
