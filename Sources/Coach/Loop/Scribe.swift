import CLinux
import Glibc
import Practice
import Recognition
import Sound
import SpeechSignals
import Synchronization

/// The thread that turns sound into words.
///
/// It reads the ring with its own cursor and thinks for long, so nothing waits for it: what a microphone brings it may
/// fall behind, first without partial words, and in the end a gap; only a recording waits. A recogniser that fails
/// leaves the session to sound alone, and says so once.
final class Scribe: Sendable {
  /// Makes the recogniser, on the scribe's own thread, for a model takes a second to load.
  typealias Loading = @Sendable () throws(RecognitionError) -> any Recogniser

  /// The readers still to be listened to. `SampleReader` is used by one thread at a time: it is handed over here.
  private struct Queue: ~Copyable {
    // SAFETY: a reader is put in by the main thread, which keeps no reference, and taken out once by the scribe.
    nonisolated(unsafe) var readers: [SampleReader] = []
  }

  private let queue = Mutex(Queue())
  private let mailbox: Mailbox
  private let load: Loading
  /// Whether the recogniser should listen for a script.
  private let hasScript: Bool
  /// How the recogniser for a script that was changed is made; nil once it has been.
  private let renewal = Mutex<Loading?>(nil)

  /// A scribe that leaves its words in `mailbox`; `hasScript` where it should listen for one.
  init(mailbox: Mailbox, hasScript: Bool, load: @escaping Loading) {
    self.mailbox = mailbox
    self.hasScript = hasScript
    self.load = load
  }

  /// Goes on with another recogniser as soon as it is loaded: the script was changed.
  func renew(_ load: @escaping Loading) { renewal.withLock { $0 = load } }

  /// Listens to `capture` once what came before it has ended. Call before the capture starts.
  func listen(to capture: Capture) {
    let reader = capture.makeReader()
    queue.withLock { $0.readers.append(reader) }
  }

  /// Starts the thread; it ends by itself after the last capture has, with a last post.
  func start() -> Bool { Worker.start("scribe") { self.run() } }

  private func run() {
    var seconds = 0.0
    do throws(RecognitionError) {
      let recogniser = try load()
      if hasScript, recogniser.source != .script {
        let refused = RecognitionError(.scriptRefused, operation: "use")
        mailbox.put(WordPost(events: [SessionEvent(at: 0, .note(Messages.sentence(refused)))]))
      }
      var dictation = Dictation(recogniser)
      var endedAt: Int64?
      while let reader = next() {
        try dictation.listen(to: reader, lostSince: endedAt, renewed: { renewed() }, tell: { mailbox.put($0) })
        endedAt = rostrum_monotonic_nanoseconds()
        seconds = dictation.seconds
      }
      mailbox.put(try dictation.finish())
    } catch {
      Log.warning("words failed", Messages.logged(error))
      mailbox.put(WordPost(events: [SessionEvent(at: seconds, .note(Messages.sentence(error)))], isFailed: true))
      // A recording waits for its readers: sound that nobody makes words of is let through.
      var buffer: [Float] = []
      while let reader = next() { while reader.next(timeoutMilliseconds: 200, into: &buffer) != .ended {} }
    }
    mailbox.put(WordPost(isLast: true))
  }

  /// The recogniser of a script that was changed, made here and now; nil where none was, and where it cannot be made,
  /// for then the one before is better than none.
  private func renewed() -> (any Recogniser)? {
    let load = renewal.withLock { load in
      defer { load = nil }
      return load
    }
    return load.flatMap { try? $0() }
  }

  private func next() -> SampleReader? {
    queue.withLock { $0.readers.isEmpty ? nil : $0.readers.removeFirst() }
  }
}

/// A recogniser at work on one time line of sound.
private struct Dictation: ~Copyable {
  private var recogniser: any Recogniser
  private var heard: [Heard] = []
  private var foreseen: [Word] = []
  private var events: [SessionEvent] = []
  private var hasNews = false
  /// Audio time at the last gap, in seconds, and the samples handed to the recogniser since.
  private var base = 0.0
  private var samples = 0

  /// Samples handed over at a time. Sound comes in pieces of any length; words are dated by the piece that brought
  /// them, so pieces of their own make the same sound give the same events.
  private static let pieceSamples = 160

  init(_ recogniser: any Recogniser) { self.recogniser = recogniser }

  /// Audio time of what was handed to the recogniser.
  var seconds: Double { base + Double(samples) / 16_000 }

  /// Hears `reader` out.
  mutating func listen(
    to reader: SampleReader, lostSince: Int64?, renewed: () -> (any Recogniser)?, tell: (WordPost) -> Void
  ) throws(RecognitionError) {
    var lostSince = lostSince
    var buffer: [Float] = []
    buffer.reserveCapacity(4_096)
    while true {
      if let next = renewed() {
        try change(to: next)
        tell(post())
      }
      switch reader.next(timeoutMilliseconds: 200, into: &buffer) {
      case .samples:
        if let since = lostSince {
          try skip(Double(rostrum_monotonic_nanoseconds() - since) / 1e9)
          lostSince = nil
        }
        recogniser.givesPartials = reader.secondsWaiting < Limits.scribePatienceSeconds
        try hear(buffer.span)
        tell(post())
      case .gap(let lost, let cause):
        try skip(lost)
        if cause == .readerBehind { events.append(SessionEvent(at: seconds, .note(Messages.wordsBehind(lost)))) }
        tell(post())
      case .nothing: continue
      case .ended: return
      }
    }
  }

  /// Says what is left.
  mutating func finish() throws(RecognitionError) -> WordPost {
    try recogniser.finish(into: &heard)
    date()
    return post()
  }

  private mutating func hear(_ sound: Span<Float>) throws(RecognitionError) {
    var start = 0
    while start < sound.count {
      let end = min(start + Self.pieceSamples - samples % Self.pieceSamples, sound.count)
      try recogniser.hear(sound.extracting(start..<end), into: &heard)
      samples += end - start
      start = end
      date()
    }
  }

  private mutating func change(to next: any Recogniser) throws(RecognitionError) {
    try recogniser.finish(into: &heard)
    date()
    recogniser = next
    try recogniser.skip(seconds: seconds, into: &heard)
  }

  private mutating func skip(_ lost: Double) throws(RecognitionError) {
    let lost = min(lost, Double(Analyzer.longestGapSeconds))
    try recogniser.skip(seconds: lost, into: &heard)
    base = seconds + lost
    samples = 0
    date()
  }

  /// Gives what was just heard the time at which it is known.
  private mutating func date() {
    guard !heard.isEmpty else { return }
    for item in heard {
      switch item {
      case .partial(let word): foreseen.append(word)
      case .over: foreseen.removeAll(keepingCapacity: true)
      case .final(let word):
        foreseen.removeAll(keepingCapacity: true)
        events.append(SessionEvent(at: max(seconds, word.end), .word(word)))
      case .choice(let choice): events.append(SessionEvent(at: max(seconds, choice.end), .choice(choice)))
      }
    }
    hasNews = true
    heard.removeAll(keepingCapacity: true)
  }

  private mutating func post() -> WordPost {
    var post = WordPost(events: events, seconds: seconds)
    if hasNews { post.foreseen = foreseen }
    events.removeAll(keepingCapacity: true)
    hasNews = false
    return post
  }
}
