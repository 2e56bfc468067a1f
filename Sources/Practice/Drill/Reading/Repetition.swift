import SpeechSignals

/// One time of saying a line: how fast, and whether it came out clean.
struct Repetition: Equatable, Sendable {
  /// Place of the line, and which time of saying it, from 0.
  let line: Int
  let time: Int
  /// Seconds of audio time; nil where it was not said to its end.
  let span: ClosedRange<Double>?
  /// Syllables a second, silences with it.
  let speed: Double?
  /// What was not clean about it, in a few words each.
  let faults: [String]
  /// Stumbles: silences, fillers, restarts and sounds in between.
  let stumbles: Int

  /// Whether it was said to its end without a fault.
  var isClean: Bool { span != nil && faults.isEmpty }

  /// Counters of syllables differ with voices and texts; what a line's own repetitions have in common is taken off as far
  /// as these.
  private static let habits = 0.9...1.15

  /// What is said so shortly before a line is its own first try.
  private static let brokenOffSeconds = 1.5

  /// The repetitions of every line, line by line.
  static func all(_ read: ReadAloud, sentences: [Range<Int>], drill: Drill, session: Session) -> [Repetition] {
    let times = max(Int(drill.number("repeats")), 1)
    let places = sentences.map { read.text.script.tokens(ofSentences: $0) }
    return places.indices.map { index in
      let line = index / times
      let own = places[line * times..<min((line + 1) * times, places.count)]
      let ratios = own.compactMap { read.isRead(upTo: $0.upperBound) ? read.countedShare(of: $0) : nil }.sorted()
      let habit = ratios.isEmpty ? 1 : min(max(ratios[ratios.count / 2], habits.lowerBound), habits.upperBound)
      return Repetition(
        read, places[index], line: line, time: index % times, habit: habit, drill: drill, session: session)
    }
  }

  private init(
    _ read: ReadAloud, _ tokens: Range<Int>, line: Int, time: Int, habit: Double, drill: Drill, session: Session
  ) {
    (self.line, self.time) = (line, time)
    let last = min(tokens.upperBound, read.path.end)
    let all = read.text.syllables[tokens.upperBound] - read.text.syllables[tokens.lowerBound]
    let said = read.text.syllables[max(last, tokens.lowerBound)] - read.text.syllables[tokens.lowerBound]
    guard !tokens.isEmpty, said >= ReadingEnd.leastShare * all, let start = read.beginning(of: tokens.lowerBound) else {
      (span, speed, faults, stumbles) = (nil, nil, [], 0)
      return
    }
    let end = max(read.time(of: last) ?? read.now, start)
    span = start...end
    speed = end > start ? said / (end - start) : nil
    let extra = read.countedShare(of: tokens).map { $0 / habit - 1 }
    let slips = Repetition.slips(read, tokens, start...end, longest: drill.number("pause"), extra: extra, session)
    stumbles = slips.count
    faults = slips + Repetition.gaps(read, tokens, start...end, habit, drill)
  }

  /// What came between the words; `extra` is the share of syllables beyond those of the line, nil where it is not known.
  private static func slips(
    _ read: ReadAloud, _ tokens: Range<Int>, _ span: ClosedRange<Double>, longest: Double, extra: Double?,
    _ session: Session
  ) -> [String] {
    func isInside(_ place: Int) -> Bool { place > tokens.lowerBound && place < tokens.upperBound }
    let silences = read.silences.filter {
      // At the end of a sentence everybody breathes.
      isInside($0.place) && $0.seconds > longest * (read.text.stops[$0.place] == .sentence ? 2 : 1) + 0.005
    }
    let fillers = session.fillers.filter { $0.start >= span.lowerBound && $0.end <= span.upperBound }
    // Words of a twister are easily taken for each other: what was said twice stands beside all of the line, or has added
    // its half to it.
    let isHeard = read.recognised(during: span) * 10 >= tokens.count * 9
    let restarts = session.restarts.filter {
      $0.start >= span.lowerBound && $0.end <= span.upperBound
        && (isHeard || extra ?? 1 >= ($0.end - $0.start) / 4 / max(span.length, 0.1))
    }
    let others = read.path.runs.filter {
      $0.tokens.isEmpty && isInside($0.tokens.lowerBound) && $0.start >= span.lowerBound && $0.end <= span.upperBound
    }
    // A line that was broken off and begun once more.
    let starts = read.path.runs.filter {
      $0.tokens.isEmpty && $0.tokens.lowerBound == tokens.lowerBound && $0.heard >= 2 && $0.end <= span.lowerBound
        && span.lowerBound - $0.end <= brokenOffSeconds
    }
    return starts.map { _ in "broken off and begun anew" }
      + silences.map { "\($0.seconds.rounded(places: 1)) s of silence after “\(read.text.word(before: $0.place))”" }
      + fillers.map { "“\($0.label)”" } + restarts.map { _ in "began anew" }
      + (fillers.isEmpty && restarts.isEmpty ? others.map { _ in "something in between" } : [])
  }

  /// What of the line was not heard.
  private static func gaps(
    _ read: ReadAloud, _ tokens: Range<Int>, _ span: ClosedRange<Double>, _ habit: Double, _ drill: Drill
  ) -> [String] {
    if read.source == .words {
      let heard = read.recognised(during: span)
      guard Double(heard) * 100 < drill.number("heard") * Double(tokens.count) else { return [] }
      // Recognisers mishear who says it well; then its syllables tell, by themselves and to half the usual error.
      let isWhole = read.countedShare(of: tokens).map { abs($0 - 1) * 200 <= drill.number("syllables") } ?? false
      return isWhole ? [] : ["\(heard) of \(tokens.count) words heard"]
    }
    guard let counted = read.countedShare(of: tokens) else { return [] }
    let (off, most) = (counted / habit - 1, drill.number("syllables") / 100)
    if off < -most { return ["syllables swallowed"] }
    // Slow and careful speech is counted high: every sound for itself.
    return off > 1.5 * most ? ["more syllables than the line has"] : []
  }
}

extension ReadAloud {
  /// Syllables counted for one of the text in `tokens`; of a run that holds more than these its share is taken. Nil where
  /// nothing was said.
  func countedShare(of tokens: Range<Int>) -> Double? {
    func syllables(_ range: Range<Int>) -> Double {
      text.syllables[range.upperBound] - text.syllables[range.lowerBound]
    }
    var counted = 0.0
    for run in path.runs {
      let own = run.tokens.clamped(to: tokens)
      let isInside =
        run.tokens.isEmpty && run.tokens.lowerBound > tokens.lowerBound && run.tokens.lowerBound < tokens.upperBound
      let all = syllables(run.tokens)
      counted += isInside ? Double(run.heard) : all > 0 ? Double(run.heard) * syllables(own) / all : 0
    }
    let all = syllables(tokens)
    return counted > 0 && all > 0 ? counted / all : nil
  }
}
