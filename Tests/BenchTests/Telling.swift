import Audience
import Foundation
import Practice
import Support
import Synchronization

/// What a rehearsal tells a hub: a reading each 10 ms, and its events when they are due.
enum Telling {
  /// The events of a reading, words and all, without its end.
  /// - Throws: `SupportError` if there are hardly any.
  static func events(in scratch: Scratch) throws -> [SessionEvent] {
    let sound = try scratch.write(Speech.reading().file, to: "speech.wav")
    let done = try run(
      [RostrumBinary.path, "rehearse", "--input", sound, "--fast", "--json"],
      environment: ["ROSTRUM_HOME": scratch.path("home"), "ROSTRUM_RECOGNISER": "pocketsphinx"])
    let events = done.output.split(separator: "\n").compactMap { EventLine.event(from: String($0)) }
      .filter { if case .ended = $0.kind { false } else { true } }
    guard events.count > 30 else { throw SupportError("hardly an event: \(done)") }
    return events
  }

  /// Tells all `hubs` the same for `length` seconds.
  /// - Returns: how long it took, what it cost this thread, and by how much a reading was told too late.
  static func tell(
    _ hubs: [ToldHub], _ events: [SessionEvent], seconds length: Double
  ) -> (seconds: Double, processor: Double, late: Double) {
    var (next, tick, late) = (0, 0, 0.0)
    let (began, cost) = (now(), threadSeconds())
    while now() - began < length {
      let elapsed = Double(tick) / 100
      let glance = Glance(
        seconds: elapsed, levelDecibels: -30 + 10 * sin(elapsed * 9), shortTermLUFS: -22 + sin(elapsed),
        silenceSeconds: 0, runSeconds: elapsed, syllablesPerSecond: 4 + sin(elapsed / 3), isSpeech: true)
      for hub in hubs { hub.hub.glance(glance) }
      while next < events.count, events[next].seconds <= elapsed {
        for hub in hubs { hub.hub.tell(events[next]) }
        next += 1
      }
      tick += 1
      let ahead = began + Double(tick) / 100 - now()
      if ahead > 0 { letRealTimePass(seconds: ahead) } else { late = max(late, -ahead) }
    }
    return (now() - began, threadSeconds() - cost, late)
  }

  /// Processor seconds of this process.
  static func processSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  private static func threadSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A hub in this process that lets everybody in.
final class ToldHub: Sendable {
  let hub: Hub
  let session: String
  let socket: String
  private let answering: Answering

  /// What answers requests, once there is something to answer with.
  private final class Answering: Sendable {
    let hub = Mutex<Hub?>(nil)
  }

  init(_ session: String, _ events: [SessionEvent], in scratch: Scratch) throws {
    let folder = try scratch.folder("run")
    self.session = session
    let answering = Answering()
    self.answering = answering
    hub = try Hub(
      Hub.Opening(session: session, learner: "learner", events: events), at: [SocketPlace(folder, .own)],
      invitations: NoInvitations()
    ) { news in
      guard case .watcher(let watcher) = news, watcher.change == .asked else { return }
      answering.hub.withLock { $0 }?.decide(watcher.id, .talk)
    }
    socket = "\(folder)/\(session).sock"
    let made = hub
    answering.hub.withLock { $0 = made }
  }

  func close() {
    answering.hub.withLock { $0 = nil }
    hub.close(.ended)
  }
}

private struct NoInvitations: InvitationBook {
  func redeem(_ token: String) -> Invitation? { nil }
}
