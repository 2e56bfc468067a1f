package import Audience
import CLinux
import Glibc
import Practice
import Synchronization

/// A session told on a class host too, over the learner's own ssh: connected before the screen opens, and again by itself
/// whenever the line breaks.
///
/// Nothing is kept here: what watchers missed meanwhile, the hub has, and they go on where they were.
package final class Publishing: Sendable {
  /// How it is with the line.
  package enum State: Equatable, Sendable {
    /// There is none yet.
    case connecting
    case connected
    /// The relay's sockets are open; whether tutors of that host reach them, or the learner's own account there alone.
    case shared(reachesTutors: Bool)
    /// The relay is there, and cannot open its sockets, for this reason; it is tried again.
    case refused(String)
    /// The line broke at this moment (monotonic nanoseconds) and was tried so often since; with what ssh said last.
    case broken(since: Int64, tries: Int, words: String)
    case closed
  }

  private struct Shared {
    var state = State.connecting
    var ready: RelayReady?
    /// Why the present line is over.
    var ending: RelayEnd.Ending?
    var served: (hub: Hub, session: String)?
    var line: RelayEnd?
    var isClosing = false
    /// Whether the thread that keeps the line is there.
    var isKept = false
  }

  /// What the learner calls the host.
  package let host: String
  private let address: PublishAddress
  private let program: String
  private let command: String
  private let shared = Mutex(Shared())
  /// Readable when something became of the line, or is to.
  private let wake = rostrum_eventfd()
  /// Readable when the thread has ended.
  private let finished = rostrum_eventfd()

  /// Makes one; refuses what is no address.
  ///
  /// - Parameter command: What is run at the far end, where `rostrum` is not on the path there.
  package init(
    _ address: String, _ environment: [String: String], command: String = "rostrum relay"
  ) throws(Failure) {
    self.address = try PublishAddress(address)
    host = self.address.host
    program = environment["ROSTRUM_SSH"].flatMap { $0.isEmpty ? nil : $0 } ?? "ssh"
    self.command = command
  }

  deinit { for descriptor in [wake, finished] { Glibc.close(descriptor) } }

  /// How it is at the moment.
  package var state: State { shared.withLock { $0.state } }

  /// What the relay said of itself, once it is there.
  package var relay: RelayReady? { shared.withLock { $0.ready } }

  /// Connects, before the screen opens and before signals are taken: ssh has the terminal and may ask. Refuses in words
  /// where that does not succeed.
  package func connect() throws(Failure) {
    let child = try PublishChild(program, address.words(asks: true, command: command), asks: true)
    begin(child, greetingSeconds: child.hasTerminal ? .infinity : 60)
    while true {
      let (ready, ending) = shared.withLock { ($0.ready, $0.ending) }
      if ready != nil, ending == nil { break }
      if ending != nil || child.ended() != nil { throw give(up: child) }
      child.wait(wake, milliseconds: 250)
    }
    child.hush()
    shared.withLock { ($0.state, $0.isKept) = (.connected, true) }
    guard Worker.start("publish", { self.keep(child) }) else {
      shared.withLock { $0.isKept = false }
      close()
      throw Failure(.io, "No thread could be started.")
    }
  }

  /// Has the hub of a session serve those who come there, now and after each break.
  package func attach(_ hub: Hub, session: String) {
    shared.withLock { shared in
      shared.served = (hub, session)
      shared.line?.serve(hub, session: session)
    }
  }

  /// Has `hub` serve nobody there any more, if it still does: the sockets are closed, the line stays for what comes next.
  package func detach(_ hub: Hub) {
    shared.withLock { shared in
      guard shared.served?.hub === hub else { return }
      shared.served = nil
      if case .shared = shared.state { shared.state = .connected }
      shared.line?.rest()
    }
  }

  /// Sends visitors there away and ends the line; what they are told at last has gone, or two seconds have passed.
  package func close() {
    let (line, isKept) = shared.withLock { shared in
      shared.isClosing = true
      return (shared.line, shared.isKept)
    }
    line?.close(within: 1)
    rostrum_eventfd_signal(wake)
    guard isKept else { return }
    var entry = pollfd(fd: finished, events: Int16(POLLIN), revents: 0)
    poll(&entry, 1, 3_000)
  }
}

extension Publishing {
  /// Speaks over a child that has just been started.
  private func begin(_ child: PublishChild, greetingSeconds: Double = 30) {
    var limits = RelayLimits()
    limits.greetingSeconds = greetingSeconds
    shared.withLock { ($0.ready, $0.ending) = (nil, nil) }
    let line = RelayEnd(reading: child.reading, writing: child.writing, host: host, limits: limits) { [weak self] in
      self?.hear($0)
    }
    shared.withLock { shared in
      shared.line = line
      if let served = shared.served { line.serve(served.hub, session: served.session) }
    }
  }

  private func hear(_ news: RelayEnd.News) {
    shared.withLock { shared in
      switch news {
      case .ready(let ready):
        shared.ready = ready
        if shared.state != .connecting { shared.state = .connected }
      case .opened(let paths):
        shared.state = .shared(reachesTutors: PublishWords.reachTutors(paths, account: shared.ready?.account ?? ""))
      case .trouble(let words): shared.state = .refused(words)
      case .over(let ending): shared.ending = ending
      }
    }
    rostrum_eventfd_signal(wake)
  }

  /// Why it could not be connected; the child is gone by then.
  private func give(up child: PublishChild) -> Failure {
    shared.withLock { $0.line }?.close(within: 0)
    let ending = shared.withLock { $0.ending }
    let end = child.reap(after: ending == .broken ? 2_000 : 200)
    child.takeTerminal()
    return PublishWords.failure(ending, end, host: host, lastLine: child.lastLine, command: command)
  }

  /// Keeps the line, on the thread "publish".
  private func keep(_ first: PublishChild) {
    var child: PublishChild? = first
    var pace = PublishPace()
    while let present = child {
      while shared.withLock({ $0.ending }) == nil { tend(present) }
      let isUp = shared.withLock { $0.ready != nil }
      if isUp { pace = PublishPace() }
      _ = present.reap(after: 500)
      if shared.withLock({ $0.isClosing }) { break }
      child = again(&pace, present.lastLine)
    }
    shared.withLock { $0.state = .closed }
    rostrum_eventfd_signal(finished)
  }

  /// Waits for what becomes of a line; sockets that could not be opened are tried again.
  private func tend(_ child: PublishChild) {
    child.wait(wake, milliseconds: 10_000)
    // What it started in its turn may hold the line's descriptors.
    let hasEnded = child.ended() != nil
    shared.withLock { shared in
      if hasEnded { shared.line?.close(within: 0) }
      if case .refused = shared.state, let served = shared.served {
        shared.line?.serve(served.hub, session: served.session)
      }
    }
  }

  /// Starts another ssh, which asks nothing, after a while; nil where it is to be closed.
  private func again(_ pace: inout PublishPace, _ words: String) -> PublishChild? {
    var (since, last) = (rostrum_monotonic_nanoseconds(), words)
    if case .broken(let before, _, _) = state { since = before }
    while true {
      let isClosing = shared.withLock { shared in
        shared.state = .broken(since: since, tries: pace.tries, words: last)
        return shared.isClosing
      }
      guard !isClosing else { return nil }
      pause(pace.next())
      guard !shared.withLock({ $0.isClosing }) else { return nil }
      do throws(Failure) {
        let child = try PublishChild(program, address.words(asks: false, command: command), asks: false)
        begin(child)
        return child
      } catch { last = error.sentence }
    }
  }

  private func pause(_ seconds: Double) {
    let until = rostrum_monotonic_nanoseconds() + Int64(seconds * 1e9)
    while !shared.withLock({ $0.isClosing }) {
      let left = (until - rostrum_monotonic_nanoseconds()) / 1_000_000
      guard left > 0 else { return }
      var entry = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, Int32(clamping: left)) > 0 { rostrum_eventfd_drain(wake) }
    }
  }
}

/// How long to wait before each try: 1, 2, 4 … 30 seconds.
package struct PublishPace: Equatable, Sendable {
  /// Tries so far.
  package private(set) var tries = 0

  /// Makes one for a line that has just broken.
  package init() {}

  /// Seconds until the next try, which is counted.
  package mutating func next() -> Double {
    defer { tries += 1 }
    return min(Double(1 << min(tries, 5)), 30)
  }
}
