/// What a recogniser made of a single word: how likely each of the words that it could have been is.
///
/// All of them are kept, not the winner alone, so that a replay decides as the live attempt did, and a later version
/// can decide anew. Which two are asked about is the item's business, not the recogniser's.
package struct Choice: Equatable, Sendable {
  /// A word and how likely it is: the logarithm of its likelihood a frame of 10 ms; only differences mean anything.
  package struct Candidate: Equatable, Sendable {
    package var word: String
    package var score: Double

    /// Makes a candidate.
    package init(_ word: String, _ score: Double) {
      self.word = Afterwards.name(word)
      self.score = (Afterwards.number(score, within: -1e6...1e6, 4)) ?? -1e6
    }
  }

  package var start: Double
  package var end: Double
  package var candidates: [Candidate]

  /// Candidates at most.
  package static let candidateLimit = 200

  /// Makes a choice between `candidates` for what was said from `start` to `end` seconds.
  package init(start: Double, end: Double, candidates: [Candidate]) {
    self.start = Afterwards.seconds(start)
    self.end = max(self.start, Afterwards.seconds(end))
    self.candidates = Array(candidates.prefix(Choice.candidateLimit))
  }

  /// How likely `word` is; nil where it was not among the candidates.
  package func score(of word: String) -> Double? { candidates.first { $0.word == word }?.score }
}

/// Level and pitch over a stretch of sound, a value every `Contour.step` seconds.
package struct Contour: Equatable, Sendable {
  /// Seconds between values: 50 ms, four or five a syllable.
  package static let step = 0.05
  /// Values of one piece at most: 30 s.
  package static let valueLimit = 600

  /// Audio time of the first value's beginning, in seconds.
  package var start: Double
  /// RMS level in dBFS of each step, -100 for silence.
  package var levels: [Double]
  /// Pitch in hertz of each step, the median of its voiced frames; 0 where unvoiced. As many as `levels`.
  package var pitches: [Double]

  /// Makes a contour, rounded to what is kept.
  package init(start: Double, levels: [Double], pitches: [Double]) {
    self.start = Afterwards.seconds(start)
    let count = min(levels.count, pitches.count, Contour.valueLimit)
    self.levels = levels.prefix(count).map { Afterwards.number($0, within: -100...20, 1) ?? -100 }
    self.pitches = pitches.prefix(count).map { Afterwards.number($0, within: 0...2_000, 1) ?? 0 }
  }

  /// Length in seconds.
  package var seconds: Double { Double(levels.count) * Contour.step }
}

/// A line that is spoken to the learner: its words and how it sounds.
package struct ModelLine: Equatable, Sendable {
  /// From 0.
  package var line: Int
  package var text: String
  /// How long it takes, in seconds.
  package var seconds: Double
  /// Whose voice it is: `espeak-ng en-gb`, or the file of a recording.
  package var voice: String
  /// Its contour, beginning at 0.
  package var contour: Contour

  /// Makes a model.
  package init(line: Int, text: String, seconds: Double, voice: String, contour: Contour) {
    self.line = min(max(line, 0), 10_000)
    self.text = Afterwards.line(text)
    self.seconds = Afterwards.seconds(seconds)
    self.voice = Afterwards.name(voice)
    self.contour = contour
  }
}
