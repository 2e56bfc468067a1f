import ArgumentParser
import Glibc
import Practice
import Sound
import SpeechSignals
import Terminal

/// `rostrum calibrate`: ten seconds of room, ten of reading; then how the level is, and a baseline to start from.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Measure room, microphone and voice in twenty seconds.",
    discussion: """
      Ten seconds of the quiet room, then ten of reading aloud. Says what to do
      about the capture level, and keeps what rehearsals on the same device start
      from. The sound itself is not kept.

      Examples:
        rostrum calibrate
        rostrum calibrate --device pulse --json
        rostrum calibrate --input take.wav
      """)

  @OptionGroup var source: SourceOptions

  @Flag(help: "Forget what was kept by earlier calibrations.")
  var forget = false

  @Flag(help: "Lines instead of a screen: for screen readers, dumb terminals and logs.")
  var plain = false

  @Flag(help: "The result as one JSON object on standard output.")
  var json = false

  @OptionGroup var look: LookOptions

  mutating func run() throws {
    var flags = look.flags
    flags["device"] = source.device
    if json, plain { throw Failure(.usage, "--json and --plain cannot be given together; choose one.") }
    try source.check()
    let surroundings = try Surroundings.gather(flags: flags)
    if forget {
      let wasThere = try BaselineFile.forget(surroundings.places)
      Printed.sentence(wasThere ? Messages.baselineForgotten(surroundings.places.baselines) : Messages.noBaseline)
      return
    }
    try surroundings.insistOnSettings()
    let request = try source.request(surroundings.settings, fast: true, command: "calibrate")
    let style: Rehearsal.Style = json ? .json : plain || isatty(STDOUT_FILENO) == 0 ? .plain : .screen
    try CalibrateCommand.calibrate(request, style: style, readsInput: source.readsInput, surroundings)
  }

  /// Runs a calibration from beginning to end, prints what came of it, and keeps the baseline.
  private static func calibrate(
    _ request: SourceRequest, style: Rehearsal.Style, readsInput: Bool, _ surroundings: Surroundings
  ) throws(Failure) {
    let signals = Loop.catchSignals()
    let theme = try surroundings.theme()
    Log.open(in: surroundings.places.logs)
    try BaselineFile.check(surroundings.places)
    let passage = try passage(surroundings)
    let capture = try TakeParts.capture(request, surroundings)
    let face = Rehearsal.face(style, readsInput: readsInput, theme: theme, surroundings)
    var settings = AnalyzerSettings()
    settings.minimumPauseSeconds = surroundings.settings.pauseSeconds
    let stage = CalibrationStage(capture: capture, face: face, settings: settings, passage: passage)
    stage.start()
    Loop.run(stage, signals: signals)
    face.close()
    stage.close()
    if stage.status != .ok { Glibc.exit(stage.status.rawValue) }
    if let failure = stage.failure { throw failure }
    try conclude(stage.result, of: capture.description, style: style, surroundings)
  }

  private static func conclude(
    _ result: CalibrationResult, of source: SourceDescription, style: Rehearsal.Style, _ surroundings: Surroundings
  ) throws(Failure) {
    let bands = surroundings.settings.bands(for: surroundings.settings.context)
    let report = CalibrationReport(result: result, source: source.name, isLive: source.isLive, bands: bands)
    let baseline = result.baseline(
      source: source.name, rate: source.format.rate, madeAtMilliseconds: wallMilliseconds(),
      bands: bands)
    let problem = result.refusal.map { Messages.sentence($0, source: source.name, isLive: source.isLive) }
    if let baseline { try BaselineFile.keep(baseline, surroundings.places) }
    if style == .json {
      let json = report.json(
        rate: source.format.rate, channels: source.format.channels, baseline: baseline, problem: problem)
      Printed.line(json.text)
    } else {
      let glyphs = Glyphs.of(utf8: Surroundings.isUTF8)
      Printed.table(
        report.rows(approximately: style == .plain ? "about " : "\(glyphs.approximately)"),
        columns: Terminals.columns(STDOUT_FILENO))
      for sentence in report.sentences { Printed.sentence(sentence) }
      if baseline != nil { Printed.sentence(Messages.baselineKept(source.name, isLive: source.isLive)) }
    }
    if let problem { throw Failure(status(of: result.refusal, isLive: source.isLive), problem) }
  }

  /// A microphone that gives nothing is a device that fails; a recording without what is needed is bad data.
  private static func status(of refusal: CalibrationResult.Refusal?, isLive: Bool) -> ExitStatus {
    switch refusal {
    case .flat, .noSpeech, .littleSpeech: isLive ? .unavailable : .badData
    case .tooShort, .roomNotQuiet, .clipped, nil: .badData
    }
  }

  /// The text to read aloud, comments left out; nil where there is none.
  private static func passage(_ surroundings: Surroundings) throws(Failure) -> String? {
    let lines = try surroundings.prompt("calibrate.txt")?.text.split { $0.isNewline } ?? []
    let text = lines.filter { !$0.hasPrefix("#") }.joined(separator: " ").trimmingBlanks()
    return text.isEmpty ? nil : String(text.prefix(1_000))
  }
}
