package import Practice
import SpeechSignals
import Terminal

/// What a tutor may speak of: the facts of one take, and what was said in it where that can be read.
///
/// A fact has a name, which templates and findings use. `{{pace}}` is its words, and nothing where it is not known, or
/// where it is a detail that did not happen;
/// `{{pace-likely}}`, `{{pace-is}}`, `{{pace-at}}`, `{{pace-source}}` and `{{pace-unknown}}` are its interval, its verdict, the
/// moment as clock time, where it comes from, and the reason why it is not known.
package struct TutorFacts: Equatable, Sendable {
  /// A line of what was said, and when it began in seconds of audio time.
  package struct Line: Equatable, Sendable {
    package var start: Double
    package var text: String
  }

  /// The title of the talk; nil where it has none.
  package private(set) var title: String?
  /// Each fact by its name; every name of `names` is there.
  package private(set) var facts: [String: Fact]
  /// What is counted one by one: each filler with its times, passages left out, sections with theirs.
  package private(set) var remarks: [String]
  /// What was said; empty where it cannot be read.
  package private(set) var transcript: [Line] = []
  /// Why there is no transcript, as a sentence; nil where there is one.
  package private(set) var transcriptUnknown: String?

  /// The facts of `session`; `rules` say what hedges are where the session looked for none itself.
  package init(of session: Session, rules: FillerRules? = nil) {
    let reader = FactReader(session, rules: rules ?? session.fillerRules ?? FillerRules())
    title = session.beginning?.title.map { Self.plain($0, limit: 120) }.flatMap { $0.isEmpty ? nil : $0 }
    facts = Dictionary(FactTable.rows.map { ($0.name, $0.read(reader)) }) { $1 }
    remarks = reader.remarks.map { Self.plain($0, limit: 400) }
    switch session.words.last?.source {
    case nil: transcriptUnknown = "Nobody listened for words in this take, so there is no transcript."
    case .stock:
      transcriptUnknown =
        "There is no transcript: without a script about every second word of free speech is misheard."
    case .script, .endpoint:
      transcript = SpokenLines(of: session).lines.prefix(Session.entryLimit)
        .map { Line(start: $0.start, text: Self.plain($0.text, limit: 4_000)) }
    }
  }

  /// The fact called `name`; unknown where there is none of that name.
  package subscript(name: String) -> Fact { facts[name] ?? .unknown("there is no such fact") }

  /// Whether there is enough talk to say anything about it.
  package var isEnough: Bool { self["talk"].isKnown }

  /// The names of all facts, in the order in which they are told.
  package static let names = FactTable.rows.map(\.name)

  /// Every name that a template may use for facts.
  package static let templateNames: Set<String> = Set(
    ["title", "transcript"] + names.flatMap { name in [name] + suffixes.map { name + $0 } })

  private static let suffixes = ["-likely", "-is", "-at", "-source", "-unknown"]

  /// The values of those names.
  package var values: TemplateValues {
    var values = TemplateValues()
    values.set("title", title)
    values.set("transcript", !transcript.isEmpty)
    for row in FactTable.rows {
      let (name, fact) = (row.name, self[row.name])
      values.set(name, fact.isKnown && (!row.isDetail || fact.number ?? 0 > 0) ? fact.words : nil)
      values.set(name + "-likely", fact.likelyWords)
      values.set(name + "-is", fact.verdict)
      values.set(name + "-at", fact.moment.map(clockTime))
      values.set(name + "-source", fact.source)
      values.set(name + "-unknown", fact.unknown)
    }
    return values
  }

  /// These facts with what is private in them masked: the title, what is quoted, and what was said.
  package func masked(by mask: Mask) -> TutorFacts {
    var facts = self
    facts.title = title.map(mask.masked)
    facts.remarks = remarks.map(mask.masked)
    for (name, fact) in facts.facts where fact.isQuoted { facts.facts[name]?.words = mask.masked(fact.words) }
    facts.transcript = mask.masked(lines: transcript)
    return facts
  }

  /// One line of at most `limit` characters without anything that is not text.
  static func plain(_ text: String, limit: Int) -> String {
    let line = sanitised(text).split(separator: " ").joined(separator: " ")
    return line.count > limit ? String(line.prefix(limit)) + " ..." : line
  }
}

extension Mask {
  /// The lines of a transcript masked: a number that goes on after a pause is one number.
  func masked(lines: [TutorFacts.Line]) -> [TutorFacts.Line] {
    let texts = masked(lines.map(\.text).joined(separator: "\n")).split(
      separator: "\n", omittingEmptySubsequences: false)
    return zip(lines, texts).map { TutorFacts.Line(start: $0.start, text: String($1)) }
  }
}

extension TutorFacts {
  /// The facts as a tutor is given them, a line each: what is known with its unit and how sure it is, what is not known
  /// with the reason, and what was counted one by one.
  package var sheet: String {
    var lines: [String] = []
    if let title { lines.append("talk: \"\(title)\"") }
    for row in FactTable.rows where !row.isApart {
      let fact = self[row.name]
      if let reason = fact.unknown {
        if !row.isDetail { lines.append("\(row.label): not known, because \(reason)") }
        continue
      }
      guard !row.isDetail || fact.number ?? 0 > 0 else { continue }
      var line = "\(row.label): \(fact.words)"
      if !fact.verdict.isEmpty { line += ", \(fact.verdict)" }
      if let moment = fact.moment { line += ", at \(clockTime(moment))" }
      let trust = [fact.source, fact.likelyWords.isEmpty ? "" : "in four cases of five \(fact.likelyWords)"]
        .filter { !$0.isEmpty }
      if !trust.isEmpty { line += " (" + trust.joined(separator: "; ") + ")" }
      lines.append(line)
    }
    return (lines + remarks).joined(separator: "\n")
  }
}
