import Practice
import Terminal

extension SessionReport {
  /// The report as one page of HTML that needs nothing else: no script, no font, no picture, no network.
  ///
  /// Everything that anybody said, wrote or named is escaped, and the page forbids itself to run or fetch anything. Each
  /// picture has a name and a table that says the same; fillers are bracketed, not only coloured.
  package var html: String {
    var page = HTMLPage(title: title)
    page.put("<header>\n<h1 dir=\"auto\">\(escaped(title))</h1>\n<p class=\"sub\">")
    page.put(subtitle.map { "<span dir=\"auto\">\(escaped($0))</span>" }.joined(separator: " · ") + "</p>\n</header>\n")
    page.put("<main id=\"main\">\n")
    for section in sections {
      page.put("<section aria-labelledby=\"\(section.id)\">\n<h2 id=\"\(section.id)\">\(escaped(section.title))</h2>\n")
      for (index, content) in section.contents.enumerated() {
        put(content, id: "\(section.id)-\(index + 1)", on: &page)
      }
      page.put("</section>\n")
    }
    page.put("</main>\n<footer>\n<p><strong>\(escaped(madeBy))</strong></p>\n")
    page.put("<p>\(escaped((methods + [origin]).joined(separator: " ")))</p>\n</footer>\n")
    return page.finished
  }

  private func put(_ content: ReportSection.Content, id: String, on page: inout HTMLPage) {
    switch content {
    case .text(let text): page.put("<p dir=\"auto\">\(escaped(text))</p>\n")
    case .note(let text): page.put("<p class=\"note\">\(escaped(text))</p>\n")
    case .table(let table): page.put(Self.table(table))
    case .scores(let scores): page.put(Self.scores(scores, id: id))
    case .strip(let drawing, let table):
      page.put("<figure>\n\(drawing.svg(id: id))\n<figcaption>\(escaped(drawing.summary))</figcaption>\n</figure>\n")
      page.put("<details>\n<summary>\(escaped(table.caption))</summary>\n\(Self.table(table))</details>\n")
    case .turns(let turns): page.put("<dl class=\"talk\">\n" + turns.map(Self.turn).joined() + "</dl>\n")
    case .spoken(let text):
      page.put("<div class=\"said\">\n" + text.paragraphs.map(Self.paragraph).joined() + "</div>\n")
    }
  }

  private static func turn(_ turn: Turn) -> String {
    let who = turn.who == .learner ? "You" : turn.name.map { printed($0, limit: 100) } ?? "Tutor"
    let lines = spokenWords(turn).split(separator: "\n").map { "<p dir=\"auto\">\(escaped(String($0)))</p>" }
    return "<dt>\(escaped(who))</dt><dd>\(lines.joined())</dd>\n"
  }

  private static func paragraph(_ paragraph: SpokenText.Paragraph) -> String {
    let runs = paragraph.runs.map { run in
      switch run.kind {
      case .said: escaped(run.text)
      case .filler: "<mark>\(escaped(run.text))</mark>"
      case .corrected: "<ins>\(escaped(run.text))</ins>"
      }
    }
    let time = clockTime(paragraph.start)
    return
      "<p dir=\"auto\"><time datetime=\"PT\(Int(min(max(paragraph.start, 0), 1e7)))S\">\(time)</time> \(runs.joined())</p>\n"
  }

  private static func table(_ table: ReportSection.Table) -> String {
    func kind(_ column: Int) -> String {
      let name =
        table.numbers.contains(column)
        ? "number" : column == table.strong ? "strong" : table.quiet.contains(column) ? "quiet" : ""
      return name.isEmpty ? "" : " class=\"\(name)\""
    }
    let head = table.columns.enumerated().map { column, name in
      let number = table.numbers.contains(column) ? " class=\"number\"" : ""
      return name.isEmpty ? "<td></td>" : "<th scope=\"col\"\(number)>\(escaped(name))</th>"
    }
    let rows = table.rows.map { cells in
      let cells = cells.enumerated().map { column, text in
        column == 0
          ? "<th scope=\"row\"\(kind(0))>\(escaped(text))</th>"
          : "<td\(kind(column)) dir=\"auto\">\(escaped(text))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return
      "<div class=\"wide\">\n<table>\n<caption>\(escaped(table.caption))</caption>\n<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n"
      + rows.joined() + "</tbody>\n</table>\n</div>\n"
  }
}

/// A page of HTML that is being put together: its head, and how it looks in light, in the dark and on paper.
struct HTMLPage {
  private var text: String

  init(title: String) {
    text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(escaped(title))</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>

      """
  }

  mutating func put(_ more: String) { text += more }

  var finished: String { text + "</body>\n</html>\n" }

  private static func colours(_ colour: (Ink) -> UInt32) -> String {
    Ink.allCases.map { "--\($0.rawValue): \(hex(colour($0)));" }.joined(separator: " ")
  }

  private static let style: String = {
    let inks = Ink.allCases.map {
      ".f-\($0.rawValue) { fill: var(--\($0.rawValue)); } .s-\($0.rawValue) { stroke: var(--\($0.rawValue)); fill: none; stroke-linejoin: round; }"
    }
    return """
      :root { color-scheme: light dark; \(colours(\.onPaper)) }
      @media (prefers-color-scheme: dark) { :root { \(colours(\.onDark)) } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 50rem; padding: 2.5rem 1.25rem 3rem; background: var(--paper); color: var(--text);
        font: 1rem/1.55 "DejaVu Sans", system-ui, sans-serif; overflow-wrap: break-word; }
      h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; }
      h2 { font-size: 1.25rem; color: var(--accent); margin: 2.6rem 0 1rem; padding-bottom: .3rem;
        border-bottom: 1px solid var(--rule); }
      .sub, .note, figcaption, footer, caption, .quiet, thead th { color: var(--quiet); }
      .note, figcaption, footer, .quiet { font-size: .875rem; }
      figure { margin: 0; }
      svg { display: block; width: 100%; height: auto; font-family: "DejaVu Sans", system-ui, sans-serif; }
      figcaption { margin-top: .6rem; }
      details { margin: .6rem 0; }
      summary { cursor: pointer; color: var(--accent); }
      table { width: 100%; border-collapse: collapse; margin: .4rem 0 1.2rem; }
      caption { text-align: left; font-size: .875rem; padding-bottom: .3rem; }
      th, td { text-align: left; vertical-align: baseline; padding: .28rem .8rem .28rem 0; font-weight: 400; }
      thead th { font-size: .8rem; }
      tbody tr { border-top: 1px solid var(--track); }
      th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
      .wide { overflow-x: auto; }
      td:last-child { overflow-wrap: anywhere; }
      td:last-child:not(.number) { min-width: 11rem; }
      .strong { font-weight: 700; }
      .scores .bar { width: 32%; vertical-align: top; padding-top: .75rem; }
      .scores .value { font-weight: 700; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .judged dt, .opened dt { font-weight: 700; margin-top: .8rem; } .judged dd, .opened dd { margin: .2rem 0; }
      .opened ul { margin: .2rem 0; padding-left: 1.2rem; } .opened li { margin: .3rem 0; }
      .opened ul ul { font-size: .875rem; color: var(--quiet); }
      .talk { display: grid; grid-template-columns: minmax(4rem, max-content) 1fr; gap: .6rem 1.25rem; }
      .talk dt { color: var(--quiet); } .talk dd { margin: 0; } .talk dd p { margin: 0 0 .4rem; }
      .said p { font-family: "DejaVu Serif", Georgia, serif; line-height: 1.7; margin: 0 0 .8rem; padding-left: 4.25rem; position: relative; }
      .said time { position: absolute; left: 0; color: var(--quiet); font: .875rem/1.95 "DejaVu Sans", system-ui, sans-serif; }
      mark { background: none; color: var(--filler); font-weight: 700; }
      ins { text-decoration: underline; text-underline-offset: .2em; }
      footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
      .skip { position: absolute; left: -100vw; }
      .skip:focus { left: 1rem; top: 1rem; background: var(--paper); color: var(--accent); padding: .5rem 1rem; }
      :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
      @media (max-width: 34rem) { .scores .bar { display: none; } .said p { padding-left: 0; } .said time { position: static; display: block; } }
      @media print { :root { \(colours(\.onPaper)) } body { max-width: none; padding: 0; font-size: 10pt; }
        .skip, details { display: none; } h2 { break-after: avoid; } tr, figure, .talk dd { break-inside: avoid; } }
      \(inks.joined(separator: "\n"))

      """
  }()
}
