/// A JSON value, for the event line and everything else Rostrum prints for machines.
///
/// Objects keep the order they were made in, so that a line reads the same each time; an object that was read keeps
/// its fields sorted by name. Numbers are doubles: nothing in an event is larger than 2^53.
package enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Field])

  /// One name and its value.
  package struct Field: Equatable, Sendable {
    package var name: String
    package var value: JSON

    /// Makes a field.
    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The number, rounded to `places` decimals; null where there is none or it is not finite.
  package static func rounded(_ value: Double?, _ places: Int = 3) -> JSON {
    guard let value, value.isFinite else { return .null }
    return .number(value.rounded(places: places))
  }

  /// A whole number.
  package static func count(_ value: Int) -> JSON { .number(Double(value)) }

  /// A string, or null.
  package static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

  /// The value of the field `name`, nil where this is no object or lacks it.
  package subscript(name: String) -> JSON? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The finite number in here, nil for everything else.
  package var double: Double? {
    guard case .number(let value) = self, value.isFinite else { return nil }
    return value
  }

  /// The whole number in here, nil where it is none or beyond 2^53.
  package var integer: Int? {
    guard let double, abs(double) <= 9_007_199_254_740_992 else { return nil }
    return Int(double)
  }

  /// The count in here: whole, held within 0 to a million, 0 for everything else; so sums of counts cannot overflow.
  package var countInHere: Int { integer.map { Swift.min(Swift.max($0, 0), 1_000_000) } ?? 0 }

  /// The text in here, nil for everything else.
  package var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The truth value in here, nil for everything else.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }
}

extension JSON {
  /// This value as JSON text on one line: no line break, no control character, numbers as short as they can be.
  package var text: String {
    var out = ""
    write(into: &out)
    return out
  }

  private func write(into out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let value): out += JSON.digits(value)
    case .string(let value): JSON.quote(value, into: &out)
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        value.write(into: &out)
      }
      out += "]"
    case .object(let fields):
      out += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { out += "," }
        JSON.quote(field.name, into: &out)
        out += ":"
        field.value.write(into: &out)
      }
      out += "}"
    }
  }

  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return value.description
  }

  private static func quote(_ value: String, into out: inout String) {
    out += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}

extension Double {
  /// This number rounded to `places` decimals (0 to 6), halves away from zero.
  package func rounded(places: Int) -> Double {
    let scales: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
    let scale = scales[Swift.min(Swift.max(places, 0), 6)]
    // What is rounded to nothing has no sign.
    return (self * scale).rounded() / scale + 0
  }
}
