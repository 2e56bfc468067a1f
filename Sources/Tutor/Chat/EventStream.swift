/// Reads a stream of server-sent events, however its bytes are cut.
///
/// It follows "9.2.6 Interpreting an event stream" of the WHATWG's HTML standard: lines end in LF, CR or CRLF, a byte
/// order mark at the start is skipped, comments and unknown fields are nothing, several `data` lines are joined by line
/// feeds, an event is complete at an empty line. `id` and `retry` serve reconnecting, which an answer never does, and are
/// ignored. Bytes become text only where a line is complete, so a character may be cut anywhere.
///
/// Two things beyond the standard, both for servers in use: a field `error` becomes an event of that name (llama.cpp
/// reported failures so until the autumn of 2025), and what came without its last empty line is handed out by `finish`.
package struct EventStream: Equatable, Sendable {
  /// One event.
  package struct Event: Equatable, Sendable {
    /// Its type, `message` unless the stream names another.
    package var name: String
    /// Its data; may be empty.
    package var data: String

    /// Makes an event.
    package init(name: String = "message", data: String) {
      self.name = name
      self.data = data
    }
  }

  /// The longest line, and the longest data of one event, in bytes.
  package static let lineLimit = 1 << 20

  /// Whether a line or an event was longer than the limit; then nothing more is read.
  package private(set) var isTooLong = false

  private let limit: Int
  private var line: [UInt8] = []
  private var isFirstLine = true
  /// Whether the last line ended in CR, so that a LF that follows belongs to it.
  private var skipsLineFeed = false
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var complaint: String?

  /// Makes a reader that takes lines of at most `lineLimit` bytes.
  package init(lineLimit: Int = EventStream.lineLimit) { limit = lineLimit }

  /// Reads on, and returns the events that are now complete.
  package mutating func read(_ bytes: [UInt8]) -> [Event] {
    var events: [Event] = []
    var rest = bytes[...]
    while !rest.isEmpty, !isTooLong {
      if skipsLineFeed {
        skipsLineFeed = false
        if rest.first == 0x0A { rest = rest.dropFirst() }
      }
      guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
        hold(rest)
        break
      }
      hold(rest[..<end])
      guard !isTooLong else { break }
      skipsLineFeed = rest[end] == 0x0D
      rest = rest[(end + 1)...]
      if let event = endLine() { events.append(event) }
    }
    return events
  }

  /// The event that lacks only its closing empty line when the stream ends, nil where there is none.
  ///
  /// The standard throws it away, for it may be half a one: whoever takes it must see to it that it is whole.
  package mutating func finish() -> Event? {
    guard !isTooLong else { return nil }
    let event = line.isEmpty ? nil : endLine()
    return event ?? dispatch()
  }

  private mutating func hold(_ bytes: ArraySlice<UInt8>) {
    guard line.count + bytes.count <= limit else { return refuse() }
    line += bytes
  }

  private mutating func refuse() {
    isTooLong = true
    (line, data, hasData, complaint) = ([], [], false, nil)
  }

  /// Takes the line that is complete; an empty one completes the event.
  private mutating func endLine() -> Event? {
    var whole = line[...]
    if isFirstLine, whole.starts(with: [0xEF, 0xBB, 0xBF]) { whole = whole.dropFirst(3) }
    isFirstLine = false
    defer { line.removeAll(keepingCapacity: true) }
    guard !whole.isEmpty else { return dispatch() }
    let colon = whole.firstIndex(of: 0x3A) ?? whole.endIndex
    var value = whole[min(colon + 1, whole.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: whole[..<colon], as: UTF8.self) {
    case "data":
      guard data.count + value.count < limit else {
        refuse()
        return nil
      }
      if hasData { data.append(0x0A) }
      data += value
      hasData = true
    case "event": name = String(decoding: value, as: UTF8.self)
    case "error": complaint = String(decoding: value, as: UTF8.self)
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> Event? {
    defer {
      name = ""
      data.removeAll(keepingCapacity: true)
      (hasData, complaint) = (false, nil)
    }
    if let complaint { return Event(name: "error", data: complaint) }
    guard hasData else { return nil }
    return Event(name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self))
  }
}
