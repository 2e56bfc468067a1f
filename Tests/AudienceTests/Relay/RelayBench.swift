import Audience
import Glibc
import NIOCore
import Support
import Synchronization

/// A line of a visitor to a relay as a test has it: what was written waits until the test lets it go.
// SAFETY: used on the thread "audience" alone.
final class HeldLine: VisitorLine, @unchecked Sendable {
  private(set) var sent = ByteBuffer()
  private(set) var waiting = ByteBuffer()
  private(set) var isClosed = false
  var isStuck = false
  var visitor: (any Visitor)?

  var unsentBytes: Int { waiting.readableBytes }

  func write(_ bytes: ByteBuffer) {
    var bytes = bytes
    waiting.writeBuffer(&bytes)
    if !isStuck { release() }
  }

  func release() {
    isStuck = false
    sent.writeBuffer(&waiting)
    waiting = ByteBuffer()
    visitor?.moved()
  }

  func close(within seconds: Double) {
    guard !isClosed, waiting.readableBytes == 0 || seconds == 0 else { return }
    hangUp()
  }

  func hangUp() {
    guard !isClosed else { return }
    isClosed = true
    let visitor = self.visitor
    self.visitor = nil
    visitor?.left()
  }

  func say(_ text: String) { visitor?.take(ByteBuffer(string: text)) }
}

/// A visitor as the learner's side sees them.
// SAFETY: used on the thread "audience" alone.
final class HeardVisitor: Visitor, @unchecked Sendable {
  let identity: PeerIdentity
  let line: any VisitorLine
  var heard: [String] = []
  var hasLeft = false
  var moves = 0
  let lineBytes = 2_048

  init(_ identity: PeerIdentity, _ line: any VisitorLine) { (self.identity, self.line) = (identity, line) }

  func take(_ line: ByteBuffer) { heard.append(String(buffer: line)) }
  func moved() { moves += 1 }
  func left() { hasLeft = true }
}

/// Both ends of a line in one process, with doors and visitors that a test has in its hands.
final class RelayBench: Sendable {
  /// What is there; on the thread "audience" alone.
  // SAFETY: reached through `on` alone.
  final class Facts: @unchecked Sendable {
    var visitors: [HeardVisitor] = []
    var admit: AdmitVisitor?
    var opened: [String] = []
    var closed: [String] = []
    /// What is thrown at the next tries to open.
    var troubles: [AudienceError] = []

    func open(_ session: String, _ admit: @escaping AdmitVisitor) throws(AudienceError) -> any RelayDoors {
      if !troubles.isEmpty { throw troubles.removeFirst() }
      opened.append(session)
      self.admit = admit
      return HeldDoors(session, self)
    }
  }

  private final class HeldDoors: RelayDoors {
    let paths: [String]
    private let facts: Facts
    init(_ session: String, _ facts: Facts) { (paths, self.facts) = (["/run/\(session).sock"], facts) }
    func close() { facts.closed.append(paths[0]) }
  }

  let facts = Facts()
  let heard: Pocket<RelayEnd.News>
  let ended: Pocket<Relay.Ending>
  let near: RelayEnd
  let far: Relay

  init(limits: RelayLimits = RelayLimits(), bounds: AudienceLimits = AudienceLimits()) throws {
    let (down, up) = (try RelayBench.pair(), try RelayBench.pair())
    let (facts, news, ending) = (facts, Pocket<RelayEnd.News>(), Pocket<Relay.Ending>())
    (self.heard, self.ended) = (news, ending)
    far = Relay(
      reading: down.1, writing: up.1, places: [], name: RelayReady(host: "class-host", account: "anna"), limits: limits,
      bounds: bounds, doors: { session, _, admit throws(AudienceError) in try facts.open(session, admit) },
      ended: { ending.put($0) })
    near = RelayEnd(reading: up.0, writing: down.0, host: "class", limits: limits) { news.put($0) }
  }

  deinit {
    near.close(within: 0)
    far.close()
  }

  /// Runs `body` on the thread "audience".
  func on<Value: Sendable>(_ body: @escaping @Sendable (Facts) throws -> Value) throws -> Value {
    try AudienceLoop.loop.submit { [facts] in try body(facts) }.wait()
  }

  /// Waits until something is so on the thread "audience".
  func comes(_ what: @escaping @Sendable (Facts) -> Bool) -> Bool {
    eventually(within: 10) { (try? self.on { what($0) }) ?? false }
  }

  /// Serves a session with visitors that are heard.
  func serve(_ session: String = "abcd1234") throws {
    let facts = facts
    near.serve(session) { identity, line in
      let visitor = HeardVisitor(identity, line)
      facts.visitors.append(visitor)
      return visitor
    }
    guard comes({ $0.opened.last == session }) else { throw SupportError("no doors") }
  }

  /// Somebody comes to a door and says `text`.
  func come(_ name: String = "beck", uid: UInt32 = 1_002, saying text: String? = "hello") throws -> HeldLine {
    try on { facts in
      let line = HeldLine()
      line.visitor = facts.admit?(PeerIdentity(uid: uid, name: name, place: "pts/3"), line)
      if let text { line.say(text) }
      return line
    }
  }

  static func pair() throws -> (Int32, Int32) {
    var both: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &both) == 0 else {
      throw SupportError("no socketpair", errno)
    }
    return (both[0], both[1])
  }
}

/// Things that come on another thread, in order.
final class Pocket<Thing: Sendable>: Sendable {
  private let things = Mutex<[Thing]>([])
  func put(_ thing: Thing) { things.withLock { $0.append(thing) } }
  var all: [Thing] { things.withLock { $0 } }
}
