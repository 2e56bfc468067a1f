import Audience
import Glibc
import Practice
import Support
import Synchronization
import Testing

/// A program at the other end of a hub's socket that may send and leave out whatever it likes.
final class Caller {
  private let socket: Int32
  private var gathered: [UInt8] = []
  private var taken = 0
  private(set) var hasEnded = false

  /// Connects to the socket at `path`; nil where nobody takes it.
  init?(_ path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
    socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: Int(patienceSeconds), tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if result != 0 { return nil }
  }

  deinit { close(socket) }

  /// Sends `text` as it is; false where nobody takes it any more.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends bytes as they are.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.send(socket, raw.baseAddress! + sent, raw.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Sends a line.
  @discardableResult
  func say(_ line: WatcherLine) -> Bool { send(line.text + "\n") }

  /// The next line as it came; nil at the end.
  func text() -> String? {
    while true {
      if let end = gathered[taken...].firstIndex(of: 10) {
        defer { taken = end + 1 }
        return String(decoding: gathered[taken..<end], as: UTF8.self)
      }
      var room = [UInt8](repeating: 0, count: 65_536)
      let count = recv(socket, &room, room.count, 0)
      guard count > 0 else {
        hasEnded = true
        return nil
      }
      gathered.removeFirst(taken)
      taken = 0
      gathered += room[..<count]
    }
  }

  /// The next line that is none of the passing ones (readings, presence, pings).
  func line() -> HubLine? {
    while let text = text() {
      switch HubLine(line: text) {
      case .glance?, .presence?, .ping?, nil: continue
      case let line?: return line
      }
    }
    return nil
  }

  /// Reads events until `count` of them have come, or the line is over; and what came last that was none.
  func events(_ count: Int) -> (events: [SessionEvent], last: HubLine?) {
    var (events, last) = ([SessionEvent](), HubLine?.none)
    while events.count < count, let line = line() {
      switch line {
      case .event(let event): events.append(event)
      case .past(let past): events += past
      default: last = line
      }
    }
    return (events, last)
  }

  /// Everything to the end.
  func rest() -> (events: [SessionEvent], last: HubLine?) { events(.max) }
}

/// A hub on a socket of a folder of its own, what it told, and invitations by token.
final class Bench: Sendable, InvitationBook {
  let hub: Hub
  let path: String
  let scratch: Scratch
  private let told: Told

  /// What a hub told, from its own thread.
  final class Told: Sendable {
    let watchers = Mutex<[Watcher]>([])
    let remarks = Mutex<[(Watcher, Int, Remark)]>([])
  }

  /// Invitations that are good for one use each.
  final class Book: InvitationBook {
    private let left: Mutex<[String: Invitation]>
    init(_ invitations: [String: Invitation]) { left = Mutex(invitations) }
    func redeem(_ token: String) -> Invitation? { left.withLock { $0.removeValue(forKey: token) } }
  }

  private let book: Book

  init(
    _ events: [SessionEvent] = [], isPast: Bool = false, invitations: [String: Invitation] = [:],
    _ change: (inout AudienceLimits) -> Void = { _ in }
  ) throws {
    scratch = try Scratch()
    var limits = AudienceLimits()
    change(&limits)
    let told = Told()
    let book = Book(invitations)
    (self.told, self.book) = (told, book)
    hub = try Hub(
      Hub.Opening(session: "s1", learner: "lea", events: events, isPast: isPast),
      at: [SocketPlace(scratch.path("run"), .own)], invitations: book, limits: limits
    ) { news in
      switch news {
      case .watcher(let watcher): told.watchers.withLock { $0.append(watcher) }
      case .remark(let watcher, let number, let remark): told.remarks.withLock { $0.append((watcher, number, remark)) }
      case .failed: break
      }
    }
    path = scratch.path("run/s1.sock")
  }

  func redeem(_ token: String) -> Invitation? { book.redeem(token) }

  var watchers: [Watcher] { told.watchers.withLock { $0 } }
  var remarks: [(from: Watcher, number: Int, remark: Remark)] {
    told.remarks.withLock { $0.map { ($0.0, $0.1, $0.2) } }
  }

  /// `asked 1`, `joined 1`…
  var log: [String] { watchers.map { "\($0.change.rawValue) \($0.id)" + ($0.reason.map { " " + $0 } ?? "") } }

  /// The first request that is open, once there is one.
  func request(_ number: Int = 1) -> Int? {
    var found: [Watcher] = []
    _ = eventually(everySeconds: 0.002) {
      found = watchers.filter { $0.change == .asked }
      return found.count >= number
    }
    return found.count >= number ? found[number - 1].id : nil
  }

  /// Somebody who asked, was let in, and was welcomed.
  func watcher(
    _ role: Watcher.Role = .tutor, _ decision: Hub.Decision = .once, number: Int = 1
  ) throws -> (caller: Caller, welcome: Welcome) {
    let caller = try #require(Caller(path))
    caller.say(.hello(Hello(role: role)))
    try #require(caller.line() == .asked)
    hub.decide(try #require(request(number)), decision)
    return (caller, try welcome(of: caller))
  }

  /// The welcome that comes next, and the number behind it.
  func welcome(of caller: Caller, from number: Int = 0) throws -> Welcome {
    let line = caller.line()
    guard case .welcome(let welcome)? = line else {
      throw SupportError("no welcome but \(String(describing: line).prefix(200))")
    }
    try #require(caller.line() == .from(number))
    return welcome
  }

  /// Somebody who goes on with a watch that was broken.
  func resumed(_ welcome: Welcome, next: Int) throws -> Caller {
    let caller = try #require(Caller(path))
    caller.say(.hello(Hello(role: .tutor, resume: Resume(session: "s1", secret: welcome.secret, next: next))))
    _ = try self.welcome(of: caller, from: next)
    return caller
  }
}

/// Expects the same events; a failure names the first that differs, and not thousands that do not.
func expectSame(
  _ one: some Sequence<SessionEvent>, _ other: some Sequence<SessionEvent>,
  at location: SourceLocation = #_sourceLocation
) {
  let (one, other) = (Array(one), Array(other))
  let place = Array(zip(one, other).prefix { $0 == $1 }).count
  if one.elementsEqual(other) { return }
  Issue.record(
    "\(one.count) events, expected \(other.count); the same up to \(place): \(one.dropFirst(place).prefix(1))",
    sourceLocation: location)
}
