package import Practice

/// PocketSphinx as a judge between words: which of a few single words was said, and how likely each of them is.
///
/// What it hears is cut into utterances at pauses; each is searched once for all words side by side, without pruning, so
/// that their scores are of the same frames and differ by nothing but the words. That takes 10 ms of processor time for
/// two words and 25 ms for forty. The cepstral mean follows the speaker from utterance to utterance, never within one:
/// a word of half a second says more about its own sounds than about a voice.
package final class WordChooser: Recogniser {
  package let source = Word.Source.script
  /// There are none.
  package var givesPartials = false
  /// The words that it has: those asked for that it knows how to say, and `others`.
  package let words: [String]

  /// What learners say beside the words that they are asked for: candidates too, so that it is not taken for one of
  /// them.
  static let others = [
    "yes", "no", "okay", "what", "again", "um", "hello", "well", "next", "please",
  ]
  /// Words that are chosen between at most.
  package static let wordLimit = 60
  /// Seconds of an utterance at most: what is longer is no single word.
  static let longest = 3.0

  private let decoder: SphinxDecoder
  private var pieces = SpeechPieces()

  /// A judge between `words`, in lower case; those that the dictionary lacks are said as espeak-ng would. Throws
  /// `.modelMissing`, `.modelBroken`, and `.scriptRefused` where fewer than two of them can be said.
  package init(words: [String], model: SphinxModel = .installed) throws(RecognitionError) {
    if let path = model.missing(needsWords: false) {
      throw RecognitionError(.modelMissing, operation: "open", detail: path)
    }
    var seen: Set<String> = []
    let asked = words.prefix(Self.wordLimit).filter { seen.insert($0).inserted }
    let all = asked + Self.others.filter { !seen.contains($0) }
    let guesses = zip(asked, Pronunciations.guess(Array(asked))).compactMap { word, phones in
      phones.map { SphinxLanguage.Entry(word: word, phones: $0) }
    }
    guard let text = ScriptDictionary.text(of: Set(all), from: model.dictionary, entries: guesses) else {
      throw RecognitionError(.modelMissing, operation: "read", detail: model.dictionary)
    }
    guard let dictionary = MemoryFile(text) else { throw RecognitionError(.failed, operation: "memfd_create") }
    let decoder = try SphinxDecoder(SphinxTuning.choosing(model, dictionary: dictionary.path))
    self.words = all.filter { decoder.knows($0) }
    guard self.words.count(where: seen.contains) >= 2 else {
      throw RecognitionError(.scriptRefused, operation: "read", detail: "it has no words")
    }
    try decoder.choose(self.words)
    decoder.setMean(SphinxTuning.firstMean, frames: SphinxTuning.firstMeanFrames)
    self.decoder = decoder
  }

  package var secondsHeard: Double { pieces.secondsDone }

  package func hear(_ samples: Span<Float>, into heard: inout [Heard]) throws(RecognitionError) {
    try choose(pieces.hear(samples), into: &heard)
  }

  package func cut(at seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    try choose(pieces.cut(at: seconds), into: &heard)
  }

  package func skip(seconds: Double, into heard: inout [Heard]) throws(RecognitionError) {
    try choose(pieces.skip(seconds: seconds), into: &heard)
  }

  package func finish(into heard: inout [Heard]) throws(RecognitionError) {
    try choose(pieces.finish(), into: &heard)
  }

  private func choose(_ pieces: [SpeechPieces.Piece], into heard: inout [Heard]) throws(RecognitionError) {
    for piece in pieces where piece.seconds <= Self.longest {
      try decoder.begin()
      try decoder.hear(piece.samples[...])
      try decoder.end()
      if let choice = choice(piece.start) { heard.append(.choice(choice)) }
    }
  }

  /// Nil where no word fits at all, as in a click.
  private func choice(_ start: Double) -> Choice? {
    let scores = decoder.choices(words)
    guard let best = scores.compactMap(\.self).max(by: { $0.score < $1.score }) else { return nil }
    let frames = Double(best.last - best.first + 1)
    return Choice(
      start: start + Double(best.first) / 100, end: start + Double(best.last + 1) / 100,
      candidates: zip(words, scores).compactMap { word, found in
        found.map { Choice.Candidate(word, $0.score / frames) }
      })
  }
}
