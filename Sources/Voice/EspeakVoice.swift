import Espeak

/// espeak-ng as a voice: in the process, offline, a sentence in some milliseconds.
///
/// The library gives back nothing before it has made everything, so a long text is made in pieces; between them it can
/// be told to stop.
package final class EspeakVoice: SpeechMaker {
  /// Characters made at a time: some milliseconds of work.
  static let pieceCharacters = 240

  private let settings: VoiceSettings

  /// A voice; whether there is one of that name is found out by the first `make`.
  package init(_ settings: VoiceSettings) { self.settings = settings }

  package func prepare() { _ = try? make("a", isCancelled: { false }) }

  package func make(_ text: String, isCancelled: () -> Bool) throws(VoiceError) -> SpokenSound {
    var sound = SpokenSound(samples: [], rate: 0)
    for piece in Self.pieces(Self.plain(text)) {
      if isCancelled() { throw VoiceError(.cancelled, operation: "make") }
      let made = try utter(piece)
      sound.rate = made.rate
      sound.samples.reserveCapacity(sound.samples.count + made.samples.count)
      for sample in made.samples { sound.samples.append(Float(sample) / 32_768) }
    }
    if isCancelled() { throw VoiceError(.cancelled, operation: "make") }
    sound.samples.removeFirst(Self.quietStart(sound.samples))
    return sound
  }

  private func utter(_ text: String) throws(VoiceError) -> Utterance {
    do throws(EspeakError) {
      return try Espeak.utter(
        text, voice: settings.voice, wordsPerMinute: settings.wordsPerMinute, pitch: settings.pitch)
    } catch {
      let kind: VoiceError.Kind =
        switch error.kind {
        case .unavailable: .unavailable
        case .noSuchVoice: .noSuchVoice
        case .tooLong: .tooLong
        case .failed: .failed
        }
      throw VoiceError(kind, operation: error.operation, code: error.code, detail: error.detail)
    }
  }

  /// `text` without what espeak-ng would take for markup: a reply that begins with `<speak` is words too.
  static func plain(_ text: String) -> String { text.replacing("<", with: " ").replacing(">", with: " ") }

  /// `text` cut at its sentences, and within them where they are too long.
  static func pieces(_ text: String) -> [String] {
    var cutter = SentenceCutter(earliestFlush: nil, longest: pieceCharacters)
    return cutter.add(text) + cutter.finish()
  }

  /// How many samples of digital silence come first, bar a millisecond or so.
  private static func quietStart(_ samples: [Float]) -> Int {
    max(0, (samples.firstIndex { abs($0) > 0.002 } ?? 0) - 32)
  }
}
