import Practice
package import Terminal

/// A checked talk for people: how long it takes, section by section, then what is hard about it.
///
/// Every finding names its line in the file. Lists are cut at five, and say how many there are beyond.
package struct TalkPage: Sendable {
  /// The narrowest and the widest a page gets, and how wide one is whose sections are a table, and whose paces
  /// have a verdict.
  private static let widths = 24...100, tableWidth = 60, paceWidth = 36
  /// Findings of one kind that are shown, and words of the list of unknown ones.
  private static let findings = 5, unknownWords = 20
  /// Words a minute that a person can speak at all: outside them no pace is named, a talk is far too short or long.
  private static let humanPaces = 40.0...400

  private let checked: CheckedTalk
  private let glyphs: Glyphs

  private var script: Script { checked.talk.script }
  private var check: TalkCheck { checked.check }

  /// The page of `checked`, drawn with `glyphs`.
  package init(_ checked: CheckedTalk, glyphs: Glyphs) {
    self.checked = checked
    self.glyphs = glyphs
  }

  /// The page as lines of at most `columns` cells, held within 24 and 100.
  package func lines(columns: Int) -> [String] {
    let columns = min(max(columns, Self.widths.lowerBound), Self.widths.upperBound)
    var lines = [clip(sanitised(checked.talk.title), to: columns, glyphs: glyphs), ""]
    lines += wrap(overview, to: columns)
    if let remark = languageRemark { lines += wrap(remark, to: columns) }
    lines += [""] + paces(columns) + sections(columns)
    let found = findings(columns)
    lines += found.isEmpty && check.language == .english ? [""] + wrap(Messages.nothingHard, to: columns) : found
    lines += notes(columns)
    return lines
  }

  // MARK: How long

  private var overview: String {
    let written = Figures.count(checked.talk.words, "word")
    let spoken = check.spokenWords == checked.talk.words ? "" : " (\(check.spokenWords) as spoken)"
    let sections = script.sections.count { $0.level > 0 }
    let parts =
      Figures.count(script.sentences.count, "sentence")
      + (sections > 0 ? ", " + Figures.count(sections, "section") : "")
    let ease = check.ease.map {
      " Reading ease \(Figures.decimal($0, 0)), \(Readability.name(ofEase: $0))."
    }
    return "\(written)\(spoken) in \(parts)." + (ease ?? "")
  }

  private var languageRemark: String? {
    switch check.language {
    case .english: nil
    case .otherLetters: Messages.otherLetters
    case .other: Messages.otherLanguage
    }
  }

  private func paces(_ columns: Int) -> [String] {
    let permitted = checked.permitted
    var rows = [["words/min", "takes", permitted.map { "of " + TalkPage.span($0) } ?? ""]]
    for pace in checked.paces {
      let seconds = check.seconds(at: pace.wordsPerMinute)
      rows.append([
        Figures.decimal(pace.wordsPerMinute, 0) + (pace.isOwn ? " yours" : ""), clockTime(seconds.rounded()),
        permitted.map { TalkPage.verdict(seconds, at: pace.wordsPerMinute, of: $0) } ?? "",
      ])
    }
    var lines = rows.map { row in
      columns < Self.paceWidth
        ? trimmed(padded(row[0], 10) + row[1]) : trimmed(padded(row[0], 12) + padded(row[1], 9) + row[2])
    }
    var remarks: [String] = []
    if let permitted { remarks.append(fit(permitted)) }
    let marks = script.tokens.count { $0.pauseAfter != nil }
    if marks > 0 {
      remarks.append(
        "\(Figures.count(marks, "pause mark")) \(marks == 1 ? "adds" : "add") \(Figures.decimal(check.pauseSeconds, 0)) s to it."
      )
    }
    if !remarks.isEmpty { lines += wrap(remarks.joined(separator: " "), to: columns) }
    return lines
  }

  /// The paces at which the talk takes what is `permitted`, where anybody could speak so.
  private func fit(_ permitted: ClosedRange<Double>) -> String {
    guard let slowest = check.pace(for: permitted.upperBound), slowest <= Self.humanPaces.upperBound else {
      return "It is far too long for its time."
    }
    let fastest = check.pace(for: permitted.lowerBound) ?? Self.humanPaces.upperBound
    guard fastest >= Self.humanPaces.lowerBound else { return "It is far too short for its time." }
    let (low, high) = (Figures.decimal(slowest, 0), Figures.decimal(min(fastest, Self.humanPaces.upperBound), 0))
    let span = (low == high ? low : "\(low) to \(high)") + " words a minute."
    let sayable = Bands().flagged
    if fastest < sayable.lowerBound { return "It is too short for its time: it would fit at " + span }
    return (slowest > sayable.upperBound ? "It is too long for its time: it would fit at " : "It fits at ") + span
  }

  private func sections(_ columns: Int) -> [String] {
    let parts = check.parts.filter { script.sections[$0.section].level > 0 || $0.spokenWords > 0 }
    guard parts.count > 1 || parts.contains(where: { script.sections[$0.section].budgetSeconds != nil }) else {
      return []
    }
    let top = parts.map { script.sections[$0.section].level }.filter { $0 > 0 }.min() ?? 0
    let isTable = columns >= Self.tableWidth
    let titleColumns = min(max(columns - 39, 16), 48)
    var lines = [""]
    if isTable {
      lines.append(padded("section", titleColumns) + right("words", 7) + right("at 140", 9) + right("given", 9))
    }
    for part in parts {
      let section = script.sections[part.section]
      let indent = String(repeating: " ", count: min(max(section.level - top, 0), 4))
      let title = indent + (section.title.isEmpty ? (section.level == 0 ? Messages.untitled : "-") : section.title)
      let time = clockTime(part.seconds.rounded())
      let verdict = section.budgetSeconds.map { TalkPage.verdict(part.seconds, at: TalkCheck.usualPace, of: $0...$0) }
      if isTable {
        let name = clip(sanitised(title), to: titleColumns - 1, glyphs: glyphs)
        lines.append(
          trimmed(
            padded(name, titleColumns) + right("\(part.spokenWords)", 7) + right(time, 9)
              + right(section.budgetSeconds.map(clockTime) ?? "", 9) + "  " + (verdict ?? "")))
      } else {
        lines += wrap(sanitised(title), to: columns)
        let given = section.budgetSeconds.map { " of \(clockTime($0)), " } ?? " at 140"
        lines += wrap("\(part.spokenWords) words, \(time)\(given)\(verdict ?? "")", to: columns - 2).map { "  " + $0 }
      }
    }
    let levels = parts.map { script.sections[$0.section].level }
    let hasDeeper = zip(levels, levels.dropFirst()).contains { $0 > 0 && $1 > $0 }
    return hasDeeper ? lines + wrap(Messages.deeperIncluded, to: columns) : lines
  }

  /// `fits`, or by how much `seconds` at `pace` do not: of the rounded time beside it, so that the figures add up.
  static func verdict(_ seconds: Double, at pace: Double, of permitted: ClosedRange<Double>) -> String {
    let whole = seconds.rounded()
    guard CheckedTalk.excess(seconds, of: permitted) != 0, !permitted.contains(whole) else { return "fits" }
    if pace * seconds < humanPaces.lowerBound * permitted.lowerBound { return "far too short" }
    if pace * seconds > humanPaces.upperBound * permitted.upperBound { return "far too long" }
    return whole > permitted.upperBound
      ? clockTime(whole - permitted.upperBound) + " over" : clockTime(permitted.lowerBound - whole) + " under"
  }

  /// A length as it is written: `7:00`, `5:00-7:00`.
  static func span(_ span: ClosedRange<Double>) -> String {
    span.lowerBound == span.upperBound
      ? clockTime(span.upperBound) : clockTime(span.lowerBound) + "-" + clockTime(span.upperBound)
  }

  // MARK: What is hard

  private func findings(_ columns: Int) -> [String] {
    let hard = check.hardSentences.map {
      (
        checked.line(ofSentence: $0.sentence),
        "\($0.words) words, reading ease \($0.ease < 0 ? "below 0" : Figures.decimal($0.ease, 0)): "
          + excerpt(script.sentences[$0.sentence].tokens)
      )
    }
    let breaths = check.stretches.map { stretch in
      let advice = stretch.breathBefore.map {
        "breathe before \"\(script.text(of: $0..<min($0 + 3, stretch.tokens.upperBound)))\""
      }
      let seconds = Double(stretch.words) / TalkCheck.usualPace * 60
      return (
        checked.line(ofToken: stretch.tokens.lowerBound),
        "\(stretch.words) words, \(Figures.decimal(seconds, 0)) s without a stop: \(excerpt(stretch.tokens)); "
          + (advice ?? "put a comma or / into it")
      )
    }
    let twisters = check.twisters.map {
      (checked.line(ofToken: $0.tokens.lowerBound), "\(TalkPage.name($0.kind)): \(excerpt($0.tokens))")
    }
    return list(Messages.hardToFollow, hard, columns) + list(Messages.breathless, breaths, columns)
      + list(Messages.hardToSay, twisters, columns) + unknown(columns)
  }

  private func list(_ heading: String, _ items: [(line: Int, text: String)], _ columns: Int) -> [String] {
    guard !items.isEmpty else { return [] }
    var lines = [""] + wrap(heading, to: columns)
    for item in items.prefix(Self.findings) { lines += hanging("line \(item.line): \(item.text)", columns) }
    if items.count > Self.findings { lines.append("  and \(items.count - Self.findings) more (--json)") }
    return lines
  }

  private func unknown(_ columns: Int) -> [String] {
    guard check.language == .english, !check.unknownWords.isEmpty else { return [] }
    let words = check.unknownWords.prefix(Self.unknownWords).map {
      "\($0.word) (line \(checked.line(ofSentence: $0.sentence)))"
    }
    let more = check.unknownWords.count - words.count
    return [""] + wrap(Messages.unknownWords, to: columns)
      + hanging(sanitised(words.joined(separator: ", ")) + (more > 0 ? ", and \(more) more" : ""), columns)
  }

  private static func name(_ kind: TongueTwister.Kind) -> String {
    switch kind {
    case .turns(let first, let second): "\(first) and \(second) take turns"
    case .alliteration(let onset): "\(onset) again and again"
    case .cluster(let consonants): "\(consonants) consonants in a row"
    }
  }

  /// The words at `range` in quotation marks, at most twelve of them.
  private func excerpt(_ range: Range<Int>) -> String {
    let shown = range.prefix(12)
    let text = sanitised(script.text(of: shown.lowerBound..<shown.upperBound))
    return "\"" + clip(text, to: 120, glyphs: glyphs)
      + (shown.count < range.count && cellWidth(text) <= 120 ? " " + glyphs.ellipsis : "") + "\""
  }

  // MARK: What else is to be said

  private func notes(_ columns: Int) -> [String] {
    var notes: [String] = []
    if !checked.talk.unsaid.isEmpty {
      let first = checked.talk.firstLine - 1
      let places = checked.talk.unsaid.prefix(Self.findings).map { unsaid in
        let (from, to) = (unsaid.lines.lowerBound + first, unsaid.lines.upperBound + first)
        return Messages.unsaid(unsaid.kind) + (from == to ? ", line \(from)" : ", lines \(from) to \(to)")
      }
      let more = checked.talk.unsaid.count - places.count
      notes.append("Not said: " + places.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "") + ".")
    }
    if !checked.knowsWords { notes.append(Messages.noDictionary) }
    notes += checked.complaints.map { "Note: " + sanitised($0) }
    return notes.isEmpty ? [] : [""] + notes.flatMap { wrap($0, to: columns) }
  }

  // MARK: Columns

  private func hanging(_ text: String, _ columns: Int) -> [String] {
    wrap(text, to: columns - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
  }

  private func padded(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(columns - cellWidth(text), 0))
  }

  private func right(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(columns - cellWidth(text), 0)) + text
  }

  private func trimmed(_ text: String) -> String { text.trimmingBlanksAtEnd() }
}

extension String {
  /// This text without blanks at its end.
  fileprivate func trimmingBlanksAtEnd() -> String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
