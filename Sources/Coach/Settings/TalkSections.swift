import Practice

/// Reads the `sections:` of a front matter, heading by heading a length, and writes each into its heading as `{2m}`.
///
/// So there is one way for a budget to reach a script, and the events that carry the talk carry its budgets too.
struct TalkSections {
  private var lines: [Substring]
  private let script: Script
  private let file: String
  private let firstLine: Int
  private(set) var complaints: [Complaint] = []

  /// Prepares to write into `talk`.
  init(_ talk: Talk) {
    lines = talk.body.split(separator: "\n", omittingEmptySubsequences: false)
    script = talk.script
    file = talk.path
    firstLine = talk.firstLine
  }

  /// The body with the budgets in it.
  var body: String { lines.joined(separator: "\n") }

  /// Takes in what stands behind `sections:`.
  mutating func take(_ entry: MarkedYAML.Entry) {
    guard case .mapping(let entries) = entry.value else {
      let problem = entry.value == .none ? "has no value" : "is not a list of headings with their lengths"
      return complain(entry, entry.key, problem, "Write below it for instance: Introduction: 2m")
    }
    for entry in entries {
      let key = "sections." + shortened(entry.key)
      guard case .scalar(let text) = entry.value else {
        complain(
          entry, key, entry.value == .none ? "has no length; write for instance 2m" : "is not a length such as 2m")
        continue
      }
      switch TalkLength.read(text) {
      case .failure(let problem): complain(entry, key, "\(quoted(text)) \(problem.clause)")
      case .success(let length): write(length, entry, key)
      }
    }
  }

  private mutating func write(_ length: TalkLength, _ entry: MarkedYAML.Entry, _ key: String) {
    let wanted = TalkSections.folded(entry.key)
    let headings = script.sections.filter { $0.level > 0 }
    let same = headings.filter { TalkSections.folded($0.title) == wanted }
    guard let heading = same.first(where: { $0.budgetSeconds == nil }) else {
      guard let first = same.first else {
        let names = headings.map { TalkSections.folded($0.title) }
        let near = nearest(to: wanted, among: names).flatMap(names.firstIndex).map { headings[$0].title }
        return complain(
          entry, key, "is not a heading of this talk", near.map { "Did you mean \(shortened($0))?" })
      }
      let line = first.line + firstLine - 1
      return complain(entry, key, "has a length in its heading too, line \(line); that one counts")
    }
    guard lines.indices.contains(heading.line - 1) else { return }
    var line = lines[heading.line - 1].trimmingSuffix { $0 == " " || $0 == "\t" }
    // Signs that close a heading would otherwise stand inside it.
    let open = line.trimmingSuffix { $0 == "#" }
    if open.last == " ", open.first == "#" { line = open.trimmingSuffix { $0 == " " } }
    lines[heading.line - 1] = line + " {\(length)}"
  }

  private mutating func complain(
    _ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ nextStep: String? = nil
  ) {
    complaints.append(
      Complaint(file: file, line: entry.line, key: key, problem: problem, nextStep: nextStep))
  }

  private static func folded(_ title: String) -> String {
    title.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)]
  }
}
