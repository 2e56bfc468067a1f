import CLinux
import Glibc
import Sound
import Synchronization
import Voice

/// The sentences of a speaker: which are to be made, which wait to be played, and whose turn it is.
///
/// A reply is a number. `stop` is a line drawn under a number: whatever belongs to it or to one before is dropped,
/// wherever it is met, even if it was being made when the line was drawn.
struct SpeechQueue {
  /// A sentence that was made, or the reason why it was not.
  struct Made: Sendable {
    var reply: Int
    var text: String
    var sound: Result<SpokenSound, VoiceError>
  }

  /// What the thread that plays has to do next.
  enum Step {
    case wait
    case open
    case silence
    case play(Made)
    case finish
    case leave
  }

  /// Sentences of the reply that wait to be made.
  private(set) var texts: [String] = []
  private(set) var made: [Made] = []
  /// The reply that goes on or was the last one, and the last one that was stopped.
  private(set) var reply = 0
  private var stopped = 0
  private var isMaking = false
  /// Whether a reply goes on, and whether all its sentences are there.
  private var isActive = false, isEnded = false
  /// Whether a stop has to be carried out.
  private var mustSilence = false
  /// Whether the device shall be opened before there is sound.
  var wantsDevice = false
  var isStarted = false, isClosed = false
  var playback: Playback?

  /// Whether what belongs to this reply is dropped.
  func isDropped(_ reply: Int) -> Bool { reply <= stopped || isClosed }

  /// Puts a sentence at the end.
  mutating func add(_ sentence: String) {
    begin()
    guard texts.count < Limits.spokenSentences else { return }
    texts.append(sentence)
  }

  /// No more sentences come.
  mutating func end() {
    begin()
    isEnded = true
  }

  private mutating func begin() {
    guard !isActive || isEnded else { return }
    // A reply that goes on after its end is the same one: only its end is taken back.
    if !isActive { reply += 1 }
    (isActive, isEnded) = (true, false)
  }

  /// Drops the reply that goes on; false where there is none.
  mutating func stop() -> Bool {
    guard isActive else { return false }
    drop()
    mustSilence = true
    return true
  }

  /// Drops the reply that goes on because it cannot be spoken; false where a stop was faster, which then ends it.
  mutating func giveUp() -> Bool {
    guard !mustSilence else { return false }
    drop()
    return true
  }

  private mutating func drop() {
    stopped = reply
    (isActive, isEnded) = (false, false)
    texts.removeAll()
    made.removeAll()
  }

  /// The next sentence to be made, where there is room for it.
  mutating func nextText(ahead: Int) -> (reply: Int, text: String)? {
    guard !isMaking, made.count < ahead, !texts.isEmpty else { return nil }
    isMaking = true
    return (reply, texts.removeFirst())
  }

  /// Puts in what came of the sentence.
  mutating func put(_ next: Made) {
    isMaking = false
    if !isDropped(next.reply) { made.append(next) }
  }

  private var isAllSaid: Bool { isActive && isEnded && texts.isEmpty && made.isEmpty && !isMaking }

  /// Ends the reply, all of which was heard; false where it was stopped or went on meanwhile.
  mutating func finish() -> Bool {
    guard isAllSaid else { return false }
    (isActive, isEnded) = (false, false)
    return true
  }

  /// What the thread that plays has to do next; what is told is taken out.
  mutating func nextStep() -> Step {
    if isClosed { return .leave }
    if mustSilence {
      mustSilence = false
      return .silence
    }
    if !made.isEmpty { return .play(made.removeFirst()) }
    if isAllSaid { return .finish }
    if wantsDevice {
      wantsDevice = false
      return .open
    }
    return .wait
  }
}

/// What a speaker and its two threads share.
final class SpeechDesk: Sendable {
  /// Sentences made ahead of the one that is played.
  private static let sentencesAhead = 1

  let queue = Mutex(SpeechQueue())
  let isSounding = Atomic<Bool>(false)
  private let makerBell = rostrum_eventfd(), playerBell = rostrum_eventfd()

  deinit { [makerBell, playerBell].forEach { Glibc.close($0) } }

  /// Wakes both threads.
  func ring() { [makerBell, playerBell].forEach { rostrum_eventfd_signal($0) } }

  /// Drops the reply that goes on, and with `closing` all that may come.
  func stop(closing: Bool) {
    let playback = queue.withLock { queue in
      let isStopped = queue.stop()
      queue.isClosed = queue.isClosed || closing
      // The flag is lowered where the stop is carried out: without one to carry out it must not be raised.
      return isStopped || closing ? queue.playback : nil
    }
    playback?.stop()
    ring()
  }

  /// The level of what was written last; nil while nothing is being said.
  var levelDecibels: Float? {
    guard isSounding.load(ordering: .acquiring) else { return nil }
    return queue.withLock { $0.playback }?.levelDecibels
  }

  /// Waits until the player is woken; false after so many milliseconds, negative for ever.
  func waitForPlayer(milliseconds: Int32) -> Bool { wait(playerBell, milliseconds) }

  /// The thread that makes sentences: one ahead of what is played.
  func make(with maker: any SpeechMaker) {
    maker.prepare()
    while !queue.withLock({ $0.isClosed }) {
      guard let (reply, text) = queue.withLock({ $0.nextText(ahead: Self.sentencesAhead) }) else {
        _ = wait(makerBell, -1)
        continue
      }
      let sound: Result<SpokenSound, VoiceError>
      do throws(VoiceError) {
        sound = .success(try maker.make(text, isCancelled: { self.queue.withLock { $0.isDropped(reply) } }))
      } catch {
        sound = .failure(error)
      }
      queue.withLock { $0.put(SpeechQueue.Made(reply: reply, text: text, sound: sound)) }
      rostrum_eventfd_signal(playerBell)
    }
  }

  /// Wakes the thread that makes sentences: there is room for one more.
  func ringMaker() { rostrum_eventfd_signal(makerBell) }

  private func wait(_ bell: Int32, _ milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return false }
    rostrum_eventfd_drain(bell)
    return true
  }
}
