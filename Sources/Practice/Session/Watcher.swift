/// Somebody who looks on, or who asked to, as the session's log has it.
///
/// Who they are is what the kernel, or the learner's own invitation, says of them; never what they say themselves.
package struct Watcher: Equatable, Sendable {
  /// What they may do.
  package enum Role: String, CaseIterable, Sendable {
    /// Sees the meters.
    case observer
    /// Sees meters and words, sends remarks and cues.
    case tutor
  }

  /// What became of them.
  package enum Change: String, CaseIterable, Sendable {
    /// They ask to watch; the learner has not answered.
    case asked
    case joined
    /// They went, or the line to them did.
    case left
    /// The learner, or a rule, said no.
    case refused
    /// Their time was over.
    case expired
    /// The learner ended it.
    case ended
  }

  package var change: Change
  /// The number of the request within the session, from 1.
  package var id: Int
  /// The account, or what the learner called the invitation.
  package var name: String
  package var role: Role
  /// From where, as the system knows it: a terminal, a host; nil where it does not.
  package var place: String?
  /// Whether they hear the microphone too.
  package var hears: Bool
  /// Why they were refused or had to go, in a few words; nil where that needs none.
  package var reason: String?
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes one; texts are bounded as those of a `Correction`.
  package init(
    _ change: Change, id: Int, name: String, role: Role, place: String? = nil, hears: Bool = false,
    reason: String? = nil, atMilliseconds: Int = 0
  ) {
    self.change = change
    self.id = min(max(id, 0), 1_000_000)
    self.name = Afterwards.name(name)
    self.role = role
    self.place = place.map(Afterwards.name)
    self.hears = hears
    self.reason = reason.map(Afterwards.name)
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

extension Watcher {
  var fields: [JSON.Field] {
    [
      .init("change", .string(change.rawValue)), .init("id", .count(id)), .init("name", .string(name)),
      .init("role", .string(role.rawValue)),
    ] + (place.map { [.init("place", .string($0))] } ?? []) + (hears ? [.init("hears", .bool(true))] : [])
      + (reason.map { [.init("reason", .string($0))] } ?? [])
      + (atMilliseconds > 0 ? [.init("at_ms", .count(atMilliseconds))] : [])
  }

  init?(_ json: JSON) {
    guard let change = json["change"]?.string.flatMap(Change.init), let name = json["name"]?.string,
      let role = json["role"]?.string.flatMap(Role.init)
    else { return nil }
    self.init(
      change, id: json["id"]?.countInHere ?? 0, name: name, role: role, place: json["place"]?.string,
      hears: json["hears"] == .bool(true), reason: json["reason"]?.string,
      atMilliseconds: max(json["at_ms"]?.integer ?? 0, 0))
  }
}

/// Somebody's visit to a session, as its log has it: who asked, whether they were let in, from when until when.
package struct Visit: Equatable, Sendable {
  /// As they were told of last.
  package var watcher: Watcher
  /// Audio times in seconds at which they came and went; nil where they did not, or are still there.
  package var from: Double?
  package var until: Double?
  /// Whether they heard the microphone, at the end or before.
  package var hasHeard = false
}
