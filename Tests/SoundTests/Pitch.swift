import SpeechSignals

/// The pitch of each 10 ms of speech at 16 kHz in hertz, as the analyzer decides it afterwards; 0 where there is none.
func pitchTrack(_ samples: [Float]) -> [Float] {
  var analyzer = Analyzer(settings: AnalyzerSettings(), reviewsPitch: true)
  var results = Results()
  analyzer.process(samples.span, into: &results)
  analyzer.finish(into: &results)
  return results.reviewedPitch
}

/// How the pitch of `heard` is to that of `original`, which it is at `speed`: the median of the ratios where both have
/// one; 0 where they hardly ever do.
func pitchRatio(_ heard: [Float], to original: [Float], speed: Double) -> Float {
  let (before, after) = (pitchTrack(original), pitchTrack(heard))
  let ratios = after.indices.compactMap { index -> Float? in
    let at = Int(((Double(index) + 0.5) * speed).rounded(.down))
    guard after[index] > 0, before.indices.contains(at), before[at] > 0 else { return nil }
    return after[index] / before[at]
  }
  return ratios.count < 20 ? 0 : ratios.sorted()[ratios.count / 2]
}
