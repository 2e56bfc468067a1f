import NIOCore
import Practice

/// Who looks after a hub's visitors: their lines tell it what happens to them.
protocol HubVisitorKeeper: AnyObject {
  /// Takes what happens to one.
  func take(_ happening: Attendance.Happening, of visitor: HubVisitor)
  /// Some unsent bytes of one have gone.
  func moved(_ visitor: HubVisitor)
  /// The line of one is over.
  func left(_ visitor: HubVisitor)
}

/// One who is at the door or inside, as the hub has them: their attendance, their line, and how far they are.
///
/// On the thread "audience" alone.
final class HubVisitor: Visitor {
  var attendance: Attendance
  let line: any VisitorLine
  private weak var keeper: (any HubVisitorKeeper)?

  /// Which stream they are sent, and the number of its event that comes next.
  var stream = 0
  var next = 0
  /// Events that were there when they came, and whether those have been sent: before that they are not slow, but late.
  var joinedAt = 0
  var hasPast = false
  /// The version of the wire that is spoken with them.
  var wire = Wire.version
  /// What they can take.
  var takes: Set<Capability> = []
  /// Whether the session is finished, and they are sent the rest of it.
  var isEnding = false
  /// Whether their line is being closed, or is.
  var isClosed = false
  /// The last presence that was sent.
  var presence: Presence?
  /// When some bytes of theirs last went or none waited, when they were last heard, and asked for a sign.
  var movedAt: Double
  var heardAt: Double
  var pingedAt: Double

  init(_ attendance: Attendance, _ line: any VisitorLine, _ keeper: any HubVisitorKeeper, at now: Double) {
    (self.attendance, self.line, self.keeper) = (attendance, line, keeper)
    (movedAt, heardAt, pingedAt) = (now, now, now)
  }

  /// Whether they are inside.
  var isWatching: Bool { attendance.pass != nil }
  /// Whether they count among those who wait for an answer or watch.
  var isInside: Bool { isWatching || attendance.request != nil }

  var lineBytes: Int { attendance.lineBytes }

  func take(_ bytes: ByteBuffer) {
    guard !isClosed else { return }
    let isShort = bytes.readableBytes <= lineBytes
    keeper?.take(.line(isShort ? String(validating: bytes.readableBytesView, as: UTF8.self) : nil), of: self)
  }

  func moved() { keeper?.moved(self) }

  func left() { keeper?.left(self) }
}
