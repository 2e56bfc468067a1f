import Sound
import Synchronization
import Voice

/// The thread that plays what a speaker has made, and tells what becomes of it.
final class SpeechPlayer: Sendable {
  /// What it remembers of the reply that it plays.
  private struct State {
    var playback: Playback?
    var hasSounded = false
    var hasFallenBack = false
  }

  /// The rate at which a device is opened, hertz: espeak-ng's; other sound is converted.
  private static let rate = 22_050
  /// Milliseconds the device is kept without sound, in case more comes.
  private static let idleMilliseconds: Int32 = 10_000
  /// Milliseconds that the next sentence may take before the device is let run dry: less than waits in it.
  private static let gapMilliseconds: Int32 = 60

  let tell: @Sendable (SpeechNews) -> Void
  private let device: String
  private let settings: VoiceSettings
  private let desk: SpeechDesk

  /// A player for one speaker; `run` is its thread.
  init(device: String, settings: VoiceSettings, desk: SpeechDesk, tell: @escaping @Sendable (SpeechNews) -> Void) {
    self.device = device
    self.settings = settings
    self.desk = desk
    self.tell = tell
  }

  /// Plays until the speaker is closed.
  func run() {
    var state = State()
    while true {
      switch desk.queue.withLock({ $0.nextStep() }) {
      case .wait: wait(&state)
      case .open: _ = try? open(&state)
      case .silence:
        state.playback?.resume()
        conclude(&state, .stopped)
      case .play(let made):
        desk.ringMaker()
        play(made, &state)
      case .finish:
        if drain(&state), desk.queue.withLock({ $0.finish() }) { conclude(&state, .finished) }
      case .leave:
        desk.isSounding.store(false, ordering: .releasing)
        desk.queue.withLock { $0.playback = nil }
        state.playback?.close()
        return
      }
    }
  }

  private func play(_ made: SpeechQueue.Made, _ state: inout State) {
    do {
      let sound = try made.sound.get()
      if let fault = sound.fault, !state.hasFallenBack {
        state.hasFallenBack = true
        tell(.fellBack(fault))
      }
      let playback = try open(&state)
      tell(.speaking(made.text))
      desk.isSounding.store(true, ordering: .releasing)
      let isFirst = !state.hasSounded
      state.hasSounded = true
      _ = try playback.write(
        sound.samples, rate: sound.rate, volume: settings.volume, balance: settings.balance
      ) { if isFirst { self.tell(.firstSound) } }
    } catch let error as VoiceError {
      if error.kind != .cancelled { fail(&state, .voice(error)) }
    } catch let error as SoundError {
      // A device that failed is opened anew for the next reply. Closing it may take as long as a sound server hangs, so
      // that comes last.
      fail(&state, .sound(error))
      release(&state)
    } catch {}
  }

  private func fail(_ state: inout State, _ problem: SpeechProblem) {
    if desk.queue.withLock({ $0.giveUp() }) { conclude(&state, .failed(problem)) }
  }

  /// Ends a reply that goes no further.
  private func conclude(_ state: inout State, _ news: SpeechNews) {
    desk.isSounding.store(false, ordering: .releasing)
    (state.hasSounded, state.hasFallenBack) = (false, false)
    tell(news)
  }

  /// Waits for something to do; without sound for long the device is given back.
  private func wait(_ state: inout State) {
    if desk.isSounding.load(ordering: .relaxed) {
      // The next sentence may be all but made: only then is the device let run dry.
      if !desk.waitForPlayer(milliseconds: Self.gapMilliseconds), drain(&state) {
        desk.isSounding.store(false, ordering: .releasing)
      }
    } else if state.playback == nil {
      _ = desk.waitForPlayer(milliseconds: -1)
    } else if !desk.waitForPlayer(milliseconds: Self.idleMilliseconds) {
      release(&state)
    }
  }

  /// Waits until all was heard; false if it was stopped meanwhile.
  private func drain(_ state: inout State) -> Bool {
    guard let playback = state.playback else { return true }
    return (try? playback.drain()) ?? true
  }

  private func open(_ state: inout State) throws(SoundError) -> Playback {
    if let playback = state.playback { return playback }
    let playback = try Playback(device: device, rate: Self.rate)
    state.playback = playback
    desk.queue.withLock { $0.playback = playback }
    return playback
  }

  private func release(_ state: inout State) {
    desk.queue.withLock { $0.playback = nil }
    state.playback?.close()
    state.playback = nil
  }
}
