@testable import SpeechSignals

/// Everything the analyzer says about a sound, sorted by kind.
struct Analysis: Equatable {
  var readings: [Reading] = []
  var found: [Found] = []
  /// The pitch of all frames, decided twice.
  var pitch: [Float] = []

  init(_ samples: [Float], chunk: Int = .max, settings: AnalyzerSettings = AnalyzerSettings()) {
    var analyzer = Analyzer(settings: settings, reviewsPitch: true)
    var results = Results()
    var place = 0
    while place < samples.count {
      let count = min(chunk, samples.count - place)
      analyzer.process(Array(samples[place..<place + count]).span, into: &results)
      take(&results)
      place += count
    }
    analyzer.finish(into: &results)
    take(&results)
  }

  mutating func take(_ results: inout Results) {
    readings += results.readings
    found += results.found
    pitch += results.reviewedPitch
    results.removeAll()
  }

  var pauses: [Pause] { found.compactMap { if case .pause(let pause) = $0.finding { pause } else { nil } } }
  var phrases: [Phrase] { found.compactMap { if case .phrase(let phrase) = $0.finding { phrase } else { nil } } }
  var fillers: [FilledPause] { found.compactMap { if case .filledPause(let one) = $0.finding { one } else { nil } } }
  var seconds: [SecondSummary] { found.compactMap { if case .second(let second) = $0.finding { second } else { nil } } }
  var syllables: [Double] { found.compactMap { if case .syllable(let time) = $0.finding { time } else { nil } } }

  /// Everything found but the seconds, whose levels differ where levels do.
  var events: [Found] { found.filter { if case .second = $0.finding { false } else { true } } }
}
