import Practice
import SpeechSignals

/// Brings what analyst and scribe leave into one order.
///
/// From a microphone everything is taken as it comes: a meter must not wait for a word. A recording is heard by both at
/// their own speed, so there what one has found is held back until the other has come as far: the same file gives the
/// same events however busy the machine is.
struct EventOrder {
  /// What may be applied now.
  struct Due {
    var events: [SessionEvent] = []
    var reading: Reading?
    var foreseen: [Word]?
    /// Whether no words will come any more, though sound does.
    var hasNoWords = false
    var isLast = false
  }

  private let waits: Bool
  private var found: [SessionEvent] = []
  private var words: [SessionEvent] = []
  /// The reading that waits to be due, and the latest after it.
  private var reading: Reading?
  private var nextReading: Reading?
  /// How far each has come in seconds of audio time; endless once it has ended.
  private var foundSeconds = 0.0
  private var wordSeconds: Double
  private var hasEnded: (analyst: Bool, scribe: Bool)
  private var hasFailed = false

  init(hasWords: Bool, isRepeatable: Bool) {
    waits = hasWords && isRepeatable
    wordSeconds = hasWords ? 0 : .infinity
    hasEnded = (false, !hasWords)
  }

  /// Takes in a post and gives out what is due.
  mutating func take(_ post: Mailbox.Post) -> Due {
    hasEnded.analyst = hasEnded.analyst || post.isLast
    hasEnded.scribe = hasEnded.scribe || post.words.isLast
    var due = Due(reading: post.reading, foreseen: post.words.foreseen, hasNoWords: post.words.isFailed)
    due.isLast = hasEnded == (true, true)
    guard waits else {
      due.events = post.events + post.words.events
      return due
    }
    found += post.events
    words += post.words.events
    if reading == nil { reading = post.reading } else { nextReading = post.reading ?? nextReading }
    foundSeconds = hasEnded.analyst ? .infinity : max(foundSeconds, post.seconds)
    // A recogniser that failed brings nothing any more, though its thread goes on.
    hasFailed = hasFailed || post.words.isFailed
    wordSeconds = hasEnded.scribe || hasFailed ? .infinity : max(wordSeconds, post.words.seconds)
    let limit = min(foundSeconds, wordSeconds)
    due.events = merged(upTo: limit)
    due.reading = nil
    while let held = reading, held.seconds <= limit {
      due.reading = held
      (reading, nextReading) = (nextReading, nil)
    }
    return due
  }

  /// What both have up to `limit`, in the order of time; of two at the same time what was found comes first.
  private mutating func merged(upTo limit: Double) -> [SessionEvent] {
    var due: [SessionEvent] = []
    var (next, word) = (found.startIndex, words.startIndex)
    while true {
      let first = next < found.endIndex && found[next].seconds <= limit ? found[next].seconds : .infinity
      let second = word < words.endIndex && words[word].seconds <= limit ? words[word].seconds : .infinity
      guard min(first, second) < .infinity else { break }
      if first <= second {
        due.append(found[next])
        next += 1
      } else {
        due.append(words[word])
        word += 1
      }
    }
    found.removeFirst(next)
    words.removeFirst(word)
    return due
  }
}
