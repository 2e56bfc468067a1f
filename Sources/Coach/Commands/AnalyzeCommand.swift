import ArgumentParser
import CLinux
import Glibc
import Practice
import Report
import SpeechSignals

/// `rostrum analyze`: recordings measured as fast as they can be read.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Measure recordings: pace, pauses, fillers, pitch, loudness.",
    discussion: """
      Examples:
        rostrum analyze talk.wav
        rostrum analyze takes/ --csv --output takes.csv
        rostrum analyze talk.wav --json --track
        rostrum analyze talk.wav --textgrid
        rostrum analyze talk.wav --script talk.md --json
        rostrum analyze --compare monday.wav friday.wav

      WAV, FLAC, Ogg and whatever else libsndfile reads, 8 to 192 kHz, any channels.
      Of a folder all recordings are taken, and those in folders inside. Several
      are analysed at once; what is written keeps their order.
      """)

  @Argument(help: "Recordings, or folders of them.", completion: .file())
  var files: [String] = []

  @Flag(help: "One JSON object a recording, one a line.")
  var json = false

  @Flag(help: "A table: one line a recording.")
  var csv = false

  @Flag(help: "A Praat TextGrid beside each recording: speech, pauses, syllables, fillers.")
  var textgrid = false

  @Flag(help: "With --json: the pitch, the level and the speech of every 10 ms too.")
  var track = false

  @Flag(help: "Recognise the words too; takes about a fifth of the recording's length.")
  var words = false

  @Option(help: "The talk that was spoken from, in Markdown: its words are recognised, and followed.")
  var script: String?

  @Flag(help: "Two takes side by side, and whether they differ by more than is uncertain.")
  var compare = false

  @Flag(help: "One line a figure, no picture: for screen readers and logs.")
  var plain = false

  @Option(help: "Listen to one channel, counted from 1, instead of all of them mixed.")
  var channel: Int?

  @Option(help: "Write into this file, - for standard output; with --textgrid a folder is fine.")
  var output: String?

  @Flag(help: "Replace files that exist.")
  var yes = false

  mutating func run() throws {
    try check()
    let surroundings = try Surroundings.gather()
    try surroundings.insistOnSettings()
    var request = RecordingAnalysis.Request(channel: channel, keepsContours: track)
    request.settings.minimumPauseSeconds = surroundings.settings.pauseSeconds
    request.bands = surroundings.settings.bands(for: surroundings.settings.context)
    if words || script != nil { try recognise(&request, surroundings) }
    let paths = RecordingPath.typed(files)
    let entries = compare ? paths.map { .success($0) } : RecordingList(paths).entries
    let output = try AnalysisOutput(
      form, target: output, replaces: yes, recordings: entries.compactMap { try? $0.get() }, script: script)
    let interruption = Interruption()
    let status = try AnalyzeRun(entries: entries, form: form, isComparison: compare).perform(
      RecordingAnalysis(request: request), into: output, signals: interruption.descriptor)
    if status != .ok { throw ExitStatusError(status: status) }
  }

  /// Has the words recognised too, by the script where there is one.
  private func recognise(_ request: inout RecordingAnalysis.Request, _ surroundings: Surroundings) throws(Failure) {
    if let script {
      request.talk = try GivenScript(path: script).forRecording()
      if request.talk == nil { Printed.complain(Messages.stockWords) }
    }
    Log.open(in: surroundings.places.logs)
    let found = surroundings.fillers()
    for note in found.notes { Printed.complain(note) }
    request.fillers = found.rules
    request.recogniser = try Recognisers.asked(for: request.talk, surroundings)
  }

  private var form: AnalysisOutput.Form {
    json ? .json : csv ? .csv : textgrid ? .textGrid : plain ? .plain : .page
  }

  private func check() throws(Failure) {
    guard !files.isEmpty else { throw Failure(.usage, Messages.nothingToAnalyze) }
    guard !files.contains("-") else { throw Failure(.usage, Messages.analyzeReadsFiles) }
    let forms = [("--json", json), ("--csv", csv), ("--textgrid", textgrid), ("--plain", plain)].filter(\.1).map(\.0)
    guard forms.count < 2 else { throw Failure(.usage, Messages.notTogether(forms[0], forms[1])) }
    if output?.isEmpty ?? false { throw Failure(.usage, Messages.outputHasNoName) }
    if track, !json || compare { throw Failure(.usage, Messages.trackNeedsJSON) }
    if let channel, !(1...Limits.channels).contains(channel) {
      throw Failure(.usage, Messages.noChannelNumber(channel))
    }
    guard compare else { return }
    if csv || textgrid { throw Failure(.usage, Messages.notTogether("--compare", forms[0])) }
    guard files.count == 2 else { throw Failure(.usage, Messages.compareNeedsTwo(files.count)) }
    for file in files where kind(of: file) == S_IFDIR { throw Failure(.usage, Messages.compareNeedsFiles(file)) }
  }
}

/// One run of `analyze`: what was asked for, carried out to its exit code.
struct AnalyzeRun {
  let entries: [Result<RecordingPath, Failure>]
  let form: AnalysisOutput.Form
  let isComparison: Bool

  /// Analyses everything, writes it in order, and says on standard error what failed; the exit code is that of the
  /// first failure, or of the signal that ended it.
  func perform(
    _ analysis: RecordingAnalysis, into output: AnalysisOutput, signals: Int32
  ) throws(Failure) -> ExitStatus {
    let progress = ProgressLine()
    var status = ExitStatus.ok
    var takes: [Finished] = []
    var done = 0
    var brokenOutput: Failure?
    func fail(_ failure: Failure) {
      Printed.complain(failure.sentence)
      if status == .ok { status = failure.status }
    }
    let signal = try Batch(entries, analysis).run(
      signals: signals,
      show: { share in progress.show(Messages.analyzing(share, entries.count)) },
      deliver: { _, outcome in
        progress.clear()
        switch outcome {
        case .failure(let failure): fail(failure)
        case .success(let finished):
          done += 1
          if ![.page, .plain].contains(form) { Self.warn(finished) }
          if isComparison { return takes.append(finished) }
          guard brokenOutput == nil else { return }
          do throws(Failure) { try output.put(finished) } catch {
            if form != .textGrid { brokenOutput = error }
            fail(error)
          }
        }
      })
    progress.clear()
    if takes.count == 2 { try output.put(Comparison(takes[0], takes[1])) }
    guard signal != 0 else {
      if brokenOutput == nil { try output.finish() }
      return status
    }
    let part = brokenOutput == nil ? try output.finishPart() : nil
    Printed.complain(Messages.stopped(done, entries.count, part))
    return ExitStatus(signal: signal)
  }

  private static func warn(_ finished: Finished) {
    for warning in finished.analysis.recording.warnings {
      Printed.complain("\(finished.analysis.recording.name): \(warning)")
    }
  }
}
