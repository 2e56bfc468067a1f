import Practice
import Sound
import SpeechSignals
import Voice

/// Makes the lines of a shadowing drill: spoken by espeak-ng, or cut from a tutor's recording.
///
/// Contours are made by the analyzer that hears the learner, so that the two differ in the voice alone. It takes some
/// 10 ms a line, and is for a thread that may wait.
enum ModelMaker {
  /// Silence behind each line while it is analysed, in seconds: pitch is told late.
  private static let tailSeconds = 0.5
  /// Silence that stands between two lines of a recording at least, in seconds, and how much is left around each.
  private static let gapSeconds = 0.5, marginSeconds = 0.05
  /// What is read of a recording at most, in seconds.
  private static let longestSeconds = 600.0

  /// The lines of `drill`, in order; `folder` is where its file lies. Empty once `isCancelled` says so.
  ///
  /// Throws a sentence for the learner where the voice is not there, or the recording has not as many lines as the drill.
  static func make(_ drill: Drill, folder: String?, isCancelled: () -> Bool = { false }) throws(Failure)
    -> [(line: ModelLine, samples: [Float])]
  {
    let texts = ShadowingExercise.lines(drill)
    let recording = drill.word("recording")
    if recording.isEmpty { return try speak(texts, drill, isCancelled) }
    // A name beside the drill and no path: packs come from anywhere.
    guard let folder, !recording.contains("/"), !recording.hasPrefix(".") else {
      throw Failure(.noInput, "The recording \"\(recording)\" of this drill is not beside it.")
    }
    let samples: [Float]
    do throws(SoundError) {
      samples = try WholeSound.read("\(folder)/\(recording)", longest: longestSeconds)
    } catch {
      throw Failure(error)
    }
    let places = cut(samples, into: texts.count)
    guard places.count == texts.count else {
      throw Failure(
        .badData,
        "The recording \"\(recording)\" does not fall into the \(texts.count) lines of this drill. "
          + "Leave a second of silence between them.")
    }
    return zip(texts, places).enumerated().map { line, part in
      model(Array(samples[part.1]), line: line, text: part.0, voice: recording)
    }
  }

  private static func speak(
    _ texts: [String], _ drill: Drill, _ isCancelled: () -> Bool
  ) throws(Failure) -> [(line: ModelLine, samples: [Float])] {
    let name = drill.word("voice")
    let voice = EspeakVoice(
      VoiceSettings(voice: name, wordsPerMinute: Int(drill.number("rate")), pitch: Int(drill.number("pitch"))))
    var models: [(line: ModelLine, samples: [Float])] = []
    for (line, text) in texts.enumerated() {
      do throws(VoiceError) {
        let sound = try voice.make(text, isCancelled: isCancelled)
        let samples = WholeSound.resampled(sound.samples, from: sound.rate)
        models.append(model(samples, line: line, text: text, voice: "espeak-ng \(name)"))
      } catch {
        if error.kind == .cancelled { return [] }
        throw Failure(.unavailable, "The voice \"\(name)\" of this drill \(Messages.clause(error)).")
      }
    }
    return models
  }

  private static func model(
    _ samples: [Float], line: Int, text: String, voice: String
  ) -> (line: ModelLine, samples: [Float]) {
    let seconds = Double(samples.count) / Double(Analyzer.sampleRate)
    return (ModelLine(line: line, text: text, seconds: seconds, voice: voice, contour: contour(samples)), samples)
  }

  /// The contour of a line, as the analyst would tell it.
  static func contour(_ samples: [Float]) -> Contour {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var (results, teller, events) = (Results(), ContourTeller(), [SessionEvent]())
    let tail = [Float](repeating: 0, count: Int(tailSeconds * Double(Analyzer.sampleRate)))
    analyzer.process((samples + tail).span, into: &results)
    analyzer.finish(into: &results)
    teller.add(results.readings, into: &events)
    teller.close(into: &events)
    let steps = Int((Double(samples.count) / Double(Analyzer.sampleRate) / Contour.step).rounded(.up))
    var whole = Contour(start: 0, levels: [], pitches: [])
    for case .contour(let part) in events.map(\.kind) {
      whole.levels += part.levels
      whole.pitches += part.pitches
    }
    return Contour(start: 0, levels: Array(whole.levels.prefix(steps)), pitches: Array(whole.pitches.prefix(steps)))
  }

  /// Where each of `count` lines is in a recording: between its longest pauses; fewer where it has not so many.
  static func cut(_ samples: [Float], into count: Int) -> [Range<Int>] {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    analyzer.process(samples.span, into: &results)
    analyzer.finish(into: &results)
    var (phrases, pauses): ([Phrase], [Pause]) = ([], [])
    for found in results.found {
      switch found.finding {
      case .phrase(let phrase): phrases.append(phrase)
      case .pause(let pause) where pause.end - pause.start >= gapSeconds: pauses.append(pause)
      default: continue
      }
    }
    guard let first = phrases.first, let last = phrases.last, count > 0 else { return [] }
    let longest = pauses.sorted { $0.end - $0.start > $1.end - $1.start }.prefix(count - 1)
    let gaps = longest.sorted { $0.start < $1.start }
    let starts = [first.start] + gaps.map(\.end)
    let ends = gaps.map(\.start) + [last.end]
    func sample(_ seconds: Double) -> Int {
      min(max(Int(seconds * Double(Analyzer.sampleRate)), 0), samples.count)
    }
    return zip(starts, ends).map { sample($0 - marginSeconds)..<sample($1 + marginSeconds) }
  }
}
