import SpeechSignals

@testable import Practice

/// Attempts at drills as events: what a learner says and leaves silent, as the ear would tell it.
struct Attempt {
  var session = Session()
  /// Audio time so far, in seconds.
  private(set) var now = 0.0
  private var found: [SessionEvent] = []
  private var words: [Word] = []
  private let hearsWords: Bool
  private let syllableSeconds: Double

  /// A learner who begins `drill`; each syllable takes so many seconds, and with `words` each word is recognised.
  init(_ drill: Drill, syllableSeconds: Double = 0.2, words: Bool = false) {
    (self.syllableSeconds, hearsWords) = (syllableSeconds, words)
    go(SessionEvent(at: 0, .began(Beginning(id: "k3f9x7qa"))))
    if let text = drill.kind.exercise.script(drill) {
      for part in ScriptPart.parts(of: text) { go(SessionEvent(at: 0, .script(part))) }
    }
    go(SessionEvent(at: 0, .drill(DrillStart(drill: drill))))
    go(SessionEvent(at: 0, .step(0)))
    if !words { session.expectNoWords(.noRecogniser) }
  }

  /// Applies an event and what follows from it.
  mutating func go(_ event: SessionEvent) {
    var next = [event]
    while !next.isEmpty {
      for case .raise(let raised) in session.apply(next.removeFirst()) { next.append(raised) }
    }
  }

  /// Says what `picture` shows: words, and silences as seconds in brackets, "Friends [0.6] I have"; other brackets are
  /// syllables of something that is no word of the text, "[um]". Begins and ends with a breath of room.
  mutating func say(_ picture: String, after silence: Double = 0.5, speed: Double = 1) {
    var speech: [(start: Double, end: Double, syllables: Int)] = []
    var isOpen = false
    now += silence
    for piece in picture.split(separator: " ").map(String.init) {
      if piece.hasPrefix("["), let seconds = Double(piece.dropFirst().dropLast()) {
        now += seconds
        isOpen = false
        continue
      }
      let said = piece.lowercased().filter { $0.isLetter || $0 == "'" }
      let isNoise = piece.hasPrefix("[")
      let count = Readability.syllables(spelling: said)
      let start = now
      now += Double(count) * syllableSeconds / speed
      if !isOpen { speech.append((start, now, 0)) }
      isOpen = true
      speech[speech.count - 1].end = now
      speech[speech.count - 1].syllables += count
      if hearsWords, !isNoise { words.append(Word(said, start: start, end: now, source: .script)) }
    }
    add(speech)
  }

  private mutating func add(_ speech: [(start: Double, end: Double, syllables: Int)]) {
    for run in speech {
      if let last = runs.last {
        found.append(SessionEvent(at: run.start + 0.3, .pause(Pause(start: last.end, end: run.start))))
      }
      let phrase = Phrase(start: run.start, end: run.end, syllables: run.syllables)
      found.append(SessionEvent(at: run.end + 0.5, .phrase(phrase)))
      runs.append(run)
    }
  }

  private var runs: [(start: Double, end: Double, syllables: Int)] = []
  private var tickedSeconds = 0

  /// Lets everything said be heard, and so many seconds of silence behind it.
  mutating func listen(for seconds: Double = 6) {
    now += seconds
    let ticks = (tickedSeconds..<Int(now)).map { SessionEvent(at: Double($0) + 1.3, .second(second($0))) }
    tickedSeconds = max(tickedSeconds, Int(now))
    let heard = words.map { SessionEvent(at: $0.end + 0.4, .word($0)) }
    for event in (ticks + found + heard).sorted(by: { $0.seconds < $1.seconds }) { go(event) }
    (found, words) = ([], [])
  }

  private func second(_ index: Int) -> SecondSummary {
    var second = SecondSummary()
    (second.start, second.end) = (Double(index), Double(index) + 1)
    for run in runs {
      let length = max(0, min(run.end, second.end) - max(run.start, second.start))
      second.speechSeconds += length
      second.syllables += Int((length / max(run.end - run.start, 0.01) * Double(run.syllables)).rounded())
    }
    let last = runs.last { $0.start < second.end }
    second.silenceSeconds = last.map { max(0, second.end - $0.end) } ?? second.end
    second.runSeconds = last.map { $0.end >= second.end ? second.end - $0.start : 0 } ?? 0
    return second.rounded()
  }

  /// The figure `name` of the finding.
  func figure(_ name: String) -> Double? {
    session.drill?.drill.kind.exercise.finding(session).figures.first { $0.name == name }?.value
  }

  /// The finding in one line: "+" for each row that is a hit, "-" for each that is none.
  var hits: String {
    (session.drill?.drill.kind.exercise.finding(session).rows ?? []).compactMap { $0.isHit.map { $0 ? "+" : "-" } }
      .joined()
  }
}
