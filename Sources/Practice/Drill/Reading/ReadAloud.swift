import SpeechSignals

/// A text being read aloud, as far as it has come: where the reader was at each moment, and how long each silence was.
///
/// Runs of speech, their syllables and the silences between them are enough; words that a recogniser heard make the
/// places sure. Made anew from the session whenever it is asked for.
struct ReadAloud: Equatable, Sendable {
  /// What tells the places in the text.
  enum Source: Equatable, Sendable { case words, syllables }

  /// A silence and the place in the text that it was at.
  struct Silence: Equatable, Sendable {
    var start: Double
    var seconds: Double
    var place: Int
  }

  let text: ReadText
  let path: ReadingPath
  let source: Source
  /// Silences between runs of speech, in order; none across lost sound, of which nobody knows.
  let silences: [Silence]
  /// Syllables that were counted, and of those the ones behind the last run, which is still going on.
  let heardSyllables: Double
  let openSyllables: Double
  /// Silence now, in seconds; 0 while somebody speaks.
  let silenceSeconds: Double
  /// The end of what was heard, in seconds of audio time: of the last run, or of the last second where one goes on.
  let now: Double
  /// Each second's syllables, and when it ended.
  private let seconds: [(end: Double, syllables: Int)]
  /// When words of the text were said, and the tokens they belong to, in order of time.
  private let words: [(start: Double, token: Int)]

  /// The reading of `text` in `session`, from the first step that counts to the end of the last.
  init(_ text: ReadText, in session: Session) {
    self.text = text
    let spans = session.drill?.measured(now: session.seconds) ?? []
    let bounds = (spans.first?.span.lowerBound ?? 0)...max(spans.last?.span.upperBound ?? session.seconds, 0)
    let phrases = session.phrases.filter { $0.end > bounds.lowerBound && $0.start < bounds.upperBound }
    words = ReadAloud.words(of: session, in: bounds)
    var heard = phrases.map { ReadingPath.Heard(start: $0.start, end: $0.end, syllables: $0.syllables) }
    if !text.repeats { ReadAloud.place(words, in: &heard) }
    ReadAloud.anchor(spans, of: session, text.script, in: &heard)
    path = ReadingPath(heard, through: text)
    source = ReadAloud.source(of: session, words, upTo: path.end)
    silences = ReadAloud.silences(of: session.pauses, between: path.runs)
    let end = phrases.last?.end ?? bounds.lowerBound
    seconds = session.rollups.map { ($0.end, $0.syllables) }
    // Of the second in which the run ended, what was counted belongs to it.
    openSyllables = Double(session.rollups.reversed().prefix { $0.start >= end }.reduce(0) { $0 + $1.syllables })
    now = openSyllables > 0 ? session.rollups.last?.end ?? end : end
    heardSyllables = Double(phrases.reduce(0) { $0 + $1.syllables }) + openSyllables
    silenceSeconds = session.rollups.last?.silenceSeconds ?? 0
  }

  static func == (a: ReadAloud, b: ReadAloud) -> Bool {
    a.text == b.text && a.path == b.path && a.silences == b.silences && a.openSyllables == b.openSyllables
      && a.silenceSeconds == b.silenceSeconds
  }

  // MARK: What was heard

  /// Words of the text that were recognised between `bounds`, by the middle of each.
  private static func words(of session: Session, in bounds: ClosedRange<Double>) -> [(start: Double, token: Int)] {
    guard let prompter = session.prompter else { return [] }
    let (tokens, marks) = (prompter.settled.words.tokens, prompter.settled.marks)
    return zip(prompter.heard, prompter.settled.places).compactMap { word, place in
      guard let place, tokens.indices.contains(place), marks[place] == .spoken, bounds.contains(word.start) else {
        return nil
      }
      return (word.start + 0.3 * (word.end - word.start), Int(tokens[place]))
    }
  }

  private static func place(_ words: [(start: Double, token: Int)], in heard: inout [ReadingPath.Heard]) {
    var index = 0
    for word in words.sorted(by: { $0.start < $1.start }) {
      // Recognisers time words a little early or late; a word belongs to the run that is nearest.
      while index + 1 < heard.count, word.start > (heard[index].end + heard[index + 1].start) / 2 { index += 1 }
      if heard.indices.contains(index) { heard[index].tokens.append(word.token) }
    }
  }

  /// Notes in the first run of each step that begins with the first word of its own text.
  private static func anchor(
    _ spans: [(step: Int, span: ClosedRange<Double>)], of session: Session, _ script: Script,
    in heard: inout [ReadingPath.Heard]
  ) {
    for (step, span) in spans.dropFirst() {
      guard let sentence = session.drill?.steps[step].sentences?.lowerBound,
        script.sentences.indices.contains(sentence),
        let index = heard.firstIndex(where: { $0.start >= span.lowerBound })
      else { continue }
      heard[index].anchor = script.sentences[sentence].tokens.lowerBound
    }
  }

  /// Words tell the places where most of them are the text's, and most of the text's were heard.
  private static func source(of session: Session, _ words: [(start: Double, token: Int)], upTo place: Int) -> Source {
    guard let heard = session.prompter?.heard.count, place > 0 else { return .syllables }
    return words.count * 2 >= heard && Set(words.map(\.token)).count * 2 >= place ? .words : .syllables
  }

  private static func silences(of pauses: [Pause], between runs: [ReadingPath.Run]) -> [Silence] {
    var (found, index) = ([Silence](), 0)
    for (before, after) in zip(runs, runs.dropFirst()) {
      while index < pauses.count, pauses[index].start < before.end - 0.05 { index += 1 }
      guard index < pauses.count, pauses[index].end <= after.start + 0.05 else { continue }
      found.append(
        Silence(
          start: pauses[index].start, seconds: pauses[index].end - pauses[index].start,
          place: before.tokens.upperBound))
    }
    return found
  }

  // MARK: Where the reader is

  /// Whether anything was read at all.
  var hasBegun: Bool { path.end > 0 }

  /// The place that the reader has come to: behind the last run, and on by what is being said.
  var place: Int {
    openSyllables > 0 ? text.place(atSyllable: text.syllables[path.end] + openSyllables) : path.end
  }

  /// Whether all of the text was read, as far as can be told: the last few words may be swallowed.
  var isAtEnd: Bool { isRead(upTo: text.count) }

  /// Whether the text was read up to `place`: a twentieth of it at most is missing, or its last word.
  func isRead(upTo place: Int) -> Bool {
    guard place > 0, hasBegun else { return false }
    let missing = text.syllables[min(place, text.count)] - text.syllables[self.place]
    return missing <= max(3, 0.05 * text.syllables[min(place, text.count)])
  }

  /// What was counted for each syllable of the text that was read; about 1 where the text is what was said.
  var fit: Double? {
    let read = text.syllables[path.end]
    return read >= 1 ? Double(path.runs.reduce(0) { $0 + $1.heard }) / read : nil
  }

  /// The silence at `place`, the longest where something else was said in it; nil where there was none.
  func silence(at place: Int) -> Silence? {
    silences.filter { $0.place == place }.max { $0.seconds < $1.seconds }
  }

  /// The moment at which the reader passed `place`, in seconds of audio time; nil where they have not.
  func time(of place: Int) -> Double? {
    guard let run = path.runs.first(where: { $0.tokens.upperBound >= place && !$0.tokens.isEmpty }) else { return nil }
    if place <= run.tokens.lowerBound { return run.start }
    return knots(of: run).moment(of: text.syllables[place])
  }

  /// The moment at which the reader began with what stands behind `place`; nil where they have not.
  func beginning(of place: Int) -> Double? {
    guard let run = path.runs.first(where: { $0.tokens.upperBound > place && !$0.tokens.isEmpty }) else { return nil }
    return place <= run.tokens.lowerBound ? run.start : knots(of: run).moment(of: text.syllables[place])
  }

  /// How many words of a part were recognised between two audio times, whichever of its likes they were taken for.
  func recognised(during span: ClosedRange<Double>) -> Int {
    let places = words.filter { span.contains($0.start) }.map { word in
      word.token - (text.parts.filter { $0 <= word.token }.max() ?? 0)
    }
    return Set(places).count
  }

  /// Syllables of the text behind the reader at `moment`, in seconds of audio time, what is being said with them.
  func syllables(at moment: Double) -> Double {
    if openSyllables > 0, let end = path.runs.last?.end, moment > end {
      let open = seconds.reversed().prefix { $0.end - 1 >= end }.filter { $0.end <= moment + 0.001 }
      return text.syllables[path.end] + Double(open.reduce(0) { $0 + $1.syllables })
    }
    guard let index = path.runs.lastIndex(where: { $0.start <= moment }) else {
      return path.runs.first.map { text.syllables[$0.tokens.lowerBound] } ?? 0
    }
    return knots(of: path.runs[index]).syllables(at: moment)
  }

  /// Moments of a run and the syllables of the text behind them: by the words heard in it, else by the syllables counted
  /// in each second.
  private func knots(of run: ReadingPath.Run) -> ReadingKnots {
    let (first, last) = (text.syllables[run.tokens.lowerBound], text.syllables[run.tokens.upperBound])
    var knots = ReadingKnots(from: (run.start, first))
    if source == .words {
      for word in words where word.start > run.start && word.start < run.end && run.tokens.contains(word.token) {
        knots.add((word.start, text.syllables[word.token]))
      }
    } else if run.heard > 0 {
      var counted = 0.0
      for second in seconds where second.end > run.start && second.end < run.end {
        // Of the second in which the run began, all that was counted is taken for its own.
        counted += Double(second.syllables)
        knots.add((second.end, first + (last - first) * min(counted / Double(run.heard), 1)))
      }
    }
    knots.add((run.end, last))
    return knots
  }
}

/// A line through moments and syllables, both never decreasing.
struct ReadingKnots: Equatable, Sendable {
  private var moments: [Double]
  private var values: [Double]

  /// Begins at a moment.
  init(from first: (Double, Double)) { (moments, values) = ([first.0], [first.1]) }

  /// Goes on to a moment; what would go back is left out.
  mutating func add(_ knot: (Double, Double)) {
    guard let moment = moments.last, let value = values.last, knot.0 > moment, knot.1 >= value else { return }
    moments.append(knot.0)
    values.append(knot.1)
  }

  /// Syllables at a moment; before and behind the line those of its ends.
  func syllables(at moment: Double) -> Double { ReadingKnots.along(moments, values, at: moment) }

  /// The moment at which so many syllables are behind.
  func moment(of syllables: Double) -> Double { ReadingKnots.along(values, moments, at: syllables) }

  private static func along(_ from: [Double], _ to: [Double], at value: Double) -> Double {
    guard let next = from.firstIndex(where: { $0 > value }) else { return to[to.count - 1] }
    guard next > 0 else { return to[0] }
    let share = (value - from[next - 1]) / (from[next] - from[next - 1])
    return to[next - 1] + share * (to[next] - to[next - 1])
  }
}
