import Practice
import Recognition
import SpeechSignals

/// What is heard in a tenth of a second of sound, by ear and recogniser.
struct Beat {
  /// Audio time at its end, in seconds.
  var seconds: Double
  var heard: [Heard]
  var found: [SessionEvent]
}

/// Listens to `samples` in pieces of a tenth of a second, as a live take does.
///
/// At each of `changes`, in samples, another speaker with another microphone goes on; the recogniser would take some
/// seconds to get used to both, which no talk asks of it, so a new one is made there.
func beats(
  _ samples: [Float], changes: [Int] = [], _ make: () throws -> any Recogniser
) throws -> [Beat] {
  var (recogniser, changes) = (try make(), changes[...])
  var analyzer = Analyzer(settings: AnalyzerSettings())
  var (results, beats): (Results, [Beat]) = (Results(), [])
  for start in stride(from: 0, to: samples.count, by: 1_600) {
    let piece = Array(samples[start..<min(start + 1_600, samples.count)])
    var heard: [Heard] = []
    if let change = changes.first, change < start + 1_600 {
      changes.removeFirst()
      try recogniser.finish(into: &heard)
      recogniser = try make()
      try recogniser.skip(seconds: Double(start) / 16_000, into: &heard)
    }
    try recogniser.hear(piece.span, into: &heard)
    results.removeAll()
    analyzer.process(piece.span, into: &results)
    beats.append(
      Beat(
        seconds: Double(start + piece.count) / 16_000, heard: heard, found: results.found.compactMap(SessionEvent.init))
    )
  }
  var heard: [Heard] = []
  try recogniser.finish(into: &heard)
  results.removeAll()
  analyzer.finish(into: &results)
  beats.append(
    Beat(
      seconds: Double(samples.count) / 16_000, heard: heard, found: results.found.compactMap(SessionEvent.init)))
  return beats
}

/// A session that is told beat after beat what was heard, as the live one is.
struct Listener {
  private(set) var session: Session
  private var foreseen: [Word] = []

  /// With `rules` filler words are looked for, with a talk it is followed.
  init(talk markdown: String? = nil, fillers rules: FillerRules? = nil, bands: Bands = Bands()) {
    session = Session(fillers: rules)
    apply(SessionEvent(at: 0, .began(Beginning(id: "", source: "", rate: 16_000, channels: 1, bands: bands))))
    for part in markdown.map(ScriptPart.parts(of:)) ?? [] { apply(SessionEvent(at: 0, .script(part))) }
  }

  /// Takes in a beat; without `partials` only what is final.
  mutating func take(_ beat: Beat, partials: Bool = true) {
    for event in beat.found { apply(event) }
    for entry in beat.heard {
      switch entry {
      case .partial(let word): foreseen.append(word)
      case .over: foreseen.removeAll()
      case .final(let word):
        foreseen.removeAll()
        apply(SessionEvent(at: max(beat.seconds, word.end), .word(word)))
      case .choice(let choice): apply(SessionEvent(at: max(beat.seconds, choice.end), .choice(choice)))
      }
    }
    if partials, !beat.heard.isEmpty { session.foresee(foreseen) }
  }

  private mutating func apply(_ event: SessionEvent) {
    for case .raise(let next) in session.apply(event) { apply(next) }
  }
}
