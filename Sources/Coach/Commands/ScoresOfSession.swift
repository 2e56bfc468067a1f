import ArgumentParser
import Glibc
import History
import Practice

/// `rostrum sessions scores`: a session by a rubric, and every score opened.
struct ScoresOfSession: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scores", abstract: "A session's scores, and what they are made of.",
    discussion: """
      Examples:
        rostrum sessions scores last
        rostrum sessions scores last --rubric toastmasters
        rostrum sessions scores last --explain pace
      """)

  @Argument(help: "An id, the beginning of one, or last.")
  var session: String

  @Option(help: "A rubric, by its file's name or its own; all, if left out.")
  var rubric: String?

  @Option(help: "A criterion to be opened: formula, inputs, band, and the moments that moved it.")
  var explain: String?

  @Flag(help: "One JSON object a rubric.")
  var json = false

  mutating func run() throws {
    let surroundings = try Surroundings.gather()
    let shelf = surroundings.rubrics()
    for complaint in shelf.complaints { Printed.complain(Messages.rubricLeftOut(complaint)) }
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: history)
    let past = try PastReader(history, surroundings).read(row.id)
    var pairs = Array(zip(past.scores, past.sheets))
    if let rubric {
      guard let wanted = shelf.rubric(rubric) else {
        throw Failure(.usage, Messages.noRubric(rubric, among: shelf.rubrics.map(\.id)))
      }
      pairs = pairs.filter { $0.0.rubric == wanted.id }
    } else if explain != nil {
      pairs = Array(pairs.prefix(1))
    }
    if let explain, !pairs.contains(where: { Self.criterion(explain, in: $0.0) != nil }) {
      throw Failure(.usage, Messages.noCriterion(explain, among: pairs.flatMap { $0.0.criteria.map(\.id) }))
    }
    for (index, (scores, sheet)) in pairs.enumerated() {
      if json {
        Printed.line(Self.object(scores, sheet).text)
      } else if let explain {
        for line in Self.criterion(explain, in: scores)?.explanation ?? [] { Printed.line(Printed.safe(line)) }
      } else {
        if index > 0 { Printed.line("") }
        show(scores, sheet, past.session.scoreCards)
      }
    }
  }

  private static func criterion(_ name: String, in scores: Scores) -> CriterionScore? {
    let folded = name.lowercased()
    return scores.criteria.first { $0.id == folded || $0.name.lowercased() == folded }
  }

  private func show(_ scores: Scores, _ sheet: AssessmentSheet, _ cards: [ScoreCard]) {
    Printed.sentence("\(scores.name), version \(scores.version), judged as \(scores.context.words)")
    var rows = [["All of it", scores.overall?.words ?? "-", scores.reason?.words ?? ""]]
    for row in sheet.rows {
      let score = scores[row.criterion.id]
      let people = row.marks.filter { $0.judge.kind != nil }.map { mark in
        "\(mark.judge.words): \(Figures.decimal(mark.level, 0)), \(sheet.rubric.name(ofLevel: mark.level))"
      }
      let apart = (row.disagreement ?? 0) >= 1 ? row.words.map { [$0] } ?? [] : []
      let why = score?.score == nil ? [score?.reason?.words ?? Messages.judgedByPeople] : []
      rows.append([row.criterion.name, score?.score?.words ?? "-", (why + people + apart).joined(separator: "; ")])
    }
    Printed.table(rows, columns: Terminals.columns(STDOUT_FILENO))
    for card in cards where card.rubric == scores.rubric && card.version != scores.version {
      let overall = card.entries.first { $0.criterion == Rubric.overall }?.value
      Printed.sentence("By version \(card.version) it was \(overall.map { Figures.decimal($0, 0) } ?? "-").")
    }
  }

  private static func object(_ scores: Scores, _ sheet: AssessmentSheet) -> JSON {
    func fields(_ score: ScoreValue?) -> [JSON.Field] {
      [
        .init("value", .rounded(score?.value, 1)), .init("low", .rounded(score?.low, 1)),
        .init("high", .rounded(score?.high, 1)),
      ]
    }
    let criteria = sheet.rows.map { row -> JSON in
      let score = scores[row.criterion.id]
      let marks = row.marks.filter { $0.judge.kind != nil }.map { mark in
        JSON.object([
          .init("judge", .string(mark.judge.words)), .init("level", .rounded(mark.level, 2)),
          .init("reason", .text(mark.reason)),
        ])
      }
      let moments = (score?.moments ?? []).map { moment in
        JSON.object([
          .init("start", .rounded(moment.start)), .init("end", .rounded(moment.end)),
          .init("points", .rounded(moment.delta, 1)), .init("what", .string(moment.what)),
        ])
      }
      return .object(
        [.init("criterion", .string(row.criterion.id)), .init("name", .string(row.criterion.name))]
          + fields(score?.score) + [
            .init("reason", .text(score?.reason?.words)),
            .init("explanation", .array((score?.explanation ?? []).map(JSON.string))),
            .init("moments", .array(moments)), .init("judgements", .array(marks)),
          ])
    }
    return .object(
      [
        .init("rubric", .string(scores.rubric)), .init("version", .count(scores.version)),
        .init("context", .string(scores.context.rawValue)),
      ] + fields(scores.overall) + [.init("criteria", .array(criteria))])
  }
}
