/// A number in the shortest decimal notation: `5`, `0.25`.
func decimal(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : value.description
}

/// A range as it is written: `140-160`.
func span(_ range: ClosedRange<Double>) -> String { "\(decimal(range.lowerBound))-\(decimal(range.upperBound))" }

/// Yes or no in the spellings YAML 1.1 knows; nil for anything else.
func truth(_ text: String) -> Bool? {
  switch text.lowercased() {
  case "yes", "true", "on": true
  case "no", "false", "off": false
  default: nil
  }
}

/// Digits with at most one point, so that `inf`, `nan`, `1e9` and `0x10` are no numbers here.
func isPlainNumber(_ text: String) -> Bool {
  guard !text.isEmpty, text.utf8.count <= 12 else { return false }
  return text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } && text.utf8.count { $0 == 46 } <= 1
}

/// Whether a text may name a theme: then it can never lead out of the themes' folder.
func isThemeName(_ text: String) -> Bool {
  guard !text.isEmpty, text.utf8.count <= 64 else { return false }
  return text.unicodeScalars.allSatisfy {
    $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0))
  }
}

func controlProblem(_ text: String) -> String? {
  let control = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  return control ? "contains a control character" : nil
}

/// A key from outside, fit for a message.
func shortened(_ key: String) -> String { String(quoted(key).dropFirst().dropLast()) }

extension String {
  /// This text without blanks, tabs and line ends around it.
  func trimmingBlanks() -> String {
    let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    guard let first = firstIndex(where: { !blank($0) }), let last = lastIndex(where: { !blank($0) }) else { return "" }
    return String(self[first...last])
  }
}
