package import Practice
package import Tutor

/// Which drill fits what was found: the table `Prompts/drills.yaml`.
///
/// A finding leads to the drills of its row; where it has none that is there, to those of its topic, else to all that train
/// the skill of that topic.
package struct DrillRules: Equatable, Sendable {
  /// A row: names of drills, and where they stand.
  package struct Row: Equatable, Sendable {
    package var drills: [String]
    package var line: Int
  }

  /// By the name of a finding, easiest drills first.
  package private(set) var findings: [String: Row] = [:]
  /// By topic.
  package private(set) var topics: [String: Row] = [:]
  /// The skill that a topic is about.
  package private(set) var skills: [String: DrillSkill] = [:]
  /// The file it comes from; nil for none.
  package private(set) var file: String?

  /// Names of drills in one row at most.
  package static let limitDrills = 50

  /// A table of nothing: no finding leads to a drill.
  package init() {}

  /// Reads the table in `text`; a row that cannot be understood is left out and complained about, and the others count.
  package static func parse(text: String, file: String) -> (DrillRules, [Complaint]) {
    let (document, problems) = MarkedYAML.parse(text, file: file, brackets: 2_000)
    var rules = DrillRules()
    rules.file = file
    var reader = DrillRulesReader(file: file, complaints: problems)
    reader.complaints += document.unknown(
      known: ["findings", "topics", "skills"], file: file, what: "part of the table")
    rules.findings = reader.rows(document["findings"])
    rules.topics = reader.rows(document["topics"])
    rules.skills = reader.skills(document["skills"])
    return (rules, reader.complaints)
  }

  /// What is wrong with this table beside those drills and findings: names that nothing has.
  package func complaints(on shelf: DrillShelf, findings known: [String]) -> [Complaint] {
    let ids = shelf.drills.map(\.id).sorted()
    var complaints: [Complaint] = []
    func complain(_ row: Row, _ key: String, _ problem: String, _ near: String?) {
      complaints.append(
        Complaint(
          file: file ?? "drills.yaml", line: row.line, key: key, problem: problem,
          nextStep: near.map { "Did you mean \($0)?" }))
    }
    for (part, rows) in [("findings", findings), ("topics", topics)] {
      for (name, row) in rows.sorted(by: { $0.value.line < $1.value.line }) {
        if part == "findings", !known.contains(name) {
          complain(row, "\(part).\(name)", "is not a finding", nearest(to: name, among: known))
        }
        for id in row.drills where !ids.contains(id) && !shelf.refused.contains(id) {
          complain(row, "\(part).\(name)", "\(quoted(id)) is not a drill", nearest(to: id, among: ids))
        }
      }
    }
    return complaints
  }

  /// This table with the rows of `other` that it lacks.
  func filled(from other: DrillRules) -> DrillRules {
    var rules = self
    rules.findings.merge(other.findings) { own, _ in own }
    rules.topics.merge(other.topics) { own, _ in own }
    rules.skills.merge(other.skills) { own, _ in own }
    rules.file = file ?? other.file
    return rules
  }

  /// The drills on `shelf` that fit `step`, best first; empty where nothing fits.
  package func drills(for step: NextStep, on shelf: DrillShelf, passed: Set<String> = []) -> [Drill] {
    drills(finding: step.finding, topic: step.topic, on: shelf, passed: passed)
  }

  /// The same for a finding and its topic.
  ///
  /// Those not passed yet go first, easier before harder: of a skill in which nothing was passed level 1, after a pass the
  /// level above too. Behind them stand harder ones, and at the end those that were passed, the hardest first.
  package func drills(
    finding: String, topic: String, on shelf: DrillShelf, passed: Set<String> = []
  ) -> [Drill] {
    func there(_ row: Row?) -> [Drill] {
      var seen: Set<String> = []
      return (row?.drills ?? []).filter { seen.insert($0).inserted }.compactMap { id in
        shelf.drills.first { $0.id == id }
      }
    }
    var fitting = there(findings[finding])
    if fitting.isEmpty { fitting = there(topics[topic]) }
    if fitting.isEmpty { fitting = skills[topic].map(shelf.drills(for:)) ?? [] }
    let fresh = fitting.filter { !passed.contains($0.id) }
    func isInReach(_ drill: Drill) -> Bool {
      let reached = shelf.drills.filter { $0.skill == drill.skill && passed.contains($0.id) }.map(\.level).max() ?? 0
      return drill.level <= reached + 1
    }
    return fresh.filter(isInReach) + fresh.filter { !isInReach($0) }
      + fitting.filter { passed.contains($0.id) }.reversed()
  }
}

/// Turns marked values into rows and gathers complaints on the way.
private struct DrillRulesReader {
  let file: String
  var complaints: [Complaint]

  private mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(
        file: file, line: entry.line, column: entry.column, key: shortened(key), problem: problem, nextStep: next))
  }

  private mutating func mapping(_ entry: MarkedYAML.Entry?) -> [MarkedYAML.Entry] {
    guard let entry else { return [] }
    if case .mapping(let entries) = entry.value { return entries }
    complain(entry, entry.key, "is not a list of names with what belongs to them below")
    return []
  }

  mutating func rows(_ entry: MarkedYAML.Entry?) -> [String: DrillRules.Row] {
    var rows: [String: DrillRules.Row] = [:]
    for part in mapping(entry) {
      let key = "\(entry?.key ?? "").\(part.key)"
      var ids: [String] = []
      switch part.value {
      case .scalar(let text): ids = [text]
      case .list(let values):
        ids = values.compactMap { if case .scalar(let text) = $0 { text } else { nil } }
        if ids.count != values.count { complain(part, key, "has something in it that is not the name of a drill") }
      case .none, .mapping: complain(part, key, "is not a list of drills", "Write [first-drill, second-drill].")
      }
      if let id = ids.first(where: { DrillFile.problem(ofID: $0) != nil }) {
        complain(part, key, "\(quoted(id)) is not the name of a drill")
      }
      ids = ids.filter { DrillFile.problem(ofID: $0) == nil }
      if !ids.isEmpty {
        rows[part.key] = DrillRules.Row(drills: Array(ids.prefix(DrillRules.limitDrills)), line: part.line)
      }
    }
    return rows
  }

  mutating func skills(_ entry: MarkedYAML.Entry?) -> [String: DrillSkill] {
    var skills: [String: DrillSkill] = [:]
    for part in mapping(entry) {
      switch DrillParameter.Shape.choice(DrillSkill.allCases.map(\.rawValue)).read(part.value) {
      case .success(.text(let name)): skills[part.key] = DrillSkill(rawValue: name)
      case .success: break
      case .failure(let problem): complain(part, "skills.\(part.key)", problem.clause, problem.nextStep)
      }
    }
    return skills
  }
}

extension Surroundings {
  /// Which drill fits what: the user's own table, with the rows of the shipped one that it lacks, and what is wrong in them.
  package func drillRules() -> (DrillRules, [Complaint]) {
    var (rules, complaints) = (DrillRules(), [Complaint]())
    for file in promptFiles("drills.yaml") {
      switch file.text {
      case .success(let text):
        let (found, problems) = DrillRules.parse(text: text, file: file.path)
        rules = rules.filled(from: found)
        complaints += problems
      case .failure(let error): complaints.append(Complaint(file: file.path, problem: "\(error)"))
      }
    }
    return (rules, complaints)
  }
}
