import Practice
import Recognition
import Report
import Sound
import SpeechSignals

/// One recording analysed from its first sample to its last, on the thread that asks for it.
struct RecordingAnalysis {
  /// How every recording of a run is to be analysed.
  struct Request: Sendable {
    /// The channel that is listened to, counted from 1; nil for all of them, mixed.
    var channel: Int?
    /// Whether the 10 ms contours are kept.
    var keepsContours = false
    var settings = AnalyzerSettings()
    var bands = Bands()
    /// How words are recognised; nil to leave them.
    var recogniser: Scribe.Loading?
    /// The filler words that are looked for among them, and the talk that was spoken from.
    var fillers: FillerRules?
    var talk: Talk?
  }

  let request: Request

  /// Analyses the file at `path`; nil where `goesOn`, which is told how much is done (0 to 1), said no.
  func run(_ path: RecordingPath, goesOn: (Double) -> Bool) throws(Failure) -> Finished? {
    let reader: RecordingReader
    do throws(SoundError) {
      reader = try RecordingReader(path: path.name, bytes: path.bytes, channel: request.channel)
    } catch {
      throw Failure(error)
    }
    let recording = Recording(
      name: path.name, rate: reader.format.rate, channels: reader.format.channels, channel: request.channel)
    var analysis = Analysis(
      of: recording, bands: request.bands, keepsContours: request.keepsContours, fillers: request.fillers)
    if let talk = request.talk { analysis.add(talk) }
    var dictation = try request.recogniser.map { (load) throws(Failure) in try RecordedWords(load) }
    var analyzer = Analyzer(settings: request.settings, reviewsPitch: true)
    let format = OriginalFormat(rate: reader.format.rate, channels: reader.channelsHeard)
    let isHeard = format.rate == reader.format.rate && format.channels == reader.channelsHeard
    if isHeard { analyzer.expect(original: format) }
    var watch = SampleWatch(
      rate: reader.format.rate, channels: reader.channelsHeard, isFloating: reader.format.encoding == .float32)
    var results = Results()
    var (buffer, original): ([Float], [Float]) = ([], [])
    while reader.next(into: &buffer, original: &original) {
      watch.look(original)
      analyzer.hear(original: original.span)
      analyzer.process(buffer.span, into: &results)
      analysis.add(results)
      results.removeAll()
      try dictation?.hear(buffer.span, into: &analysis)
      let share = reader.framesExpected.map { Double(reader.framesRead) / Double(max($0, 1)) }
      guard goesOn(min(share ?? 0, 1)) else { return nil }
    }
    guard reader.framesRead > 0 else {
      let reason = reader.truncation.flatMap { $0.kind == .truncatedFile ? nil : $0 }
      throw Failure(reason ?? SoundError(.emptyFile, operation: "read", name: path.name))
    }
    analyzer.finish(into: &results)
    analysis.add(results)
    try dictation?.finish(into: &analysis)
    analysis.close(analyzer)
    analysis.recording.seconds = reader.secondsRead
    analysis.recording.warnings = warnings(reader, watch, analysis) + (isHeard ? [] : [Messages.loudnessOfMix])
    return Finished(analysis)
  }

  private func warnings(_ reader: RecordingReader, _ watch: SampleWatch, _ analysis: Analysis) -> [String] {
    var warnings: [String] = []
    if let odd = reader.oddSamples { warnings.append(Messages.oddSamples(odd.count, odd.firstSeconds)) }
    if watch.beyondCount > 0 { warnings.append(Messages.farBeyond(watch.beyondCount, watch.beyondSeconds)) }
    if watch.channelsCancel { warnings.append(Messages.channelsCancel) }
    if reader.hasGrown {
      warnings.append(Messages.grew(reader.secondsRead))
    } else if let truncation = reader.truncation {
      warnings.append(
        truncation.kind == .truncatedFile ? Messages.cutOff(reader.secondsRead) : Messages.sentence(truncation))
    }
    if let share = analysis.tooNoisyShare, share > Limits.noisyShare { warnings.append(Messages.tooNoisy(share)) }
    let rate = Double(analysis.session.tally.syllables) / max(analysis.speechSeconds, 1e-9)
    if analysis.speechSeconds >= Unknown.leastSpeechSeconds, rate < Limits.slowestSyllables {
      warnings.append(Messages.slowerThanSpeech(rate))
    }
    if let seconds = analysis.cutSeconds { warnings.append(Messages.listsAreCut(seconds)) }
    return warnings
  }
}

/// The words of a recording, put into its analysis as they come.
struct RecordedWords {
  private let recogniser: any Recogniser
  private var heard: [Heard] = []

  /// Loads the recogniser, which takes a second.
  init(_ load: Scribe.Loading) throws(Failure) {
    do throws(RecognitionError) { recogniser = try load() } catch { throw Failure(error) }
    recogniser.givesPartials = false
  }

  /// Hears samples at 16 kHz.
  mutating func hear(_ samples: Span<Float>, into analysis: inout Analysis) throws(Failure) {
    do throws(RecognitionError) { try recogniser.hear(samples, into: &heard) } catch { throw Failure(error) }
    put(into: &analysis)
  }

  /// Says what is left.
  mutating func finish(into analysis: inout Analysis) throws(Failure) {
    do throws(RecognitionError) { try recogniser.finish(into: &heard) } catch { throw Failure(error) }
    put(into: &analysis)
  }

  private mutating func put(into analysis: inout Analysis) {
    for case .final(let word) in heard { analysis.add(word) }
    heard.removeAll(keepingCapacity: true)
  }
}
