import ArgumentParser
import Audience
import CLinux
import Glibc
import Synchronization

/// `rostrum relay`: opens a learner's sockets on a class host, and carries visitors' lines over standard input and output.
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay", abstract: "Run by `rehearse --publish` at the far end of its line.",
    discussion: """
      It is started on a class host by ssh, for as long as a learner's session is told there. It opens sockets in this
      account's folders and nothing else; who may look on is decided on the learner's own machine.

      Example: rostrum rehearse --publish ssh://class-host
      """)

  mutating func run() throws {
    guard isatty(STDIN_FILENO) == 0, isatty(STDOUT_FILENO) == 0 else {
      throw Failure(.usage, Messages.relayNotTyped)
    }
    let surroundings = try Surroundings.gather()
    // Before there is any other thread, so that sockets are removed whatever ends it.
    let signals = rostrum_signalfd([SIGTERM, SIGHUP, SIGINT], 3)
    let end = RelayEnded()
    let name = RelayReady(host: RelayCommand.hostName, account: Account.name)
    let places = SharePlaces.sockets(surroundings.places, surroundings.settings)
    let relay = Relay(reading: STDIN_FILENO, writing: STDOUT_FILENO, places: places, name: name) { end.put($0) }
    var entries = [signals, end.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while end.ending == nil {
      guard poll(&entries, 2, -1) > 0 else { continue }
      if rostrum_signalfd_read(signals) != 0 { relay.close() }
    }
    if let failure = end.ending.flatMap(Messages.relayEnded) { throw failure }
  }

  /// What this host calls itself.
  private static var hostName: String {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

extension Messages {
  static let relayNotTyped =
    "`rostrum relay` is run by `rostrum rehearse --publish` at the far end of its line; nothing is typed to it."

  /// Why a relay ended; nil where that needs no word.
  static func relayEnded(_ ending: Relay.Ending) -> Failure? {
    switch ending {
    case .closed: nil
    case .silent: Failure(.unavailable, "Nothing was heard from the learner's machine any more.")
    case .displaced: Failure(.unavailable, "Another relay of this account took the place of this one.")
    case .malformed: Failure(.badData, "What came is no line of `rostrum rehearse --publish`.")
    case .version(let version):
      Failure(.unavailable, "rostrum \(version) at the other end speaks another version than \(Rostrum.version) here.")
    }
  }
}

/// Where the end of a relay is left for the main thread.
private final class RelayEnded: Sendable {
  private let kept = Mutex<Relay.Ending?>(nil)
  /// Readable once there is one.
  let descriptor = rostrum_eventfd()

  deinit { close(descriptor) }

  var ending: Relay.Ending? { kept.withLock { $0 } }

  func put(_ ending: Relay.Ending) {
    kept.withLock { $0 = ending }
    rostrum_eventfd_signal(descriptor)
  }
}
