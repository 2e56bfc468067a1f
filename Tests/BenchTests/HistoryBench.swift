import Foundation
import Glibc
import History
import Support
import Testing

/// How a history answers when it is a hundred times as large. Runs only when asked: it takes two minutes, and two
/// gigabytes of disk for as long.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"),
  .enabled(if: Speech.isThere, Speech.whyNot))
struct HistoryBench {
  /// What is measured of a history, each with how it is shown and what is aimed at.
  private static let aims: [(name: String, aim: String)] = [
    ("search, median", ""), ("search, p95", "<= 20 ms"), ("search, slowest", ""),
    ("search, p95 of processor time", "<= 20 ms"), ("a trend (series)", "<= 50 ms"),
    ("a trend of one talk", "<= 50 ms"), ("first page of the list", ""), ("first page by score", ""),
    ("first page by a figure, of one tag", ""), ("one more page, from the middle", ""), ("what is to be indexed", ""),
    ("events of an hour, read", "<= 100 ms, parsed"), ("opening the database", ""),
    ("home screen, its words", "<= 100 ms"), ("an hour, from the start of rostrum review to its summary", "<= 100 ms"),
    ("the same of a session of a minute", ""), ("a trend, from its key to the chart", "<= 50 ms"),
    ("file", "< 2,000 MB"), ("made in", "< 120 s"),
  ]

  @Test func `a history of ten thousand sessions`() throws {
    let scratch = try Scratch()
    let material = try MadeHistory.Material(scratch)
    try #require(!material.templates.isEmpty, "no words were heard in the recordings")
    var columns: [[String: String]] = []
    var last: MadeHistory?
    for sessions in [100, 1_000, 10_000] {
      let made = try MadeHistory(sessions: sessions, of: material, in: scratch.path("home \(sessions)/data"))
      columns.append(try figures(of: made, material.vocabulary, home: scratch.path("home \(sessions)")))
      last = made
    }
    var table = Table()
    for (name, aim) in Self.aims {
      let growth = zip(["100", "1,000"], columns).map { "\($0): \($1[name] ?? "-")" }.joined(separator: ", ")
      table.add("10,000 sessions: \(name)", columns.last?[name] ?? "-", aim: aim, peer: growth)
    }
    if let last {
      table.add("hours, words, events", "\(figure(last.hours, 0)), \(last.words), \(last.events)")
    }
    table.print()
  }

  private func figures(
    of made: MadeHistory, _ vocabulary: Vocabulary, home: String
  ) throws -> [String: String] {
    var found: [String: String] = [:]
    let history = try History(reading: made.folder)
    var times: [Double] = []
    var processor: [Double] = []
    for query in Self.queries(made, vocabulary) {
      let began = processorSeconds()
      times.append(try seconds { try history.search(query, limit: 50) })
      processor.append(processorSeconds() - began)
    }
    found["search, p95 of processor time"] = milliseconds(percentile(processor, 0.95))
    found["search, median"] = milliseconds(percentile(times, 0.5))
    found["search, p95"] = milliseconds(percentile(times, 0.95))
    found["search, slowest"] = milliseconds(times.max() ?? 0)
    let middle = try history.sessions(SessionQuery(limit: made.sessions / 2)).last
    let verbs: [(String, () throws -> Any)] = [
      ("a trend (series)", { try history.series(figure: "pace") }),
      ("a trend of one talk", { try history.series(figure: "pace", talk: "talk-7.md") }),
      ("first page of the list", { try history.sessions(SessionQuery()) }),
      ("first page by score", { try history.sessions(SessionQuery(order: .best)) }),
      (
        "first page by a figure, of one tag",
        { try history.sessions(SessionQuery(tags: ["tag-3"], order: .figure("pace", descending: true))) }
      ),
      ("one more page, from the middle", { try history.sessions(SessionQuery(after: middle)) }),
      ("what is to be indexed", { try history.unindexed(version: 1, limit: 100) }),
      ("events of an hour, read", { try history.events(of: made.hourLong) }),
      ("opening the database", { try History(reading: made.folder) }),
    ]
    for (name, verb) in verbs {
      found[name] = milliseconds(percentile(try (0..<9).map { _ in try seconds(verb) }, 0.5))
    }
    found["home screen, its words"] = milliseconds(try shown("ehears", by: [], home))
    let short = try history.sessions(SessionQuery(order: .shortest, limit: 1)).first?.id ?? ""
    found["an hour, from the start of rostrum review to its summary"] = milliseconds(
      try shown("articulation", by: ["review", made.hourLong], home))
    found["the same of a session of a minute"] = milliseconds(try shown("duration", by: ["review", short], home))
    found["a trend, from its key to the chart"] = milliseconds(
      try shown("against your own", by: ["review"], after: ("Enter", "g"), home))
    found["file"] = "\(made.bytes / 1_000_000) MB"
    found["made in"] = "\(figure(made.madeInSeconds)) s"
    return found
  }

  /// What people look for, and what they type on the way to it: 40 of each kind.
  private static func queries(_ made: MadeHistory, _ vocabulary: Vocabulary) -> [String] {
    var dice = Dice(11)
    let words = vocabulary.words
    func word(_ range: Range<Int>) -> String { words[Int.random(in: range.clamped(to: words.indices), using: &dice)] }
    let kinds: [() -> String] = [
      { word(2_000..<20_000) + " " }, { word(0..<20) + " " }, { word(20..<500) },
      { String(word(0..<2_000).prefix(1)) }, { String(word(0..<2_000).prefix(2)) },
      { String(word(0..<2_000).prefix(3)) }, { String(word(0..<5_000).prefix(5)) + "*" },
      { "\"\(made.phrases.randomElement(using: &dice) ?? "a b")\"" }, { "\"\(word(0..<20)) \(word(0..<20))\"" },
      { "\(word(0..<20)) \(word(0..<20)) \(word(0..<500))" }, { "\(word(0..<200)) \(word(1_000..<9_000)) " },
      { "\"\(word(0..<20)) \(word(0..<20)) \(word(0..<20))\" \(word(0..<50).prefix(1))" }, { "qxz\(word(0..<500))" },
    ]
    return (0..<40).flatMap { _ in kinds.map { $0() } }
  }

  /// From the start of the program, or from a key that is typed once other words are there, to words on its screen; the
  /// median of nine, in seconds.
  private func shown(
    _ words: String, by arguments: [String], after key: (words: String, key: String)? = nil, _ home: String
  ) throws -> Double {
    let words = Array(words.utf8)
    let times = try (0..<9).map { _ in
      var began = now()
      let terminal = try Pty([RostrumBinary.path] + arguments, environment: ["ROSTRUM_HOME": home])
      if let key {
        #expect(terminal.wait { $0.contains(key.words) }, "no \(key.words)")
        letRealTimePass(seconds: 0.3)
        began = now()
        terminal.type(key.key)
      }
      func shown() -> Double? {
        terminal.chunks.first { chunk in
          chunk.bytes.indices.contains { chunk.bytes[$0...].starts(with: words) }
        }?.seconds
      }
      #expect(eventually(within: 5, everySeconds: 0.001) { shown() != nil }, "not shown: \(arguments)")
      let seconds = (shown() ?? now()) - began
      for _ in 0..<3 { terminal.type("q") }
      _ = terminal.child.wait(seconds: 2)
      return seconds
    }
    return percentile(times, 0.5)
  }

  private func seconds(_ work: () throws -> Any) rethrows -> Double {
    let began = now()
    _ = try work()
    return now() - began
  }

  /// What this process has taken of the processor: what a busy machine does not change.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func milliseconds(_ seconds: Double) -> String { "\(figure(seconds * 1_000)) ms" }
}
