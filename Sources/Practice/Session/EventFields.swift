import SpeechSignals

/// The fields of the larger kinds of events, each written beside how it is read.
extension Beginning {
  var fields: [JSON.Field] {
    [
      .init("id", .string(id)), .init("started_at_ms", .count(startedAtMilliseconds)),
      .init("utc_offset_seconds", .count(utcOffsetSeconds)), .init("talk", .text(title)),
      .init("length", .text(length.map(\.description))), .init("source", .string(source)), .init("rate", .count(rate)),
      .init("channels", .count(channels)), .init("bands", .object(bands.fields)), .init("version", .string(version)),
    ] + (ownLevelDecibels.map { [.init("own_level_db", .rounded($0, 1))] } ?? [])
      + (context.map { [.init("context", .string($0))] } ?? [])
      + (learner.map { [.init("learner", .string($0))] } ?? [])
      + (fillerThresholds.isEmpty
        ? []
        : [
          .init(
            "filler_thresholds",
            .object(fillerThresholds.sorted { $0.key < $1.key }.map { .init($0.key, .rounded($0.value, 2)) }))
        ])
  }

  init?(_ json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, startedAtMilliseconds: json["started_at_ms"]?.integer ?? 0,
      utcOffsetSeconds: json["utc_offset_seconds"]?.integer ?? 0, title: json["talk"]?.string,
      length: json["length"]?.string.flatMap(TalkLength.init), source: json["source"]?.string ?? "",
      rate: json["rate"]?.integer ?? 0, channels: json["channels"]?.integer ?? 0,
      bands: Bands(json["bands"] ?? .null), ownLevelDecibels: json["own_level_db"]?.double,
      context: json["context"]?.string, fillerThresholds: Beginning.thresholds(json["filler_thresholds"]),
      learner: json["learner"]?.string, version: json["version"]?.string ?? "")
  }
}

extension Beginning {
  private static func thresholds(_ json: JSON?) -> [String: Double] {
    guard case .object(let fields)? = json else { return [:] }
    return Dictionary(
      fields.prefix(Afterwards.entryLimit).compactMap { field in field.value.double.map { (field.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Bands {
  var fields: [JSON.Field] {
    [
      .init("comfortable", Bands.pair(comfortable)), .init("usable", Bands.pair(usable)),
      .init("flagged", Bands.pair(flagged)), .init("fillers_watch", .rounded(fillersToWatch)),
      .init("fillers_act", .rounded(fillersToAct)), .init("syllables_per_word", .rounded(syllablesPerWord)),
    ]
  }

  init(_ json: JSON) {
    let standard = Bands()
    self.init(
      comfortable: Bands.range(json["comfortable"]) ?? standard.comfortable,
      usable: Bands.range(json["usable"]) ?? standard.usable, flagged: Bands.range(json["flagged"]) ?? standard.flagged,
      fillersToWatch: json["fillers_watch"]?.double ?? standard.fillersToWatch,
      fillersToAct: json["fillers_act"]?.double ?? standard.fillersToAct,
      syllablesPerWord: json["syllables_per_word"]?.double ?? standard.syllablesPerWord)
  }

  private static func pair(_ range: ClosedRange<Double>) -> JSON {
    .array([.rounded(range.lowerBound), .rounded(range.upperBound)])
  }

  private static func range(_ json: JSON?) -> ClosedRange<Double>? {
    guard case .array(let ends)? = json, ends.count == 2, let low = ends[0].double, let high = ends[1].double,
      low <= high
    else { return nil }
    return low...high
  }
}

extension SecondSummary {
  var fields: [JSON.Field] {
    [
      .init("start", .rounded(start)), .init("end", .rounded(end)), .init("speech_seconds", .rounded(speechSeconds)),
      .init("syllables", .count(syllables)), .init("syllables_per_second", .rounded(syllablesPerSecond)),
      .init("level_db", .rounded(levelDecibels)), .init("peak_db", .rounded(peakDecibels)),
      .init("speech_level_db", .rounded(speechLevelDecibels)), .init("momentary_lufs", .rounded(momentaryLUFS)),
      .init("short_term_lufs", .rounded(shortTermLUFS)), .init("integrated_lufs", .rounded(integratedLUFS)),
      .init("voiced", .count(voicedFrames)), .init("pitch_hz", .rounded(pitchHertz)),
      .init("pitch_sd", .rounded(pitchSpreadSemitones)), .init("clipped", .count(clippedSamples)),
      .init("silent", .rounded(silenceSeconds)), .init("run", .rounded(runSeconds)),
    ]
  }

  init?(_ json: JSON) {
    guard let start = json["start"]?.double, let end = json["end"]?.double else { return nil }
    self.init()
    self.start = start
    self.end = end
    speechSeconds = json["speech_seconds"]?.double ?? 0
    syllables = json["syllables"]?.countInHere ?? 0
    syllablesPerSecond = json["syllables_per_second"]?.double
    levelDecibels = json["level_db"]?.double ?? -100
    peakDecibels = json["peak_db"]?.double ?? -100
    speechLevelDecibels = json["speech_level_db"]?.double
    momentaryLUFS = json["momentary_lufs"]?.double ?? -70
    shortTermLUFS = json["short_term_lufs"]?.double ?? -70
    integratedLUFS = json["integrated_lufs"]?.double
    voicedFrames = json["voiced"]?.countInHere ?? 0
    pitchHertz = json["pitch_hz"]?.double
    pitchSpreadSemitones = json["pitch_sd"]?.double ?? 0
    clippedSamples = json["clipped"]?.countInHere ?? 0
    silenceSeconds = json["silent"]?.double ?? 0
    runSeconds = json["run"]?.double ?? 0
  }
}

extension Summary {
  /// The fields of the summary in an `ended` line and of `sessions --json`.
  package var fields: [JSON.Field] {
    [
      .init("duration_seconds", .rounded(durationSeconds)), .init("speech_seconds", .rounded(speechSeconds)),
      .init("syllables", .count(syllables)), .init("words_per_minute", .rounded(wordsPerMinute)),
      .init("articulation_rate", .rounded(articulationRate)), .init("pauses", .count(pauses)),
      .init("pause_seconds", .rounded(pauseSeconds)), .init("pause_share", .rounded(pauseShare)),
      .init("longest_pause_seconds", .rounded(longestPauseSeconds)),
      .init("longest_run_seconds", .rounded(longestRunSeconds)), .init("fillers", .count(fillers)),
      .init("fillers_per_minute", .rounded(fillersPerMinute)), .init("integrated_lufs", .rounded(integratedLUFS)),
      .init("clipped_samples", .count(clippedSamples)), .init("pitch_hz", .rounded(pitchHertz)),
      .init("pitch_sd_semitones", .rounded(pitchSpreadSemitones)), .init("voiced_frames", .count(voicedFrames)),
      .init("gaps", .count(gaps)), .init("lost_seconds", .rounded(lostSeconds)), .init("marks", .count(marks)),
      .init("cues", .count(cues)),
    ] + (paceSource == .syllables ? [] : [.init("pace_source", .string(paceSource.rawValue))])
  }

  /// Reads a summary; what is absent stays empty.
  package init(_ json: JSON) {
    self.init()
    durationSeconds = json["duration_seconds"]?.double ?? 0
    speechSeconds = json["speech_seconds"]?.double ?? 0
    syllables = json["syllables"]?.countInHere ?? 0
    wordsPerMinute = json["words_per_minute"]?.double
    paceSource = json["pace_source"]?.string.flatMap(PaceSource.init) ?? .syllables
    articulationRate = json["articulation_rate"]?.double
    pauses = json["pauses"]?.countInHere ?? 0
    pauseSeconds = json["pause_seconds"]?.double ?? 0
    pauseShare = json["pause_share"]?.double
    longestPauseSeconds = json["longest_pause_seconds"]?.double ?? 0
    longestRunSeconds = json["longest_run_seconds"]?.double ?? 0
    fillers = json["fillers"]?.countInHere ?? 0
    fillersPerMinute = json["fillers_per_minute"]?.double
    integratedLUFS = json["integrated_lufs"]?.double
    clippedSamples = json["clipped_samples"]?.countInHere ?? 0
    pitchHertz = json["pitch_hz"]?.double
    pitchSpreadSemitones = json["pitch_sd_semitones"]?.double
    voicedFrames = json["voiced_frames"]?.countInHere ?? 0
    gaps = json["gaps"]?.countInHere ?? 0
    lostSeconds = json["lost_seconds"]?.double ?? 0
    marks = json["marks"]?.countInHere ?? 0
    cues = json["cues"]?.countInHere ?? 0
  }
}
