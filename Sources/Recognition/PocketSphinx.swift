import Glibc
package import Practice

/// PocketSphinx as a recogniser: offline, English, on one core a fraction of real time.
///
/// What it hears is cut into utterances at pauses, after 6 s at the latest, since its words are final only at an
/// utterance's end. Where one is cut in the middle of speech, the words up to the cut are kept and the sound from the
/// end of the last of them is heard once more by the next utterance: no word is cut in two. While an utterance goes on,
/// its best path is looked at ten times a second for words that hold still.
package final class PocketSphinx: Recogniser {
  /// Samples a second of what it hears.
  package static let sampleRate = 16_000
  private static let frameSamples = 160
  /// Frames that are searched at a time.
  private static let stepFrames = 10
  /// Frames into a silence up to which an utterance is kept that the level ended.
  private static let tailFrames = 20
  /// The middle of the window of a frame lies this long after its start, in seconds: 25.6 ms are looked at in steps of
  /// 10 ms.
  private static let windowSeconds = 0.0078

  package let source: Word.Source
  package var givesPartials = true

  private let decoder: SphinxDecoder
  private var cutter = UtteranceCutter()
  private var stable = StableWords()
  /// Sound that is still needed, from the start of the utterance or of what may become its beginning.
  private var samples: [Int16] = []
  /// The frame that `samples` begins with, and one past the last whole one; counted from the start of the sound.
  private var firstFrame = 0, nextFrame = 0
  /// One past the last frame that was searched; nil between utterances.
  private var searchedFrame: Int?
  private var pendingCut: Int?
  /// Samples of the frame that is being filled: how many there are at the end of `samples`.
  private var partialSamples = 0

  /// Loads a model, which takes a third of a second. Throws `.modelMissing`, `.modelBroken` or `.scriptRefused`.
  package init(
    model: SphinxModel = .installed, language: SphinxLanguage = .stock
  ) throws(RecognitionError) {
    let isStock = language == .stock
    if let path = model.missing(needsWords: isStock) {
      throw RecognitionError(.modelMissing, operation: "open", detail: path)
    }
    source = language.source
    switch language {
    case .stock:
      decoder = try SphinxDecoder(SphinxTuning.options(model, dictionary: model.dictionary, isStock: true))
    case .script(let arpa, let entries):
      decoder = try Self.decoder(model, arpa, entries)
    }
    decoder.setMean(SphinxTuning.firstMean, frames: SphinxTuning.firstMeanFrames)
    samples.reserveCapacity((UtteranceCutter.longestFrames + 200) * Self.frameSamples)
  }

  private static func decoder(
    _ model: SphinxModel, _ arpa: String, _ entries: [SphinxLanguage.Entry]
  ) throws(RecognitionError) -> SphinxDecoder {
    let words = ScriptDictionary.words(of: arpa)
    guard !words.isEmpty else { throw RecognitionError(.scriptRefused, operation: "read", detail: "it has no words") }
    guard let text = ScriptDictionary.text(of: words, from: model.dictionary, entries: entries) else {
      throw RecognitionError(.modelMissing, operation: "read", detail: model.dictionary)
    }
    guard let dictionary = MemoryFile(text), let language = MemoryFile(arpa) else {
      throw RecognitionError(.failed, operation: "memfd_create")
    }
    let decoder = try SphinxDecoder(SphinxTuning.options(model, dictionary: dictionary.path, isStock: false))
    try decoder.use(modelAt: language.path)
    return decoder
  }

  package var secondsHeard: Double {
    Double((searchedFrame ?? nextFrame) * Self.frameSamples) / Double(Self.sampleRate)
  }

  /// Whether its dictionary has `word`, in lower case.
  package func knows(_ word: String) -> Bool { decoder.knows(word) }

  package func hear(_ sound: Span<Float>, into heard: inout [Heard]) throws(RecognitionError) {
    for index in sound.indices {
      let sample = sound[index]
      samples.append(sample.isFinite ? Int16(max(-1, min(1, sample)) * 32_767) : 0)
      partialSamples += 1
      guard partialSamples == Self.frameSamples else { continue }
      partialSamples = 0
      nextFrame += 1
      try takeFrame(into: &heard)
    }
  }

  package func cut(at seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    guard seconds.isFinite, let searchedFrame else { return }
    let frame = Int((max(0, min(seconds, 1e9)) * 100).rounded())
    guard frame < nextFrame else {
      pendingCut = frame
      return
    }
    guard frame > firstFrame else { return }
    let goesOn = !cutter.isFalling
    if searchedFrame < nextFrame { try search(upTo: nextFrame, into: &heard) }
    try end(at: frame, goesOn: goesOn, into: &heard)
    if !goesOn { cutter.close() }
  }

  package func skip(seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    try finish(into: &heard)
    let passed = seconds.isFinite ? max(0, min(seconds, 1e6)) : 0
    nextFrame += Int((passed * 100 + Double(partialSamples) / Double(Self.frameSamples)).rounded())
    (samples, partialSamples, firstFrame) = ([], 0, nextFrame)
  }

  package func finish(into heard: inout [Heard]) throws(RecognitionError) {
    pendingCut = nil
    guard searchedFrame != nil else { return }
    try search(upTo: nextFrame, into: &heard)
    try end(at: nextFrame, goesOn: false, into: &heard)
    cutter.close()
  }

  // MARK: Frames

  private func takeFrame(into heard: inout [Heard]) throws(RecognitionError) {
    switch cutter.step(level()) {
    case .silence: forget(before: nextFrame - UtteranceCutter.prerollFrames)
    case .opened: try begin()
    case .speech: try searchOn(into: &heard)
    case .ended:
      try search(upTo: nextFrame, into: &heard)
      try end(at: nextFrame - UtteranceCutter.silenceFrames + Self.tailFrames, goesOn: false, into: &heard)
    case .overlong:
      try search(upTo: nextFrame, into: &heard)
      try end(at: nextFrame - cutter.framesSinceQuietest(), goesOn: true, into: &heard)
    }
    if let cut = pendingCut, cut < nextFrame {
      pendingCut = nil
      try self.cut(at: Double(cut) / 100, into: &heard)
    }
  }

  private func level() -> Float {
    var sum: Float = 0
    for index in samples.count - Self.frameSamples..<samples.count {
      let sample = Float(samples[index])
      sum += sample * sample
    }
    return 10 * log10f(max(sum / Float(Self.frameSamples) / (32_768 * 32_768), 1e-16))
  }

  private func forget(before frame: Int) {
    guard frame > firstFrame else { return }
    samples.removeFirst((frame - firstFrame) * Self.frameSamples)
    firstFrame = frame
  }

  private func begin() throws(RecognitionError) {
    try decoder.begin()
    stable.reset()
    searchedFrame = firstFrame
  }

  private func searchOn(into heard: inout [Heard]) throws(RecognitionError) {
    guard let searchedFrame, nextFrame - searchedFrame >= Self.stepFrames else { return }
    try search(upTo: nextFrame, into: &heard)
    guard givesPartials else { return }
    let guesses = decoder.words().map { StableWords.Guess(text: $0.word, first: $0.first, last: $0.last) }
    for word in stable.update(guesses, frames: nextFrame - firstFrame) {
      heard.append(.partial(self.word(word.text, word.first, word.last, confidence: 0.5)))
    }
  }

  private func search(upTo frame: Int, into heard: inout [Heard]) throws(RecognitionError) {
    guard let from = searchedFrame, frame > from else { return }
    let start = (from - firstFrame) * Self.frameSamples
    try decoder.hear(samples[start..<(frame - firstFrame) * Self.frameSamples])
    decoder.renewMean()
    searchedFrame = frame
  }

  /// Ends the utterance with the words up to `frame`; what comes after them is heard again where it `goesOn`.
  private func end(at frame: Int, goesOn: Bool, into heard: inout [Heard]) throws(RecognitionError) {
    try decoder.end()
    searchedFrame = nil
    let cut = frame - firstFrame
    var next = cut
    for segment in decoder.words() {
      guard segment.first + segment.last < 2 * cut else {
        // However the search came to think so, a word that goes on over the cut began in the second before it.
        next = max(min(next, segment.first), cut - 100, 1)
        break
      }
      next = max(next, segment.last + 1)
      let found = Confidence.of(posterior: segment.posterior, source: source)
      heard.append(.final(word(segment.word, segment.first, segment.last, confidence: found)))
    }
    heard.append(.over)
    forget(before: min(firstFrame + next, nextFrame))
    guard goesOn else { return }
    cutter.open(after: nextFrame - firstFrame)
    try begin()
    try search(upTo: nextFrame, into: &heard)
  }

  private func word(_ text: String, _ first: Int, _ last: Int, confidence: Double) -> Word {
    let start = Double(firstFrame + first) / 100 + Self.windowSeconds
    return Word(
      text, start: start, end: Double(firstFrame + last + 1) / 100 + Self.windowSeconds, confidence: confidence,
      source: source)
  }
}
