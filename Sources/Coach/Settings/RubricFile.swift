package import Practice

/// Reads a rubric, `Prompts/rubrics/*.yaml`.
///
/// A rubric with a mistake in it is no rubric: half of one would give scores that mean something else. Every mistake is
/// complained about with its line.
package enum RubricFile {
  /// At most this many criteria; a card of scores holds no more.
  package static let limitCriteria = 40
  /// Brackets that are read: each measure has a few.
  private static let limitBrackets = 1_000
  static let keys = ["name", "version", "source", "levels", "first-level", "bands", "criteria", "contexts"]

  /// The rubric in `text`, or everything that is wrong with it.
  /// - Parameters:
  ///   - id: the name of its file without the ending.
  ///   - lent: the rubrics called so, whose bands this one may use, strongest first.
  package static func parse(
    text: String, id: String, file: String, bands lent: (String) -> [Rubric] = { _ in [] }
  ) -> Result<Rubric, Refusal> {
    let (document, problems) = MarkedYAML.parse(text, file: file, brackets: limitBrackets)
    var reader = RubricReader(file: file, complaints: problems)
    reader.complaints += document.unknown(known: keys, file: file, what: "key")
    let rubric = reader.rubric(document, id: id, bands: lent)
    guard reader.complaints.isEmpty, let rubric else { return .failure(Refusal(complaints: reader.complaints)) }
    return .success(rubric)
  }

  /// The rubric whose bands the one in `text` uses; nil where it has its own.
  static func lender(text: String) -> String? {
    guard case .scalar(let name)? = MarkedYAML.parse(text, file: "", brackets: limitBrackets).0["bands"]?.value else {
      return nil
    }
    return name
  }

  /// Why a rubric was left out.
  package struct Refusal: Error, Equatable, Sendable { package var complaints: [Complaint] }
}

/// Turns marked values into a rubric and gathers complaints on the way.
private struct RubricReader {
  let file: String
  var complaints: [Complaint]
  /// Measures as another rubric has them, and the bands of contexts in this file.
  private var lent: [MeasureName: RubricMeasure] = [:]
  private var contexts: [MeasureName: [SpeakingContext: RubricBand?]] = [:]

  init(file: String, complaints: [Complaint]) {
    self.file = file
    self.complaints = complaints
  }

  private mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(file: file, line: entry.line, column: entry.column, key: key, problem: problem, nextStep: next))
  }

  mutating func rubric(_ document: MarkedYAML, id: String, bands lender: (String) -> [Rubric]) -> Rubric? {
    for key in ["name", "version", "levels", "criteria"] where document[key] == nil {
      // A file that is not YAML has been complained about.
      if !document.entries.isEmpty || complaints.isEmpty {
        complaints.append(Complaint(file: file, key: key, problem: "is missing"))
      }
    }
    if let entry = document["bands"], let name = text(entry, "bands") {
      let rubrics = lender(name)
      if rubrics.isEmpty {
        complain(entry, "bands", "there is no rubric called \(quoted(name)) with bands of its own")
        return nil
      }
      for measure in rubrics.flatMap(\.criteria).flatMap(\.measures) where lent[measure.name] == nil {
        lent[measure.name] = measure
      }
    }
    readContexts(document["contexts"])
    let name = document["name"].flatMap { text($0, "name") }
    let version = document["version"].flatMap { number($0, "version", 1...1e6) }
    let levels = document["levels"].flatMap { texts($0, "levels", 2...10) }
    let first = document["first-level"].flatMap { number($0, "first-level", 0...1) } ?? 1
    let source = document["source"].flatMap { text($0, "source") } ?? ""
    let criteria = mapping(document["criteria"], "criteria").compactMap { criterion($0, levels: levels?.count ?? 0) }
    if let entry = document["criteria"], !(1...RubricFile.limitCriteria).contains(criteria.count), complaints.isEmpty {
      complain(entry, "criteria", "are not 1 to \(RubricFile.limitCriteria)")
    }
    let used = Set(criteria.flatMap(\.measures).map(\.name))
    if complaints.isEmpty, let entry = document["contexts"],
      let idle = contexts.keys.first(where: { !used.contains($0) })
    {
      complain(entry, "contexts", "\(idle.rawValue) is in no criterion")
    }
    guard let name, let version, let levels else { return nil }
    return Rubric(
      id: id, version: Int(version), name: name, source: source, levels: levels, firstLevel: Int(first),
      criteria: criteria)
  }

  // MARK: Criteria

  private mutating func criterion(_ entry: MarkedYAML.Entry, levels: Int) -> Criterion? {
    let key = "criteria.\(entry.key)"
    let parts = mapping(entry, key)
    complaints += MarkedYAML.unknown(
      parts, known: ["name", "descriptors", "measures", "weight"], file: file, what: "part of a criterion",
      prefix: key + ".")
    let isPlain = entry.key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    if !isPlain || entry.key.utf8.count > 60 || entry.key == Rubric.overall {
      complain(entry, key, "is not a criterion's id: small letters, digits and -, and not \(Rubric.overall)")
    }
    let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    let name = values["name"].flatMap { text($0, key + ".name") }
    if values["name"] == nil { complain(entry, key + ".name", "is missing") }
    let weight = values["weight"].flatMap { number($0, key + ".weight", 0.01...100) } ?? 1
    let descriptors = values["descriptors"].flatMap { texts($0, key + ".descriptors", 0...10) } ?? []
    if let part = values["descriptors"], levels > 0, descriptors.count != levels, complaints.isEmpty {
      complain(part, key + ".descriptors", "are \(descriptors.count) for \(levels) levels", "Write one for each level.")
    }
    let measures = values["measures"].map { self.measures($0, key + ".measures") } ?? []
    return name.map { Criterion(id: entry.key, name: $0, descriptors: descriptors, measures: measures, weight: weight) }
  }

  /// Measures with what they are held against, or a list of those whose bands another rubric has.
  private mutating func measures(_ entry: MarkedYAML.Entry, _ key: String) -> [RubricMeasure] {
    switch entry.value {
    case .mapping(let parts): return parts.compactMap { measure($0, key) }
    case .list(let values):
      var seen: Set<MeasureName> = []
      return values.compactMap { value in
        guard case .scalar(let text) = value, let name = name(text, entry, key) else { return nil }
        if !seen.insert(name).inserted { complain(entry, key, "\(text) is given twice") }
        return measure(name, [], entry, key + "." + text)
      }
    case .none: return []
    case .scalar:
      complain(entry, key, "is not a list of measures")
      return []
    }
  }

  private mutating func measure(_ entry: MarkedYAML.Entry, _ key: String) -> RubricMeasure? {
    guard let name = name(entry.key, entry, key) else { return nil }
    let key = key + "." + entry.key
    if entry.value == .none { return measure(name, [], entry, key) }
    return measure(name, mapping(entry, key), entry, key)
  }

  private mutating func measure(
    _ name: MeasureName, _ parts: [MarkedYAML.Entry], _ entry: MarkedYAML.Entry, _ key: String
  ) -> RubricMeasure? {
    complaints += MarkedYAML.unknown(
      parts, known: ["full", "zero", "weight", "baseline"], file: file, what: "part of a measure", prefix: key + ".")
    let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    let own = band(values["full"], values["zero"], entry, key)
    guard let band = own ?? lent[name]?.band else {
      if complaints.isEmpty { complain(entry, key, "has no band", "Write full: [low, high] and zero: [low, high].") }
      return nil
    }
    var baseline = own == nil ? lent[name]?.baseline ?? .none : .none
    if let part = values["baseline"], let word = text(part, key + ".baseline") {
      baseline = BaselineUse(rawValue: word) ?? .none
      if BaselineUse(rawValue: word) == nil { complain(part, key + ".baseline", "is not wider, own or none") }
      if baseline != .none, MeasureTable.row(name).figure == nil {
        complain(part, key + ".baseline", "cannot be the speaker's own")
      }
    }
    let weight = values["weight"].flatMap { number($0, key + ".weight", 0.01...100) } ?? 1
    let special = (own == nil ? lent[name]?.contexts ?? [:] : [:]).merging(contexts[name] ?? [:]) { $1 }
    return RubricMeasure(name, band, contexts: special, weight: weight, baseline: baseline)
  }

  // MARK: Bands

  private mutating func readContexts(_ entry: MarkedYAML.Entry?) {
    for context in mapping(entry, "contexts") {
      let key = "contexts.\(context.key)"
      guard let known = SpeakingContext(rawValue: context.key) else {
        let names = SpeakingContext.allCases.map(\.rawValue)
        let near = nearest(to: context.key, among: names).map { "Did you mean \($0)?" }
        complain(context, key, "is not a context", near ?? "There are \(names.joined(separator: ", ")).")
        continue
      }
      for part in mapping(context, key) {
        guard let name = name(part.key, part, key) else { continue }
        if case .scalar("none") = part.value {
          contexts[name, default: [:]][known] = .some(nil)
          continue
        }
        let parts = mapping(part, key + "." + part.key)
        complaints += MarkedYAML.unknown(
          parts, known: ["full", "zero"], file: file, what: "part of a band", prefix: key + "." + part.key + ".")
        let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
        guard let band = band(values["full"], values["zero"], part, key + "." + part.key) else {
          if complaints.isEmpty { complain(part, key + "." + part.key, "has no band") }
          continue
        }
        contexts[name, default: [:]][known] = .some(band)
      }
    }
  }

  /// The band of two pairs of ends; nil where there are none, and, complained about, where they make no sense.
  private mutating func band(
    _ full: MarkedYAML.Entry?, _ zero: MarkedYAML.Entry?, _ entry: MarkedYAML.Entry, _ key: String
  ) -> RubricBand? {
    guard full != nil || zero != nil else { return nil }
    guard let full, let zero else {
      complain(full ?? zero ?? entry, key + (full == nil ? ".full" : ".zero"), "is missing")
      return nil
    }
    guard let (low, high) = ends(full, key + ".full"), let (zeroLow, zeroHigh) = ends(zero, key + ".zero") else {
      return nil
    }
    let band = RubricBand(low: low, high: high, zeroLow: zeroLow, zeroHigh: zeroHigh)
    if let problem = band.problem {
      complain(full, key, problem)
      return nil
    }
    return band
  }

  /// Two numbers, either of them `none`.
  private mutating func ends(_ entry: MarkedYAML.Entry, _ key: String) -> (Double?, Double?)? {
    if case .list(let values) = entry.value, values.count == 2 {
      let ends = values.map { value -> Double?? in
        guard case .scalar(let text) = value else { return nil }
        if text == "none" { return .some(nil) }
        guard isPlainNumber(text.hasPrefix("-") ? String(text.dropFirst()) : text) else { return nil }
        return Double(text).map { .some($0) }
      }
      if let low = ends[0], let high = ends[1] { return (low, high) }
    }
    complain(entry, key, "is not two ends such as [120, 175], or [none, 5] for an open one")
    return nil
  }

  // MARK: Values

  private mutating func name(_ text: String, _ entry: MarkedYAML.Entry, _ key: String) -> MeasureName? {
    if let name = MeasureName(rawValue: text) { return name }
    let near = nearest(to: text, among: MeasureName.allCases.map(\.rawValue)).map { "Did you mean \($0)?" }
    complain(entry, key, "\(quoted(text)) is not a measure", near)
    return nil
  }

  /// The entries of a mapping; none, complained about, for everything else.
  private mutating func mapping(_ entry: MarkedYAML.Entry?, _ key: String) -> [MarkedYAML.Entry] {
    guard let entry else { return [] }
    guard case .mapping(let entries) = entry.value else {
      complain(entry, key, "is not a list of names with what belongs to them below")
      return []
    }
    return entries
  }

  private mutating func text(_ entry: MarkedYAML.Entry, _ key: String) -> String? {
    guard case .scalar(let text) = entry.value, !text.isEmpty, text.utf8.count <= 1_000 else {
      complain(entry, key, "has no value, more than one, or a very long one")
      return nil
    }
    return text
  }

  private mutating func texts(_ entry: MarkedYAML.Entry, _ key: String, _ count: ClosedRange<Int>) -> [String]? {
    if case .list(let values) = entry.value, count.contains(values.count) {
      let texts = values.compactMap { value -> String? in
        if case .scalar(let text) = value, !text.isEmpty, text.utf8.count <= 1_000 { return text }
        return nil
      }
      if texts.count == values.count { return texts }
    }
    complain(entry, key, "is not a list of \(count.lowerBound) to \(count.upperBound) texts")
    return nil
  }

  private mutating func number(_ entry: MarkedYAML.Entry, _ key: String, _ range: ClosedRange<Double>) -> Double? {
    guard case .scalar(let text) = entry.value, isPlainNumber(text), let value = Double(text), range.contains(value)
    else {
      complain(entry, key, "is not a number from \(decimal(range.lowerBound)) to \(decimal(range.upperBound))")
      return nil
    }
    return value
  }
}
