package import Practice

/// The invitations that a learner has given, as `invitations.json` holds them: everything but the tokens.
package struct InvitationList: Equatable, Sendable {
  /// One of them.
  package struct Entry: Equatable, Sendable {
    package var id: String
    /// What the learner called it: the name in the session's log of who comes by it.
    package var name: String
    package var role: Watcher.Role
    /// Whether who comes by it hears the microphone too.
    package var hears: Bool
    /// The hash of the token's secret.
    package var hash: String
    /// How often it may be used in all, and still.
    package var uses: Int
    package var usesLeft: Int
    /// In milliseconds since 1970.
    package var givenAtMilliseconds: Int
    package var expiresAtMilliseconds: Int

    /// Whether its time is over.
    package func isExpired(at milliseconds: Int) -> Bool { milliseconds >= expiresAtMilliseconds }

    /// Whether somebody is let in by it.
    package func isGood(at milliseconds: Int) -> Bool { usesLeft > 0 && !isExpired(at: milliseconds) }
  }

  /// Why a file cannot be read.
  package enum Problem: Error, Equatable, Sendable {
    case damaged
    case newer
  }

  /// As they were given. One that is used up stays until it expires: who came by it can still be sent away.
  package private(set) var entries: [Entry] = []

  /// Invitations that may stand at a time.
  package static let limit = 64
  /// How long one may hold, in seconds, and how often it may be used.
  package static let longestSeconds = 30 * 86_400
  package static let mostUses = 100
  private static let version = 1

  /// None given.
  package init() {}

  /// Takes one in; false where as many stand as may.
  mutating func add(_ entry: Entry) -> Bool {
    guard entries.count < Self.limit else { return false }
    entries.append(entry)
    return true
  }

  /// Takes out those that expired.
  mutating func sweep(at milliseconds: Int) { entries.removeAll { $0.isExpired(at: milliseconds) } }

  /// Takes out the one called `id`, or all of them; what was taken out.
  mutating func remove(_ id: String?) -> [Entry] {
    let gone = entries.filter { id == nil || $0.id == id }
    entries.removeAll { id == nil || $0.id == id }
    return gone
  }

  /// Uses the invitation once if it is good and still that of this hash; nil where it is not.
  mutating func use(_ id: String, hash: String, at milliseconds: Int) -> Entry? {
    guard let place = entries.firstIndex(where: { $0.id == id && $0.hash == hash }),
      entries[place].isGood(at: milliseconds)
    else { return nil }
    entries[place].usesLeft -= 1
    return entries[place]
  }
}

// MARK: The file

extension InvitationList {
  /// The text of the file.
  package var text: String {
    JSON.object([
      .init("v", .count(Self.version)), .init("invitations", .array(entries.map { $0.json(withHash: true) })),
    ])
    .text
  }

  /// Reads the text of the file. A file with one entry that is none is damaged as a whole: what lets people in is not guessed at.
  package static func read(_ text: String) throws(Problem) -> InvitationList {
    guard let json = JSON(parsing: text), let version = json["v"]?.integer, version >= 1 else { throw .damaged }
    guard version == Self.version else { throw .newer }
    guard case .array(let list)? = json["invitations"], list.count <= limit else { throw .damaged }
    var read = InvitationList()
    read.entries = list.compactMap(Entry.init)
    guard read.entries.count == list.count, Set(read.entries.map(\.id)).count == list.count else { throw .damaged }
    return read
  }
}

extension InvitationList.Entry {
  /// The invitation for machines, and for the file with its hash.
  package func json(withHash: Bool = false) -> JSON {
    .object(
      [
        .init("id", .string(id)), .init("name", .string(name)), .init("role", .string(role.rawValue)),
        .init("hears", .bool(hears)),
      ] + (withHash ? [.init("hash", .string(hash))] : []) + [
        .init("uses", .count(uses)), .init("uses_left", .count(usesLeft)),
        .init("given_at_ms", .count(givenAtMilliseconds)), .init("expires_at_ms", .count(expiresAtMilliseconds)),
      ])
  }

  /// Reads one; nil where anything of it is missing or out of bounds.
  init?(_ json: JSON) {
    guard let id = json["id"]?.string, InvitationToken.isID(id), let name = json["name"]?.string,
      let role = json["role"]?.string.flatMap(Watcher.Role.init), case .bool(let hears)? = json["hears"],
      let hash = json["hash"]?.string, hash.hasPrefix("$6$"), hash.utf8.count <= 160,
      hash.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), let uses = json["uses"]?.integer,
      (1...InvitationList.mostUses).contains(uses), let usesLeft = json["uses_left"]?.integer,
      (0...uses).contains(usesLeft), let given = json["given_at_ms"]?.integer, given >= 0,
      let expires = json["expires_at_ms"]?.integer,
      (given...given + InvitationList.longestSeconds * 1_000).contains(expires)
    else { return nil }
    self.init(
      id: id, name: Self.named(name, role), role: role, hears: hears, hash: hash, uses: uses, usesLeft: usesLeft,
      givenAtMilliseconds: given, expiresAtMilliseconds: expires)
  }

  /// A name as the session's log will have it; `guest` where nothing is left of it.
  static func named(_ name: String, _ role: Watcher.Role) -> String {
    let kept = Watcher(.asked, id: 0, name: name, role: role).name
    return kept.isEmpty ? "guest" : kept
  }
}
