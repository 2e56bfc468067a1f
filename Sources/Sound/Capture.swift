import CLinux
import Glibc
import Synchronization

/// A source of sound being listened to: a microphone, a recording, a stream, or made-up sound.
///
/// Whatever it is, it comes through one ring at the source's own rate, and readers take it from there. What happens to
/// the source never ends a session: a microphone that fails is brought back, and what was lost is told as a gap. Audio
/// time 0 is the first sample.
package final class Capture: Sendable {
  /// Rates a raw stream or a generator may have, hertz.
  package static let rates = SoundFormat.rates
  /// How long `stop` waits for the thread, milliseconds.
  static let stopMilliseconds = 300

  let ring: SampleRing
  private let opened: OpenedSource
  private let work = Mutex(Work.ready)

  private enum Work: Sendable {
    case ready
    case running(SoundThread)
    case done
  }

  /// Opens the source; nothing flows before `start`.
  ///
  /// - Parameters:
  ///   - request: Where sound is to come from.
  ///   - periodMilliseconds: How often a microphone is read, 1...1000.
  ///   - ringSeconds: How far a reader may fall behind a microphone, 0.1...600.
  package init(_ request: SourceRequest, periodMilliseconds: Int = 10, ringSeconds: Double = 8) throws(SoundError) {
    opened = try OpenedSource(request, periodMilliseconds: periodMilliseconds, ringSeconds: ringSeconds)
    ring = opened.ring
  }

  deinit { stop() }

  /// What the source is; the device's name changes if it came back as another.
  package var description: SourceDescription {
    var description = opened.description
    if let name = opened.status.nameInUse.withLock({ $0 }) { description.name = name }
    switch opened.status.priority.load(ordering: .relaxed) {
    case 1: description.hasRealtimePriority = false
    case 2: description.hasRealtimePriority = true
    default: break
    }
    return description
  }

  /// Adds a reader; made before `start` it hears everything, later what comes from then on. Eight at most.
  package func makeReader() -> SampleReader { SampleReader(ring) }

  /// Lets sound flow. A second call does nothing.
  package func start() {
    work.withLock { work in
      guard case .ready = work else { return }
      do throws(SoundError) {
        work = .running(try SoundThread(name: opened.threadName, body: opened.body))
      } catch {
        work = .done
        opened.giveUp(error)
      }
    }
  }

  /// Pauses or goes on: while paused, audio time stands still for every reader.
  package func hold(_ on: Bool) {
    opened.status.holding.store(on, ordering: .releasing)
    opened.status.interrupt()
  }

  /// Ends the source within about 0.3 s, whatever the sound system does. A second call does nothing.
  ///
  /// Readers still get what was captured before.
  package func stop() {
    opened.status.stopping.store(true, ordering: .releasing)
    opened.status.interrupt()
    let before = work.withLock { work in
      defer { work = .done }
      return work
    }
    switch before {
    case .ready: opened.giveUp(nil)
    case .running(let thread):
      // A thread that libasound keeps for longer ends by itself; to the readers it is over now.
      if !thread.join(milliseconds: Self.stopMilliseconds) { ring.end() }
    case .done: break
    }
  }

  /// How it is going; cheap enough to ask for at every frame.
  package var state: CaptureState {
    let status = opened.status
    if ring.ended.load(ordering: .acquiring) { return .ended(status.endError.withLock { $0 }) }
    let since = status.failingSince.load(ordering: .acquiring)
    if since != 0 {
      return .recovering(code: status.failureCode.load(ordering: .relaxed), sinceNanoseconds: since)
    }
    if let since = status.silentSince(at: rostrum_monotonic_nanoseconds()) {
      return .recovering(code: 0, sinceNanoseconds: since)
    }
    return status.isHeld ? .held : .running
  }

  /// Frames of audio time lost so far, at the source's rate.
  package var lostFrames: Int { Int(clamping: ring.lostTotal.load(ordering: .relaxed)) }
}
