/// The fields of what happens in a drill, each written beside how it is read.

extension DrillStart {
  var fields: [JSON.Field] {
    [
      .init("id", .string(drill.id)), .init("exercise", .string(drill.kind.rawValue)),
      .init("version", .count(drill.version)), .init("name", .string(drill.name)),
      .init("skill", .string(drill.skill.rawValue)), .init("seconds", .rounded(drill.seconds)),
      .init("level", .count(drill.level)), .init("language", .string(drill.language)),
      .init("values", .object(drill.values.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })),
      .init("measure", .string(drill.measure)),
      .init("pass", .array(drill.pass.map { .object([.init($0.measure, .string($0.text(isShare: false)))]) })),
      .init("body", .string(drill.body)), .init("text", .string(drill.text)), .init("seed", .count(seed)),
      .init("topic", .text(topic)), .init("first_language", .text(firstLanguage)),
      .init("own", .object(own.sorted { $0.key < $1.key }.map { .init($0.key, .rounded($0.value)) })),
      .init("attempt", .count(attempt)),
    ]
  }

  init?(_ json: JSON) {
    guard let id = json["id"]?.string, let kind = json["exercise"]?.string.flatMap(DrillKind.init),
      let skill = json["skill"]?.string.flatMap(DrillSkill.init)
    else { return nil }
    func text(_ name: String) -> String { json[name]?.string ?? "" }
    let drill = Drill(
      id: Afterwards.name(id), kind: kind, version: json["version"]?.countInHere ?? 1,
      name: Afterwards.name(text("name")),
      skill: skill, seconds: Afterwards.seconds(json["seconds"]?.double ?? 0), level: json["level"]?.countInHere ?? 1,
      language: Afterwards.name(text("language")), values: DrillStart.pairs(json["values"], DrillValue.init),
      measure: Afterwards.name(text("measure")), pass: DrillStart.rules(json["pass"]), body: text("body"),
      text: text("text"))
    self.init(
      drill: drill, seed: json["seed"]?.integer ?? 0, topic: json["topic"]?.string.map(Afterwards.line),
      firstLanguage: json["first_language"]?.string.map(Afterwards.name), own: DrillStart.pairs(json["own"], \.double),
      attempt: json["attempt"]?.countInHere ?? 1)
  }

  private static func rules(_ json: JSON?) -> [DrillRule] {
    guard case .array(let rules)? = json else { return [] }
    return rules.prefix(Afterwards.entryLimit).compactMap { rule in
      guard case .object(let fields) = rule, let field = fields.first, let text = field.value.string,
        let bound = DrillRule.bound(from: text)
      else { return nil }
      return DrillRule(field.name, bound)
    }
  }

  private static func pairs<Value>(_ json: JSON?, _ value: (JSON) -> Value?) -> [String: Value] {
    guard case .object(let fields)? = json else { return [:] }
    return Dictionary(
      fields.prefix(Afterwards.entryLimit).compactMap { field in value(field.value).map { (field.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension DrillValue {
  fileprivate var json: JSON {
    switch self {
    case .number(let value): .rounded(value, 4)
    case .text(let text): .string(text)
    case .list(let texts): .array(texts.map(JSON.string))
    }
  }

  fileprivate init?(_ json: JSON) {
    switch json {
    case .number(let value) where value.isFinite && abs(value) <= 1e9: self = .number(value)
    case .string(let text): self = .text(text)
    case .array(let values): self = .list(values.prefix(500).compactMap(\.string))
    default: return nil
    }
  }
}

extension Choice {
  var fields: [JSON.Field] {
    [
      .init("start", .rounded(start)), .init("end", .rounded(end)),
      .init("scores", .object(candidates.map { .init($0.word, .rounded($0.score, 4)) })),
    ]
  }

  init?(_ json: JSON) {
    guard let start = json["start"]?.double, let end = json["end"]?.double, start <= end,
      case .object(let scores)? = json["scores"]
    else { return nil }
    self.init(
      start: start, end: end,
      candidates: scores.compactMap { field in field.value.double.map { Candidate(field.name, $0) } })
  }
}

extension Contour {
  var fields: [JSON.Field] {
    [
      .init("start", .rounded(start)), .init("levels", .array(levels.map { .rounded($0, 1) })),
      .init("pitches", .array(pitches.map { .rounded($0, 1) })),
    ]
  }

  init?(_ json: JSON) {
    guard let start = json["start"]?.double, case .array(let levels)? = json["levels"],
      case .array(let pitches)? = json["pitches"]
    else { return nil }
    self.init(start: start, levels: levels.map { $0.double ?? -100 }, pitches: pitches.map { $0.double ?? 0 })
  }
}

extension ModelLine {
  var fields: [JSON.Field] {
    [
      .init("line", .count(line)), .init("text", .string(text)), .init("seconds", .rounded(seconds)),
      .init("voice", .string(voice)),
    ] + contour.fields
  }

  init?(_ json: JSON) {
    guard let line = json["line"]?.integer, let text = json["text"]?.string, let contour = Contour(json) else {
      return nil
    }
    self.init(
      line: line, text: text, seconds: json["seconds"]?.double ?? contour.seconds, voice: json["voice"]?.string ?? "",
      contour: contour)
  }
}

extension DrillResult {
  var fields: [JSON.Field] {
    [
      .init("drill", .string(drill)), .init("version", .count(version)),
      .init("passed", isPassed.map(JSON.bool) ?? .null), .init("complete", .bool(isComplete)),
      .init("grade", .text(grade?.name)), .init("refusal", .text(refusal)),
      .init("figures", .object(figures.map { .init($0.name, .rounded($0.value, 4)) })),
      .init(
        "rows",
        .array(
          rows.map {
            .object([
              .init("label", .string($0.label)), .init("value", .string($0.value)),
              .init("hit", $0.isHit.map(JSON.bool) ?? .null), .init("start", .rounded($0.start)),
            ])
          })),
    ]
  }

  init?(_ json: JSON) {
    guard let drill = json["drill"]?.string else { return nil }
    var (figures, rows): ([DrillFigure], [DrillRow]) = ([], [])
    if case .object(let fields)? = json["figures"] {
      figures = fields.compactMap { field in field.value.double.map { DrillFigure(field.name, $0) } }
    }
    if case .array(let values)? = json["rows"] {
      rows = values.map {
        DrillRow(
          $0["label"]?.string ?? "", $0["value"]?.string ?? "", isHit: $0["hit"]?.bool, start: $0["start"]?.double)
      }
    }
    self.init(
      drill: drill, version: json["version"]?.countInHere ?? 0, isPassed: json["passed"]?.bool,
      isComplete: json["complete"]?.bool ?? false, grade: json["grade"]?.string.flatMap(DrillGrade.init(named:)),
      refusal: json["refusal"]?.string, figures: figures, rows: rows)
  }
}
