/// The AI tutor as a judge: what it is asked, and what of its answer is surely meant.
package enum AssessmentAnswer {
  /// The question: criteria, levels with their descriptors, and the form of the answer. The facts are added elsewhere.
  package static func question(_ rubric: Rubric) -> String {
    let levels = rubric.levels.enumerated().map { "\(rubric.firstLevel + $0) = \($1)" }.joined(separator: ", ")
    var lines = [
      "Judge this take by the rubric \"\(rubric.name)\". Levels: \(levels).",
      "Judge only what the facts and the words of the take tell; leave out a criterion that they say nothing of. "
        + "Never judge accent or pronunciation.",
      "Answer with one line for each criterion you judge and nothing else: `id: level: reason`, the reason in one short "
        + "sentence.", "", "Criteria:",
    ]
    for criterion in rubric.criteria {
      lines.append("- \(criterion.id): \(criterion.name)")
      lines += criterion.descriptors.enumerated().map { "  \(rubric.firstLevel + $0): \($1)" }
    }
    return lines.joined(separator: "\n")
  }

  /// Characters of an answer that are read, and lines.
  private static let limitCharacters = 20_000, limitLines = 400

  /// What `text` surely says: a criterion by its id or name, a level on the scale, a reason.
  ///
  /// Whatever else stands there is passed over: levels outside the scale, ranges such as `3-4`, criteria that the rubric
  /// does not have. A criterion that is given two levels has none.
  package static func parse(_ text: String, rubric: Rubric, model: String?, atMilliseconds: Int = 0) -> [Assessment] {
    var found: [(criterion: String, level: Double, reason: String?)] = []
    var refused: Set<String> = []
    let names = Dictionary(
      rubric.criteria.flatMap { [(folded($0.id), $0.id), (folded($0.name), $0.id)] },
      uniquingKeysWith: { first, _ in first })
    for line in text.prefix(limitCharacters).split(whereSeparator: \.isNewline).prefix(limitLines) {
      guard let (criterion, level, reason) = judgement(line, names, rubric) else { continue }
      if let index = found.firstIndex(where: { $0.criterion == criterion }) {
        if found[index].level != level { refused.insert(criterion) }
      } else {
        found.append((criterion, level, reason))
      }
    }
    return found.filter { !refused.contains($0.criterion) }.map {
      Assessment(
        rubric: rubric.id, version: rubric.version, criterion: $0.criterion, judge: .ai, name: model, level: $0.level,
        reason: $0.reason, atMilliseconds: atMilliseconds)
    }
  }

  /// A line such as `- **pace**: 3: steady`, `pace: level 3/4 - steady` or `1. Pace: Secure`.
  private static func judgement(
    _ line: Substring, _ names: [String: String], _ rubric: Rubric
  ) -> (String, Double, String?)? {
    let plain = String(line.filter { !"*`\"|#>".contains($0) })
    guard let colon = plain.firstIndex(of: ":") else { return nil }
    let head = plain[..<colon].drop { "-•– \t.()".contains($0) || $0.isNumber }
    guard let criterion = names[folded(String(head))] else { return nil }
    var rest = plain[plain.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    if folded(String(rest)).hasPrefix("level ") { rest = rest.dropFirst(6) }
    if let (name, level) = level(named: rest, rubric) { return (criterion, level, reason(rest.dropFirst(name.count))) }
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard !digits.isEmpty, digits.count <= 4, digits.last != "." || digits.dropLast().allSatisfy(\.isNumber),
      let level = Double(digits.last == "." ? digits.dropLast() : digits)
    else { return nil }
    guard Double(rubric.scale.lowerBound) <= level, level <= Double(rubric.scale.upperBound) else { return nil }
    guard let after = behind(rest.dropFirst(digits.count), rubric) else { return nil }
    return (criterion, level, reason(after))
  }

  /// What stands behind a level; nil where that makes it another number, a range or another scale.
  private static func behind(_ rest: Substring, _ rubric: Rubric) -> Substring? {
    guard let next = rest.first else { return rest }
    if next == "/" {
      let scale = rest.dropFirst().prefix(while: \.isNumber)
      return Int(scale) == rubric.scale.upperBound ? rest.dropFirst(1 + scale.count) : nil
    }
    if next.isLetter || next.isNumber || next == "%" || next == "+" || next == "," { return nil }
    let range = rest.drop { $0 == " " }
    if let dash = range.first, "-–—~".contains(dash),
      range.dropFirst().drop(while: { $0 == " " }).first?.isNumber ?? false
    {
      return nil
    }
    for word in ["or ", "to ", "out of "] where range.hasPrefix(word) { return nil }
    return rest
  }

  /// A level called by its name at the beginning of `text`.
  private static func level(named text: Substring, _ rubric: Rubric) -> (String, Double)? {
    for (index, name) in rubric.levels.enumerated()
    where !name.isEmpty && text.lowercased().hasPrefix(name.lowercased()) {
      let next = text.dropFirst(name.count).first
      if next.map({ ":-–—.,;( ".contains($0) }) ?? true { return (name, Double(rubric.firstLevel + index)) }
    }
    return nil
  }

  private static func reason(_ rest: Substring) -> String? {
    var text = rest.drop { ":-–—.,; \t".contains($0) }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text.isEmpty ? nil : String(text)
  }

  /// A name as it is compared: lower case, blanks for what people write in their place.
  private static func folded(_ text: String) -> String {
    text.lowercased().split { " -_\t".contains($0) }.joined(separator: " ")
  }
}
