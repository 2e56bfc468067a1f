import SpeechSignals

/// When a cue is due: the rules as a table, first match first.
///
/// Sparse on purpose: a two-word message once in 20 s beat a continuous stream and no feedback at all (Rhema, IUI
/// 2015); busy dashboards did worst (Chollet et al. 2022). Only what is sustained is worth a word.
enum CueRule {
  /// Seconds between two cues, and at the start of a talk before the first one.
  static let quietSeconds = 20.0
  /// Seconds over which a pace has to stay outside its band.
  static let sustainedSeconds = 10
  /// Seconds a speaker may go on without a pause before being reminded to breathe.
  static let longestRunSeconds = 18.0
  /// How far below the speaker's own level, in decibels, is too soft.
  static let softDecibels = 7.0
  /// Short-term loudness in LUFS below which a microphone hears hardly anything.
  static let faintLUFS = -42.0
  /// A cluster: this many fillers within `clusterSeconds`.
  static let clusterCount = 3
  static let clusterSeconds = 10.0

  /// The cue that is due now, nil while all is well or the last one is too recent.
  static func due(in session: Session) -> Cue? {
    guard session.seconds - (session.cues.last?.seconds ?? 0) >= quietSeconds else { return nil }
    for rule in table {
      if let cue = rule(session) { return cue }
    }
    return nil
  }

  private static let table: [@Sendable (Session) -> Cue?] = [
    { session in
      session.rollups.suffix(5).filter { $0.clippedSamples > 0 }.count >= 3 ? Cue(.clipping, "step back") : nil
    },
    { session in
      let pace = sustainedPace(session)
      return pace == .veryFast ? Cue(.pace, "slower") : nil
    },
    { session in
      let recent = session.fillers.reversed().prefix { $0.start > session.seconds - clusterSeconds }
      return recent.count >= clusterCount ? Cue(.fillers, "pause instead") : nil
    },
    { session in
      (session.rollups.last?.runSeconds ?? 0) >= longestRunSeconds ? Cue(.breath, "breathe") : nil
    },
    { session in
      sustainedPace(session) == .verySlow ? Cue(.pace, "pick up") : nil
    },
    { session in
      let recent = session.rollups.suffix(sustainedSeconds)
      let isFaint = recent.allSatisfy { $0.speechSeconds > 0.2 && $0.shortTermLUFS < faintLUFS }
      return isFaint && recent.count == sustainedSeconds ? Cue(.loudness, "come closer") : nil
    },
    { session in
      guard let own = session.leastOwnLevelDecibels, session.seconds > 60 else { return nil }
      let levels = session.rollups.suffix(sustainedSeconds).compactMap(\.speechLevelDecibels)
      guard levels.count >= sustainedSeconds * 7 / 10 else { return nil }
      let mean = levels.reduce(0, +) / Double(levels.count)
      return mean < own - softDecibels ? Cue(.loudness, "louder") : nil
    },
    { session in
      guard let last = session.cues.last, last.cue.topic == .breath || last.cue.topic == .fillers,
        let pause = session.pauses.last, (0.5...3).contains(pause.end - pause.start),
        session.seconds - pause.end < 2.5, session.seconds - last.seconds < 90
      else { return nil }
      return Cue(.praise, "good pause")
    },
  ]

  private static func sustainedPace(_ session: Session) -> PaceBand? {
    let recent = session.rollups.suffix(sustainedSeconds)
    guard recent.count == sustainedSeconds, recent.allSatisfy({ $0.silenceSeconds < 3 }) else { return nil }
    let bands = recent.compactMap(\.syllablesPerSecond).map {
      session.bands.place(ofPace: session.bands.wordsPerMinute(syllablesPerSecond: $0))
    }
    guard bands.count == sustainedSeconds, let first = bands.first, bands.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first
  }
}
