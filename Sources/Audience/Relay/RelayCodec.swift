package import NIOCore
import Practice

extension ToRelay {
  /// Writes this with its line break.
  package func write(into out: inout ByteBuffer) {
    switch self {
    case .hello(let wire, let version):
      RelayWire.write("hello", [.init("wire", .count(wire)), .init("version", .string(version))], into: &out)
    case .open(let session): RelayWire.write("open", [.init("session", .string(session))], into: &out)
    case .shut: RelayWire.write("shut", [], into: &out)
    case .to(let visitor, let line): RelayWire.seal("to", visitor, line, into: &out)
    case .close(let visitor, let seconds):
      RelayWire.write(
        "close", [.init("visitor", .count(visitor)), .init("seconds", .rounded(seconds))], into: &out)
    case .ping: RelayWire.write("ping", [], into: &out)
    }
  }

  /// Reads a line without its break; nil where it is none.
  package init?(_ bytes: ByteBuffer) {
    if let (visitor, line) = RelayWire.unseal("to", bytes) {
      self = .to(visitor: visitor, line)
      return
    }
    guard let (kind, json) = RelayWire.fields(bytes) else { return nil }
    switch kind {
    case "hello":
      guard let wire = json["wire"]?.integer else { return nil }
      self = .hello(wire: wire, version: Afterwards.name(json["version"]?.string ?? ""))
    case "open":
      guard let session = json["session"]?.string else { return nil }
      self = .open(session: session)
    case "shut": self = .shut
    case "close":
      guard let visitor = RelayWire.visitor(json) else { return nil }
      self = .close(visitor: visitor, seconds: min(max(json["seconds"]?.double ?? 0, 0), 10))
    case "ping": self = .ping
    default: return nil
    }
  }
}

extension FromRelay {
  /// Writes this with its line break.
  package func write(into out: inout ByteBuffer) {
    switch self {
    case .ready(let ready):
      RelayWire.write(
        "ready",
        [
          .init("wire", .count(ready.wire)), .init("version", .string(ready.version)),
          .init("host", .string(ready.host)), .init("account", .string(ready.account)),
        ], into: &out)
    case .opened(let sockets):
      RelayWire.write("opened", [.init("sockets", .array(sockets.map(JSON.string)))], into: &out)
    case .came(let visitor, let identity):
      let place = identity.place.map { [JSON.Field("place", .string($0))] } ?? []
      RelayWire.write(
        "came",
        [
          .init("visitor", .count(visitor)), .init("uid", .count(Int(identity.uid))),
          .init("account", .string(identity.name)),
        ] + place, into: &out)
    case .line(let visitor, let line): RelayWire.seal("line", visitor, line, into: &out)
    case .took(let visitor, let bytes):
      RelayWire.write("took", [.init("visitor", .count(visitor)), .init("bytes", .count(bytes))], into: &out)
    case .gone(let visitor): RelayWire.write("gone", [.init("visitor", .count(visitor))], into: &out)
    case .pong: RelayWire.write("pong", [], into: &out)
    case .trouble(let words): RelayWire.write("trouble", [.init("words", .string(words))], into: &out)
    }
  }

  /// Reads a line without its break; nil where it is none. The host of who came is left to the reader, who knows it.
  package init?(_ bytes: ByteBuffer) {
    if let (visitor, line) = RelayWire.unseal("line", bytes) {
      self = .line(visitor: visitor, line)
      return
    }
    guard let (kind, json) = RelayWire.fields(bytes), let read = FromRelay(kind, json) else { return nil }
    self = read
  }

  private init?(_ kind: String, _ json: JSON) {
    switch kind {
    case "ready":
      guard let wire = json["wire"]?.integer else { return nil }
      self = .ready(
        RelayReady(
          host: json["host"]?.string ?? "", account: json["account"]?.string ?? "", wire: wire,
          version: json["version"]?.string ?? ""))
    case "opened":
      guard case .array(let sockets)? = json["sockets"], sockets.count <= 8 else { return nil }
      self = .opened(sockets.compactMap { $0.string.map(Afterwards.name) })
    case "pong": self = .pong
    case "trouble": self = .trouble(Afterwards.name(json["words"]?.string ?? ""))
    default:
      guard let visitor = RelayWire.visitor(json), let read = FromRelay(kind, of: visitor, json) else { return nil }
      self = read
    }
  }

  private init?(_ kind: String, of visitor: Int, _ json: JSON) {
    switch kind {
    case "came":
      guard let uid = json["uid"]?.integer.flatMap(UInt32.init(exactly:)), let name = json["account"]?.string else {
        return nil
      }
      let place = json["place"]?.string.map(Afterwards.name)
      self = .came(visitor: visitor, PeerIdentity(uid: uid, name: Afterwards.name(name), place: place))
    case "took":
      guard let bytes = json["bytes"]?.integer, bytes >= 0 else { return nil }
      self = .took(visitor: visitor, bytes: bytes)
    case "gone": self = .gone(visitor: visitor)
    default: return nil
    }
  }
}
