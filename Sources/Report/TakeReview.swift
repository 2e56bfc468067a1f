package import Practice
import Terminal

/// What there is to say of a take beyond its figures: its script, its fillers, its words, and what was said.
///
/// The same after a rehearsal, in the history and of a recording. What the general language model heard is counted and
/// never shown as what was said: about every second word of free speech is wrong.
package struct TakeReview: Equatable, Sendable {
  /// A thing to know, and how much it asks for attention.
  package struct Row: Equatable, Sendable {
    /// One or two words, or the time of a line that was said.
    package var label: String
    package var text: String
    package var attention = Attention.fine
  }

  /// What there is to say of one matter.
  package struct Part: Equatable, Sendable {
    package var title: String
    /// Never empty.
    package var rows: [Row]
  }

  package private(set) var parts: [Part] = []

  /// A passage longer than this is shown by its first and last words, and lists longer than this are cut.
  private static let longestPassage = (words: 40, first: 24, last: 8)
  private static let rowLimit = 20, timeLimit = 12
  /// A section's time is worth a look from this share of its budget beside it.
  private static let budgetShare = 0.1

  /// Reviews `session`; `rules` say what hedges are where the session looked for none itself.
  package init(of session: Session, rules: FillerRules? = nil) {
    let rules = rules ?? session.fillerRules ?? FillerRules()
    let named = [
      ("script", Self.script(session)), ("fillers", Self.fillers(session)), ("words", Self.words(session, rules)),
      ("transcript", Self.isReadable(session) ? Self.transcript(session) : []),
    ]
    parts = named.filter { !$0.1.isEmpty }.map { Part(title: $0.0, rows: $0.1) }
  }

  /// Nothing to say.
  package init() {}

  /// The parts without what was said, for faces that read it out.
  package var withoutTranscript: TakeReview {
    var review = self
    review.parts.removeAll { $0.title == "transcript" }
    return review
  }

  /// Whether most of what was recognised is right: all but what the general language model makes of free speech.
  package static func isReadable(_ session: Session) -> Bool {
    session.words.last.map { $0.source != .stock } ?? false && lost(session) == nil
  }

  /// How much of the script was heard, 0 to 1, where that is so little that its words are no account of what was said.
  package static func lost(_ session: Session) -> Double? {
    guard let review = session.prompter.map({ ScriptReview(of: $0) }), review.isLost else { return nil }
    return review.coverage
  }
}

extension TakeReview {
  private static func script(_ session: Session) -> [Row] {
    guard let prompter = session.prompter, !session.words.isEmpty else { return [] }
    let review = ScriptReview(of: prompter)
    if let coverage = lost(session) {
      return [Row(label: "heard", text: heardLittle(coverage) + ".", attention: .watch)]
    }
    let script = prompter.script
    func name(_ section: Int) -> String {
      let title = script.sections[section].title
      return title.isEmpty ? "the beginning" : "\"\(title)\""
    }
    let sections = review.sections.indices.compactMap { index in
      time(of: index, review, script).map { Row(label: "section", text: name(index) + ", " + $0.0, attention: $0.1) }
    }
    let skipped = review.skipped.map { passage in
      let place = "in " + name(passage.section) + (passage.afterSeconds.map { " after " + clockTime($0) } ?? "")
      let words = script.text(of: passage.tokens).split(separator: " ").map(String.init)
      return Row(label: "left out", text: place + ": " + quoted(words), attention: .watch)
    }
    let added = review.added.map { passage in
      Row(
        label: "put in", text: span(passage.start, passage.end) + ", heard as " + quoted(passage.words.map(asWritten)))
    }
    let unsure = review.isUnsure ? [Row(label: "passages", text: ScriptReview.unsure)] : []
    let rest = review.unreached.map { tokens in
      let section = script.sections.lastIndex {
        $0.sentences.contains(script.sentence(ofToken: tokens.lowerBound) ?? 0)
      }
      let place =
        section.flatMap { script.sections[$0].title.isEmpty ? nil : $0 }.map { ", from " + name($0) + " on" } ?? ""
      return Row(label: "the rest", text: "not reached: the last " + count(tokens.count, "word") + place)
    }
    return sections + unsure + cut(skipped) + (rest.map { [$0] } ?? []) + cut(added)
  }

  /// A section's time beside its budget, which is for deeper sections too; nil for one without anything to say.
  private static func time(of index: Int, _ review: ScriptReview, _ script: Script) -> (String, Attention)? {
    let section = script.sections[index]
    guard let budget = section.budgetSeconds else {
      guard !section.sentences.isEmpty else { return nil }
      let seconds = review.sections[index].seconds
      let isReached = review.sections[index].isComplete
      return (seconds > 0 ? clockTime(seconds.rounded()) : isReached ? "not said" : "not reached", .fine)
    }
    let next = script.sections[(index + 1)...].firstIndex { $0.level <= section.level } ?? script.sections.count
    let last = section.level == 0 ? index + 1 : next
    let seconds = review.sections[index..<last].reduce(0) { $0 + $1.seconds }.rounded()
    let isComplete = review.sections[index..<last].allSatisfy(\.isComplete)
    guard seconds > 0 else {
      let what = isComplete ? "not said, " : "not reached, "
      return (what + clockTime(budget) + " planned", isComplete ? .watch : .fine)
    }
    let over = seconds - budget
    // A section that was broken off is not short.
    let words =
      abs(over) < 1 || (over < 0 && !isComplete) ? "" : ", " + clockTime(abs(over)) + (over > 0 ? " over" : " short")
    return (clockTime(seconds) + " of " + clockTime(budget) + words, over > budget * budgetShare ? .watch : .fine)
  }

  private static func fillers(_ session: Session) -> [Row] {
    let isLost = lost(session) != nil
    // What was never said has no filler words; what sounds like one, or is one by a person's word, is one all the same.
    let found = session.fillers.filter { !isLost || $0.evidence.contains("sound") || $0.isConfirmed }
    let kinds = Dictionary(grouping: found, by: \.label)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let counted = kinds.map { label, found in
      Row(label: label, text: count(found.count, "time") + ": " + list(found.map { clockTime($0.start) }))
    }
    let clusters = session.clusters.map {
      Row(label: "cluster", text: "\($0.count) \"\($0.label)\", " + span($0.start, $0.end), attention: .watch)
    }
    guard !isLost else { return cut(counted) }
    let twice = stutters(session.restarts).map {
      clockTime($0.start) + " \"" + $0.words.joined(separator: " ") + "\""
    }
    return cut(counted) + cut(clusters) + (twice.isEmpty ? [] : [Row(label: "said twice", text: list(twice))])
  }

  /// Restarts in order of time, those that overlap as one, told by the longest of them.
  package static func stutters(_ restarts: [Restart]) -> [Restart] {
    var told: [Restart] = []
    for restart in restarts.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) {
      guard let last = told.last, restart.start < last.end else {
        told.append(restart)
        continue
      }
      if restart.words.count > last.words.count { told[told.count - 1].words = restart.words }
      told[told.count - 1].end = max(last.end, restart.end)
    }
    return told
  }

  private static func heardLittle(_ coverage: Double) -> String {
    "only \(Int((coverage * 100).rounded())) % of the script was heard, so its words are no account of what was said"
  }

  private static func words(_ session: Session, _ rules: FillerRules) -> [Row] {
    guard !session.words.isEmpty else { return [] }
    let said = session.words.map(\.text)
    let habits = WordHabits(in: said, rules: rules, script: session.prompter?.settled.words)
    func told(_ habits: [WordHabits.Habit]) -> String {
      list(habits.map { asWritten($0.text) + " \($0.count)" })
    }
    var rows = [Row(label: "heard", text: count(session.wordCount, "word"))]
    if let coverage = lost(session) {
      return rows + [Row(label: "transcript", text: "not shown: " + heardLittle(coverage) + ".")]
    }
    if !habits.hedges.isEmpty { rows.append(Row(label: "hedges", text: told(habits.hedges))) }
    if !habits.overused.isEmpty { rows.append(Row(label: "said often", text: told(habits.overused))) }
    if !isReadable(session) { rows.append(Row(label: "transcript", text: notShown(session.beginning?.id ?? ""))) }
    return rows
  }

  /// Why there is no transcript, and where there is one; `id` is empty for a recording.
  private static func notShown(_ id: String) -> String {
    let command = id.isEmpty ? "rostrum transcribe" : "rostrum sessions show \(id) --transcript"
    return "not shown: without a script about every second word of free speech is wrong. \(command) prints it."
  }

  /// What to think of the words of an aside: of improvised speech, heard with a script's model, 69 in 100 are wrong.
  private static let aside = "In parentheses what is not in the script; most words there are misheard."

  private static func transcript(_ session: Session) -> [Row] {
    let lines = SpokenLines(of: session).lines.map { Row(label: clockTime($0.start), text: $0.text) }
    return lines.contains { $0.text.contains("(") } ? [Row(label: "", text: aside)] + lines : lines
  }
}

extension TakeReview {
  private static func span(_ start: Double, _ end: Double) -> String { clockTime(start) + " to " + clockTime(end) }

  private static func count(_ count: Int, _ one: String) -> String { "\(count) \(one)\(count == 1 ? "" : "s")" }

  private static func list(_ texts: [String]) -> String {
    let rest = texts.count - timeLimit
    return texts.prefix(timeLimit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func cut(_ rows: [Row]) -> [Row] {
    guard rows.count > rowLimit, let label = rows.first?.label else { return rows }
    return rows.prefix(rowLimit) + [Row(label: label, text: "and \(rows.count - rowLimit) more")]
  }

  private static func quoted(_ words: [String]) -> String {
    guard words.count > longestPassage.words else { return "\"" + words.joined(separator: " ") + "\"" }
    let (first, last) = (words.prefix(longestPassage.first), words.suffix(longestPassage.last))
    return "\"\(first.joined(separator: " ")) ... \(last.joined(separator: " "))\" (\(words.count) words)"
  }

  /// A phrase of recognised words with its "I" as people write it.
  private static func asWritten(_ text: String) -> String {
    text.split(separator: " ").map { $0 == "i" || $0.hasPrefix("i'") ? "I" + $0.dropFirst() : String($0) }
      .joined(separator: " ")
  }
}

extension TakeReview {
  /// A row of the review as it is laid out.
  package enum Line: Equatable, Sendable {
    /// Between two parts.
    case blank
    case title(String)
    /// The label is empty where a text goes on.
    case row(label: String, text: String, attention: Attention)
  }

  /// The columns that labels take beside `columns` of all: what is left is for the text.
  package static func labelColumns(_ columns: Int) -> Int { columns >= 60 ? 15 : 11 }

  /// The review in lines of at most `columns` cells, a blank one before each part.
  package func lines(columns: Int) -> [Line] {
    let width = max(columns - Self.labelColumns(columns), 8)
    return parts.flatMap { part in
      [Line.blank, .title(part.title)]
        + part.rows.flatMap { row in
          wrap(sanitised(row.text), to: width).enumerated().map { index, text in
            .row(label: index == 0 ? row.label : "", text: text, attention: row.attention)
          }
        }
    }
  }

  /// The same lines as text.
  package func text(columns: Int) -> [String] {
    let indent = Self.labelColumns(columns)
    return lines(columns: columns).map { line in
      switch line {
      case .blank: return ""
      case .title(let title): return title
      case .row(let label, let text, _):
        let label = clip(label, to: indent - 1, glyphs: .ascii)
        return label + String(repeating: " ", count: indent - cellWidth(label)) + text
      }
    }
  }

  /// The review for screen readers and logs: one sentence a row, each with the part that it is of.
  package var plainLines: [String] {
    parts.flatMap { part in
      part.rows.map { sanitised(part.title + ($0.label.isEmpty ? "" : ", " + $0.label) + ": " + $0.text) }
    }
  }
}
