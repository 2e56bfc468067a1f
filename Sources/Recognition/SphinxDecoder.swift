import CPocketSphinx

/// PocketSphinx's decoder in Swift's terms: opened, fed, asked, closed. One thread at a time.
final class SphinxDecoder {
  /// A stretch of the best path; frames of 10 ms from the start of the utterance, both inclusive.
  struct Segment {
    var word: String
    var first: Int
    var last: Int
    /// 0 to 1.
    var posterior: Double
  }

  private static let segmentLimit = 2_000
  private let decoder: OpaquePointer
  private var found: [rostrum_sphinx_segment]

  /// Opens a decoder with options as on PocketSphinx's command line. Throws `.modelBroken`.
  init(_ options: [(name: String, value: String)]) throws(RecognitionError) {
    rostrum_sphinx_silence()
    _ = rostrum_sphinx_complaint()
    let texts = options.flatMap { [$0.name, $0.value] }
    guard let opened = withCStrings(texts, { rostrum_sphinx_open(Int32(texts.count), $0) }) else {
      throw Self.failure(.modelBroken, "ps_init", options.first { $0.name == "-hmm" }?.value ?? "")
    }
    decoder = opened
    found = Array(repeating: rostrum_sphinx_segment(), count: Self.segmentLimit)
  }

  deinit { rostrum_sphinx_close(decoder) }

  /// Whether the dictionary has `word`.
  func knows(_ word: String) -> Bool { rostrum_sphinx_knows(decoder, word) != 0 }

  /// Searches with the language model in the file at `path` from now on. Throws `.scriptRefused`.
  func use(modelAt path: String) throws(RecognitionError) {
    _ = rostrum_sphinx_complaint()
    guard rostrum_sphinx_model(decoder, path) == 0 else { throw Self.failure(.scriptRefused, "ps_set_lm_file") }
  }

  /// Searches for one of `words`, all in the dictionary, from now on. Throws `.failed`.
  func choose(_ words: [String]) throws(RecognitionError) {
    guard withCStrings(words, { rostrum_sphinx_choose(decoder, Int32(words.count), $0) }) == 0 else {
      throw Self.failure(.failed, "ps_set_fsg")
    }
  }

  /// How well each of `words`, the same as were chosen from, fits the utterance that is over: the natural logarithm of
  /// its likelihood, and its frames; nil for one that the utterance is too short for.
  func choices(_ words: [String]) -> [(score: Double, first: Int, last: Int)?] {
    var found = [rostrum_sphinx_choice](repeating: rostrum_sphinx_choice(), count: words.count)
    _ = withCStrings(words) { rostrum_sphinx_choices(decoder, Int32(words.count), $0, &found) }
    return found.map { $0.first < 0 ? nil : ($0.score, Int($0.first), Int($0.last)) }
  }

  /// Begins an utterance.
  func begin() throws(RecognitionError) {
    guard rostrum_sphinx_begin(decoder) == 0 else { throw Self.failure(.failed, "ps_start_utt") }
  }

  /// Searches on.
  func hear(_ samples: ArraySlice<Int16>) throws(RecognitionError) {
    let searched = samples.withUnsafeBufferPointer {
      rostrum_sphinx_hear(decoder, $0.baseAddress, UInt64($0.count))
    }
    guard searched >= 0 else { throw Self.failure(.failed, "ps_process_raw") }
  }

  /// Ends the utterance.
  func end() throws(RecognitionError) {
    guard rostrum_sphinx_end(decoder) == 0 else { throw Self.failure(.failed, "ps_end_utt") }
  }

  /// The words of the best path so far, without silence and noise; "a(2)" is "a".
  func words() -> [Segment] {
    let count = rostrum_sphinx_segments(decoder, &found, Int32(found.count))
    return found.prefix(Int(count)).compactMap { segment in
      guard let pointer = segment.word, let word = Self.plain(String(cString: pointer)) else { return nil }
      return Segment(
        word: word, first: Int(segment.first), last: Int(segment.last), posterior: min(max(segment.posterior, 0), 1))
    }
  }

  /// A dictionary's word as it is read; nil for silence, noise and the ends of sentences.
  static func plain(_ word: String) -> String? {
    guard let head = word.utf8.first, ![UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "+")].contains(head)
    else { return nil }
    guard word.hasSuffix(")"), let open = word.lastIndex(of: "("), open != word.startIndex else { return word }
    return String(word[..<open])
  }

  /// The cepstral mean that sound is normalised by, 13 numbers; setting it lets it weigh `frames` frames.
  var mean: [Float] {
    var mean = [Float](repeating: 0, count: Int(ROSTRUM_SPHINX_MEAN))
    rostrum_sphinx_mean(decoder, &mean)
    return mean
  }

  func setMean(_ mean: [Float], frames: Int) {
    guard mean.count == Int(ROSTRUM_SPHINX_MEAN) else { return }
    rostrum_sphinx_set_mean(decoder, mean, Int32(frames))
  }

  /// Brings the mean up to what was heard until now.
  func renewMean() { rostrum_sphinx_renew_mean(decoder) }

  private static func failure(
    _ kind: RecognitionError.Kind, _ operation: String, _ file: String = ""
  ) -> RecognitionError {
    let said = String(cString: rostrum_sphinx_complaint()).split(separator: "\n").first.map(String.init) ?? ""
    return RecognitionError(kind, operation: operation, detail: file, complaint: said)
  }
}

/// Hands `texts` to C as an array of strings that lives as long as the call.
private func withCStrings<R>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
  let bytes = texts.map { Array($0.utf8CString) }
  let flat = bytes.flatMap { $0 }
  return flat.withUnsafeBufferPointer { buffer in
    var starts: [UnsafePointer<CChar>?] = []
    var offset = 0
    for text in bytes {
      starts.append(buffer.baseAddress.map { $0 + offset })
      offset += text.count
    }
    starts.append(nil)
    return starts.withUnsafeBufferPointer { pointers in
      guard let base = pointers.baseAddress else { return body([nil]) }
      return body(base)
    }
  }
}
