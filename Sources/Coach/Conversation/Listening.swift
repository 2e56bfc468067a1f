import CLinux
import Practice
import Recognition
import Sound
import SpeechSignals
import Synchronization
import Voice

/// The learner's turn as it is spoken: a microphone, words, and the silence since the last of them.
///
/// It has a thread of its own that ends with the turn. What is heard here is part of the conversation and of no
/// measure: the analyzer only tells speech from silence. It may begin as a guard, which listens whether the learner
/// speaks over the tutor's voice; what was said until that is known belongs to the turn.
final class Listening: Sendable {
  /// How it ends.
  private enum Ending { case none, wanted, dropped }

  /// What a guard needs to know: how loud the tutor's voice is now, and what was learnt about its echo.
  struct Guard: Sendable {
    var voiceLevel: @Sendable () -> Float?
    var memory: EchoMemory
  }

  /// The turn that its steps belong to, which may change while it listens.
  final class TurnNumber: Sendable {
    private let number: Mutex<Int>
    init(_ number: Int) { self.number = Mutex(number) }
    var value: Int { number.withLock { $0 } }
    func set(_ next: Int) { number.withLock { $0 = next } }
  }

  private let capture: Capture
  private let watch: Guard?
  private let ending = Mutex(Ending.none)
  private let tell: @Sendable (ConversationStep) -> Void

  /// Listens to an opened source and tells what it hears; `load` makes the recogniser, on its own thread. With `watch`
  /// it waits for the learner to speak over the voice first, and tells so.
  init(
    _ capture: Capture, load: @escaping Scribe.Loading, watch: Guard? = nil,
    tell: @escaping @Sendable (ConversationStep) -> Void
  ) {
    self.capture = capture
    self.watch = watch
    self.tell = tell
    let reader = capture.makeReader()
    capture.start()
    let run: @Sendable () -> Void = { [self] in hear(reader, load) }
    if !Worker.start("scribe", run) { tell(.cannotHear(Messages.noThread)) }
  }

  /// Ends it: what was spoken is told once it is words, or let go.
  func stop(isWanted: Bool) {
    ending.withLock { $0 = isWanted ? .wanted : .dropped }
    let capture = capture
    Worker.start("errand") { capture.stop() }
  }

  private var isDropped: Bool { ending.withLock { $0 == .dropped } }

  private func hear(_ reader: SampleReader, _ load: Scribe.Loading) {
    var begun: [Float] = []
    if let watch {
      guard let spoken = keepWatch(reader, watch) else { return }
      begun = spoken
      tell(.bargeIn)
    }
    do throws(RecognitionError) {
      var turn = SpokenTurn(try load())
      if !begun.isEmpty { try turn.hear(begun.span, isBehind: false) }
      var buffer: [Float] = []
      while !isDropped {
        switch reader.next(timeoutMilliseconds: 100, into: &buffer) {
        case .samples:
          try turn.hear(buffer.span, isBehind: reader.secondsWaiting > Limits.scribePatienceSeconds)
          tell(.level(turn.levelDecibels))
          tell(.hears(turn.text, silence: turn.silenceSeconds))
        case .gap, .nothing: continue
        case .ended:
          if case .ended(let error?) = capture.state, ending.withLock({ $0 == .none }) {
            return tell(.cannotHear(Messages.readFailed(error)))
          }
          if !isDropped { tell(.heard(try turn.finish())) }
          return
        }
      }
    } catch {
      Log.warning("words failed", Messages.logged(error))
      if !isDropped { tell(.cannotHear(Messages.sentence(error))) }
      capture.stop()
    }
  }

  /// Waits until the learner speaks over the voice; gives back the sound of the last second. Nil where it ended first.
  private func keepWatch(_ reader: SampleReader, _ watch: Guard) -> [Float]? {
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    var kept: [Float] = []
    var buffer: [Float] = []
    while !isDropped {
      switch reader.next(timeoutMilliseconds: 100, into: &buffer) {
      case .samples:
        analyzer.process(buffer.span, into: &results)
        kept.append(contentsOf: buffer)
        if kept.count > 2 * Limits.bargeInSamples { kept.removeFirst(kept.count - Limits.bargeInSamples) }
        let level = watch.voiceLevel()
        if watch.memory.hear(results.readings, voice: level) { return kept.suffix(Limits.bargeInSamples) }
        results.removeAll()
      case .gap, .nothing: continue
      case .ended: return nil
      }
    }
    return nil
  }
}

/// What is known of the way from loudspeaker to microphone; it outlives the answers it was learnt from.
final class EchoMemory: Sendable {
  private let bargeIn = Mutex(BargeIn())

  /// Takes in readings, and the level of the voice while they were heard; true where the learner speaks over it.
  func hear(_ readings: [Reading], voice level: Float?) -> Bool {
    bargeIn.withLock { bargeIn in
      var isSpoken = false
      for reading in readings { isSpoken = bargeIn.hear(reading, playback: level) || isSpoken }
      return isSpoken
    }
  }
}

/// The words of one turn as they come.
private struct SpokenTurn: ~Copyable {
  private let recogniser: any Recogniser
  private var analyzer = Analyzer(settings: AnalyzerSettings())
  private var results = Results()
  private var heard: [Heard] = []
  private var final: [String] = []
  private var foreseen: [String] = []
  private(set) var levelDecibels = -100.0
  private(set) var silenceSeconds = 0.0

  init(_ recogniser: any Recogniser) { self.recogniser = recogniser }

  /// All words so far.
  var text: String { (final + foreseen).joined(separator: " ") }

  mutating func hear(_ samples: Span<Float>, isBehind: Bool) throws(RecognitionError) {
    analyzer.process(samples, into: &results)
    if let reading = results.readings.last {
      levelDecibels = Double(results.readings.map(\.levelDecibels).max() ?? -100)
      silenceSeconds = Double(reading.silenceSeconds)
    }
    results.removeAll()
    recogniser.givesPartials = !isBehind
    try recogniser.hear(samples, into: &heard)
    take()
  }

  mutating func finish() throws(RecognitionError) -> String {
    try recogniser.finish(into: &heard)
    take()
    return text
  }

  private mutating func take() {
    for item in heard {
      switch item {
      case .partial(let word): foreseen.append(word.text)
      case .over: foreseen.removeAll()
      case .final(let word):
        foreseen.removeAll()
        final.append(word.text)
      case .choice: break
      }
    }
    heard.removeAll(keepingCapacity: true)
  }
}
