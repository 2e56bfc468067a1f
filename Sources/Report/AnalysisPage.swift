import Practice
import SpeechSignals
package import Terminal

/// An analysis for people: a small picture of the course of the talk, then one line a figure.
///
/// Every line says what it was measured from, or why there is nothing to say. No meaning rests on colour, for there is
/// none; without UTF-8 the picture is drawn in ASCII.
package struct AnalysisPage: Sendable {
  /// One figure: its name, what it is, how far off it may be, a word for it, and how it was measured.
  struct Row: Equatable {
    var label: String
    var value: String
    var range: String?
    var verdict = ""
    var method: String

    /// All of it but the name and the method.
    var text: String { value + (range.map { " (\($0))" } ?? "") + verdict }
  }

  /// Columns taken by the names.
  private static let labelColumns = 15
  /// Where the words about how something was measured begin if they can, and how wide a page is that has them.
  private static let methodColumn = 50, methodColumns = 60
  /// The widest a page gets, and the narrowest.
  private static let widths = 24...100

  private let finished: Finished
  private let glyphs: Glyphs

  /// The page of one recording, drawn with `glyphs`.
  package init(_ finished: Finished, glyphs: Glyphs) {
    self.finished = finished
    self.glyphs = glyphs
  }

  /// The page as lines of at most `columns` cells, held within 24 and 100.
  package func lines(columns: Int) -> [String] {
    let columns = min(max(columns, Self.widths.lowerBound), Self.widths.upperBound)
    var lines = head(columns) + [""]
    if finished.analysis.heardSpeech { lines += picture(columns) + [""] }
    for row in rows { lines += draw(row, columns) }
    lines += review.text(columns: columns)
    if !review.parts.isEmpty, !finished.analysis.recording.warnings.isEmpty { lines.append("") }
    for warning in finished.analysis.recording.warnings { lines += wrap("Note: " + sanitised(warning), to: columns) }
    if columns < Self.methodColumns, rows.contains(where: { $0.method == Self.clinical }) {
      lines += [""] + wrap(Self.clinicalNote, to: columns)
    }
    if hasIntervals { lines += [""] + wrap(Self.footnote, to: columns) }
    return lines
  }

  /// The page for screen readers and logs: one line a figure, no picture, no aligning.
  package var plainLines: [String] {
    [sanitised("\(finished.analysis.recording.name)  \(format)")]
      + rows.map { row in
        sanitised("\(row.label): \(row.text)\(row.method.isEmpty ? "" : "; \(row.method)")")
      } + review.plainLines + finished.analysis.recording.warnings.map { "note: " + sanitised($0) }
      + (hasIntervals ? [Self.footnote] : [])
  }

  private static let footnote = "In brackets: between these the true value lies, four times in five."

  /// What is said of the voice's regularity, beside each figure or, where there is no room, under all of them.
  private static let clinical = "not for clinical use"
  static let clinicalNote = "Jitter, shimmer and harmonicity are not for clinical use."

  /// What the words say; nothing where nobody listened for them.
  private var review: TakeReview {
    let session = finished.analysis.session
    return session.listensForWords && finished.analysis.heardSpeech ? TakeReview(of: session) : TakeReview()
  }

  private var hasIntervals: Bool { rows.contains { $0.range != nil } }

  /// Name and format on one line, or where that is too long, one below the other with nothing cut off.
  private func head(_ columns: Int) -> [String] {
    let name = sanitised(finished.analysis.recording.name)
    let line = name + "  " + format
    return cellWidth(line) <= columns ? [line] : wrap(name, to: columns) + wrap(format, to: columns)
  }

  private var format: String {
    let recording = finished.analysis.recording
    let channels =
      recording.channel.map { "channel \($0) of \(recording.channels)" }
      ?? (recording.channels == 1
        ? "mono" : recording.channels == 2 ? "stereo, mixed" : "\(recording.channels) channels, mixed")
    let rate = decimal(Double(recording.rate) / 1_000, recording.rate % 1_000 == 0 ? 0 : 1)
    return "\(clockTime(recording.seconds)), \(rate) kHz, \(channels)"
  }

  private func picture(_ columns: Int) -> [String] {
    let analysis = finished.analysis
    let width = columns - 10
    var grid = Grid(Size(columns: columns, rows: 3))
    grid.put("level", 0, 0)
    grid.put("events", 0, 1)
    let levels = analysis.envelope.resampled(to: width)
    let loudest = Double(max(levels.max() ?? -100, -60))
    grid.draw(
      Strip(levels.map { Double($0) }, range: (loudest - 45)...loudest),
      in: Area(column: 9, row: 0, columns: width, rows: 1), glyphs)
    let marks =
      pauseMarks(width)
      + analysis.session.fillers.map { Timeline.Mark(.filler, at: $0.start, until: $0.end) }
    let span = 0...max(analysis.recording.seconds, 0.01)
    grid.draw(Timeline(span: span, marks: marks), in: Area(column: 9, row: 1, columns: width, rows: 2), glyphs)
    let legend = "\(glyphs.pauseMark) pause  \(glyphs.fillerMark) filler"
    let start = 9 + (width - cellWidth(legend)) / 2
    if width >= cellWidth(legend) + 20 { grid.put(legend, start, 2) }
    return grid.lines()
  }

  /// Pauses on `columns` cells: a cell is one where a third of its time was silent, so that a long talk with many short
  /// pauses does not look like one long pause.
  private func pauseMarks(_ columns: Int) -> [Timeline.Mark] {
    let cell = max(finished.analysis.recording.seconds, 0.01) / Double(max(columns, 1))
    var silent = [Double](repeating: 0, count: columns)
    for pause in finished.analysis.session.pauses {
      let first = min(max(Int(pause.start / cell), 0), columns - 1)
      for index in first...max(first, min(Int(pause.end / cell), columns - 1)) {
        silent[index] += max(0, min(pause.end, Double(index + 1) * cell) - max(pause.start, Double(index) * cell))
      }
    }
    return silent.indices.filter { silent[$0] >= cell / 3 }.map {
      Timeline.Mark(.pause, at: (Double($0) + 0.5) * cell)
    }
  }

  private func draw(_ row: Row, _ columns: Int) -> [String] {
    guard columns >= 40 else { return wrap("\(row.label): \(row.text)", to: columns) }
    let indent = String(repeating: " ", count: Self.labelColumns)
    var lines = wrap(row.text, to: columns - Self.labelColumns).map { indent + $0 }
    var grid = Grid(Size(columns: columns, rows: 1))
    let used = grid.put(lines.first ?? "", 0, 0, glyphs: glyphs)
    grid.put(row.label, 0, 0, width: Self.labelColumns - 1, glyphs: glyphs)
    // Where there is little room only the reason why there is no figure is worth another line.
    if !row.method.isEmpty, columns >= Self.methodColumns || row.value == "-" {
      let start = max(used + 2, Self.methodColumn)
      if start + cellWidth(row.method) <= columns {
        grid.put(row.method, start, 0)
      } else if used + 2 + cellWidth(row.method) <= columns {
        grid.putRight(row.method, columns, 0)
      } else {
        lines += wrap(row.method, to: columns - Self.labelColumns).map { indent + $0 }
      }
    }
    return grid.lines() + lines.dropFirst()
  }
}

extension AnalysisPage {
  /// The figures in the order in which they are read.
  var rows: [Row] {
    let session = finished.analysis.session
    guard finished.analysis.heardSpeech else {
      return [Row(label: "speech", value: "no speech heard", method: "")] + loudness
    }
    return script + pace + pausing + [fillers(session.fillers.count)] + pitch + loudness + voice
  }

  private var pace: [Row] {
    let (analysis, measures) = (finished.analysis, finished.measures)
    let bands = analysis.session.bands
    let syllables = analysis.session.tally.syllables
    let band = measures.wordsPerMinute.value.map { ", " + bands.place(ofPace: $0).rawValue } ?? ""
    let bySyllables = "\(syllables) syllables, \(decimal(bands.syllablesPerWord, 2)) a word"
    let (about, method) =
      switch measures.paceSource {
      case .words: ("", "\(analysis.session.wordCount) words")
      case .both: (glyphs.approximately, "\(analysis.session.wordCount) words, \(syllables) syllables")
      case .syllables: (glyphs.approximately, bySyllables)
      }
    return [
      row("pace.words_per_minute", before: about, after: band, method: method),
      row("pace.articulation_rate", method: "pauses left out"),
      row("pace.variation", method: "of the articulation rate"),
    ]
  }

  /// How much of the script was said; nothing without one.
  private var script: [Row] {
    guard let prompter = finished.analysis.session.prompter else { return [] }
    let review = ScriptReview(of: prompter)
    guard let coverage = review.coverage else { return [] }
    return [Row(label: "script", value: "\(decimal(coverage * 100, 0)) % of its words heard", method: review.passages)]
  }

  private var pausing: [Row] {
    let session = finished.analysis.session
    let (tally, count) = (session.tally, session.pauses.count)
    var row = row("pauses.share", after: " of the time", method: "")
    row.label = "pauses"
    if finished.measures.pauseShare.estimate == nil {
      row.value = "\(count)"
      row.method = Self.whyNoShare(finished.measures.pauseShare)
    } else {
      row.value = "\(count), \(row.value)"
      row.method = "longest \(decimal(tally.longestPauseSeconds, 1)) s"
    }
    return [
      row,
      Row(
        label: "longest run", value: "\(decimal(tally.longestRunSeconds, 1)) s", method: "of speech without a pause"),
    ]
  }

  /// Why pauses are counted only, beside a row that has their count.
  private static func whyNoShare(_ share: Measure) -> String {
    guard case .failure(let reason) = share else { return "" }
    if case .fewPauses = reason { return "a share of time needs \(Unknown.leastPauses)" }
    return "no share of time: " + reason.words
  }

  private func fillers(_ count: Int) -> Row {
    let hasWords = finished.analysis.session.listensForWords
    var row = row(
      "fillers.per_minute", method: hasWords ? "likely, by sound and words" : "likely um and uh, by sound")
    guard let estimate = finished.measures.fillersPerMinute.estimate else {
      row.value = "\(count)"
      return row
    }
    row.value = count == 0 ? "0" : "\(count), \(row.value)"
    if count == 0 { row.range = estimate.high.map { "up to \(decimal($0, 1)) a minute" } }
    return row
  }

  private var pitch: [Row] {
    let measures = finished.measures
    let variety = measures.pitchSpreadSemitones.value.map { ", " + PitchVariety(spreadSemitones: $0).rawValue } ?? ""
    func hertz(_ measure: Measure) -> String? { measure.value.map { decimal($0.rounded(places: 1), 0) } }
    let middle =
      hertz(measures.pitchMedianHertz).map { "median " + $0 } ?? hertz(measures.pitchMeanHertz).map { "mean " + $0 }
    let ends = [measures.pitchLowHertz, measures.pitchHighHertz].compactMap(hertz)
    let method = middle.map { $0 + (ends.count == 2 ? " of \(ends[0]) to \(ends[1])" : "") + " Hz" } ?? ""
    return [
      row("pitch.sd_semitones", after: variety, method: method)
    ]
  }

  private var loudness: [Row] {
    let clipped = finished.analysis.session.tally.clippedSamples
    let clipping = clipped == 0 ? "no clipping" : "\(clipped) samples clipped"
    let range =
      switch finished.measures.loudnessRange {
      case .success(let estimate): "range \(decimal(estimate.value, 1)) LU, "
      case .failure(.littleSound(_, let least)): "a range needs \(decimal(least, 0)) s, "
      case .failure: ""
      }
    return [row("loudness.integrated_lufs", method: range + clipping)]
  }

  /// Jitter, shimmer and harmonicity; one row for all of them where they lack the same.
  private var voice: [Row] {
    let measures = finished.measures
    let reasons = Set([measures.jitter, measures.shimmer, measures.harmonicsToNoise].map(\.reason))
    if let reason = reasons.first ?? nil, reasons.count == 1 {
      return [Row(label: "voice quality", value: "-", method: reason)]
    }
    return ["voice.jitter_local", "voice.shimmer_local", "voice.hnr_db"].map { row($0, method: Self.clinical) }
  }

  /// The row of a figure; the reason stands in its place where there is none.
  private func row(_ path: String, before: String = "", after: String = "", method: String) -> Row {
    guard let figure = Figure.all.first(where: { $0.path == path }) else {
      return Row(label: path, value: "-", method: "")
    }
    switch figure.measure(finished.measures) {
    case .failure(let unknown): return Row(label: figure.label, value: "-", range: nil, method: unknown.words)
    case .success(let estimate):
      let unit = figure.unit.isEmpty ? "" : " " + figure.unit
      return Row(
        label: figure.label, value: before + figure.words(estimate.value) + unit,
        range: figure.interval(estimate), verdict: after, method: method)
    }
  }
}
