import Yams

/// A YAML file that a person wrote, as keys and values that remember their lines.
///
/// Everything a user may edit (settings, themes, front matter) is read through this, so that every complaint names
/// file, line and key. Values stay the texts that were written: `device: null` is a device called null and
/// `cues: no` is for the setting to understand. Reading never fails: what cannot be read is left out and complained
/// about. Size and nesting are bounded before the parser sees a byte, since it descends by recursion.
package struct MarkedYAML: Equatable, Sendable {
  /// The keys of the top level, in the order of the file, each once.
  package var entries: [Entry] = []

  /// A key, its value, and where they stand; lines and columns count from 1, columns in code points.
  package struct Entry: Equatable, Sendable {
    /// The key as written, quotation marks aside.
    package var key: String
    /// Where the key begins.
    package var line: Int
    package var column: Int
    /// What stands behind it.
    package var value: Value
    /// Where the value begins; for an empty value the place where it is missing.
    package var valueLine: Int
    package var valueColumn: Int
  }

  /// What stands behind a key.
  package indirect enum Value: Equatable, Sendable {
    /// Nothing was written.
    case none
    case scalar(String)
    case list([Value])
    case mapping([Entry])
  }

  /// The entry called `key`.
  package subscript(key: String) -> Entry? { entries.first { $0.key == key } }

  /// The largest file read, in bytes of UTF-8.
  package static let limitBytes = 65_536

  /// How many keys given twice are forgiven; each costs one more reading of the file.
  private static let limitRepeats = 8

  /// Reads a YAML text whose top level is keys and values, and says what was wrong with it.
  /// - Parameters:
  ///   - text: the YAML.
  ///   - file: what complaints call it.
  ///   - firstLine: the line of the file in which `text` begins.
  ///   - brackets: how many brackets there may be; each could open a level, and the parser descends by recursion.
  package static func parse(
    _ text: String, file: String, firstLine: Int = 1, brackets limit: Int = 200
  ) -> (MarkedYAML, [Complaint]) {
    var complaints: [Complaint] = []
    func complain(_ problem: String, line: Int?, column: Int? = nil, key: String? = nil, _ nextStep: String? = nil) {
      complaints.append(
        Complaint(
          file: file, line: line.map { $0 + firstLine - 1 }, column: column, key: key.map(shortened),
          problem: problem, nextStep: nextStep))
    }
    if let (problem, line) = danger(in: text, brackets: limit) {
      complain(problem, line: line)
      return (MarkedYAML(), complaints)
    }
    var lines = YAMLLines(text)
    for _ in 0..<limitRepeats {
      do {
        guard let root = try Yams.compose(yaml: lines.text, .basic, .default, .utf8) else {
          return (MarkedYAML(), complaints)
        }
        guard case .mapping(let mapping) = root else {
          complain(
            "is not a list of keys and values", line: root.mark?.line, "Write one `key: value` on each line.")
          return (MarkedYAML(), complaints)
        }
        var document = MarkedYAML()
        document.entries = entries(of: mapping) { line, column in
          complain("has a key that is not a plain word", line: line, column: column)
        }
        for index in document.entries.indices { document.entries[index].shift(by: firstLine - 1) }
        return (document, complaints)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let first = context.mark
        let key = keys.min() ?? ""
        guard let again = lines.blankRepeat(of: key, after: first.line, column: first.column) else {
          complain("is given twice", line: first.line, column: first.column, key: key)
          return (MarkedYAML(), complaints)
        }
        complain("is given twice; the value in line \(first.line + firstLine - 1) counts", line: again, key: key)
        if complaints.count == limitRepeats { complain("gives too many keys twice to be read", line: again) }
      } catch {
        let why = explain(error, lines)
        complain(why.problem, line: why.line, column: why.column, key: why.key)
        return (MarkedYAML(), complaints)
      }
    }
    return (MarkedYAML(), complaints)
  }

  /// A complaint for every key of the top level that is not among `known`, with the likeliest one meant.
  package func unknown(known: [String], file: String, what: String = "setting") -> [Complaint] {
    MarkedYAML.unknown(entries, known: known, file: file, what: what)
  }

  /// The same for the entries of a nested mapping; `prefix` is put before their keys.
  static func unknown(
    _ entries: [Entry], known: [String], file: String, what: String, prefix: String = ""
  ) -> [Complaint] {
    entries.filter { !known.contains($0.key) }.map { entry in
      Complaint(
        file: file, line: entry.line, column: entry.column, key: prefix + shortened(entry.key),
        problem: "is not a known \(what)", nextStep: nearest(to: entry.key, among: known).map { "Did you mean \($0)?" })
    }
  }
}

// MARK: From Yams

extension MarkedYAML {
  private static func entries(of mapping: Node.Mapping, bad: (Int?, Int?) -> Void) -> [Entry] {
    var entries: [Entry] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key, !name.string.isEmpty else {
        bad(key.mark?.line, key.mark?.column)
        continue
      }
      let (line, column) = (key.mark?.line ?? 1, key.mark?.column ?? 1)
      entries.append(
        Entry(
          key: name.string, line: line, column: column, value: self.value(of: value, bad: bad),
          valueLine: value.mark?.line ?? line, valueColumn: value.mark?.column ?? column))
    }
    return entries
  }

  private static func value(of node: Node, bad: (Int?, Int?) -> Void) -> Value {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty && scalar.style == .plain ? .none : .scalar(scalar.string)
    case .sequence(let sequence): .list(sequence.map { value(of: $0, bad: bad) })
    case .mapping(let mapping): .mapping(entries(of: mapping, bad: bad))
    case .alias: .none
    }
  }

  /// A parser's error in plain words, with its place and the key it is about.
  private struct Explanation {
    var problem: String
    var line: Int?
    var column: Int?
    var key: String?
  }

  /// Turns the parser's error into a clause and a place.
  ///
  /// libyaml marks where it gave up; a quote or bracket left open is found where it opened instead, and a forgotten
  /// colon in the line before the one that made no sense.
  private static func explain(_ error: any Error, _ lines: YAMLLines) -> Explanation {
    func explanation(_ problem: String, _ mark: Mark) -> Explanation {
      Explanation(
        problem: "is not YAML: \(problem)", line: mark.line, column: mark.column, key: lines.key(mark.line))
    }
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _):
      let about = context?.text ?? ""
      let opened = context?.mark ?? mark
      if lines.startsWithTab(mark.line) { return explanation("a tab stands where only spaces may", mark) }
      if about == "while scanning a quoted scalar" { return explanation("the quotation mark is never closed", opened) }
      if about.hasPrefix("while parsing a flow") {
        return explanation("the bracket is not closed, or a comma is missing", opened)
      }
      if about == "while scanning a simple key" { return explanation("the colon after the key is missing", opened) }
      if problem == "mapping values are not allowed in this context" {
        if let above = lines.lineWithoutColon(above: mark.line) {
          return Explanation(problem: "is not YAML: the colon after the key is missing", line: above)
        }
        return explanation("a value with a colon needs quotation marks", mark)
      }
      return explanation(problem, about.hasPrefix("while scanning") ? opened : mark)
    case YamlError.composer(_, "but found another document", let mark, _):
      return explanation("a second document starts here, and only one is read", mark)
    case YamlError.composer(_, let problem, let mark, _): return explanation(problem, mark)
    case YamlError.memory: return Explanation(problem: "is nested too deeply")
    default: return Explanation(problem: "cannot be read as YAML")
    }
  }

  /// What makes a text unfit for the parser, with its line; nil for every file a person would write.
  ///
  /// Nesting is bounded from above by counting what can open a level at all: brackets anywhere, dashes and question
  /// marks within a line, indentation. Aliases are bounded so that they cannot multiply.
  private static func danger(in text: String, brackets limit: Int) -> (String, line: Int?)? {
    guard text.utf8.count <= limitBytes else { return ("is larger than \(limitBytes / 1024) KiB", nil) }
    var (line, brackets, dashes, indentation, aliases) = (1, 0, 0, 0, 0)
    var (atStart, hasAnchor) = (true, false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\u{85}", "\u{2028}", "\u{2029}", "\r":
        if scalar != "\r" { line += 1 }
        (dashes, indentation, atStart) = (0, 0, true)
        continue
      case " " where atStart, "\t" where atStart: indentation += 1
      case "[", "{": brackets += 1
      case "-", "?", ":": dashes += 1
      case "*": aliases += 1
      case "&": hasAnchor = true
      case _ where (scalar.value < 0x20 && scalar != "\t") || scalar.value == 0x7F:
        return ("contains a control character", line)
      default: break
      }
      if scalar != " ", scalar != "\t" { atStart = false }
      if brackets > limit { return ("has more than \(limit) brackets", line) }
      if dashes > 100 { return ("has more than 100 dashes and colons in one line", line) }
      if indentation > 64 { return ("is indented by more than 64 columns", line) }
    }
    return hasAnchor && aliases > 16 ? ("has more than 16 aliases", nil) : nil
  }
}

extension MarkedYAML.Entry {
  /// Moves the entry and everything in it down by `lines`.
  fileprivate mutating func shift(by lines: Int) {
    guard lines != 0 else { return }
    line += lines
    valueLine += lines
    if case .mapping(var inner) = value {
      for index in inner.indices { inner[index].shift(by: lines) }
      value = .mapping(inner)
    }
  }
}
