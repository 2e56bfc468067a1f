package import Tutor

/// Reads the table of what there is to say of a take, `Prompts/findings/en.yaml`.
///
/// Reading never fails: a row that cannot be understood is left out and complained about with its line, and the others
/// count.
package enum FindingsFile {
  private static let keys = ["language", "findings", "topics", "phrases"]
  /// Brackets that are read: each `{{name}}` has two of them.
  private static let limitBrackets = 4_000

  /// The table in `text`, and what was wrong with it.
  package static func parse(text: String, file: String) -> (Findings, [Complaint]) {
    let (document, problems) = MarkedYAML.parse(text, file: file, brackets: limitBrackets)
    var reader = FindingsReader(file: file, text: text, complaints: problems)
    reader.complaints += document.unknown(known: keys, file: file, what: "key")
    var findings = Findings()
    if let entry = document["language"], case .scalar(let language) = entry.value { findings.language = language }
    findings.topics = reader.mapping(document["topics"], "topics").compactMap { reader.topic($0) }
    let topics = Set(findings.topics.map(\.name))
    findings.findings = reader.mapping(document["findings"], "findings").compactMap { reader.finding($0, topics) }
    let phrases = reader.mapping(document["phrases"], "phrases")
    reader.complaints += MarkedYAML.unknown(
      phrases, known: Findings.Phrase.allCases.map(\.rawValue), file: file, what: "phrase", prefix: "phrases.")
    for phrase in phrases { findings.phrases[phrase.key] = reader.templates(phrase, key: "phrases.\(phrase.key)") }
    return (findings, reader.complaints)
  }
}

/// The table of findings in use, and what is wrong with it.
package struct FindingsFound: Sendable {
  package var findings = Findings()
  /// The file; nil where there is none.
  package var path: String?
  package var complaints: [Complaint] = []
}

extension Surroundings {
  /// The findings of `language`: the user's own table, with the topics and phrases of the shipped one that it lacks, else
  /// the shipped one; for a file that cannot be read at all the next one is taken.
  package func findings(language: String = "en") -> FindingsFound {
    var found = FindingsFound()
    for file in promptFiles("findings/\(language).yaml") {
      switch file.text {
      case .success(let text):
        let (findings, complaints) = FindingsFile.parse(text: text, file: file.path)
        found.complaints += complaints
        guard found.path == nil else {
          found.findings = found.findings.filled(from: findings)
          return found
        }
        if !findings.findings.isEmpty || !findings.phrases.isEmpty {
          (found.findings, found.path) = (findings, file.path)
        }
      case .failure(let error): found.complaints.append(Complaint(file: file.path, problem: "\(error)"))
      }
    }
    return found
  }
}

/// Turns marked values into findings and gathers complaints on the way.
private struct FindingsReader {
  let file: String
  var complaints: [Complaint]
  /// The lines of the file, to find a tag in.
  private let lines: [Substring]

  init(file: String, text: String, complaints: [Complaint]) {
    self.file = file
    self.complaints = complaints
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static let names = TutorFacts.templateNames.union(Findings.templateNames)

  mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(file: file, line: entry.line, column: entry.column, key: key, problem: problem, nextStep: next))
  }

  /// The entries of a mapping; none, complained about, for everything else.
  mutating func mapping(_ entry: MarkedYAML.Entry?, _ key: String) -> [MarkedYAML.Entry] {
    guard let entry else { return [] }
    guard case .mapping(let entries) = entry.value else {
      complain(entry, key, "is not a list of names with what belongs to them below")
      return []
    }
    return entries
  }

  mutating func finding(_ entry: MarkedYAML.Entry, _ topics: Set<String>) -> TakeFinding? {
    let key = "findings.\(entry.key)"
    let before = complaints.count
    let parts = mapping(entry, key)
    complaints += MarkedYAML.unknown(
      parts, known: ["kind", "topic", "when", "priority", "moment", "say", "why", "exercise", "ask"], file: file,
      what: "part of a finding", prefix: key + ".")
    let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    let kind = choice(values["kind"], key + ".kind", of: TakeFinding.Kind.self)
    let topic = scalar(values["topic"], key + ".topic")
    if let topic, let part = values["topic"], !topics.contains(topic) {
      let near = nearest(to: topic, among: topics.sorted()).map { "Did you mean \($0)?" }
      complain(part, key + ".topic", "\(quoted(topic)) is not one of the topics below", near)
    }
    let say = template(values["say"], key + ".say")
    let moment = scalar(values["moment"], key + ".moment")
    if let moment, let part = values["moment"] { check(fact: moment, part, key + ".moment") }
    let when = conditions(values["when"], key + ".when")
    let priority = values["priority"].flatMap { number($0, key + ".priority", 0...100) } ?? 50
    let (why, exercise) = (template(values["why"], key + ".why"), template(values["exercise"], key + ".exercise"))
    let ask = template(values["ask"], key + ".ask")
    for name in ["kind", "topic", "say"] where values[name] == nil { complain(entry, key + "." + name, "is missing") }
    guard complaints.count == before, let kind, let topic, let say else { return nil }
    return TakeFinding(
      name: entry.key, kind: kind, topic: topic, when: when, priority: priority, moment: moment, say: say, why: why,
      exercise: exercise, ask: ask)
  }

  mutating func topic(_ entry: MarkedYAML.Entry) -> Findings.Topic? {
    let key = "topics.\(entry.key)"
    let parts = mapping(entry, key)
    complaints += MarkedYAML.unknown(
      parts, known: ["words", "listed", "kind", "answers"], file: file, what: "part of a topic", prefix: key + ".")
    let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    var words: [[String]] = []
    if let part = values["words"] {
      if case .list(let texts) = part.value {
        words = texts.compactMap { value in
          guard case .scalar(let text) = value else { return nil }
          return text.lowercased().split(separator: " ").map(String.init)
        }
      } else {
        complain(part, key + ".words", "is not a list of words such as [pace, how fast]")
      }
    }
    let isListed = values["listed"].flatMap { yesOrNo($0, key + ".listed") } ?? true
    let isKind = values["kind"].flatMap { yesOrNo($0, key + ".kind") } ?? false
    return Findings.Topic(
      name: entry.key, words: words, isListed: isListed, isKind: isKind,
      answers: answers(values["answers"], key + ".answers"))
  }

  private mutating func answers(_ entry: MarkedYAML.Entry?, _ key: String) -> [Findings.Answer] {
    guard let entry else { return [] }
    guard case .list(let rows) = entry.value else {
      complain(entry, key, "is not a list of answers, each with `- say:`")
      return []
    }
    return rows.compactMap { row in
      guard case .mapping(let parts) = row else {
        complain(entry, key, "has an answer without `say:`")
        return nil
      }
      complaints += MarkedYAML.unknown(
        parts, known: ["when", "say"], file: file, what: "part of an answer", prefix: key + ".")
      let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
      let before = complaints.count
      let when = conditions(values["when"], key + ".when")
      guard let say = template(values["say"], key + ".say"), complaints.count == before else { return nil }
      return Findings.Answer(when: when, say: say)
    }
  }

  // MARK: Conditions

  /// One condition, or a list of which all must hold.
  private mutating func conditions(_ entry: MarkedYAML.Entry?, _ key: String) -> [TakeFinding.Condition] {
    guard let entry else { return [] }
    switch entry.value {
    case .mapping(let parts): return condition(parts, entry, key).map { [$0] } ?? []
    case .list(let rows):
      return rows.compactMap { row in
        if case .mapping(let parts) = row { return condition(parts, entry, key) }
        complain(entry, key, "is not a list of conditions such as {fact: fillers-per-minute, above: 12}")
        return nil
      }
    case .none, .scalar:
      complain(entry, key, "is not a condition such as {fact: fillers-per-minute, above: 12}")
      return []
    }
  }

  private mutating func condition(
    _ parts: [MarkedYAML.Entry], _ entry: MarkedYAML.Entry, _ key: String
  ) -> TakeFinding.Condition? {
    let tests = TakeFinding.Condition.Test.allCases
    complaints += MarkedYAML.unknown(
      parts, known: ["fact", "known"] + tests.map(\.rawValue), file: file, what: "part of a condition",
      prefix: key + ".")
    guard let part = parts.first(where: { $0.key == "fact" }), let fact = scalar(part, key + ".fact") else {
      complain(entry, key + ".fact", "is missing")
      return nil
    }
    check(fact: fact, part, key + ".fact")
    var condition = TakeFinding.Condition(fact)
    for part in parts {
      if let test = TakeFinding.Condition.Test(rawValue: part.key) {
        condition.tests[test] = number(part, key + "." + part.key, -1e6...1e6)
      } else if part.key == "known" {
        guard let isKnown = yesOrNo(part, key + ".known") else { return nil }
        condition.isKnown = isKnown
      }
    }
    return condition
  }

  private mutating func check(fact: String, _ entry: MarkedYAML.Entry, _ key: String) {
    guard !TutorFacts.names.contains(fact) else { return }
    let near = nearest(to: fact, among: TutorFacts.names).map { "Did you mean \($0)?" }
    complain(entry, key, "\(quoted(fact)) is not a fact", near)
  }

  // MARK: Values

  private mutating func scalar(_ entry: MarkedYAML.Entry?, _ key: String) -> String? {
    guard let entry else { return nil }
    guard case .scalar(let text) = entry.value, !text.isEmpty else {
      complain(entry, key, "has no value, or more than one")
      return nil
    }
    return text
  }

  private mutating func yesOrNo(_ entry: MarkedYAML.Entry, _ key: String) -> Bool? {
    if case .scalar(let text) = entry.value, let truth = truth(text) { return truth }
    complain(entry, key, "is not yes or no")
    return nil
  }

  private mutating func choice<Value: RawRepresentable & CaseIterable>(
    _ entry: MarkedYAML.Entry?, _ key: String, of kind: Value.Type
  ) -> Value? where Value.RawValue == String {
    guard let entry, let text = scalar(entry, key) else { return nil }
    if let value = Value(rawValue: text) { return value }
    complain(entry, key, "is not one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  private mutating func number(_ entry: MarkedYAML.Entry, _ key: String, _ range: ClosedRange<Double>) -> Double? {
    guard case .scalar(let text) = entry.value, let value = Double(text), range.contains(value) else {
      complain(entry, key, "is not a number that makes sense here")
      return nil
    }
    return value
  }

  private mutating func template(_ entry: MarkedYAML.Entry?, _ key: String) -> TutorTemplate? {
    guard let entry, let text = scalar(entry, key) else { return nil }
    return template(text, entry, key)
  }

  private mutating func template(_ text: String, _ entry: MarkedYAML.Entry, _ key: String) -> TutorTemplate? {
    do throws(TemplateProblem) { return try TutorTemplate(text, names: Self.names) } catch {
      // YAML folds lines, so the tag is looked for from where the value begins.
      let first = min(max(entry.valueLine - 1, 0), lines.count)
      let found = error.tag.flatMap { tag in lines[first...].firstIndex { $0.contains("{{" + tag) } }
      var problem = error
      problem.line = (found ?? first) + 1
      complaints.append(Complaint(problem, file: file, key: key, names: Self.names))
      return nil
    }
  }

  /// The ways of a phrase: one text, or a list of them.
  mutating func templates(_ entry: MarkedYAML.Entry, key: String) -> [TutorTemplate] {
    switch entry.value {
    case .scalar(let text): return [template(text, entry, key)].compactMap { $0 }
    case .list(let texts):
      return texts.compactMap { value in
        guard case .scalar(let text) = value else {
          complain(entry, key, "is not a text or a list of texts")
          return nil
        }
        return template(text, entry, key)
      }
    case .none, .mapping:
      complain(entry, key, "is not a text or a list of texts")
      return []
    }
  }
}
