package import Practice

/// A line from a watcher to a learner. docs/WIRE.md lists them.
package enum WatcherLine: Equatable, Sendable {
  case hello(Hello)
  /// A remark, with a number that its answer carries.
  case remark(number: Int, Remark)
  /// An answer to `HubLine.ping`.
  case pong
}

/// How a watcher begins: what they can speak, what they ask for, and what lets them in.
package struct Hello: Equatable, Sendable {
  /// The version of the wire, and that of the program.
  package var wire: Int
  package var version: String
  /// The oldest version of the wire that they understand.
  package var oldest: Int
  /// Which lines they take.
  package var takes: Set<Capability>
  /// What they ask for; the learner may give less.
  package var role: Watcher.Role
  package var wantsSound: Bool
  /// An invitation, as the learner gave it to them; nil for who comes by their account.
  package var token: String?
  /// Where a watch that was broken goes on; nil at the first time.
  package var resume: Resume?

  /// Makes one.
  package init(
    role: Watcher.Role, wantsSound: Bool = false, token: String? = nil, resume: Resume? = nil,
    wire: Int = Wire.version, oldest: Int = Wire.oldest, version: String = Beginning.currentVersion,
    takes: Set<Capability> = Capability.watcher
  ) {
    (self.role, self.wantsSound, self.token, self.resume) = (role, wantsSound, token, resume)
    (self.wire, self.oldest, self.version, self.takes) = (wire, oldest, version, takes)
  }
}

/// Where a watch that was broken goes on.
package struct Resume: Equatable, Sendable {
  /// The session, and what its welcome said.
  package var session: String
  package var secret: String
  /// The number of the next event.
  package var next: Int

  /// Makes one.
  package init(session: String, secret: String, next: Int) {
    (self.session, self.secret, self.next) = (session, secret, next)
  }
}

extension WatcherLine {
  /// The names of the lines.
  package static let names = ["hello", "remark", "pong"]

  /// Whether a line that could not be read is one of a newer version, to be passed over.
  static func isOfNewer(_ line: String) -> Bool { Wire.isOfNewer(line, than: names) }

  /// The line, without a line break.
  package var text: String {
    switch self {
    case .hello(let hello): Wire.text("hello", hello.fields)
    case .remark(let number, let remark): Wire.text("remark", [.init("number", .count(number))] + remark.fields)
    case .pong: Wire.text("pong")
    }
  }

  /// Reads a line; nil where it is too long, no line, or one that this version does not know: `Wire.name(of:)` tells
  /// those apart. Everything in it is bounded and safe to show.
  package init?(line: String) {
    guard let (name, json) = Wire.control(line, limit: Wire.watcherLineBytes) else { return nil }
    switch name {
    case "hello":
      guard line.utf8.count <= Wire.helloBytes, let hello = Hello(json) else { return nil }
      self = .hello(hello)
    case "remark":
      guard let number = json["number"]?.number, let remark = Remark(json) else { return nil }
      self = .remark(number: number, remark)
    case "pong": self = .pong
    default: return nil
    }
  }
}

extension Wire {
  /// The version to speak with who said `hello`: the newest that both know; nil where there is none.
  package static func version(with hello: Hello) -> Int? {
    let spoken = min(version, hello.wire)
    return spoken >= max(oldest, hello.oldest) ? spoken : nil
  }
}

extension Hello {
  var fields: [JSON.Field] {
    [
      .init("version", .count(wire)), .init("oldest", .count(oldest)), .init("program", .string(version)),
      .init("takes", Capability.json(takes)), .init("role", .string(role.rawValue)),
    ] + Wire.flag("sound", wantsSound) + Wire.known("token", .text(token))
      + Wire.known("resume", resume.map { .object($0.fields) } ?? .null)
  }

  /// A role that is not known asks for the least; what is no token, or no place to resume at, is no hello.
  init?(_ json: JSON) {
    guard let wire = json["version"]?.number, wire > 0 else { return nil }
    var (token, resume): (String?, Resume?)
    if let given = json["token"], given != .null {
      guard let secret = given.secret else { return nil }
      token = secret
    }
    if let given = json["resume"], given != .null {
      guard let place = Resume(given) else { return nil }
      resume = place
    }
    self.init(
      role: json["role"]?.string.flatMap(Watcher.Role.init) ?? .observer, wantsSound: json["sound"] == .bool(true),
      token: token, resume: resume, wire: wire, oldest: json["oldest"]?.number ?? wire,
      version: json["program"]?.name ?? "", takes: Capability.all(in: json["takes"], else: Capability.watcher))
  }
}

extension Resume {
  var fields: [JSON.Field] {
    [.init("session", .string(session)), .init("secret", .string(secret)), .init("next", .count(next))]
  }

  init?(_ json: JSON) {
    guard let session = json["session"]?.name, let secret = json["secret"]?.secret, let next = json["next"]?.number
    else { return nil }
    self.init(session: session, secret: secret, next: next)
  }
}
