import Practice
import Recognition
import Report
import Sound

/// One recording recognised from its first sample to its last, on the thread that asks for it.
struct Transcription {
  let path: String
  /// The channel that is listened to, counted from 1; nil for all of them, mixed.
  let channel: Int?
  /// How the recogniser is made.
  let load: Scribe.Loading

  /// The words, and what was wrong with the file; nil where `goesOn`, which is told how much is done (0 to 1), said no.
  func run(goesOn: (Double) -> Bool) throws(Failure) -> (transcript: Transcript, warnings: [String])? {
    let reader: RecordingReader
    do throws(SoundError) { reader = try RecordingReader(path: path, channel: channel) } catch { throw Failure(error) }
    let transcript: Transcript?
    do throws(RecognitionError) { transcript = try words(of: reader, goesOn) } catch { throw Failure(error) }
    guard let transcript else { return nil }
    guard reader.framesRead > 0 else {
      let reason = reader.truncation.flatMap { $0.kind == .truncatedFile ? nil : $0 }
      throw Failure(reason ?? SoundError(.emptyFile, operation: "read", name: path))
    }
    return (transcript, warnings(reader))
  }

  private func words(
    of reader: RecordingReader, _ goesOn: (Double) -> Bool
  ) throws(RecognitionError) -> Transcript? {
    let recogniser = try load()
    recogniser.givesPartials = false
    var (heard, words, buffer): ([Heard], [Word], [Float]) = ([], [], [])
    func take() {
      for case .final(let word) in heard { words.append(word) }
      heard.removeAll(keepingCapacity: true)
    }
    while reader.next(into: &buffer) {
      try recogniser.hear(buffer.span, into: &heard)
      take()
      let share = reader.framesExpected.map { Double(reader.framesRead) / Double(max($0, 1)) }
      guard goesOn(min(share ?? 0, 1)) else { return nil }
    }
    try recogniser.finish(into: &heard)
    take()
    return Transcript(file: path, source: recogniser.source, words: words)
  }

  private func warnings(_ reader: RecordingReader) -> [String] {
    var warnings = reader.oddSamples.map { [Messages.oddSamples($0.count, $0.firstSeconds)] } ?? []
    if reader.hasGrown {
      warnings.append(Messages.grew(reader.secondsRead))
    } else if let truncation = reader.truncation {
      warnings.append(
        truncation.kind == .truncatedFile ? Messages.cutOff(reader.secondsRead) : Messages.sentence(truncation))
    }
    return warnings
  }
}
