package import NIOCore
import Practice

/// A line from a learner's machine to a relay. docs/WIRE.md lists them.
///
/// A visitor's own lines go through as they are, last in their envelope: they are neither read nor written again.
package enum ToRelay: Equatable, Sendable {
  /// The first line: what the learner's program speaks, and its version.
  case hello(wire: Int, version: String)
  /// Opens the sockets of a session, and closes those of another one.
  case open(session: String)
  /// Closes the sockets; visitors are sent away.
  case shut
  /// A line for a visitor, without its break.
  case to(visitor: Int, ByteBuffer)
  /// Ends a visitor's line when all has gone, and anyhow after so many seconds.
  case close(visitor: Int, seconds: Double)
  case ping
}

/// A line from a relay to the learner's machine.
package enum FromRelay: Equatable, Sendable {
  /// The first line: what the relay is.
  case ready(RelayReady)
  /// The sockets of the session that was to be opened.
  case opened([String])
  /// Somebody said their first line; who they are, by the kernel there.
  case came(visitor: Int, PeerIdentity)
  /// A line of a visitor, without its break.
  case line(visitor: Int, ByteBuffer)
  /// Bytes that a visitor's socket has taken since they came, breaks of lines among them.
  case took(visitor: Int, bytes: Int)
  case gone(visitor: Int)
  /// An answer to `ToRelay.ping`.
  case pong
  /// Why sockets could not be opened, or why the relay ends.
  case trouble(String)
}

/// What a relay says of itself.
package struct RelayReady: Equatable, Sendable {
  /// The version of the envelopes, and that of the program.
  package var wire: Int
  package var version: String
  /// The host as it calls itself, and the account that the relay runs under.
  package var host: String
  package var account: String

  /// Makes one; texts are made safe and bounded.
  package init(
    host: String, account: String, wire: Int = RelayWire.version, version: String = Beginning.currentVersion
  ) {
    (self.wire, self.version) = (wire, Afterwards.name(version))
    (self.host, self.account) = (Afterwards.name(host), Afterwards.name(account))
  }
}

/// The wire between a learner's machine and a relay: a line of a visitor in an envelope, one JSON object a line.
package enum RelayWire {
  /// The version that is spoken; another one is told in words and left.
  package static let version = 1
  /// Bytes that an envelope adds to a line at most.
  package static let envelopeBytes = 128
  /// Bytes of the longest line to a relay, and of one from it: a visitor's line that is too long comes with one byte
  /// more than it may have.
  package static let toRelayBytes = Wire.hubLineBytes + envelopeBytes
  package static let fromRelayBytes = Wire.watcherLineBytes + 1 + envelopeBytes
  /// Bytes of the longest line that is no envelope.
  package static let controlBytes = 4_096
  /// The largest number of a visitor.
  package static let visitors = 1_000_000_000

  /// What a relay that takes another's place says to its socket; only from the same account.
  package static let yield = "{\"relay\":\"yield\"}"

  /// Writes an envelope: a visitor's line behind its number, as it is.
  static func seal(_ kind: StaticString, _ visitor: Int, _ line: ByteBuffer, into out: inout ByteBuffer) {
    out.writeString("{\"relay\":\"\(kind)\",\"visitor\":\(visitor),\"line\":")
    out.writeImmutableBuffer(line)
    out.writeString("}\n")
  }

  /// The visitor and the line in an envelope; nil where `bytes` is none of this kind.
  static func unseal(_ kind: StaticString, _ bytes: ByteBuffer) -> (visitor: Int, line: ByteBuffer)? {
    var rest = bytes
    guard pass("{\"relay\":\"\(kind)\",\"visitor\":", in: &rest) else { return nil }
    var (visitor, digits) = (0, 0)
    while let byte = rest.getInteger(at: rest.readerIndex, as: UInt8.self), byte &- 0x30 < 10, digits < 10 {
      (visitor, digits) = (visitor * 10 + Int(byte - 0x30), digits + 1)
      rest.moveReaderIndex(forwardBy: 1)
    }
    guard digits > 0, visitor <= visitors, pass(",\"line\":", in: &rest), rest.readableBytes >= 1,
      rest.getInteger(at: rest.writerIndex - 1, as: UInt8.self) == UInt8(ascii: "}"),
      let line = rest.getSlice(at: rest.readerIndex, length: rest.readableBytes - 1)
    else { return nil }
    return (visitor, line)
  }

  private static func pass(_ text: String, in bytes: inout ByteBuffer) -> Bool {
    guard let start = bytes.getSlice(at: bytes.readerIndex, length: text.utf8.count),
      start.readableBytesView.elementsEqual(text.utf8)
    else { return false }
    bytes.moveReaderIndex(forwardBy: text.utf8.count)
    return true
  }

  /// The fields of a line that is no envelope, and its kind; nil where it is none of a relay.
  static func fields(_ bytes: ByteBuffer) -> (kind: String, json: JSON)? {
    guard bytes.readableBytes <= controlBytes, let json = JSON(parsing: String(buffer: bytes)),
      let kind = json["relay"]?.string
    else { return nil }
    return (kind, json)
  }

  /// Writes a line that is no envelope.
  static func write(_ kind: String, _ fields: [JSON.Field], into out: inout ByteBuffer) {
    out.writeString(JSON.object([JSON.Field("relay", .string(kind))] + fields).text + "\n")
  }

  /// The number of a visitor, nil where there is none.
  static func visitor(_ json: JSON) -> Int? {
    json["visitor"]?.integer.flatMap { (0...visitors).contains($0) ? $0 : nil }
  }
}
