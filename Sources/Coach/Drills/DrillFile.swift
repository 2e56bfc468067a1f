package import Practice

/// Reads a drill, `Prompts/drills/NAME.md`: front matter on how it is done and judged, and below it what the learner reads.
///
/// A drill is taken whole or not at all: half an exercise would be measured by rules that its author never wrote. So every
/// complaint is given at once, each with its line and, where there is one, its key.
package enum DrillFile {
  /// What every kind has; parameters of the kind stand beside them.
  package static let keys = [
    "name", "kind", "skill", "version", "length", "level", "language", "measure", "pass",
  ]

  /// The drill in `text`, whose commands call it `id`, or what is wrong with it.
  package static func parse(text: String, id: String, file: String) -> Result<Drill, DrillRefusal> {
    guard text.utf8.count <= Drill.textLimit else {
      let problem = "is larger than \(Drill.textLimit) bytes"
      return .failure(
        DrillRefusal([
          Complaint(
            file: file, line: 1, problem: problem, nextStep: "Make two drills of it, or shorten what is read.")
        ]))
    }
    if let complaint = hidden(text, file: file) { return .failure(DrillRefusal([complaint])) }
    let (front, body) = FrontMatter.split(text)
    guard let front, front.isClosed else {
      let problem = front == nil ? "has no front matter" : "the front matter that starts here is never closed"
      return .failure(
        DrillRefusal([
          Complaint(
            file: file, line: 1, problem: problem,
            nextStep: "Put name, kind and what belongs to it between two lines of three dashes.")
        ]))
    }
    let (document, problems) = MarkedYAML.parse(front.text, file: file, firstLine: 2)
    var reader = DrillReader(file: file, document: document, complaints: problems)
    if let problem = problem(ofID: id) { reader.complain(line: 1, problem) }
    let drill = reader.drill(id: id, body: trimmed(body), text: text, bodyLine: front.lines + 3)
    guard let drill, reader.complaints.isEmpty else { return .failure(DrillRefusal(reader.complaints)) }
    if let problem = drill.kind.exercise.problem(drill) {
      reader.complain(line: front.lines + 3, problem)
      return .failure(DrillRefusal(reader.complaints))
    }
    return .success(drill)
  }

  /// Why no drill can be called `id`, as a clause; nil where one can.
  package static func problem(ofID id: String) -> String? {
    let isPlain = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isPlain, !id.isEmpty, id.utf8.count <= 60, !id.hasPrefix("-") else {
      return "is not called by lower-case letters, digits and hyphens, 60 of them at most"
    }
    return nil
  }

  /// A complaint on the first character that nobody sees and a terminal obeys: controls but tabs and line ends, and what
  /// turns the direction of writing round.
  private static func hidden(_ text: String, file: String) -> Complaint? {
    var (line, afterReturn) = (1, false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n":
        if !afterReturn { line += 1 }
      case "\r": line += 1
      case "\t": break
      default:
        if isHidden(scalar) {
          return Complaint(
            file: file, line: line, problem: "contains a control character, \(quoted(String(scalar)))",
            nextStep: "Take it out.")
        }
      }
      afterReturn = scalar == "\r"
    }
    return nil
  }

  /// Whether nobody sees a scalar and a terminal obeys it.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || scalar.properties.generalCategory == .control
  }

  /// `body` without empty lines around it.
  private static func trimmed(_ body: String) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    func isEmpty(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    guard let first = lines.firstIndex(where: { !isEmpty($0) }), let last = lines.lastIndex(where: { !isEmpty($0) })
    else { return "" }
    return lines[first...last].joined(separator: "\n")
  }
}

/// Why a drill is left out; never empty.
package struct DrillRefusal: Error, Equatable, Sendable {
  package var complaints: [Complaint]

  /// Makes a refusal, its complaints in the order of their lines.
  package init(_ complaints: [Complaint]) {
    let order = complaints.indices.sorted { (complaints[$0].line ?? 0, $0) < (complaints[$1].line ?? 0, $1) }
    self.complaints = order.map { complaints[$0] }
  }
}

/// Turns marked values into a drill's and gathers complaints on the way.
private struct DrillReader {
  let file: String
  let document: MarkedYAML
  var complaints: [Complaint]

  mutating func complain(line: Int?, key: String? = nil, _ problem: String, _ next: String? = nil) {
    complaints.append(Complaint(file: file, line: line, key: key, problem: problem, nextStep: next))
  }

  mutating func complain(_ entry: MarkedYAML.Entry, key: String? = nil, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(
        file: file, line: entry.line, column: entry.column, key: key ?? shortened(entry.key), problem: problem,
        nextStep: next))
  }

  /// The drill, as far as it can be read; nil, complained about, where something that every drill has is missing.
  mutating func drill(id: String, body: String, text: String, bodyLine: Int) -> Drill? {
    let name = read("name", as: .text(limit: 60), isNeeded: true)?.text
    let kind = choice("kind", of: DrillKind.self)
    let skill = choice("skill", of: DrillSkill.self)
    let seconds = seconds(of: kind)
    let version = read("version", as: .whole(1...1_000_000))?.number ?? 1
    let level = read("level", as: .whole(1...3))?.number ?? 1
    let language = language()
    if body.isEmpty {
      complain(line: bodyLine, "says nothing below its front matter", "Write there what the learner is to do.")
    }
    refuseUnknown(kind)
    guard let kind else { return nil }
    let values = values(of: kind)
    let pass = rules(of: kind)
    let measure = measure(of: kind, pass)
    guard let name, let skill, let seconds else { return nil }
    return Drill(
      id: id, kind: kind, version: Int(version), name: name, skill: skill, seconds: seconds, level: Int(level),
      language: language, values: values, measure: measure, pass: pass, body: body, text: text)
  }

  /// What stands behind `key`, checked against `shape`.
  private mutating func read(_ key: String, as shape: DrillParameter.Shape, isNeeded: Bool = false) -> DrillValue? {
    guard let entry = document[key] else {
      if isNeeded { complain(line: 1, key: key, "is missing") }
      return nil
    }
    switch shape.read(entry.value) {
    case .success(let value): return value
    case .failure(let problem):
      complain(entry, problem.clause, problem.nextStep)
      return nil
    }
  }

  private mutating func choice<Value: RawRepresentable & CaseIterable>(_ key: String, of type: Value.Type) -> Value?
  where Value.RawValue == String {
    read(key, as: .choice(Value.allCases.map(\.rawValue)), isNeeded: true)?.text.flatMap(Value.init)
  }

  /// About how long an attempt takes. Of kinds that have lights `length` says when they come, and its end is taken.
  private mutating func seconds(of kind: DrillKind?) -> Double? {
    let range = 10.0...3_600
    guard let kind, kind.exercise.parameters.contains(where: { $0.name == "length" }), let entry = document["length"]
    else { return read("length", as: .seconds(range), isNeeded: true)?.number }
    guard let text = read("length", as: .text(limit: 40))?.text else { return nil }
    switch TalkLength.read(text) {
    case .success(let length) where range.contains(Double(length.maximumSeconds)): return Double(length.maximumSeconds)
    case .success: complain(entry, "\(quoted(text)) is more than an hour")
    case .failure(let problem): complain(entry, "\(quoted(text)) \(problem.clause)")
    }
    return nil
  }

  private mutating func language() -> String {
    guard let text = read("language", as: .text(limit: 12))?.text else { return "en" }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isCode = parts.allSatisfy { (2...8).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isLetter } }
    if !isCode || (parts.first?.count ?? 0) > 3, let entry = document["language"] {
      complain(entry, "\(quoted(text)) is not the code of a language such as en or de")
    }
    return text.lowercased()
  }

  /// Complains about keys that nothing reads; of those that belong to another kind, it says to which.
  private mutating func refuseUnknown(_ kind: DrillKind?) {
    let own = (kind.map { [$0] } ?? DrillKind.allCases).flatMap { $0.exercise.parameters.map(\.name) }
    let known = DrillFile.keys + own
    for entry in document.entries where !known.contains(entry.key) {
      let owners = DrillKind.allCases.filter { $0.exercise.parameters.contains { $0.name == entry.key } }
      if let kind, !owners.isEmpty {
        let names = owners.map(\.rawValue).joined(separator: ", ")
        complain(entry, "is nothing that \(kind.rawValue) takes", "It belongs to \(names).")
      } else {
        let near = nearest(to: entry.key, among: known).map { "Did you mean \($0)?" }
        complain(entry, "is not a known key of a drill", near)
      }
    }
  }

  private mutating func values(of kind: DrillKind) -> [String: DrillValue] {
    var values: [String: DrillValue] = [:]
    for parameter in kind.exercise.parameters {
      // What is wrong with a length was said already.
      if parameter.name == "length", case .scalar(let text)? = document["length"]?.value {
        values["length"] = .text(text.trimmingBlanks())
      } else if parameter.name == "length" {
        continue
      } else if let entry = document[parameter.name] {
        switch parameter.shape.read(entry.value) {
        case .success(let value): values[parameter.name] = value
        case .failure(let problem): complain(entry, problem.clause, problem.nextStep)
        }
      } else if let standard = parameter.standard {
        values[parameter.name] = standard
      } else {
        complain(line: 1, key: parameter.name, "is missing", "\(kind.rawValue) needs it: \(parameter.what)")
      }
    }
    return values
  }

  // MARK: Measures

  private mutating func rules(of kind: DrillKind) -> [DrillRule] {
    guard let entry = document["pass"] else { return [] }
    guard case .mapping(let rows) = entry.value else {
      complain(entry, "is not a list of measures with their bounds", "Write for instance {\(example(kind))}.")
      return []
    }
    return rows.compactMap { row in
      let key = "pass.\(shortened(row.key))"
      guard let measure = kind.exercise.measures.first(where: { $0.name == row.key }) else {
        complain(row, key: key, "is nothing that \(kind.rawValue) measures", known(kind, near: row.key))
        return nil
      }
      guard case .scalar(let text) = row.value, let bound = DrillRule.bound(from: text) else {
        complain(row, key: key, "is not a bound", "Write at least 80 %, at most 2, or 140 to 160.")
        return nil
      }
      let isShare = measure.unit == "%"
      if text.contains("%"), !isShare {
        complain(row, key: key, "is not a share, and takes no %")
      } else if isShare, !text.contains("%"), bound.largest > 1 {
        complain(row, key: key, "is a share", "Write it with a %, as in at least 80 %.")
      }
      return DrillRule(measure.name, bound)
    }
  }

  /// The measure that trends go by: the one named, else that of the first rule, else the kind's first.
  private mutating func measure(of kind: DrillKind, _ pass: [DrillRule]) -> String {
    let names = kind.exercise.measures.map(\.name)
    guard let entry = document["measure"] else { return pass.first?.measure ?? names.first ?? "" }
    guard let name = read("measure", as: .text(limit: 60))?.text else { return "" }
    if !names.contains(name) {
      complain(entry, "\(quoted(name)) is nothing that \(kind.rawValue) measures", known(kind, near: name))
    }
    return name
  }

  private func known(_ kind: DrillKind, near name: String) -> String? {
    let names = kind.exercise.measures.map(\.name)
    if let near = nearest(to: name, among: names) { return "Did you mean \(near)?" }
    return names.isEmpty ? "It measures nothing." : "It measures \(names.joined(separator: ", "))."
  }

  private func example(_ kind: DrillKind) -> String {
    let measure = kind.exercise.measures.first
    return "\(measure?.name ?? "hits"): \(measure?.unit == "%" ? "at least 80 %" : "at least 2")"
  }
}

extension DrillRule.Bound {
  /// The number furthest from zero in it.
  fileprivate var largest: Double {
    switch self {
    case .atLeast(let value), .atMost(let value): abs(value)
    case .within(let range): max(abs(range.lowerBound), abs(range.upperBound))
    }
  }
}

extension DrillValue {
  fileprivate var number: Double? { if case .number(let value) = self { value } else { nil } }
  fileprivate var text: String? { if case .text(let value) = self { value } else { nil } }
}
