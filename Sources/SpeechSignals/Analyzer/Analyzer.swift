/// Turns samples into readings and findings, as they come.
///
/// Samples are cut into 10 ms frames before anything else is done, so results are the same however the samples were
/// chunked. Windows reach 20 ms past a frame; the voice-activity decision about it is final 300 ms after that;
/// nothing waits longer, so every finding comes within 0.35 s. All memory is taken in `init`. A live take and a file
/// go the same way.
package struct Analyzer: ~Copyable {
  /// The only sample rate, in Hz; mono.
  package static let sampleRate = FrameGrid.sampleRate
  /// How many frames earlier the pitch in a reading was.
  package static let pitchLagFrames = windowLagFrames + PitchTrack.lagFrames
  /// How many frames the windows reach past the frame they describe.
  static let windowLagFrames = 2
  /// How many frames pass until a frame is final.
  static let finalLagFrames = windowLagFrames + 1 + VoiceActivity.lagFrames
  /// The longest gap in seconds; a longer one is cut to it.
  package static let longestGapSeconds = 21_600.0
  private static let ringCount = 64

  private let pauseFrames: Int
  private let distance: Float?
  private(set) var framer = Framer()
  private var history = [Float](repeating: 0, count: PitchCandidates.windowCount)
  private var cover = WindowCover()
  private var spectrum = Spectrum()
  private var noise = NoiseFloor()
  private var candidates = PitchCandidates()
  private var strike = Strike()
  private var pitch = PitchTrack()
  private var activity: VoiceActivity
  private var nuclei = SyllableNuclei()
  private(set) var laughter = Laughter()
  private var fillers = FilledPauses()
  private var phrases: PhraseTracker
  private var pace: Pace
  private var seconds = SecondRollup()
  private(set) var review: PitchReview?
  private(set) var voicedFrames = 0
  private(set) var cycles = CycleMeter()
  private var phraseLevels = PhraseLevels()
  let loudness = Loudness(rate: Analyzer.sampleRate, channels: 1)
  private(set) var original: OriginalSound?
  /// The global index of the first frame since the start or the last gap, and of the next frame.
  private var origin = 0
  private(set) var nextFrame = 0
  private var isDraining = false
  /// Whether hum was taken out of the frame before the newest.
  private var wasFreed = false
  private(set) var noisyFrames = 0
  private var reading = Reading()
  private var meanSquares = [Float](repeating: 0, count: Analyzer.ringCount)
  private var peaks = [Float](repeating: 0, count: Analyzer.ringCount)
  private var voicedMarks = [Bool](repeating: false, count: Analyzer.ringCount)
  private var nucleusMarks = [Bool](repeating: false, count: Analyzer.ringCount)
  private var nucleusOffsets = [Float](repeating: 0, count: Analyzer.ringCount)

  /// An analyzer at audio time zero; one that reviews pitch takes 12 MB more, and sums pitch up.
  package init(settings: AnalyzerSettings, reviewsPitch: Bool = false) {
    review = reviewsPitch ? PitchReview() : nil
    pauseFrames = Self.frames(settings.minimumPauseSeconds, within: 0.05...5)
    distance = settings.distanceDecibels
    activity = VoiceActivity(pauseFrames: pauseFrames, distance: distance)
    phrases = PhraseTracker(minimumFrames: pauseFrames)
    pace = Pace(windowFrames: Self.frames(settings.paceWindowSeconds, within: 3...120))
  }

  /// From here on loudness and clipping are taken from `hear(original:)`, which gets sound of this format.
  package mutating func expect(original format: OriginalFormat) {
    guard original?.format != format else { return }
    original?.finish()
    original = OriginalSound(format, loudness: loudness, clippedBefore: clippedSamples)
  }

  /// Takes in the sound as it was recorded, interleaved, before `process` takes in the same stretch at 16 kHz.
  ///
  /// Before `expect(original:)` it does nothing.
  package mutating func hear(original samples: Span<Float>) { original?.hear(samples) }

  /// Takes in samples, any number of them; what is not finite counts as 0.
  package mutating func process(_ samples: Span<Float>, into results: inout Results) {
    for index in samples.indices where framer.push(samples[index]) { takeFrame(into: &results) }
  }

  /// Lets audio time pass without sound: the phrase before it is closed, and detection starts anew after it.
  ///
  /// Seconds are rounded to 10 ms together with what is in no whole frame, and kept between 0 and `longestGapSeconds`.
  package mutating func skip(seconds length: Double, into results: inout Results) {
    let bounded = length.isFinite ? max(0, min(Self.longestGapSeconds, length)) : 0
    let passed = Int((bounded * 100 + Double(framer.filled + framer.lead) / Double(FrameGrid.hop)).rounded())
    drain(into: &results)
    let target = nextFrame + passed
    for second in nextFrame / SecondRollup.frames..<target / SecondRollup.frames {
      let first = second * SecondRollup.frames
      let summary = seconds.close(frames: first..<first + SecondRollup.frames, integrated: loudness.integrated)
      results.found.append(Found(at: Double(target) / 100, finding: .second(summary)))
    }
    nextFrame = target
    restart()
  }

  /// Decides what is pending and hands out the last, shorter second.
  ///
  /// What is in no whole frame is dropped, but its time counts from half a frame on, as in `skip`.
  package mutating func finish(into results: inout Results) {
    original?.finish()
    drain(into: &results)
    review?.close(into: &results.reviewedPitch)
    let (first, heard) = (nextFrame / SecondRollup.frames * SecondRollup.frames, nextFrame)
    if first < heard {
      if 2 * (framer.filled + framer.lead) >= FrameGrid.hop { nextFrame += 1 }
      let summary = seconds.close(frames: first..<nextFrame, integrated: loudness.integrated)
      results.found.append(Found(at: Double(nextFrame) / 100, finding: .second(summary)))
    }
    restart()
  }

  private static func frames(_ seconds: Double, within range: ClosedRange<Double>) -> Int {
    guard seconds.isFinite else { return Int(range.lowerBound * 100) }
    return Int((max(range.lowerBound, min(range.upperBound, seconds)) * 100).rounded())
  }

  /// A time between frames in seconds, to the millisecond, with the zeros that are in no frame.
  private func moment(_ frames: Double) -> Double {
    (frames * 10 + Double(framer.lead * 1_000) / Double(Self.sampleRate)).rounded() / 1000
  }

  private mutating func takeFrame(into results: inout Results) {
    let local = nextFrame - origin
    meanSquares[local % Self.ringCount] = framer.meanSquare
    peaks[local % Self.ringCount] = framer.voicePeak
    if original == nil { loudness.add(framer.untouched, in: 0..<FrameGrid.hop) } else { original?.advance() }
    shiftHistory()
    cover.note(isFlat: framer.isFlat)
    cycles.append(framer.samples)
    nextFrame += 1
    if framer.isFreed, !wasFreed { pitch.forgetHum() }
    wasFreed = framer.isFreed
    advance(local, into: &results)
    finalise(local, into: &results)
    fillReading(local)
    results.readings.append(reading)
    seconds.addLevel(reading, meanSquare: framer.meanSquare, integrated: loudness.integrated)
  }

  private mutating func shiftHistory() {
    let kept = PitchCandidates.windowCount - FrameGrid.hop
    for index in 0..<kept { history[index] = history[index + FrameGrid.hop] }
    for index in 0..<FrameGrid.hop { history[kept + index] = isDraining ? 0 : framer.samples[index] }
    strike.update(history)
  }

  /// Describes the frame in the middle of the history, and lets the detectors see it.
  private mutating func advance(_ local: Int, into results: inout Results) {
    let middle = local - Self.windowLagFrames
    guard middle >= 0 else { return }
    if !cover.hasBegun {
      spectrum.clear()
    } else {
      spectrum.measure(history, from: (PitchCandidates.windowCount - Spectrum.windowCount) / 2)
    }
    candidates.find(in: history, from: 0, speakerFloor: pitch.speakerFloor)
    if !isDraining, cover.isWhole { noise.update(spectrum.bands) }
    activity.update(
      bands: spectrum.bands, floor: noise.levels, periodicity: candidates.best, strike: strike.certainty)
    nucleusMarks[middle % Self.ringCount] = false
    if let nucleus = nuclei.update(bands: spectrum.bands, floor: noise.levels, periodicity: candidates.best) {
      nucleusMarks[nucleus.frame % Self.ringCount] = true
      nucleusOffsets[nucleus.frame % Self.ringCount] = nucleus.offset
    }
    let laughterStart = laughter.update(
      bands: spectrum.bands, floor: noise.levels, candidates: candidates, speakerMedian: pitch.speakerMedianHertz)
    if let laughterStart {
      phrases.takeBack(from: origin + laughterStart)
      phraseLevels.restart()
    }
    let filler = fillers.update(
      bands: spectrum.bands, periodicity: candidates.best, excess: activity.excess,
      speakerMedian: pitch.speakerMedianHertz)
    if let filler, origin + Int(filler.start) < nextFrame { report(filler, into: &results) }
    let (height, isBackground) = (peak(around: middle), !activity.standsOut)
    if origin + middle < nextFrame {
      review?.note(candidates, peak: height, isBackground: isBackground, isFreed: framer.isFreed)
    }
    if let hertz = pitch.update(candidates, peak: height, isBackground: isBackground) {
      reading.pitchHertz = hertz
      let frame = origin + middle - PitchTrack.lagFrames
      voicedMarks[(frame - origin) % Self.ringCount] = hertz > 0
      fillers.note(pitch: hertz, frame: middle - PitchTrack.lagFrames)
      if frame < nextFrame {
        seconds.addPitch(hertz, frame: frame)
        if hertz > 0 { voicedFrames += 1 }
        cycles.follow(hertz, frame: frame - origin)
      }
    }
  }

  /// The largest high-passed sample of a frame and its neighbours: two periods of the lowest voice.
  private func peak(around frame: Int) -> Float {
    let before = frame > 0 ? peaks[(frame - 1) % Self.ringCount] : 0
    return max(before, peaks[frame % Self.ringCount], peaks[(frame + 1) % Self.ringCount])
  }

  private mutating func report(_ filler: FilledPauses.Candidate, into results: inout Results) {
    let (first, last) = (Double(origin) + filler.start, Double(origin) + filler.end)
    guard let held = phrases.hold(first...last) else { return }
    let start = moment(held.lowerBound)
    let end = min(Double(nextFrame) / 100, moment(held.upperBound))
    let evidence = filler.evidence
    let found = FilledPause(
      start: start, end: end, confidence: Double(filler.confidence),
      label: filler.label.rawValue, durationSeconds: Double(evidence.seconds),
      pitchSlopeSemitones: Double(evidence.pitchSlope), stillness: Double(max(0, 1 - evidence.change / 6)),
      evidence: evidence)
    results.found.append(Found(at: Double(nextFrame) / 100, finding: .filledPause(found)))
  }

  private mutating func fillReading(_ local: Int) {
    reading.frame = nextFrame - 1
    reading.levelDecibels = framer.level
    reading.peakDecibels = framer.peak
    reading.momentaryLUFS = Float(loudness.momentary)
    reading.shortTermLUFS = Float(loudness.shortTerm)
    reading.noiseFloorDecibels = noise.level
    reading.clippedSamples = clippedSamples
    reading.isTooNoisy = activity.isTooNoisy
    if reading.isTooNoisy { noisyFrames += 1 }
    reading.flatSeconds = framer.flatRun >= FrameGrid.hop ? Float(framer.flatRun) / 16_000 : 0
    let last = laughter.lastSpeech(of: activity.lastSpeechFrame)
    let decided = local - Self.windowLagFrames - 1 - last
    reading.isSpeech = last >= 0 && decided < min(20, pauseFrames)
    reading.silenceSeconds = reading.isSpeech ? 0 : Float(local - last) / 100
    let isRunning = last >= 0 && decided < pauseFrames
    reading.runSeconds = isRunning ? Float(local + 1 - max(activity.runStartFrame, laughter.end)) / 100 : 0
    reading.syllablesPerSecond = pace.syllablesPerSecond
  }

  /// Passes on the frame that has just become final.
  private mutating func finalise(_ local: Int, into results: inout Results) {
    let final = local - Self.finalLagFrames
    guard final >= 0, origin + final < nextFrame else { return }
    let frame = origin + final
    let at = Double(nextFrame) / 100
    let isSpeech = activity.isFinalSpeech && !laughter.covers(final)
    let isNucleus = isSpeech && nucleusMarks[final % Self.ringCount] && nuclei.stands(final)
    if isNucleus {
      reading.syllables += 1
      let time = min(at, moment(Double(frame) + 0.5 + Double(nucleusOffsets[final % Self.ringCount])))
      results.found.append(Found(at: at, finding: .syllable(at: time)))
    }
    nuclei.learn(isSpeech: isSpeech, isNucleus: isNucleus)
    pace.update(isSpeech: isSpeech, isNucleus: isNucleus)
    let outcome = phrases.update(frame: frame, isSpeech: isSpeech, edges: activity.finalEdges, isNucleus: isNucleus)
    if let phrase = outcome.phrase { report(phrase, into: &results) }
    if let pause = outcome.pause {
      let silence = Pause(start: moment(pause.start), end: min(at, moment(pause.end)))
      results.found.append(Found(at: at, finding: .pause(silence)))
    }
    if isSpeech { noteSpeech(final) }
    review?.noteSpeech(isSpeech, into: &results.reviewedPitch)
    let summary = seconds.addFinal(
      frame: frame, isSpeech: isSpeech, isNucleus: isNucleus, meanSquare: meanSquares[final % Self.ringCount])
    if let summary { results.found.append(Found(at: at, finding: .second(summary))) }
  }

  /// Counts a final frame of speech in the figures about the voice.
  private mutating func noteSpeech(_ frame: Int) {
    guard voicedMarks[frame % Self.ringCount] else { return }
    phraseLevels.note(frame: origin + frame, level: Decibels.power(meanSquares[frame % Self.ringCount]))
  }

  private mutating func report(_ phrase: PhraseTracker.Outcome.Phrase, into results: inout Results) {
    // An edge between frames may lie half a frame beyond the sound's end.
    let at = Double(nextFrame) / 100
    let end = min(moment(phrase.end), at)
    let found = Phrase(
      start: min(moment(phrase.start), end), end: end, syllables: phrase.syllables,
      endDropDecibels: phraseLevels.close(end: Int(phrase.end.rounded())))
    results.found.append(Found(at: at, finding: .phrase(found)))
  }

  /// Decides the last frames as if silence followed.
  private mutating func drain(into results: inout Results) {
    isDraining = true
    let local = nextFrame - origin
    for extra in 0..<Self.finalLagFrames {
      meanSquares[(local + extra) % Self.ringCount] = 0
      peaks[(local + extra) % Self.ringCount] = 0
      shiftHistory()
      advance(local + extra, into: &results)
      finalise(local + extra, into: &results)
    }
    if let phrase = phrases.close() { report(phrase, into: &results) }
    isDraining = false
  }

  private mutating func restart() {
    origin = nextFrame
    framer.restart()
    cover = WindowCover()
    original?.restart()
    for index in history.indices { history[index] = 0 }
    strike = Strike()
    pitch.restart()
    cycles.restart()
    phraseLevels.restart()
    activity = VoiceActivity(pauseFrames: pauseFrames, distance: distance)
    nuclei = SyllableNuclei()
    laughter = Laughter()
    fillers = FilledPauses()
    phrases.restart()
    pace.restart()
    reading.pitchHertz = 0
  }
}
