import CLinux
import Glibc
import Practice
import Recognition
import Sound
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

  /// A scribe that leaves its words in `mailbox`.
  init(mailbox: Mailbox, load: @escaping Loading) {
    self.mailbox = mailbox
    self.load = load
  }

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
      var dictation = Dictation(try load())
      var endedAt: Int64?
      while let reader = next() {
        try dictation.listen(to: reader, lostSince: endedAt) { mailbox.put($0) }
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

  private func next() -> SampleReader? {
    queue.withLock { $0.readers.isEmpty ? nil : $0.readers.removeFirst() }
  }
}

/// What the scribe leaves for the main thread.
struct WordPost: Sendable {
  /// Final words as events, in order.
  var events: [SessionEvent] = []
  /// Words that may still change; nil where nothing changed.
  var foreseen: [Word]?
  /// Audio time up to which words were looked for, in seconds.
  var seconds = 0.0
  /// Whether no words will come for a reason other than the end.
  var isFailed = false
  /// Nothing more will come.
  var isLast = false
}

/// A recogniser at work on one time line of sound.
private struct Dictation: ~Copyable {
  private let recogniser: any Recogniser
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
    to reader: SampleReader, lostSince: Int64?, tell: (WordPost) -> Void
  ) throws(RecognitionError) {
    var lostSince = lostSince
    var buffer: [Float] = []
    buffer.reserveCapacity(4_096)
    while true {
      switch reader.next(timeoutMilliseconds: 200, into: &buffer) {
      case .samples:
        if let since = lostSince {
          try skip(Double(rostrum_monotonic_nanoseconds() - since) / 1e9)
          lostSince = nil
        }
        recogniser.givesPartials = reader.secondsWaiting < Limits.scribePatienceSeconds
        try hear(buffer.span)
        tell(post())
      case .gap(let lost, _):
        try skip(lost)
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

  private mutating func skip(_ lost: Double) throws(RecognitionError) {
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
      case .final(let word):
        foreseen.removeAll(keepingCapacity: true)
        events.append(SessionEvent(at: max(seconds, word.end), .word(word)))
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
