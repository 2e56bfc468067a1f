import ArgumentParser
import Glibc
import History
import Practice
import Terminal

/// `rostrum sessions trends`: a figure over the sessions.
struct TrendsOfSessions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trends", abstract: "How a figure goes over your sessions.",
    discussion: """
      Without a figure all of them are listed, a sentence each. In a terminal the
      figure is drawn; --plain, and pipes, get the same in words.

      Examples:
        rostrum sessions trends
        rostrum sessions trends pace
        rostrum sessions trends fillers-per-minute --talk keynote --json
        rostrum sessions trends --drill silence-instead
        rostrum sessions trends --skill pauses
      """)

  @Argument(help: "A figure: pace, fillers-per-minute, pitch-spread, score.rostrum.overall and others.")
  var figure: String?

  @Option(help: "Takes of this talk only.")
  var talk: String?

  @Option(help: "Sessions with this tag only.")
  var tag: String?

  @Option(help: "Attempts at this drill only, and its own figures.")
  var drill: String?

  @Option(help: "Attempts at drills of this skill only: pauses, pace, fillers and others.")
  var skill: String?

  @Flag(help: "Words instead of a chart.")
  var plain = false

  @Flag(help: "One JSON object a figure: points, smooth, band, changes and sentences.")
  var json = false

  mutating func run() throws {
    if json, plain { throw Failure(.usage, Messages.notTogether("--json", "--plain")) }
    if talk != nil, drill != nil || skill != nil {
      throw Failure(.usage, Messages.notTogether("--talk", drill == nil ? "--skill" : "--drill"))
    }
    let skill = try skill.map(Self.named)
    let surroundings = try Surroundings.gather()
    let history = try KeptSessions.history()
    try CatchingUp.index(surroundings)
    let known = try known(in: history, skill)
    let chosen = try Self.chosen(figure, among: known)
    guard !chosen.isEmpty else { return json ? () : Printed.sentence(Messages.noTrends) }
    do throws(HistoryError) {
      for figure in chosen {
        let trend = try TrendFigures.trend(
          of: figure, in: history, utcOffset: localOffset(), talk: talk, tag: tag?.lowercased(),
          drill: drill, skill: skill)
        show(trend)
      }
    } catch { throw Failure(error) }
  }

  /// The figures there are; of a drill, or of a skill, where one is named.
  private func known(in history: History, _ skill: DrillSkill?) throws(Failure) -> [TrendFigure] {
    do throws(HistoryError) {
      guard let drill else {
        if let skill { return TrendFigures.known(ofSkill: skill) }
        return try TrendFigures.known(in: history)
      }
      let known = try TrendFigures.known(ofDrill: drill, in: history)
      guard known.isEmpty else { return known }
    } catch { throw Failure(error) }
    throw Failure(.noInput, Messages.noAttempts(drill ?? ""))
  }

  private static func named(_ skill: String) throws(Failure) -> DrillSkill {
    if let found = DrillSkill(rawValue: skill.lowercased()) { return found }
    throw Failure(.usage, Messages.noSkill(skill))
  }

  /// The figure that is named, or all there are.
  private static func chosen(_ name: String?, among known: [TrendFigure]) throws(Failure) -> [TrendFigure] {
    guard let name else { return known }
    let folded = name.lowercased()
    let names = [folded, DrillFigures.prefix + folded]
    if let found = known.first(where: { names.contains($0.name) || $0.label.lowercased() == folded }) {
      return [found]
    }
    if let figure = TrendFigure.named(folded) { return [figure] }
    throw Failure(.usage, Messages.noFigure(name, among: known.map(\.name)))
  }

  private func show(_ trend: Trend) {
    if json { return Printed.line(Self.object(trend).text) }
    guard figure != nil else {
      return Printed.sentence("\(trend.figure.name): \(trend.sentences.first ?? "")")
    }
    let chart = TrendsView.chart(trend)
    if !plain, let columns = Terminals.columns(STDOUT_FILENO), columns >= 30 {
      let width = min(columns, 100)
      var grid = Grid(Size(columns: width, rows: 16))
      grid.draw(chart, in: Area(column: 0, row: 0, columns: width, rows: 16), Glyphs.of(utf8: Surroundings.isUTF8))
      for line in grid.lines() { Printed.line(line) }
      Printed.line("")
    } else {
      for line in chart.text { Printed.sentence(line) }
    }
    for sentence in trend.sentences { Printed.sentence(sentence) }
  }

  private static func object(_ trend: Trend) -> JSON {
    func moment(_ seconds: Double) -> JSON { .count(Int(seconds * 1_000)) }
    return .object([
      .init("figure", .string(trend.figure.name)), .init("label", .string(trend.figure.label)),
      .init("unit", .string(trend.figure.unit)),
      .init(
        "points",
        .array(
          trend.points.map {
            .object([
              .init("id", .string($0.id)), .init("at_ms", moment($0.at)), .init("value", .rounded($0.value)),
              .init("low", .rounded($0.low)), .init("high", .rounded($0.high)),
            ])
          })),
      .init(
        "smooth",
        .array(
          trend.smooth.map { .object([.init("at_ms", moment($0.at)), .init("value", .rounded($0.value))]) })),
      .init(
        "band", trend.band.map { .array([.rounded($0.lowerBound), .rounded($0.upperBound)]) } ?? .null),
      .init("level", .rounded(trend.level)),
      .init(
        "changes",
        .array(
          trend.changes.map {
            .object([
              .init("at_ms", moment($0.at)), .init("before", .rounded($0.before)),
              .init("after", .rounded($0.after)), .init("expected", .bool($0.isExpected)),
            ])
          })),
      .init("sentences", .array(trend.sentences.map(JSON.string))),
    ])
  }
}
