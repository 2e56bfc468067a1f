/// A voice with another one behind it: what the first cannot make the second does, and says why.
///
/// A first voice that failed is left alone for some sentences, since each try may take seconds; one that makes no speech
/// at all, or wants another key, is not asked again.
package final class FallbackVoice: SpeechMaker {
  /// Sentences for which a first voice that failed is left alone.
  static let restSentences = 10

  private let first: any SpeechMaker
  private let second: any SpeechMaker
  private var fault: VoiceError?
  private var sentencesLeft = 0

  /// A voice that is `first` as long as that speaks.
  package init(_ first: any SpeechMaker, else second: any SpeechMaker) {
    self.first = first
    self.second = second
  }

  package func prepare() {
    first.prepare()
    second.prepare()
  }

  package func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound {
    if sentencesLeft == 0 {
      do throws(VoiceError) {
        let sound = try first.make(text, isCancelled: isCancelled)
        fault = nil
        return sound
      } catch {
        guard error.kind != .cancelled else { throw error }
        fault = error
        let isForGood = error.kind == .noSpeechThere || error.kind == .unauthorized || error.kind == .noSuchVoice
        sentencesLeft = isForGood ? Int.max : Self.restSentences
      }
    } else if sentencesLeft < Int.max {
      sentencesLeft -= 1
    }
    var sound = try second.make(text, isCancelled: isCancelled)
    sound.fault = fault
    return sound
  }
}
