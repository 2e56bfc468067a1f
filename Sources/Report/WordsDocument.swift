import Practice

/// The parts of an analysis that words are needed for; each `null` where nobody listened for words.
extension AnalysisDocument {
  private var session: Session { finished.analysis.session }

  private var hasWords: Bool { session.listensForWords }

  /// Why there are no words, or nothing of a script, by path.
  var reasonsWithoutWords: [JSON.Field] {
    let paths = ["words", "words_source", "transcript", "script", "restarts", "clusters"]
    guard hasWords else { return paths.map { JSON.Field($0, .string("words were not asked for")) } }
    return (session.words.isEmpty ? [JSON.Field("words_source", .string("no words were heard"))] : [])
      + (session.script == nil ? [JSON.Field("script", .string("no script was given"))] : [])
  }

  /// What was recognised.
  var words: JSON { hasWords ? .array(session.words.map(Transcript.json)) : .null }

  /// What it was recognised with: `stock` or `script`.
  var wordsSource: JSON { .text(hasWords ? session.words.last?.source.rawValue : nil) }

  var transcript: JSON { hasWords ? .string(session.words.map(\.text).joined(separator: " ")) : .null }

  /// How much of the script was said, what was left out and put in, and how long each section took.
  var script: JSON {
    guard hasWords, let prompter = session.prompter else { return .null }
    let review = ScriptReview(of: prompter)
    let script = prompter.script
    return .object([
      .init("coverage", .rounded(review.coverage)), .init("altered_words", .count(review.alteredWords)),
      .init(
        "skipped",
        .array(
          review.skipped.map { passage in
            .object([
              .init("after", .rounded(passage.afterSeconds)), .init("section", .count(passage.section)),
              .init("text", .string(script.text(of: passage.tokens))),
            ])
          })),
      .init(
        "added",
        .array(
          review.added.map { passage in
            .object([
              .init("start", .rounded(passage.start)), .init("end", .rounded(passage.end)),
              .init("text", .string(passage.words.joined(separator: " "))),
            ])
          })),
      .init("unreached_words", .count(review.unreached?.count ?? 0)), .init("is_unsure", .bool(review.isUnsure)),
      .init(
        "sections",
        .array(
          review.sections.map { time in
            .object([
              .init("title", .string(script.sections[time.section].title)), .init("seconds", .rounded(time.seconds)),
              .init("budget_seconds", .rounded(time.budgetSeconds)),
            ])
          })),
    ])
  }

  /// Words said twice in a row.
  var restarts: JSON {
    guard hasWords else { return .null }
    return .array(
      session.restarts.map { restart in
        .object([
          .init("start", .rounded(restart.start)), .init("end", .rounded(restart.end)),
          .init("text", .string(restart.words.joined(separator: " "))),
        ])
      })
  }

  /// Three of one filler within ten seconds.
  var clusters: JSON {
    guard hasWords else { return .null }
    return .array(
      session.clusters.map { cluster in
        .object([
          .init("label", .string(cluster.label)), .init("count", .count(cluster.count)),
          .init("start", .rounded(cluster.start)), .init("end", .rounded(cluster.end)),
        ])
      })
  }
}
