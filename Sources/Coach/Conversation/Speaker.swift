import Synchronization
package import Voice

/// The tutor's voice: takes the sentences of a reply as they stream in, and speaks them.
///
/// One thread plays; another makes the next sentence meanwhile, so that no maker, however slow, starves the device.
/// Nothing here makes a caller wait: sentences are put into a queue, and what becomes of them is told by closure, on
/// either of the two threads. What is told of a reply ends with `.finished`, `.stopped` or `.failed`, and nothing of a
/// later one comes before that.
package final class Speaker: Sendable {
  /// What becomes of a reply.
  package typealias News = SpeechNews
  /// Why a reply cannot be spoken.
  package typealias Problem = SpeechProblem

  /// Makes the voice, on the thread that will use it.
  package typealias Making = @Sendable () -> any SpeechMaker

  private let shared = SpeechDesk()
  private let player: SpeechPlayer
  private let making: Making

  /// A speaker that has not opened anything yet.
  ///
  /// - Parameters:
  ///   - device: The ALSA device, as in `default`.
  ///   - settings: How loud and on which side; the rest is the maker's.
  ///   - making: Makes the voice.
  ///   - tell: Told the news, on a thread of the speaker's.
  package init(
    device: String, settings: VoiceSettings, making: @escaping Making, tell: @escaping @Sendable (News) -> Void
  ) {
    self.making = making
    player = SpeechPlayer(device: device, settings: settings, desk: shared, tell: tell)
  }

  deinit { close() }

  /// Opens device and voice before there is anything to say, so that the first sentence need not wait for them.
  package func prepare() { run { $0.wantsDevice = true } }

  /// Speaks a sentence after those before it; the first one after an end or a stop begins a reply.
  package func say(_ sentence: String) { run { $0.add(sentence) } }

  /// Says that the reply has no more sentences.
  package func end() { run { $0.end() } }

  /// Silences the voice within 100 ms and drops what it has not said. Without effect where it says nothing.
  package func stop() { shared.stop(closing: false) }

  /// Silences the voice for good and gives the device back, soon. Never waits.
  package func close() { shared.stop(closing: true) }

  /// The level in dB re full scale of what was written to the device last, heard up to 80 ms later; nil while nothing
  /// is being said.
  package var levelDecibels: Float? { shared.levelDecibels }

  /// Changes the queue and wakes the threads, which start with the first call.
  private func run(_ change: (inout SpeechQueue) -> Void) {
    let mustStart = shared.queue.withLock { queue in
      change(&queue)
      defer { queue.isStarted = true }
      return !queue.isStarted && !queue.isClosed
    }
    if mustStart {
      // The threads keep what they need alive and not the speaker, whose end is what ends them.
      let (player, shared, making) = (player, shared, making)
      let isRunning =
        Worker.start("voice") { player.run() } && Worker.start("voice-maker") { shared.make(with: making()) }
      if !isRunning {
        close()
        player.tell(.failed(.noThread))
      }
    }
    shared.ring()
  }
}
