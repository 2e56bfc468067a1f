import Practice
import Terminal

/// Scores on a page of HTML: a table of all, below it what people say, and what each is made of, over the whole width.
extension SessionReport {
  static func scores(_ scores: ReportScores, id: String) -> String {
    let hasWords = scores.hasVerdicts
    let rows = scores.told.enumerated().map { index, score in
      let bar = ScoreBar.drawing(of: score).map { $0.svg(id: "\(id)-\(index + 1)") } ?? ""
      let strong = index == 0 && scores.overall != nil ? " class=\"strong\"" : ""
      return "<tr><th scope=\"row\"\(strong)>\(escaped(score.criterion))</th><td class=\"bar\">\(bar)</td>"
        + "<td class=\"value\">\(escaped(score.words))</td>"
        + (hasWords ? "<td dir=\"auto\">\(escaped(score.verdict))</td></tr>\n" : "</tr>\n")
    }
    let table =
      "<div class=\"wide\">\n<table class=\"scores\">\n<caption>\(escaped(scores.heading))</caption>\n<thead><tr>"
      + "<th scope=\"col\">criterion</th><td class=\"bar\"></td><th scope=\"col\">score (interval)</th>"
      + (hasWords ? "<th scope=\"col\">in words</th>" : "")
      + "</tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table>\n</div>\n"
    let untold = scores.untold.map { "<p class=\"note\" dir=\"auto\">\(escaped($0))</p>\n" }
    return table + judgements(scores.told) + explanations(scores.told) + untold.joined()
  }

  /// What people say, criterion by criterion; nothing where nobody says anything.
  private static func judgements(_ scores: [ReportScore]) -> String {
    let judged = scores.filter { !$0.judged.isEmpty }.map { score in
      let lines = score.judged.map { "<dd dir=\"auto\">\(escaped($0))</dd>" }
      return "<dt>\(escaped(score.criterion))</dt>\(lines.joined())\n"
    }
    return judged.isEmpty ? "" : "<dl class=\"judged\">\n\(judged.joined())</dl>\n"
  }

  /// What each score is made of: a measure with its figure, below it formula, band and inputs.
  private static func explanations(_ scores: [ReportScore]) -> String {
    let opened = scores.filter { !$0.opened.isEmpty }.map { score in
      let parts = score.opened.map { part in
        let details = part.details.map { "<li dir=\"auto\">\(escaped($0))</li>" }.joined()
        return "<li dir=\"auto\">\(escaped(part.head))" + (details.isEmpty ? "" : "<ul>\(details)</ul>") + "</li>"
      }
      return "<dt>\(escaped(score.criterion))</dt><dd><ul>\(parts.joined())</ul></dd>\n"
    }
    guard !opened.isEmpty else { return "" }
    return "<details>\n<summary>How each score comes about</summary>\n<dl class=\"opened\">\n\(opened.joined())</dl>\n"
      + "</details>\n"
  }
}
