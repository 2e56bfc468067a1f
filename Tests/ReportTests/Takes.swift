@testable import Practice
@testable import Report
@testable import SpeechSignals

/// A made-up talk of 40 s: runs of 4 s with a pause of 1 s after each, an "um" in every other pause.
func talk(
  _ name: String = "talk.wav", seconds: Double = 40, syllables: Int = 5, contours: Bool = false,
  warnings: [String] = [],
  words: [Word]? = nil, script: String? = nil
) -> Finished {
  var analysis = Analysis(
    of: Recording(name: name, rate: 44_100, channels: 2), keepsContours: contours,
    fillers: words == nil ? nil : FillerRules(sounds: ["um"], hedges: [["maybe"]]))
  if let script { analysis.add(Talk(title: "A talk", body: script)) }
  var results = Results()
  func found(_ at: Double, _ finding: Finding) { results.found.append(Found(at: at, finding: finding)) }
  for second in 0..<Int(seconds) {
    let (start, isSpeech) = (Double(second), second % 5 < 4)
    for tenth in 0..<100 {
      var reading = Reading()
      reading.frame = second * 100 + tenth
      reading.levelDecibels = isSpeech ? -20 - Float(tenth % 20) : -62
      results.readings.append(reading)
      results.reviewedPitch.append(isSpeech ? 110 : 0)
    }
    var summary = SecondSummary(start: start, end: start + 1)
    if isSpeech {
      (summary.speechSeconds, summary.syllables, summary.voicedFrames) = (1, syllables, 70)
      (summary.pitchHertz, summary.pitchSpreadSemitones, summary.integratedLUFS) = (112.4, 2.6, -21.3)
      summary.momentaryLUFS = -18
      for index in 0..<syllables { found(start + 1, .syllable(at: start + Double(index) / 10)) }
    } else {
      found(start, .phrase(Phrase(start: start - 4, end: start, syllables: 4 * syllables)))
      if second % 10 == 4 {
        found(
          start + 0.5,
          .filledPause(
            FilledPause(
              start: start - 0.4, end: start, confidence: 0.8, label: "um", durationSeconds: 0.4,
              pitchSlopeSemitones: 0, stillness: 1)))
      }
      if start + 1 < seconds { found(start + 1, .pause(Pause(start: start, end: start + 1))) }
    }
    found(start + 1, .second(summary))
  }
  analysis.add(results)
  for word in words ?? [] { analysis.add(word) }
  let isLong = seconds >= 5
  analysis.close(
    pitch: isLong
      ? PitchStatistics(
        medianHertz: 110, meanHertz: 112.4, spreadSemitones: 2.6, lowHertz: 84, highHertz: 168, rangeSemitones: 12,
        voicedFrames: 2_240, voicedShare: 0.7) : nil,
    voice: isLong ? VoiceQuality(jitter: 0.012, shimmer: 0.06, harmonicsToNoise: 14.2) : nil, rangeUnits: nil,
    maxMomentaryLUFS: -18)
  analysis.recording.seconds = seconds
  analysis.recording.warnings = warnings
  return Finished(analysis)
}

/// A recording in which nobody speaks.
func silence() -> Finished {
  var analysis = Analysis(of: Recording(name: "silence.wav", rate: 16_000, channels: 1))
  analysis.close(Analyzer(settings: AnalyzerSettings()))
  analysis.recording.seconds = 3.5
  return Finished(analysis)
}

/// The same talk with its words recognised, ten in a run of speech: by its script, of which a sentence was left out, or
/// by the general language model.
func spokenTalk(_ source: Word.Source) -> Finished {
  let sentences = [
    "we came to this house many years ago in winter.", "it was small and cold and it had no door.",
    "my father said that we would stay for one night.", "the river behind the garden was frozen until late april.",
    "nobody in the village knew how old the walls were.", "then my mother found a letter under the kitchen floor.",
    "it told who had built it and for whom instead.", "so we stayed and we are still there you see.",
  ]
  let script =
    "# A house {20s}\n" + sentences[..<4].joined(separator: " ") + "\n# A letter {30s}\n"
    + sentences[4...].joined(separator: " ") + "\n"
  let said = sentences.enumerated().map { index, text in
    index == 3 ? "maybe um i should tell you about our old dog" : String(text.dropLast())
  }
  let words = said.enumerated().flatMap { run, text in
    text.split(separator: " ").enumerated().map { index, text in
      let start = Double(run) * 5 + Double(index) * 0.4
      return Word(String(text), start: start, end: start + 0.35, confidence: 0.9, source: source)
    }
  }
  return talk(words: words, script: source == .script ? script : nil)
}
