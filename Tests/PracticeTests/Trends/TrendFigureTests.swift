import Testing

@testable import Practice

@Suite struct TrendFigureTests {
  private static let names =
    SessionFigures.rows.map(\.name) + ["score.rostrum.overall", "score.rostrum.vocal-variety", "score.oracy.overall"]

  /// What is said of a figure that rose after ten sessions, and of one that fell.
  private static func sentences(_ figure: TrendFigure) -> [String] {
    let rising = (0..<20).map { index -> Double in Double(index < 10 ? 70 : 100) + (index % 3 == 0 ? 0 : 1) }
    let both = [rising, rising.map { 170 - $0 }]
    return both.flatMap { values in
      Trend(points: sessions(values.map { $0 * figure.step }, days: 2), figure: figure).sentences
    }
  }

  @Test(arguments: names) func `every figure is told in plain words`(name: String) throws {
    let figure = try #require(TrendFigure.named(name))
    let sentences = Self.sentences(figure)
    #expect(sentences.count { $0.contains("Since 21 September") } == 2)
    for text in sentences + [figure.label, figure.axis] {
      #expect(!text.contains("about about") && !text.contains("#") && !text.contains("*") && !text.contains("  "))
      #expect(!text.contains("a minute fewer") && !text.contains("a minute more") && !text.contains("-variety"))
    }
    // A chart's title does not say a thing twice.
    #expect(!figure.label.lowercased().contains(figure.axis) || figure.axis.isEmpty)
  }

  @Test(arguments: [
    ("fillers-per-minute", "you say about 4.9 fewer fillers a minute: 9.0 before, 4.1 since."),
    ("score.rostrum.vocal-variety", "your score for vocal variety is about 5 points lower: 9 before, 4 since."),
    ("pause-share", "you pause less, by about 5 percent of the talk: 9 before, 4 since."),
    ("pitch-spread", "your pitch moves less, by about 4.9 semitones: 9.0 before, 4.1 since."),
  ])
  func `a change is told as people say it`(name: String, words: String) throws {
    let values = (0..<24).map { index -> Double in (index < 12 ? 9 : 4.1) + Double(index % 3 - 1) / 100 }
    let figure = try #require(TrendFigure.named(name))
    #expect(Trend(points: sessions(values, days: 2), figure: figure).sentences.contains { $0.hasSuffix(words) })
  }

  @Test func `what is no figure has no trend`() {
    #expect(TrendFigure.named("no such") == nil && TrendFigure.named("score.rostrum") == nil)
  }
}
