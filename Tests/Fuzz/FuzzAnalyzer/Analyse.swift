import Fuzzing
import SpeechSignals

/// Any settings, samples, gaps and chunks.
///
/// What must hold: nothing traps; findings come in order, within their time and with an end after their start; every
/// figure of a reading is a number; there is a reading for every whole frame, but for the zeros that each beginning may
/// leave in none; and a second analyzer that gets the same samples in other chunks finds the same.
func analyse(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  var input = Input(data, size)
  var settings = AnalyzerSettings()
  settings.minimumPauseSeconds = input.double()
  settings.paceWindowSeconds = input.double()
  var whole = Analyzer(settings: settings, reviewsPitch: true)
  var pieces = Analyzer(settings: settings, reviewsPitch: true)
  var (first, second) = (Results(), Results())
  var (frames, beginnings) = (0, 1)
  while let step = input.step() {
    switch step {
    case .samples(let samples):
      whole.process(samples.span, into: &first)
      for start in stride(from: 0, to: samples.count, by: 37) {
        let piece = Array(samples[start..<min(samples.count, start + 37)])
        pieces.process(piece.span, into: &second)
      }
      frames += samples.count / 160
    case .skip(let seconds):
      whole.skip(seconds: seconds, into: &first)
      pieces.skip(seconds: seconds, into: &second)
      beginnings += 1
    }
    // Six hours of skipped seconds are a finding each: look at them and let them go.
    check(first, second)
    first.found.removeAll(keepingCapacity: true)
    second.found.removeAll(keepingCapacity: true)
  }
  whole.finish(into: &first)
  pieces.finish(into: &second)
  check(first, second)
  must(first.readings.count >= frames - beginnings, "\(first.readings.count) readings of \(frames) frames")
  must(first.reviewedPitch.count == first.readings.count, "\(first.reviewedPitch.count) frames with a pitch")
  must(first.reviewedPitch.allSatisfy(\.isFinite), "a pitch that is no number")
  must(first.reviewedPitch == second.reviewedPitch, "chunks change the pitch")
  must(whole.loudnessRange?.isFinite ?? true, "a loudness range that is no number")
  return 0
}

private func check(_ first: Results, _ second: Results) {
  must(first.found == second.found, "chunks change what is found")
  must(first.readings == second.readings, "chunks change the readings")
  var last = 0.0
  for found in first.found {
    must(found.at.isFinite && found.at >= last, "decided at \(found.at) after \(last)")
    last = found.at
    let (start, end) = span(found.finding)
    must(start >= 0 && end >= start && end <= found.at + 1e-9, "\(start) to \(end), decided at \(found.at)")
  }
  if let reading = first.readings.last {
    let figures = [
      reading.levelDecibels, reading.peakDecibels, reading.momentaryLUFS, reading.shortTermLUFS,
      reading.noiseFloorDecibels, reading.pitchHertz, reading.silenceSeconds, reading.runSeconds,
      reading.syllablesPerSecond ?? 0,
    ]
    must(figures.allSatisfy(\.isFinite), "a reading without a number: \(reading)")
    must(reading.silenceSeconds >= 0 && reading.runSeconds >= 0, "negative time: \(reading)")
  }
}

private func span(_ finding: Finding) -> (start: Double, end: Double) {
  switch finding {
  case .phrase(let phrase): (phrase.start, phrase.end)
  case .pause(let pause): (pause.start, pause.end)
  case .filledPause(let pause): (pause.start, pause.end)
  case .syllable(let time): (time, time)
  case .second(let summary): (summary.start, summary.end)
  }
}
