import Practice

/// The wire between a learner and those who look on: one JSON object a line, in both directions. docs/WIRE.md.
package enum Wire {
  /// The version that is spoken, and the oldest that is understood.
  package static let version = 1
  package static let oldest = 1
  /// Bytes of the longest line from a watcher; of the first one, before anybody knows them; and of one to a watcher.
  package static let watcherLineBytes = 8_192
  package static let helloBytes = 2_048
  package static let hubLineBytes = 262_144
  /// Bytes of the longest token or secret.
  package static let secretBytes = 256
  /// Bytes of sound in the longest line of it: some three seconds.
  package static let soundBytes = 98_304

  /// The name of a control line, which `HubLine` and `WatcherLine` may not know: a newer side's. Nil for an event, and
  /// for what is no line at all.
  package static func name(of line: String) -> String? { control(line, limit: hubLineBytes)?.name }

  /// Whether a line that could not be read is a control line of a newer version, to be passed over: one with a name that is
  /// not among those known.
  static func isOfNewer(_ line: String, than names: [String]) -> Bool {
    name(of: line).map { !names.contains($0) } ?? false
  }

  /// The name of a control line and all of it; nil where `line` is none, or longer than `limit` bytes.
  static func control(_ line: String, limit: Int) -> (name: String, json: JSON)? {
    guard line.utf8.count <= limit, let json = JSON(parsing: line, sortsFields: false),
      let name = json["wire"]?.string
    else { return nil }
    return (name, json)
  }

  /// A control line.
  static func text(_ name: String, _ fields: [JSON.Field] = []) -> String {
    JSON.object([.init("wire", .string(name))] + fields).text
  }

  /// A field that is left out where it holds nothing.
  static func known(_ name: String, _ value: JSON) -> [JSON.Field] { value == .null ? [] : [.init(name, value)] }

  /// A field that is left out where it is not so.
  static func flag(_ name: String, _ isSo: Bool) -> [JSON.Field] { isSo ? [.init(name, .bool(true))] : [] }
}

/// What a side can take: capabilities by name, of which each side passes over those it does not know.
package enum Capability: String, CaseIterable, Sendable {
  /// A watcher takes `past`, `glance`, `presence`, `sound` lines.
  case past, glance, presence, sound
  /// A learner takes remarks of these kinds.
  case note, cue, level, drill

  /// Those of a watcher, and those of a learner, in this version.
  package static let watcher: Set<Capability> = [.past, .glance, .presence, .sound]
  package static let learner: Set<Capability> = [.note, .cue, .level, .drill]

  /// The field of a line; always in the same order.
  static func json(_ all: Set<Capability>) -> JSON {
    .array(allCases.filter(all.contains).map { .string($0.rawValue) })
  }

  /// Reads it; `standard` where there is none.
  static func all(in json: JSON?, else standard: Set<Capability>) -> Set<Capability> {
    guard case .array(let names)? = json else { return standard }
    return Set(names.compactMap { $0.string.flatMap(Capability.init) })
  }
}

extension JSON {
  /// The number in here: whole, 0 to 2^53; nil for everything else.
  var number: Int? { integer.flatMap { $0 >= 0 ? $0 : nil } }

  /// The moment in here, in seconds of audio time; nil for everything else.
  var moment: Double? { double.map(Afterwards.seconds) }

  /// The name in here: on one line, bounded, with nothing in it that moves a cursor; nil for everything else.
  var name: String? { string.map(Afterwards.name) }

  /// The token or secret in here, as it came; nil for everything else and for what is too long or empty.
  var secret: String? { string.flatMap { (1...Wire.secretBytes).contains($0.utf8.count) ? $0 : nil } }
}
