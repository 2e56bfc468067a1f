import Packs
import Practice

/// What a pack says about itself, `pack.yaml`.
struct PackFacts: Equatable, Sendable {
  var name: String
  var author = ""
  var about = ""

  /// What a pack is called that does not say: as its file, without folders and endings.
  static func name(ofFile path: String) -> String {
    let last = withoutTrailingSlash(path).split(separator: "/").last.map(String.init) ?? path
    for ending in [".tar.gz", ".tgz", ".tar", ".zip"] where last.lowercased().hasSuffix(ending) {
      return String(last.dropLast(ending.count))
    }
    return last
  }

  /// The file that says so. Texts are in quotation marks as JSON has them, which YAML reads.
  var yaml: String {
    [("name", name), ("author", author), ("about", about)].filter { !$0.1.isEmpty }
      .map { "\($0.0): \(JSON.string($0.1).text)\n" }.joined()
  }
}

/// A drill that a tutor wants done, as `assignment.yaml` of a pack says it.
struct PackedAssignment: Equatable, Sendable {
  /// The drill's id.
  var drill: String
  var note = ""
  /// Who asks for it.
  var by = ""
  /// The day it is to be done by, `2026-12-01`, wherever the learner is; nil for any time.
  var due: String?

  /// Lines of a file of assignments.
  static func yaml(_ assignments: [PackedAssignment]) -> String {
    "assignments:\n"
      + assignments.map { assignment in
        [("drill", assignment.drill), ("note", assignment.note), ("due", assignment.due ?? ""), ("by", assignment.by)]
          .filter { !$0.1.isEmpty }.enumerated()
          .map { "\($0.offset == 0 ? "  - " : "    ")\($0.element.0): \(JSON.string($0.element.1).text)\n" }.joined()
      }.joined()
  }

  /// As the history keeps it, given at a moment in milliseconds since 1970.
  func given(at now: Int) -> Assignment {
    Assignment(
      drill: drill, note: note, by: by, dueMilliseconds: due.flatMap { DayText.milliseconds($0) }.map(Int.init),
      atMilliseconds: now)
  }
}

/// Reads the two files at the top of a pack, and gathers complaints on the way.
struct PackFileReader {
  let file: String
  var complaints: [Complaint] = []

  /// Assignments of a pack at most.
  static let limitAssignments = 200

  init(file: String) { self.file = file }

  /// What `pack.yaml` says; `name` where it does not say what the pack is called.
  mutating func facts(_ text: String, named name: String) -> PackFacts {
    let document = document(text)
    let keys = [("name", 60), ("author", 60), ("about", 300)]
    complaints += document.unknown(known: keys.map(\.0), file: file, what: "key of a pack")
    let values = Dictionary(
      keys.compactMap { key, limit in
        document[key].flatMap { line($0, limit: limit) }.map { (key, $0) }
      }, uniquingKeysWith: { first, _ in first })
    return PackFacts(name: values["name"] ?? name, author: values["author"] ?? "", about: values["about"] ?? "")
  }

  /// What `assignment.yaml` asks for: one assignment at its top, or several in the list `assignments`.
  mutating func assignments(_ text: String) -> [PackedAssignment] {
    let document = document(text)
    let fields = ["drill", "note", "due", "by"]
    guard let list = document["assignments"] else {
      complaints += document.unknown(known: fields + ["assignments"], file: file, what: "key of an assignment")
      return document.entries.isEmpty ? [] : assignment(document.entries, by: nil, line: 1).map { [$0] } ?? []
    }
    complaints += document.unknown(known: ["by", "assignments"], file: file, what: "key of a list of assignments")
    let by = document["by"].flatMap { line($0, limit: 60) }
    guard case .list(let rows) = list.value else {
      complain(list, "is not a list", "Write `- drill: NAME` below it for each.")
      return []
    }
    if rows.count > Self.limitAssignments {
      complain(list, "has more than \(Self.limitAssignments) assignments; the first ones are taken")
    }
    return rows.prefix(Self.limitAssignments).compactMap { row in
      guard case .mapping(let entries) = row else {
        complain(list, "has a row that is not an assignment", "Write `- drill: NAME` for each.")
        return nil
      }
      complaints += MarkedYAML.unknown(
        entries, known: fields, file: file, what: "key of an assignment", prefix: "assignments.")
      return assignment(entries, by: by, line: list.line)
    }
  }

  private mutating func assignment(
    _ entries: [MarkedYAML.Entry], by: String?, line number: Int
  ) -> PackedAssignment? {
    func entry(_ key: String) -> MarkedYAML.Entry? { entries.first { $0.key == key } }
    guard let named = entry("drill") else {
      complaints.append(
        Complaint(file: file, line: entries.first?.line ?? number, key: "drill", problem: "is missing"))
      return nil
    }
    guard let drill = line(named, limit: 60) else { return nil }
    guard DrillFile.problem(ofID: drill) == nil else {
      complain(named, "\(quoted(drill)) is not the name of a drill's file")
      return nil
    }
    var assignment = PackedAssignment(drill: drill)
    if let note = entry("note") { assignment.note = line(note, limit: 300) ?? "" }
    assignment.by = entry("by").flatMap { line($0, limit: 60) } ?? by ?? ""
    if assignment.by.isEmpty {
      complaints.append(
        Complaint(
          file: file, line: named.line, key: "by", problem: "is missing", nextStep: "Say there who asks for it."))
      return nil
    }
    if let due = entry("due"), let day = line(due, limit: 20) {
      if DayText.milliseconds(day) == nil {
        complain(due, "\(quoted(day)) is no day", "Write it as 2026-01-31.")
      } else {
        assignment.due = day
      }
    }
    return assignment
  }

  private mutating func document(_ text: String) -> MarkedYAML {
    let (document, problems) = MarkedYAML.parse(text, file: file)
    complaints += problems
    return document
  }

  /// The line of text behind a key; nil, complained about, for anything else.
  private mutating func line(_ entry: MarkedYAML.Entry, limit: Int) -> String? {
    guard case .scalar(let text) = entry.value else {
      complain(entry, entry.value == .none ? "has no value" : "is not a single line of text")
      return nil
    }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if line.isEmpty || line.count > limit {
      complain(entry, line.isEmpty ? "has no value" : "is longer than \(limit) characters")
      return nil
    }
    if let problem = controlProblem(line) {
      complain(entry, problem)
      return nil
    }
    return line
  }

  private mutating func complain(_ entry: MarkedYAML.Entry, _ problem: String, _ nextStep: String? = nil) {
    complaints.append(
      Complaint(
        file: file, line: entry.line, column: entry.column, key: shortened(entry.key), problem: problem,
        nextStep: nextStep))
  }
}
