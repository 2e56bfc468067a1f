import CEspeak
import Glibc
import Synchronization

/// espeak-ng, which speaks without a network and without a sound card: text in, samples out.
///
/// The library is one per process and not meant for threads, so this is its one owner: everything goes through one
/// lock. It is started in its synchronous mode, in which it never opens an audio device.
package final class Espeak {
  /// The longest text spoken at once, bytes of UTF-8.
  package static let textLimit = 100_000
  /// Words per minute that the library can speak at; others are brought into this range.
  package static let speeds = 80...450
  /// Pitches that a voice can be raised or lowered to; its own is the one in the middle.
  package static let pitches = 0...99
  /// The most sound made of one text, seconds; it is cut there.
  package static let longestSeconds = 1800

  /// The rate of the library's samples once it is started; 0 before that, -1 if it cannot be.
  private static let library = Mutex<Int32>(0)

  private init() {}

  /// Speaks plain text, or SSML if it begins with `<speak`. Throws `EspeakError`.
  ///
  /// The same text twice sounds the same and is not the same samples: the voice's flutter goes on between them.
  ///
  /// - Parameters:
  ///   - ssmlOrText: At most `textLimit` bytes.
  ///   - voice: A name or language espeak-ng knows, as in `en-us`.
  ///   - wordsPerMinute: Held within `speeds`.
  package static func speak(
    _ ssmlOrText: String, voice: String, wordsPerMinute: Int
  ) throws(EspeakError) -> (samples: [Int16], rate: Int) {
    let utterance = try utter(ssmlOrText, voice: voice, wordsPerMinute: wordsPerMinute)
    return (utterance.samples, utterance.rate)
  }

  /// As `speak`, with the time of each word; `pitch` is held within `pitches`.
  package static func utter(
    _ ssmlOrText: String, voice: String, wordsPerMinute: Int, pitch: Int = 50
  ) throws(EspeakError) -> Utterance {
    let text = try cleaned(ssmlOrText)
    return try library.withLock { (rate) throws(EspeakError) -> Utterance in
      try prepare(&rate, voice: voice)
      let speed = min(max(wordsPerMinute, speeds.lowerBound), speeds.upperBound)
      espeak_SetParameter(espeakRATE, Int32(speed), 0)
      espeak_SetParameter(espeakPITCH, Int32(min(max(pitch, pitches.lowerBound), pitches.upperBound)), 0)
      heard = Heard(limit: Int(rate) * longestSeconds, characters: ssmlOrText.unicodeScalars.count)
      defer { heard = Heard() }
      let isMarkup = ssmlOrText.drop { $0.isWhitespace }.hasPrefix("<speak")
      let flags = UInt32(espeakCHARS_UTF8) | (isMarkup ? UInt32(espeakSSML) : 0)
      let code = text.withUnsafeBytes {
        espeak_Synth($0.baseAddress, $0.count, 0, POS_CHARACTER, 0, flags, nil, nil)
      }
      guard code == EE_OK else {
        throw EspeakError(.failed, operation: "espeak_Synth", code: Int32(code.rawValue), detail: voice)
      }
      return Utterance(samples: heard.samples, rate: Int(rate), words: heard.words)
    }
  }

  /// The sounds of `text` in espeak-ng's own letters (nearly Kirshenbaum's): words apart by spaces, sounds by `_`.
  package static func phonemes(_ text: String, voice: String) throws(EspeakError) -> String {
    let bytes = try cleaned(text)
    return try library.withLock { (rate) throws(EspeakError) -> String in
      try prepare(&rate, voice: voice)
      var clauses: [String] = []
      bytes.withUnsafeBytes { buffer in
        var next = buffer.baseAddress
        // A clause is at least a byte, so this ends.
        let separator = Int32(UInt8(ascii: "_")) << 8
        for _ in 0..<bytes.count where next != nil {
          guard let clause = espeak_TextToPhonemes(&next, espeakCHARS_UTF8, separator) else { break }
          let sounds = String(cString: clause)
          if !sounds.isEmpty { clauses.append(sounds) }
        }
      }
      return clauses.joined(separator: " ")
    }
  }

  /// The languages that can be spoken, as in `en-us`, sorted. Throws where the library is not there.
  package static func languages() throws(EspeakError) -> [String] {
    try library.withLock { (rate) throws(EspeakError) -> [String] in
      try prepare(&rate, voice: nil)
      guard let voices = espeak_ListVoices(nil) else { return [] }
      var found: Set<String> = []
      var index = 0
      while let voice = voices[index], index < 4096 {
        index += 1
        // A priority byte stands before each name.
        if let languages = voice.pointee.languages { found.insert(String(cString: languages + 1)) }
      }
      return found.sorted()
    }
  }

  /// Text as the library may have it: bounded, ended, and free of the control characters that are commands to it.
  private static func cleaned(_ text: String) throws(EspeakError) -> [UInt8] {
    guard text.utf8.count <= textLimit else {
      throw EspeakError(.tooLong, operation: "espeak_Synth", detail: "\(text.utf8.count) bytes")
    }
    return text.utf8.map { $0 < 32 && $0 != 10 || $0 == 127 ? 32 : $0 } + [0]
  }

  /// Runs `body` while what is written to standard error goes nowhere: without its data the library says so there, and
  /// that would stand in the middle of a screen. What it returns tells the same.
  private static func withoutStandardError<Value>(_ body: () -> Value) -> Value {
    let (kept, nowhere) = (fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3), open("/dev/null", O_WRONLY | O_CLOEXEC))
    defer {
      if kept >= 0 { close(kept) }
      if nowhere >= 0 { close(nowhere) }
    }
    guard kept >= 0, nowhere >= 0, dup2(nowhere, STDERR_FILENO) >= 0 else { return body() }
    defer { dup2(kept, STDERR_FILENO) }
    return body()
  }

  private static func prepare(_ rate: inout Int32, voice: String?) throws(EspeakError) {
    if rate == 0 {
      rate = withoutStandardError {
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, Int32(espeakINITIALIZE_DONT_EXIT))
      }
      if rate > 0 {
        espeak_SetSynthCallback(hear)
        // Markup may name sound files, which the library would hand to a shell: it is told to leave them out.
        espeak_SetUriCallback { _, _, _ in 1 }
      }
    }
    guard rate > 0 else { throw EspeakError(.unavailable, operation: "espeak_Initialize", code: rate) }
    guard let voice else { return }
    // A name is looked for as a file too: no path may come of it.
    let isName = voice.utf8.count <= 64 && voice.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 46 && $0 != 47 }
    var code = isName && !voice.isEmpty ? espeak_SetVoiceByName(voice) : EE_NOT_FOUND
    if code != EE_OK, isName, let identifier = identifier(ofLanguage: voice) {
      code = espeak_SetVoiceByName(identifier)
    }
    guard code == EE_OK else {
      throw EspeakError(.noSuchVoice, operation: "espeak_SetVoiceByName", code: Int32(code.rawValue), detail: voice)
    }
  }
}

extension Espeak {
  /// The library's own name for the voice of a language, its variant kept: `gmw/en+f3` for `en-gb+f3`; nil for none.
  ///
  /// By name it finds files, and the file of British English is called `en`. Voices of MBROLA, which need data of their
  /// own, are left out.
  private static func identifier(ofLanguage name: String) -> String? {
    let parts = name.lowercased().split(separator: "+", maxSplits: 1)
    guard let language = parts.first, let voices = espeak_ListVoices(nil) else { return nil }
    var (best, index) = ((priority: CChar.max, identifier: String?.none), 0)
    while let voice = voices[index], index < 4096 {
      index += 1
      guard let languages = voice.pointee.languages, let identifier = voice.pointee.identifier else { continue }
      let found = String(cString: identifier)
      guard String(cString: languages + 1) == language, languages.pointee < best.priority, !found.hasPrefix("mb/")
      else {
        continue
      }
      best = (languages.pointee, found)
    }
    return best.identifier.map { parts.count > 1 ? $0 + "+" + parts[1] : $0 }
  }
}

/// What the library has said so far.
private struct Heard {
  var limit = 0
  var characters = 0
  var samples: [Int16] = []
  var words: [Utterance.Word] = []

  /// Keeps a word that stands in the text behind the one before: now and then the library reports one that does not.
  mutating func begin(_ word: Utterance.Word) {
    let end = words.last.map { $0.position + $0.length } ?? 0
    guard word.length > 0, word.position >= end, word.position < characters else { return }
    words.append(word)
  }
}

// SAFETY: touched only between the start and the end of one `espeak_Synth`, by the thread that called it, under the
// lock in `Espeak.library`; the callback runs on that very thread.
private nonisolated(unsafe) var heard = Heard()

private func hear(
  _ wave: UnsafeMutablePointer<Int16>?, _ count: Int32, _ events: UnsafeMutablePointer<espeak_EVENT>?
) -> Int32 {
  if let wave, count > 0 {
    let room = max(0, heard.limit - heard.samples.count)
    heard.samples.append(contentsOf: UnsafeBufferPointer(start: wave, count: min(Int(count), room)))
  }
  var next = events
  while let event = next, event.pointee.type != espeakEVENT_LIST_TERMINATED {
    if event.pointee.type == espeakEVENT_WORD {
      heard.begin(
        Utterance.Word(
          position: max(0, Int(event.pointee.text_position) - 1), length: Int(event.pointee.length),
          startSeconds: Double(event.pointee.audio_position) / 1000))
    }
    next = event + 1
  }
  return heard.samples.count >= heard.limit ? 1 : 0
}
