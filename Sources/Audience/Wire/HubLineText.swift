import Practice

extension HubLine {
  /// The line, without a line break; of an event the line that it is everywhere.
  ///
  /// A line of the past holds all the events it is given: `EventPack.lines(of:)` cuts them into lines that are read.
  package var text: String {
    switch self {
    case .asked: Wire.text("asked")
    case .welcome(let welcome): Wire.text("welcome", welcome.fields)
    case .refused(let refusal): Wire.text("refused", [.init("reason", .string(refusal.rawValue))])
    case .from(let number): Wire.text("from", [.init("number", .count(number))])
    case .event(let event): EventLine.text(of: event)
    case .past(let events): EventPack.text(of: events)
    case .glance(let glance): Wire.text("glance", glance.fields)
    case .presence(let presence): Wire.text("presence", presence.fields)
    case .answer(let number, let answer): Wire.text("answer", [.init("number", .count(number))] + answer.fields)
    case .sound(let seconds, let bytes):
      Wire.text("sound", [.init("t", .rounded(seconds)), .init("samples", .string(Base64.text(bytes)))])
    case .over(let farewell): Wire.text("over", [.init("reason", .string(farewell.rawValue))])
    case .ping: Wire.text("ping")
    }
  }

  /// Reads a line; nil where it is too long, no line, or one that this version does not know: `Wire.name(of:)` tells
  /// those apart.
  ///
  /// A line with a field `wire` is a control line, any other an event, whose kind may be unknown. What is named in a
  /// control line is bounded and safe to show; texts of events are as anywhere.
  package init?(line: String) {
    if !line.utf8.starts(with: HubLine.controlStart), let event = EventLine.event(from: line), !event.isControl {
      self = .event(event)
      return
    }
    guard let (name, json) = Wire.control(line, limit: Wire.hubLineBytes), let line = HubLine(name, json) else {
      return nil
    }
    self = line
  }

  /// The names of the control lines.
  package static let names = [
    "asked", "welcome", "refused", "from", "past", "glance", "presence", "answer", "sound", "over", "ping",
  ]

  /// Whether a line that could not be read is a control line of a newer version, to be passed over.
  static func isOfNewer(_ line: String) -> Bool { Wire.isOfNewer(line, than: names) }

  /// How every control line of this version begins.
  private static let controlStart = Array(#"{"wire":"#.utf8)

  private init?(_ name: String, _ json: JSON) {
    switch name {
    case "asked": self = .asked
    case "ping": self = .ping
    case "welcome": self.init(Welcome(json).map(HubLine.welcome))
    // Whatever the reason: it is over.
    case "refused": self = .refused(json["reason"]?.string.flatMap(Refusal.init) ?? .declined)
    case "over": self = .over(json["reason"]?.string.flatMap(Farewell.init) ?? .ended)
    case "from": self.init(json["number"]?.number.map(HubLine.from))
    case "past": self.init(EventPack.events(in: json).map(HubLine.past))
    case "glance": self.init(Glance(json).map(HubLine.glance))
    case "presence": self = .presence(Presence(json))
    case "answer":
      guard let number = json["number"]?.number, let answer = Remark.Answer(json) else { return nil }
      self = .answer(number: number, answer)
    case "sound":
      guard let seconds = json["t"]?.moment, let samples = json["samples"]?.string.flatMap(Base64.bytes),
        samples.count <= Wire.soundBytes, samples.count % 2 == 0
      else { return nil }
      self = .sound(seconds: seconds, samples)
    default: return nil
    }
  }

  private init?(_ line: HubLine?) {
    guard let line else { return nil }
    self = line
  }
}

extension SessionEvent {
  /// Whether its line had the field that makes a line a control line.
  fileprivate var isControl: Bool {
    if case .unknown(_, let fields) = kind { return fields.contains { $0.name == "wire" } }
    return extra.contains { $0.name == "wire" }
  }
}

extension Welcome {
  var fields: [JSON.Field] {
    [
      .init("version", .count(wire)), .init("program", .string(Afterwards.name(version))),
      .init("takes", Capability.json(takes)), .init("session", .string(Afterwards.name(session))),
      .init("learner", .string(Afterwards.name(learner))), .init("role", .string(role.rawValue)),
      .init("shares", shares.json), .init("secret", .string(secret)),
    ] + Wire.known("seconds", .rounded(seconds)) + Wire.flag("past", isPast)
  }

  init?(_ json: JSON) {
    guard let wire = json["version"]?.number, wire > 0, let session = json["session"]?.name,
      let learner = json["learner"]?.name, let secret = json["secret"]?.secret
    else { return nil }
    self.init(
      session: session, learner: learner, role: json["role"]?.string.flatMap(Watcher.Role.init) ?? .observer,
      shares: Shares(json["shares"]), seconds: json["seconds"]?.moment, secret: secret,
      isPast: json["past"] == .bool(true), wire: wire, version: json["program"]?.name ?? "",
      takes: Capability.all(in: json["takes"], else: Capability.learner))
  }
}

extension Glance {
  /// Names and units as in the roll-up of a second.
  var fields: [JSON.Field] {
    [
      .init("t", .rounded(seconds, 2)), .init("level_db", .rounded(levelDecibels, 1)),
      .init("short_term_lufs", .rounded(shortTermLUFS, 1)), .init("silent", .rounded(silenceSeconds, 2)),
      .init("run", .rounded(runSeconds, 2)),
    ] + Wire.known("syllables_per_second", .rounded(syllablesPerSecond, 2)) + Wire.flag("speech", isSpeech)
      + Wire.flag("noisy", isTooNoisy)
  }

  init?(_ json: JSON) {
    guard let seconds = json["t"]?.double else { return nil }
    self.init(
      seconds: seconds, levelDecibels: json["level_db"]?.double ?? -100,
      shortTermLUFS: json["short_term_lufs"]?.double ?? -70, silenceSeconds: json["silent"]?.double ?? 0,
      runSeconds: json["run"]?.double ?? 0, syllablesPerSecond: json["syllables_per_second"]?.double,
      isSpeech: json["speech"] == .bool(true), isTooNoisy: json["noisy"] == .bool(true))
  }
}

extension Presence {
  var fields: [JSON.Field] { Wire.known("tutor", .text(tutor?.rawValue)) + Wire.flag("away", isAway) }

  /// What is not known is as if it were not said.
  init(_ json: JSON) {
    self.init(tutor: json["tutor"]?.string.flatMap(Tutor.init), isAway: json["away"] == .bool(true))
  }
}
