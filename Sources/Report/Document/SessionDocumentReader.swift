import Practice

/// Reads sessions as `SessionDocument` writes them, from bytes that may come in any pieces and from anybody.
///
/// Holds one event at a time. White space between values is taken out, all other bytes of an event stay as they came. An
/// event has to be a JSON object with a time `t` and a `kind`; which kinds there are is not asked. What comes before the
/// events has to come in the order in which it is written; other fields beside them are passed over.
package struct SessionDocumentReader: Sendable {
  /// What may be read at most.
  package struct Limits: Sendable {
    /// Bytes of a value: a session's facts, an event.
    package var valueBytes = EventLine.byteLimit
    /// Events of one session, and sessions of a file.
    package var events = 2_000_000
    package var sessions = 100_000

    /// The limits that are meant for everybody.
    package init() {}
  }

  private enum Place { case between, key, colon, value, afterValue, events, afterEvent }

  private let limits: Limits
  private var place = Place.between
  /// The name of the field whose value comes next, and those that came.
  private var field = ""
  private var hasSchema = false
  private var hasSession = false
  private var hasEvents = false
  /// The value that is being read, without white space; empty between values.
  private var value: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isFirst = true
  private var byte = 0
  private var line = 1
  private var sessions = 0
  private var events = 0

  /// Starts at the beginning of a file.
  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Reads the next bytes and hands over what is complete; stops at the first thing that is wrong.
  package mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ take: (SessionPiece) throws -> Void
  ) throws {
    for next in bytes {
      if value.isEmpty {
        try outside(next, take)
      } else {
        try inside(next, take)
      }
      byte += 1
      if next == 0x0A { line += 1 }
    }
  }

  /// Says that there are no more bytes: a session that was begun must be complete.
  package mutating func finish() throws(SessionDocumentError) {
    guard place == .between, value.isEmpty else { throw error(.cutOff) }
    guard sessions > 0 else { throw error(.malformed("there is no session in it")) }
  }

  private func error(_ cause: SessionDocumentError.Cause) -> SessionDocumentError {
    SessionDocumentError(cause: cause, byte: byte, line: line, session: sessions, events: events)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// A byte that is of no value.
  private mutating func outside(_ next: UInt8, _ take: (SessionPiece) throws -> Void) throws {
    if Self.isBlank(next) { return }
    // A mark of byte order that an editor put before everything.
    if place == .between, byte < 3, [0xEF, 0xBB, 0xBF][byte] == next { return }
    switch (place, next) {
    case (.between, UInt8(ascii: "{")):
      guard sessions < limits.sessions else { throw error(.tooLarge("more than \(limits.sessions) sessions")) }
      (place, isFirst, events) = (.key, true, 0)
      (hasSchema, hasSession, hasEvents) = (false, false, false)
    case (.key, UInt8(ascii: "}")) where isFirst: throw error(.schema(""))
    case (.key, UInt8(ascii: "\"")): begin(next)
    case (.colon, UInt8(ascii: ":")): place = .value
    case (.value, UInt8(ascii: "[")) where field == "events":
      guard hasSession, !hasEvents else { throw error(.malformed("the events come before the session they are of")) }
      (place, isFirst, hasEvents) = (.events, true, true)
    case (.events, UInt8(ascii: "]")) where isFirst: place = .afterValue
    case (.events, UInt8(ascii: "{")), (.value, _): begin(next)
    case (.afterEvent, UInt8(ascii: ",")): (place, isFirst) = (.events, false)
    case (.afterEvent, UInt8(ascii: "]")): place = .afterValue
    case (.afterValue, UInt8(ascii: ",")): (place, isFirst) = (.key, false)
    case (.afterValue, UInt8(ascii: "}")):
      guard hasSchema else { throw error(.schema("")) }
      guard hasEvents else { throw error(.malformed("the session has no events")) }
      place = .between
      try take(.end)
    default: throw error(place == .between && sessions == 0 ? .schema("") : .malformed("this is no JSON of a session"))
    }
  }

  private mutating func begin(_ next: UInt8) {
    value.append(next)
    depth = next == UInt8(ascii: "{") || next == UInt8(ascii: "[") ? 1 : 0
    (isInString, isEscaped) = (next == UInt8(ascii: "\""), false)
  }

  /// A byte of a value.
  private mutating func inside(_ next: UInt8, _ take: (SessionPiece) throws -> Void) throws {
    if value.count >= limits.valueBytes {
      throw error(.tooLarge("an event is longer than \(limits.valueBytes) bytes"))
    }
    if isInString {
      value.append(next)
      if isEscaped {
        isEscaped = false
      } else if next == UInt8(ascii: "\\") {
        isEscaped = true
      } else if next == UInt8(ascii: "\"") {
        isInString = false
        if depth == 0 { try close(take) }
      }
      return
    }
    let isBare = depth == 0
    if isBare, Self.isBlank(next) || ",}]".utf8.contains(next) {
      try close(take)
      return try outside(next, take)
    }
    if Self.isBlank(next) { return }
    value.append(next)
    switch next {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      if depth > JSONGrammar.depthLimit { throw error(.tooLarge("an event is nested too deeply")) }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 { try close(take) }
    default: break
    }
  }

  /// A value is complete.
  private mutating func close(_ take: (SessionPiece) throws -> Void) throws {
    guard JSONGrammar.isValue(value), let text = String(validating: value, as: UTF8.self) else {
      throw error(.malformed("this is no JSON of a session"))
    }
    value.removeAll(keepingCapacity: true)
    switch place {
    case .key:
      (field, place) = (JSON(parsing: text)?.string ?? "", .colon)
    case .events:
      guard let json = JSON(parsing: text), let seconds = json["t"]?.double, seconds >= 0, seconds < 1e7,
        let kind = json["kind"]?.string, !kind.isEmpty, kind.utf8.count <= 64
      else { throw error(.malformed("this is no event: it needs a time \"t\" and a \"kind\"")) }
      events += 1
      guard events <= limits.events else { throw error(.tooLarge("more than \(limits.events) events in a session")) }
      place = .afterEvent
      try take(.event(seconds: seconds, kind: kind, line: text))
    default:
      place = .afterValue
      try close(field: text, take)
    }
  }

  private mutating func close(field text: String, _ take: (SessionPiece) throws -> Void) throws {
    switch field {
    case "schema":
      let name = JSON(parsing: text)?.string ?? ""
      guard name == SessionDocument.schema else { throw error(.schema(name)) }
      hasSchema = true
    case "session":
      guard hasSchema else { throw error(.schema("")) }
      guard !hasSession else { throw error(.malformed("an object has two sessions")) }
      guard let facts = JSON(parsing: text).flatMap(SessionFacts.init) else {
        throw error(.malformed("the session has no id that can be kept (1 to 64 of 0-9, a-z and -)"))
      }
      (hasSession, sessions) = (true, sessions + 1)
      try take(.session(facts))
    case "events": throw error(.malformed("the events are no list"))
    default: break
    }
  }
}
