/// What is wrong with something a person wrote, and where: a file and its line, a flag, or a variable.
///
/// A value, not only an error: most complaints are collected while reading goes on, because one bad line in a
/// configuration must not cost a learner the practice.
package struct Complaint: Error, Equatable, Sendable {
  /// The file, or the flag (`--theme`) or variable (`ROSTRUM_THEME`) that held the value.
  package var file: String
  /// Line and column, counted from 1; nil where there is none.
  package var line: Int?
  package var column: Int?
  /// The key complained about, with dots for nested ones: `styles.meter.good.fg`.
  package var key: String?
  /// What is wrong, as a clause that can follow the key.
  package var problem: String
  /// What to do about it, as a sentence.
  package var nextStep: String?

  /// Makes a complaint.
  package init(
    file: String, line: Int? = nil, column: Int? = nil, key: String? = nil, problem: String, nextStep: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.key = key
    self.problem = problem
    self.nextStep = nextStep
  }
}

extension Complaint: CustomStringConvertible {
  /// One line: `config.yaml:7: pace-comfortable: "fast" is not a range such as 140-160`.
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let key { text += ": \(key)" }
    text += ": \(problem)"
    if let nextStep { text += ". \(nextStep)" }
    return text
  }
}

/// A text from outside in quotation marks, shortened and with control characters made visible.
func quoted(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(40) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
      shown += "\\u{\(String(scalar.value, radix: 16))}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return "\"\(shown)\(text.unicodeScalars.count > 40 ? "…" : "")\""
}

/// The one of `known` that `word` was most likely meant to be, if it is near enough to be worth saying.
func nearest(to word: String, among known: [String]) -> String? {
  guard word.count <= 60 else { return nil }
  let folded = word.lowercased().split { $0 == "_" || $0 == " " }.joined(separator: "-")
  let best = known.map { ($0, editDistance(folded, $0)) }.min { $0.1 < $1.1 }
  guard let best, best.1 <= max(1, min(folded.count, best.0.count) / 3) else { return nil }
  return best.0
}

/// Insertions, deletions and substitutions that turn one word into another (Levenshtein 1966).
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let substituted = diagonal + (left == right ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
