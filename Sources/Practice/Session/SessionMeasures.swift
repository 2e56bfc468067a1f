import SpeechSignals

/// What the meters show, worked out from a session: from the latest reading where there is one, else from the last
/// roll-up, so that a live session and a replayed one share their views.
extension Session {
  /// Pace in words a minute estimated from syllables over the last quarter minute of talk; nil before five seconds of
  /// speech.
  var syllablePace: Double? {
    guard tally.speechSeconds >= 5 else { return nil }
    let rate = paceReading.map { $0.syllablesPerSecond.map(Double.init) } ?? rollups.last?.syllablesPerSecond
    return rate.map { bands.wordsPerMinute(syllablesPerSecond: $0) }
  }

  /// Where the pace sits; nil before ten seconds of speech, when a few words more would change the verdict.
  package var paceBand: PaceBand? {
    tally.speechSeconds >= 10 ? pace.map { bands.place(ofPace: $0) } : nil
  }

  /// Seconds of silence up to now, 0 while speaking.
  package var silenceSeconds: Double {
    reading.map { Double($0.silenceSeconds) } ?? rollups.last?.silenceSeconds ?? 0
  }

  /// Seconds of speech since the last pause, 0 in a pause.
  package var runSeconds: Double {
    reading.map { Double($0.runSeconds) } ?? rollups.last?.runSeconds ?? 0
  }

  /// Whether other voices are so near the speaker's just now that pauses cannot be told.
  package var isTooNoisy: Bool { reading?.isTooNoisy ?? false }

  /// Seconds for which no sound arrived.
  package var lostSeconds: Double { gaps.reduce(0) { $0 + $1.gap.lostSeconds } }

  /// Where the talk begins and ends in audio time: a second before the first speech to a second after the last, and not
  /// beyond what was heard; nil before any speech.
  ///
  /// De Jong & Wempe (2009) divide by all of a recording, which was cut to the talk. Here longer silence before and after
  /// is left out: it is the recorder's, not the speaker's.
  package var talkBounds: ClosedRange<Double>? {
    guard let first = tally.firstSpeechSeconds, tally.lastSpeechSeconds >= first else { return nil }
    let start = max(0, first - Self.talkMarginSeconds)
    return
      start...max(start, min(max(seconds, tally.lastSpeechSeconds), tally.lastSpeechSeconds + Self.talkMarginSeconds))
  }

  /// How much of the silence before and after the talk belongs to it at most, in seconds.
  private static let talkMarginSeconds = 1.0

  /// Seconds of talk, pauses included, without what was lost; nil where there is too little to tell a rate from: below
  /// ten seconds, of which at least half are speech.
  package var talkSeconds: Double? {
    guard let bounds = talkBounds else { return nil }
    let length = max(bounds.upperBound - bounds.lowerBound - lostSeconds, tally.phonationSeconds)
    return min(length, 2 * tally.phonationSeconds) >= Unknown.leastSpeechSeconds ? length : nil
  }

  /// Share of the talk spent in pauses, 0 to 1; nil below five pauses.
  package var pauseShare: Double? {
    pauses.count < Unknown.leastPauses ? nil : talkSeconds.map { min(1, tally.pauseSeconds / $0) }
  }

  /// Fillers a minute of talk, nil in the first half minute, when one "um" would read as many.
  package var fillersPerMinute: Double? {
    seconds >= 30 ? talkSeconds.map { Double(fillers.count) * 60 / $0 } : nil
  }

  /// Voiced frames of 10 ms behind the figures about pitch: as reviewed, else as heard.
  package var voicedFrames: Int { reviewedPitch?.voicedFrames ?? tally.voicedFrames }

  /// Spread of pitch in semitones over the last ten seconds or so; nil below 200 voiced frames of 10 ms.
  package var recentPitchSpread: Double? {
    var recent = Tally()
    for second in rollups.suffix(15) { recent.add(second) }
    return recent.voicedFrames >= 200 ? recent.pitchSpreadSemitones : nil
  }

  /// The speaker's own level in dBFS: as calibrated, else that of the first half minute of speech, nil before five
  /// seconds of it.
  ///
  /// After a change of microphones what was calibrated says nothing any more.
  package var ownLevelDecibels: Double? {
    let isSameDevice = !gaps.contains { $0.gap.cause == "changed" }
    return (isSameDevice ? beginning?.ownLevelDecibels : nil) ?? tally.ownLevelDecibels
  }

  /// The level below which a cue may ask for more: the lower of the calibrated one and this session's own, for who
  /// stands further from the microphone today speaks no softer.
  var leastOwnLevelDecibels: Double? {
    tally.ownLevelDecibels.map { min($0, ownLevelDecibels ?? $0) }
  }

  /// The cue to show now: each stays for four seconds.
  package var cueOnShow: Cue? {
    guard let last = cues.last, seconds - last.seconds < 4, phase == .running else { return nil }
    return last.cue
  }

  /// The timing light, nil for a talk without a length.
  package var light: TimingLight? {
    beginning?.length.map { TimingLight(elapsed: seconds, length: $0) }
  }

  /// What came of the session so far.
  package var summary: Summary { Summary(of: self) }
}

extension Summary {
  /// Sums up `session`.
  package init(of session: Session) {
    self.init()
    let tally = session.tally
    durationSeconds = session.seconds.rounded(places: 3)
    speechSeconds = tally.phonationSeconds.rounded(places: 3)
    syllables = tally.syllables
    pauses = session.pauses.count
    pauseSeconds = tally.pauseSeconds.rounded(places: 3)
    longestPauseSeconds = tally.longestPauseSeconds.rounded(places: 3)
    longestRunSeconds = tally.longestRunSeconds.rounded(places: 3)
    fillers = session.fillers.count
    clippedSamples = tally.clippedSamples
    voicedFrames = session.voicedFrames
    gaps = session.gaps.count
    lostSeconds = session.lostSeconds.rounded(places: 3)
    marks = session.marks.count
    cues = session.cues.count
    guard heardSpeech else { return }
    integratedLUFS = tally.integratedLUFS?.rounded(places: 2)
    if let reviewed = session.reviewedPitch {
      (pitchHertz, pitchSpreadSemitones) = (reviewed.medianHertz, reviewed.spreadSemitones)
    } else if tally.voicedFrames >= Unknown.leastVoicedFrames {
      pitchHertz = tally.pitchHertz?.rounded(places: 1)
      pitchSpreadSemitones = tally.pitchSpreadSemitones?.rounded(places: 2)
    }
    guard session.talkSeconds != nil else { return }
    wordsPerMinute = session.wholePace?.pace.rounded(places: 1)
    paceSource = session.wholePace?.source ?? .syllables
    articulationRate = (Double(tally.syllables) / tally.phonationSeconds).rounded(places: 2)
    pauseShare = session.pauseShare?.rounded(places: 3)
    fillersPerMinute = session.fillersPerMinute?.rounded(places: 2)
  }
}

/// How many semitones of spread sound flat, moderate or varied.
///
/// Read speech spreads over 1.3–2.7 semitones, lively speech over 2–4 (Hincks & Edlund 2009; signal study §2.4 and §4);
/// a band with wide edges, for a speaker's own habit matters more than the figure.
package enum PitchVariety: String, Sendable {
  case even, moderate, varied

  /// The word for a spread in semitones.
  package init(spreadSemitones: Double) {
    self = spreadSemitones < 1.5 ? .even : spreadSemitones < 3 ? .moderate : .varied
  }
}
