import Practice

/// Why a value is none of its shape: a clause that can follow its key, and what to do about it.
struct DrillShapeProblem: Error, Equatable {
  var clause: String
  var nextStep: String?

  init(_ clause: String, _ nextStep: String? = nil) {
    self.clause = clause
    self.nextStep = nextStep
  }
}

extension DrillParameter.Shape {
  /// What `value` says, or why it says nothing of this shape.
  func read(_ value: MarkedYAML.Value) -> Result<DrillValue, DrillShapeProblem> {
    do throws(DrillShapeProblem) { return .success(try taken(value)) } catch { return .failure(error) }
  }

  private func taken(_ value: MarkedYAML.Value) throws(DrillShapeProblem) -> DrillValue {
    switch self {
    case .number(let range): .number(try Self.number(try Self.line(value), in: range))
    case .whole(let range): .number(Double(try Self.whole(try Self.line(value), in: range)))
    case .seconds(let range): .number(try Self.seconds(try Self.line(value), in: range))
    case .choice(let choices): .text(try Self.choice(try Self.line(value), of: choices))
    case .text(let limit): .text(try Self.text(try Self.line(value), limit: limit))
    case .texts(let count, let limit):
      .list(
        try Self.items(value, count, "line") { text throws(DrillShapeProblem) in try Self.text(text, limit: limit) }
      )
    case .numbers(let count, let each):
      .list(
        try Self.items(value, count, "number") { text throws(DrillShapeProblem) in
          _ = try Self.number(text, in: each)
          return text
        })
    case .pairs(let count): .list(try Self.items(value, count, "pair", Self.pair))
    }
  }

  // MARK: Single values

  /// The text of a single value.
  private static func line(_ value: MarkedYAML.Value) throws(DrillShapeProblem) -> String {
    switch value {
    case .scalar(let text):
      // Written as an escape it passes the check of the file's own text.
      if text.unicodeScalars.contains(where: { DrillFile.isHidden($0) && $0 != "\n" }) {
        throw DrillShapeProblem("contains a control character", "Take it out.")
      }
      return text
    case .none: throw DrillShapeProblem("has no value")
    case .list, .mapping: throw DrillShapeProblem("is not a single value")
    }
  }

  /// A decimal number, a share also as per cent where none above one is asked for.
  private static func number(
    _ text: String, in range: ClosedRange<Double>
  ) throws(DrillShapeProblem) -> Double {
    var digits = text.trimmingBlanks()
    var unit = 1.0
    if digits.hasSuffix("%"), range.upperBound <= 1 {
      digits = String(digits.dropLast()).trimmingBlanks()
      unit = 0.01
    }
    let isPlain = isPlainNumber(digits.hasPrefix("-") ? String(digits.dropFirst()) : digits)
    guard isPlain, let value = Double(digits), range.contains(value * unit) else {
      throw DrillShapeProblem(
        "\(quoted(text)) is not a number from \(decimal(range.lowerBound)) to \(decimal(range.upperBound))")
    }
    return value * unit
  }

  private static func whole(_ text: String, in range: ClosedRange<Int>) throws(DrillShapeProblem) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw DrillShapeProblem("\(quoted(text)) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private static func seconds(
    _ text: String, in range: ClosedRange<Double>
  ) throws(DrillShapeProblem) -> Double {
    guard let value = DrillFile.seconds(text) else {
      throw DrillShapeProblem("\(quoted(text)) is not a time such as 90s, 1:30 or 2m")
    }
    guard range.contains(value) else {
      throw DrillShapeProblem(
        "\(quoted(text)) is not from \(decimal(range.lowerBound)) to \(decimal(range.upperBound)) seconds")
    }
    return value
  }

  private static func choice(_ text: String, of choices: [String]) throws(DrillShapeProblem) -> String {
    if choices.contains(text) { return text }
    throw DrillShapeProblem(
      "\(quoted(text)) is not one of \(choices.joined(separator: ", "))",
      nearest(to: text, among: choices).map { "Did you mean \($0)?" })
  }

  /// A line of text, blanks made single.
  private static func text(_ text: String, limit: Int) throws(DrillShapeProblem) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if line.isEmpty { throw DrillShapeProblem("has no value") }
    if line.count > limit { throw DrillShapeProblem("is longer than \(limit) characters") }
    return line
  }

  /// Two different words, as in `ship/sheep`.
  private static func pair(_ text: String) throws(DrillShapeProblem) -> String {
    let words = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmingBlanks() }
    func isWord(_ word: String) -> Bool {
      (1...40).contains(word.count) && word.allSatisfy { $0.isLetter || $0 == "'" || $0 == "’" || $0 == "-" }
    }
    guard words.count == 2, words.allSatisfy(isWord), words[0].lowercased() != words[1].lowercased() else {
      throw DrillShapeProblem("\(quoted(text)) is not a pair of words such as ship/sheep")
    }
    return words.joined(separator: "/").lowercased()
  }

  // MARK: Lists

  /// As many items as `count` allows, each read by `read`; a single value is a list of one.
  private static func items(
    _ value: MarkedYAML.Value, _ count: ClosedRange<Int>, _ what: String,
    _ read: (String) throws(DrillShapeProblem) -> String
  ) throws(DrillShapeProblem) -> [String] {
    let values: [MarkedYAML.Value]
    switch value {
    case .list(let list): values = list
    case .scalar: values = [value]
    case .none: throw DrillShapeProblem("has no value")
    case .mapping: throw DrillShapeProblem("is not a list", "Write [a, b], or a line with a dash for each.")
    }
    guard count.contains(values.count) else {
      let many = count.lowerBound == count.upperBound ? "\(count.lowerBound)" : span(count)
      throw DrillShapeProblem(
        "has \(values.count) \(what)\(values.count == 1 ? "" : "s"), not \(many)",
        "Write [a, b], or a line with a dash for each.")
    }
    var items: [String] = []
    for (index, value) in values.enumerated() {
      do throws(DrillShapeProblem) { items.append(try read(try line(value))) } catch {
        if values.count == 1 { throw error }
        throw DrillShapeProblem("\(what) \(index + 1): \(error.clause)", error.nextStep)
      }
    }
    return items
  }

  private static func span(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }
}

extension DrillFile {
  /// Reads `90s`, `1:30`, `2m`, `1m30s`, `1.5m`; a bare number is seconds. Nil for anything else.
  static func seconds(_ text: String) -> Double? {
    let text = text.trimmingBlanks().lowercased()
    if isPlainNumber(text) { return Double(text) }
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    if fields.count == 2 {
      guard fields[0].utf8.count <= 3, fields[1].utf8.count == 2, let minutes = natural(fields[0]),
        let seconds = natural(fields[1]), seconds < 60
      else { return nil }
      return Double(minutes * 60 + seconds)
    }
    var (total, smallest, rest) = (0.0, Double.infinity, text[...])
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard isPlainNumber(String(digits)), let number = Double(digits), let size = units[String(unit)], size < smallest
      else { return nil }
      total += number * size
      smallest = size
    }
    return smallest.isFinite ? total : nil
  }

  private static func natural(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }

  private static let units: [String: Double] = [
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60,
  ]
}
