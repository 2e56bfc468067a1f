import Practice
import Terminal

extension SessionReport {
  /// The report as Markdown (CommonMark, with tables as GitHub has them).
  ///
  /// What anybody said, wrote or named is escaped: no part of it is read as a heading, a link, a picture or HTML.
  package var markdown: String {
    var out = "# \(inMarkdown(title))\n\n\(subtitle.map(inMarkdown).joined(separator: " · "))\n"
    for section in sections {
      out += "\n## \(inMarkdown(section.title))\n"
      for content in section.contents { out += "\n" + Self.markdown(content) }
    }
    return out + "\n---\n\n**\(inMarkdown(madeBy))** \((methods + [origin]).map(inMarkdown).joined(separator: " "))\n"
  }

  private static func markdown(_ content: ReportSection.Content) -> String {
    switch content {
    case .text(let text): return inMarkdown(text) + "\n"
    case .note(let text): return "*" + inMarkdown(text) + "*\n"
    case .table(let table): return markdown(table)
    case .scores(let scores): return markdown(scores)
    case .strip(let drawing, let table): return inMarkdown(drawing.summary) + "\n\n" + markdown(table)
    case .turns(let turns):
      return turns.map { turn in
        let who = turn.who == .learner ? "You" : turn.name.map { printed($0, limit: 100) } ?? "Tutor"
        let lines = spokenWords(turn).split(separator: "\n").map { inMarkdown(String($0)) }
        return "**\(inMarkdown(who)):** " + lines.joined(separator: "\\\n") + "\n"
      }.joined(separator: "\n")
    case .spoken(let text):
      return text.paragraphs.map { paragraph in
        let runs = paragraph.runs.map { run in
          // A mark cannot begin or end with a blank, and none of these does.
          run.kind == .filler
            ? "**\(inMarkdown(run.text))**"
            : run.kind == .corrected ? "*\(inMarkdown(run.text))*" : inMarkdown(run.text)
        }
        return "**\(clockTime(paragraph.start))** " + runs.joined() + "\n"
      }.joined(separator: "\n")
    }
  }

  private static func markdown(_ table: ReportSection.Table) -> String {
    let rules = table.columns.indices.map { table.numbers.contains($0) ? "---:" : "---" }
    let rows = [table.columns.map(inMarkdown), rules] + table.rows.map { $0.map(inMarkdown) }
    return "**\(inMarkdown(table.caption))**\n\n" + rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func markdown(_ scores: ReportScores) -> String {
    let count = scores.hasVerdicts ? 3 : 2
    var out = markdown(
      ReportSection.Table(
        caption: scores.heading, columns: Array(["criterion", "score (interval)", "in words"].prefix(count)),
        rows: scores.told.map { Array([$0.criterion, $0.words, $0.verdict].prefix(count)) }))
    for score in scores.told where !score.opened.isEmpty || !score.judged.isEmpty {
      out += "\n\(inMarkdown(score.criterion)):\n\n"
      for part in score.opened {
        out += "- \(inMarkdown(part.head))\n" + part.details.map { "  - \(inMarkdown($0))\n" }.joined()
      }
      out += score.judged.map { "- \(inMarkdown($0))\n" }.joined()
    }
    return out + scores.untold.map { "\n\(inMarkdown($0))\n" }.joined()
  }
}

/// `text` on one line as Markdown that says exactly it: whatever could mean something is escaped.
func inMarkdown(_ text: String) -> String {
  let text = printed(text)
  var out = ""
  let digits = text.prefix { $0.isASCII && $0.isNumber }
  var rest = Substring(text)
  // What begins a line and would be a heading, an item of a list, or a line under a heading.
  if let mark = text.dropFirst(digits.count).first, !digits.isEmpty, mark == "." || mark == ")",
    text.dropFirst(digits.count + 1).first.map({ $0 == " " }) ?? true
  {
    out = digits + "\\" + String(mark)
    rest = rest.dropFirst(digits.count + 1)
  } else if let first = text.first, "#+-=".contains(first) {
    out = "\\"
  }
  for scalar in rest.unicodeScalars {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&", "@", "!": out += "\\"
    // Some readers make links of addresses by themselves.
    case ":": if out.hasSuffix("http") || out.hasSuffix("https") || out.hasSuffix("ftp") { out += "\\" }
    case ".": if out.suffix(3).lowercased() == "www" { out += "\\" }
    default: break
    }
    out.unicodeScalars.append(scalar)
  }
  return out
}
