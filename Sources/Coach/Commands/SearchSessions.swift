import ArgumentParser
import Glibc
import History
import Practice
import Terminal

/// `rostrum sessions search`: where something was said, noted or answered.
struct SearchSessions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find words that were said, noted or answered.",
    discussion: """
      Several words must all be there; words in one pair of quotes stand side by side,
      and hesita* is the beginning of a word. What was found is marked [so].

      Examples:
        rostrum sessions search zeppelin
        rostrum sessions search "how much" hesita*
      """)

  @Argument(help: "Words.")
  var words: [String]

  @Option(help: "So many moments at most.")
  var limit = Limits.searchHits

  @Flag(help: "One JSON object a moment.")
  var json = false

  private static let kinds: [IndexedText.Kind: String] = [
    .transcript: "said", .comment: "note", .note: "event", .turn: "tutor", .title: "title",
  ]

  mutating func run() throws {
    if limit < 1 { throw Failure(.usage, Messages.noLimit(limit)) }
    let surroundings = try Surroundings.gather()
    let history = try KeptSessions.history()
    try CatchingUp.index(surroundings)
    // What the shell took for one word is meant to stand side by side. The blank at the end: the last word is whole.
    let typed = words.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }.joined(separator: " ") + " "
    let answer: SearchAnswer
    do throws(HistoryError) { answer = try history.search(typed, limit: limit) } catch { throw Failure(error) }
    if answer.isEmpty { throw Failure(.usage, Messages.noWordInSearch) }
    if json {
      for hit in answer.hits { Printed.line(Self.object(hit).text) }
      return
    }
    guard let first = answer.hits.first else { return Printed.line(Messages.nothingFound) }
    Printed.table(
      answer.hits.map { hit in
        [
          hit.row.id, hit.row.when, hit.kind == .title ? "" : clockTime(hit.seconds),
          Self.kinds[hit.kind] ?? hit.kind.rawValue,
          hit.snippet.map { $0.isHit ? "[\($0.text)]" : $0.text }.joined()
            + (hit.more > 0 ? " (and \(hit.more) more in it)" : ""),
        ]
      }, columns: Terminals.columns(STDOUT_FILENO))
    Printed.complain(Messages.goThere(first.row.id, clockTime(first.seconds), isPartial: answer.isPartial))
  }

  private static func object(_ hit: SearchHit) -> JSON {
    .object([
      .init("id", .string(hit.row.id)), .init("when", .string(hit.row.when)), .init("talk", .text(hit.row.title)),
      .init("seconds", .rounded(hit.seconds)), .init("kind", .string(kinds[hit.kind] ?? hit.kind.rawValue)),
      .init(
        "snippet",
        .array(hit.snippet.map { .object([.init("text", .string($0.text)), .init("hit", .bool($0.isHit))]) })),
      .init("more", .count(hit.more)),
    ])
  }
}
