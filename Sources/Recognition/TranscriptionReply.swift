import Glibc
import Practice

/// Reads what transcription endpoints answer: OpenAI's `verbose_json` as its different speakers understand it.
///
/// OpenAI lists words beside segments, without probabilities; servers around faster-whisper list them in segments, with
/// probabilities and a blank before each; whisper.cpp lists pieces of words so. Models that know no times give text.
struct TranscriptionReply {
  /// A word or a piece of one as it is written in the answer.
  struct Written: Equatable {
    var text: String
    /// Seconds from the start of the piece.
    var start: Double
    var end: Double
    /// 0 to 1.
    var confidence: Double
  }

  /// Confidence where the endpoint says none.
  static let unsaidConfidence = 0.8
  /// Words a second at most, and some for a short piece: what goes on is a model that repeats itself.
  private static let wordsPerSecond = 8.0, wordsAtLeast = 8.0
  /// Pieces of words that are looked at, and characters of each: more is no answer to a few seconds of speech.
  private static let pieceLimit = 1_000, characterLimit = 100
  /// Whisper's own limits (its `no_speech_threshold` and `logprob_threshold`) of what was no speech.
  private static let noSpeech = 0.6, leastLogarithm = -1.0

  private let json: JSON
  private let seconds: Double

  /// The answer to a piece of `seconds`; nil where it is none.
  init?(_ bytes: [UInt8], seconds: Double) {
    guard let json = JSON(parsing: String(decoding: bytes, as: UTF8.self)), case .object = json,
      json["text"]?.string != nil || json["words"] != nil || json["segments"] != nil
    else { return nil }
    (self.json, self.seconds) = (json, max(0, seconds))
  }

  /// The words of a piece that begins at the audio time `start`, in order of time.
  func words(from start: Double, isEnglish: Bool, prompt: String) -> [Word] {
    let pieces = all.prefix(Self.pieceLimit).map { piece in
      var piece = piece
      piece.text = String(piece.text.prefix(Self.characterLimit))
      return piece
    }
    let written = Self.withoutAsides(Self.joined(pieces))
    var words: [Word] = []
    var earliest = 0.0
    for (index, one) in written.enumerated() {
      let neighbours = (
        index > 0 ? written[index - 1].text : nil, index + 1 < written.count ? written[index + 1].text : nil
      )
      let said = Self.said(one.text, neighbours, isEnglish: isEnglish)
      guard !said.isEmpty else { continue }
      let from = min(max(one.start, earliest), seconds)
      let to = min(max(one.end, from), seconds)
      earliest = to
      for (place, text) in said.enumerated() {
        let share = (to - from) / Double(said.count)
        words.append(
          Word(
            text, start: start + from + Double(place) * share, end: start + from + Double(place + 1) * share,
            confidence: one.confidence, source: .endpoint))
      }
    }
    // In silence a Whisper says what it was prompted with.
    let prompted = prompt.split(separator: " ").flatMap { Self.said(String($0), (nil, nil), isEnglish: isEnglish) }
    if prompted.count > 2, words.map(\.text) == prompted { return [] }
    return Array(words.prefix(Int(Self.wordsAtLeast + Self.wordsPerSecond * seconds)))
  }

  // MARK: Where words stand

  private var all: [Written] {
    let segments = items("segments").filter { !Self.isSilence($0) }
    if let listed = listed(json, nil), !listed.isEmpty { return listed }
    if !segments.isEmpty {
      return segments.flatMap { segment in listed(segment, segment) ?? spread(segment, within: span(of: segment)) }
    }
    return items("segments").isEmpty ? spread(json, within: 0...seconds) : []
  }

  private func items(_ name: String) -> [JSON] {
    guard case .array(let items)? = json[name] else { return [] }
    return items
  }

  private static func isSilence(_ segment: JSON) -> Bool {
    (segment["no_speech_prob"]?.double ?? 0) > noSpeech && (segment["avg_logprob"]?.double ?? 0) < leastLogarithm
  }

  /// The words that `object` lists with their times; nil where one of them has none.
  private func listed(_ object: JSON, _ segment: JSON?) -> [Written]? {
    guard case .array(let items)? = object["words"], !items.isEmpty else { return nil }
    var found: [Written] = []
    for item in items {
      guard let text = (item["word"] ?? item["text"])?.string, let start = item["start"]?.double,
        let end = item["end"]?.double
      else { return nil }
      let probability = (item["probability"] ?? item["confidence"] ?? item["score"])?.double
      let confidence = probability ?? Self.confidence(of: segment)
      found.append(Written(text: text, start: start, end: end, confidence: min(max(confidence, 0), 1)))
    }
    return found
  }

  /// What Whisper thinks of a segment: the mean logarithm of its tokens' probabilities.
  private static func confidence(of segment: JSON?) -> Double {
    guard let logarithm = segment?["avg_logprob"]?.double else { return unsaidConfidence }
    return exp(min(logarithm, 0))
  }

  private func span(of segment: JSON) -> ClosedRange<Double> {
    let start = min(max(segment["start"]?.double ?? 0, 0), seconds)
    return start...min(max(segment["end"]?.double ?? seconds, start), seconds)
  }

  /// Words without times, spread over the time that they have by their lengths.
  private func spread(_ object: JSON, within span: ClosedRange<Double>) -> [Written] {
    let texts = (object["text"]?.string ?? "").split(whereSeparator: \.isWhitespace)
    let total = texts.reduce(0) { $0 + $1.count + 1 }
    let confidence = Self.confidence(of: object)
    var (place, found) = (span.lowerBound, [Written]())
    for text in texts {
      let length = (span.upperBound - span.lowerBound) * Double(text.count + 1) / Double(max(total, 1))
      found.append(Written(text: String(text), start: place, end: place + length, confidence: confidence))
      place += length
    }
    return found
  }

  // MARK: What words are

  /// Pieces put together: where some have a blank before them, those without belong to the one before.
  static func joined(_ pieces: [Written]) -> [Written] {
    guard pieces.contains(where: { $0.text.first?.isWhitespace == true }) else { return pieces }
    var found: [Written] = []
    for piece in pieces {
      if var last = found.last, piece.text.first?.isWhitespace != true {
        last.text += piece.text
        last.end = max(last.end, piece.end)
        last.confidence = min(last.confidence, piece.confidence)
        found[found.count - 1] = last
      } else {
        found.append(piece)
      }
    }
    return found
  }

  private static let asides: [Character: Character] = ["[": "]", "(": ")", "*": "*", "♪": "♪"]

  /// Words without what is no speech: "[BLANK_AUDIO]", "(laughs)", "*coughs*", "♪ … ♪".
  static func withoutAsides(_ words: [Written]) -> [Written] {
    var kept = words
    var open: (mark: Character, word: Int, at: Int)?
    for (index, word) in words.enumerated() {
      for (at, character) in word.text.enumerated() {
        if let begun = open, character == asides[begun.mark] {
          for place in begun.word...index {
            let from = place == begun.word ? begun.at : 0
            let to = place == index ? at + 1 : words[place].text.count
            let marked = kept[place].text.enumerated().map { from <= $0 && $0 < to ? " " : $1 }
            kept[place].text = String(marked)
          }
          open = nil
        } else if open == nil, asides[character] != nil {
          open = (character, index, at)
        }
      }
    }
    return kept
  }

  /// `text` as it is said: in English figures and signs as words, in others letters and digits as they are.
  private static func said(_ text: String, _ around: (before: String?, after: String?), isEnglish: Bool) -> [String] {
    let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
    return parts.flatMap { part -> [String] in
      if isEnglish, let reading = SpokenForms.readings(of: part, before: around.before, after: around.after).first {
        return reading
      }
      let plain = part.lowercased().map { $0 == "’" ? "'" : $0 }.filter { $0.isLetter || $0.isNumber || $0 == "'" }
      return plain.contains { $0 != "'" } ? [String(plain)] : []
    }
  }
}
