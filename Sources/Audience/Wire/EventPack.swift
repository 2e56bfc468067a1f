package import Practice

/// Events of the past, many in a line: each kind's field names once, then the values of every event.
///
/// `{"wire":"past","shapes":[["pause","start","end"]],"rows":[[0,12.34,11.9,12.3]]}`: a shape is a kind and its fields in
/// the order of its line; a row is the place of its shape, the event's `t`, and a value for each field. What comes out
/// is what went in, to the byte of its line; lines stand alone.
package enum EventPack {
  /// Shapes and rows of a line, and fields of a shape, at most.
  static let shapeLimit = 256
  static let rowLimit = 4_096
  static let fieldLimit = 128

  /// The lines that hold `events`, none longer than `Wire.hubLineBytes`, in order.
  package static func lines(of events: [SessionEvent]) -> [String] {
    var (lines, pack) = ([String](), Pack())
    for event in events {
      if !pack.add(event, limit: Wire.hubLineBytes) {
        if !pack.isEmpty { lines.append(pack.text) }
        pack = Pack()
        // Alone it has a line of its own, however long: an event that is read is far shorter.
        _ = pack.add(event, limit: .max)
      }
    }
    return lines + (pack.isEmpty ? [] : [pack.text])
  }

  /// One line of all of them, however long.
  static func text(of events: [SessionEvent]) -> String {
    var pack = Pack()
    for event in events { _ = pack.add(event, limit: .max) }
    return pack.text
  }

  /// The events of a line; nil where anything in it is not as it has to be.
  static func events(in json: JSON) -> [SessionEvent]? {
    guard case .array(let shapeValues)? = json["shapes"], case .array(let rows)? = json["rows"],
      shapeValues.count <= shapeLimit, rows.count <= rowLimit
    else { return nil }
    var (shapes, events) = ([Shape](), [SessionEvent]())
    for value in shapeValues {
      guard let shape = Shape(value) else { return nil }
      shapes.append(shape)
    }
    events.reserveCapacity(rows.count)
    for row in rows {
      guard case .array(let values) = row, let place = values.first?.number, place < shapes.count,
        let event = shapes[place].event(values)
      else { return nil }
      events.append(event)
    }
    return events
  }
}

/// A kind of event and the names of its fields, without the version of this day, the time and the kind itself.
private struct Shape: Hashable {
  var kind: String
  var names: [String]

  init(kind: String, names: [String]) { (self.kind, self.names) = (kind, names) }

  init?(_ json: JSON) {
    guard case .array(let values) = json, let kind = values.first?.string, values.count <= EventPack.fieldLimit else {
      return nil
    }
    let names = values.dropFirst().compactMap(\.string)
    // Names twice, or such as make another line of it, are nobody's work but an enemy's.
    guard names.count == values.count - 1, Set(names).count == names.count,
      !names.contains(where: { ["t", "kind", "wire"].contains($0) })
    else { return nil }
    self.init(kind: kind, names: names)
  }

  var json: JSON { .array([.string(kind)] + names.map(JSON.string)) }

  /// The event of a row: place of the shape, time, values.
  func event(_ values: [JSON]) -> SessionEvent? {
    guard values.count == names.count + 2 else { return nil }
    var fields = [JSON.Field("t", values[1]), JSON.Field("kind", .string(kind))]
    fields.reserveCapacity(values.count + 1)
    for (name, value) in zip(names, values.dropFirst(2)) { fields.append(JSON.Field(name, value)) }
    return EventLine.event(from: .object(fields))
  }
}

/// A line of the past that is being made.
private struct Pack {
  private var places: [Shape: Int] = [:]
  private var shapes = ""
  private var rows = ""
  private var rowCount = 0

  var isEmpty: Bool { rowCount == 0 }
  var text: String { #"{"wire":"past","shapes":["# + shapes + #"],"rows":["# + rows + "]}" }

  /// Puts `event` to the others; false, and nothing is changed, where the line would be longer than `limit` bytes.
  mutating func add(_ event: SessionEvent, limit: Int) -> Bool {
    guard case .object(let all) = EventLine.json(of: event), rowCount < EventPack.rowLimit || limit == .max else {
      return false
    }
    let fields = all.filter { field in
      switch field.name {
      case "t", "kind": false
      case "v": field.value != .count(EventLine.version)
      default: true
      }
    }
    let shape = Shape(kind: EventLine.kindName(of: event), names: fields.map(\.name))
    let place = places[shape] ?? places.count
    let isNew = place == places.count
    let row = JSON.array([.count(place), .rounded(event.seconds)] + fields.map(\.value)).text
    let head = isNew ? shape.json.text : ""
    guard limit == .max || place < EventPack.shapeLimit,
      limit == .max || shapes.utf8.count + rows.utf8.count + row.utf8.count + head.utf8.count + 64 <= limit
    else { return false }
    if isNew {
      places[shape] = place
      shapes += (shapes.isEmpty ? "" : ",") + head
    }
    rows += (rows.isEmpty ? "" : ",") + row
    rowCount += 1
    return true
  }
}
