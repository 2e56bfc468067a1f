package import Practice
import SpeechSignals

/// An analysis as one JSON object, schema `rostrum.analysis/1`: seconds and SI units, `null` where nothing can be said.
///
/// `intervals` has the lower and upper end of each figure that has one, `level` the probability they are meant to hold
/// the truth with, `reasons` why a figure is null, `warnings` what was wrong with the file.
package struct AnalysisDocument: Sendable {
  /// The name of the format.
  package static let schema = "rostrum.analysis/1"
  /// Entries of a contour written at a time.
  private static let chunk = 4_096

  let finished: Finished

  /// The document of one recording.
  package init(_ finished: Finished) { self.finished = finished }

  /// Everything but the contours.
  package var json: JSON { .object(fields) }

  /// Writes the object on one line, without a line break after it, in pieces: contours are as long as the recording.
  package func forEachPiece<E: Error>(_ put: (String) throws(E) -> Void) throws(E) {
    let text = json.text
    guard let contours = finished.analysis.contours else { return try put(text) }
    try put(text.dropLast() + ",\"track\":{\"step\":\(Contours.stepSeconds)")
    try contour("pitch_hz", contours.count, put) { contours.pitchHertz($0).map { JSON.number($0) } ?? .null }
    try contour("level_db", contours.count, put) { .number(contours.levelDecibels($0)) }
    let speech = SpeechFrames(finished.analysis.phrases)
    var place = 0
    try contour("speech", contours.count, put) { .number(speech.isSpeech($0, &place) ? 1 : 0) }
    try put("}}")
  }

  private func contour<E: Error>(
    _ name: String, _ count: Int, _ put: (String) throws(E) -> Void, _ entry: (Int) -> JSON
  ) throws(E) {
    try put(",\"\(name)\":[")
    var first = 0
    while first < count {
      let last = min(first + Self.chunk, count)
      let text = (first..<last).map { entry($0).text }.joined(separator: ",")
      try put(first == 0 ? text : "," + text)
      first = last
    }
    try put("]")
  }

  private var fields: [JSON.Field] {
    let recording = finished.analysis.recording
    return [
      .init("schema", .string(Self.schema)), .init("file", .string(recording.name)),
      .init("seconds", .rounded(recording.seconds)), .init("sample_rate", .count(recording.rate)),
      .init("channels", .count(recording.channels)), .init("channel", recording.channel.map(JSON.count) ?? .null),
      .init("speech", speech), .init("syllables", syllables), .init("pace", pace), .init("pauses", pauses),
      .init("fillers", fillers), .init("pitch", group("pitch")), .init("loudness", loudness),
      .init("voice", group("voice")), .init("words", words), .init("words_source", wordsSource),
      .init("transcript", transcript), .init("script", script), .init("restarts", restarts),
      .init("clusters", clusters),
      .init("level", .number(Estimate.level)), .init("intervals", intervals),
      .init("reasons", reasons),
      .init("warnings", .array(recording.warnings.map(JSON.string))),
    ]
  }

  /// The figures whose path starts with `name`, under the rest of their paths.
  private func group(_ name: String) -> JSON {
    .object(
      Figure.all.filter { $0.path.hasPrefix(name + ".") }.map { figure in
        JSON.Field(
          String(figure.path.dropFirst(name.count + 1)),
          .rounded(figure.measure(finished.measures).value, figure.places.machines))
      })
  }

  private var speech: JSON {
    let analysis = finished.analysis
    return .object([
      .init("seconds", .rounded(analysis.speechSeconds)),
      .init("talk_seconds", .rounded(finished.measures.talkSeconds)),
      .init("too_noisy_share", .rounded(analysis.tooNoisyShare)),
      .init("segments", .array(analysis.phrases.map { span($0.start, $0.end) })),
    ])
  }

  private var syllables: JSON {
    .object([
      .init("count", .count(finished.analysis.session.tally.syllables)),
      .init("times", .array(finished.analysis.syllables.map { .rounded($0) })),
    ])
  }

  private var pace: JSON {
    let confidence = finished.measures.wordsConfidence
    return merge(
      group("pace"),
      ["words_per_minute"],
      [
        .init("source", .string(finished.measures.paceSource.rawValue)),
        .init("confidence", confidence.map { .rounded($0, 2) } ?? .null),
      ])
  }

  private var pauses: JSON {
    let session = finished.analysis.session
    let longest = session.tally.longestRunSeconds
    return .object([
      .init("count", .count(session.pauses.count)), .init("seconds", .rounded(session.tally.pauseSeconds)),
      .init("share", group("pauses")["share"] ?? .null),
      .init("longest_run", longest > 0 ? .rounded(longest) : .null),
      .init("list", .array(session.pauses.map { span($0.start, $0.end) })),
    ])
  }

  private var fillers: JSON {
    let session = finished.analysis.session
    return .object([
      .init("count", .count(session.fillers.count)), .init("per_minute", group("fillers")["per_minute"] ?? .null),
      .init(
        "list",
        .array(
          session.fillers.map { filler in
            .object([
              .init("start", .rounded(filler.start)), .init("end", .rounded(filler.end)),
              .init("label", .string(filler.label)), .init("evidence", .array(filler.evidence.map(JSON.string))),
              .init("confidence", .rounded(filler.confidence, 2)),
            ])
          })),
    ])
  }

  private var loudness: JSON {
    merge(
      group("loudness"), ["integrated_lufs", "range_lu", "max_momentary_lufs"],
      [.init("clipped_samples", .count(finished.analysis.session.tally.clippedSamples))])
  }

  /// Why what is null is null, by path.
  private var reasons: JSON {
    let measures = finished.measures
    var reasons = Figure.all.compactMap { figure in
      figure.measure(measures).reason.map { JSON.Field(figure.path, .string($0)) }
    }
    if measures.wordsConfidence == nil, let reason = measures.wordsPerMinute.reason {
      reasons.append(.init("pace.confidence", .string(reason)))
    }
    if finished.analysis.tooNoisyShare == nil {
      reasons.append(.init("speech.too_noisy_share", .string("no sound was listened to")))
    }
    if finished.analysis.session.tally.longestRunSeconds <= 0 {
      reasons.append(.init("pauses.longest_run", .string("no speech heard")))
    }
    return .object(reasons + reasonsWithoutWords)
  }

  private var intervals: JSON {
    .object(
      Figure.all.compactMap { figure in
        guard let estimate = figure.measure(finished.measures).estimate, let low = estimate.low,
          let high = estimate.high
        else { return nil }
        let places = figure.places.machines
        return JSON.Field(figure.path, .array([.rounded(low, places), .rounded(high, places)]))
      })
  }

  func span(_ start: Double, _ end: Double) -> JSON {
    .object([.init("start", .rounded(start)), .init("end", .rounded(end))])
  }

  /// The fields of `object`, with `more` after the first ones, which are named.
  private func merge(_ object: JSON, _ first: [String], _ more: [JSON.Field]) -> JSON {
    guard case .object(let fields) = object else { return object }
    return .object(
      fields.filter { first.contains($0.name) } + more + fields.filter { !first.contains($0.name) })
  }
}

/// Whether a 10 ms frame lies in a run of speech.
struct SpeechFrames {
  private let runs: [Range<Int>]

  /// The frames of `phrases`, which are in order.
  init(_ phrases: [Phrase]) {
    runs = phrases.map { phrase in
      let first = Int((phrase.start * 100).rounded())
      return first..<max(first, Int((phrase.end * 100).rounded()))
    }
  }

  /// Asked for frames in rising order; `place` is where the last answer was found, 0 at first.
  func isSpeech(_ frame: Int, _ place: inout Int) -> Bool {
    while place < runs.count, runs[place].upperBound <= frame { place += 1 }
    return place < runs.count && runs[place].contains(frame)
  }
}
