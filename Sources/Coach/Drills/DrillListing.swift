import History
import Practice

/// A drill as `rostrum drills` lists it: what its file says, and what is known of the learner's attempts.
struct DrillListing {
  let drill: Drill
  /// The best value of its measure, nil where it was never done.
  var best: Double?
  /// How often it was done or judged.
  var attempts = 0
  /// Days until it comes back, below 0 where it is overdue; nil where it is on no schedule.
  var dueDays: Int?
  /// What is wanted of it by somebody; empty where nothing is.
  var note = ""
  var by = ""
  /// Whether it is a file of the learner's own.
  var isOwn = false

  /// All of `shelf` in its order, with what `book` knows.
  static func all(_ shelf: DrillShelf, _ book: DrillBook, own: Set<String>) throws(HistoryError) -> [DrillListing] {
    let due = Dictionary(book.due.map { ($0.drill.id, $0) }, uniquingKeysWith: { first, _ in first })
    var listed: [DrillListing] = []
    for drill in shelf.drills {
      var line = DrillListing(drill: drill, best: try book.best(of: drill), attempts: book.counts[drill.id] ?? 0)
      line.dueDays = due[drill.id].map { -$0.overdueDays } ?? book.daysUntilDue(drill.id)
      (line.note, line.by) = (due[drill.id]?.note ?? "", due[drill.id]?.by ?? "")
      line.isOwn = own.contains(drill.id)
      listed.append(line)
    }
    return listed
  }

  /// Whether it is due today or was before, or somebody asked for it.
  var isDue: Bool { dueDays.map { $0 <= 0 } ?? false || !by.isEmpty }

  /// When it is due, in a word or two; empty where it is on no schedule.
  var due: String {
    switch dueDays {
    case nil: ""
    case 0?: "today"
    case 1?: "tomorrow"
    case let days? where days < 0: Figures.count(-days, "day") + " over"
    case let days?: "in " + Figures.count(days, "day")
    }
  }

  /// The best value with its unit; empty where there is none.
  var bestText: String { best.map { drill.shown($0) } ?? "" }

  /// The fields of `drills --json`.
  var fields: [JSON.Field] {
    [
      .init("id", .string(drill.id)), .init("name", .string(drill.name)), .init("kind", .string(drill.kind.rawValue)),
      .init("skill", .string(drill.skill.rawValue)), .init("seconds", .rounded(drill.seconds)),
      .init("level", .count(drill.level)), .init("language", .string(drill.language)),
      .init("version", .count(drill.version)), .init("own", .bool(isOwn)), .init("measure", .string(drill.measure)),
      .init("pass", .object(drill.pass.map { .init($0.measure, .string(drill.bound(of: $0))) })),
      .init("attempts", .count(attempts)), .init("best", best.map { JSON.rounded($0, 4) } ?? .null),
      .init("due_days", dueDays.map(JSON.count) ?? .null), .init("note", .string(note)), .init("by", .string(by)),
    ]
  }
}

extension Drill {
  /// A value of its measure in the measure's unit: `80 %`, `148 words a minute`.
  func shown(_ value: Double) -> String {
    DrillWords.value(value, of: DrillWords.measure(measure, among: kind.exercise.measures))
  }

  /// The bound of one of its rules, shares in per cent: `at least 80 %`.
  func bound(of rule: DrillRule) -> String {
    rule.text(isShare: kind.exercise.measures.first { $0.name == rule.measure }?.unit == "%")
  }

  /// What must hold for it to be passed, a line a rule, in the names that people use.
  var passLines: [String] {
    pass.map { rule in
      let label = kind.exercise.measures.first { $0.name == rule.measure }?.label ?? rule.measure
      return "\(label): \(bound(of: rule))"
    }
  }
}
