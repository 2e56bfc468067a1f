import Practice
import Terminal

extension SessionReport {
  /// How high a picture of a report gets about, in points, and how many pixels a point of it has.
  private static let pictureHeight = 3_400.0, pictureScale = 2.0

  /// The report as a PDF of A4 pages, its text selectable, its headings in the outline.
  ///
  /// The same report gives the same bytes with the same fonts: the date in it is the session's.
  package func pdf() throws(PaperError) -> [UInt8] {
    var flow = Flow(Flow.Sheet(width: Page.a4.width, height: Page.a4.height), try Typesetter())
    let spoken = lay(on: &flow)
    for paragraph in spoken?.paragraphs ?? [] { Self.lay(paragraph, on: &flow) }
    foot(on: &flow)
    let page = try Page.open(.pdf, width: Page.a4.width, height: Page.a4.height)
    page.describe(title: title, created: facts.timestamp, creator: "Rostrum \(printed(version, limit: 40))")
    for heading in flow.headings { page.outline(heading.title, page: heading.page, y: heading.y) }
    for (index, items) in flow.pages.enumerated() {
      Self.draw(items, on: page, flow.setter)
      furniture(page, index + 1, of: flow.pages.count, flow.setter, flow.sheet)
      page.turn()
    }
    return try page.finish()
  }

  /// The report as one picture in SVG, its letters as shapes: it looks the same wherever it is opened.
  package func svg() throws(PaperError) -> [UInt8] { try picture(.svg) }

  /// The report as one picture of points, 1191 wide and about 6800 high at most.
  package func png() throws(PaperError) -> [UInt8] { try picture(.png(scale: Self.pictureScale)) }

  /// A picture holds what fits: a long transcript breaks off, and says where the rest is.
  private func picture(_ kind: Page.Kind) throws(PaperError) -> [UInt8] {
    var sheet = Flow.Sheet(width: Page.a4.width, height: .infinity)
    sheet.bottom = 40
    var flow = Flow(sheet, try Typesetter())
    flow.limit = Self.pictureHeight - 220
    let spoken = lay(on: &flow)
    for paragraph in spoken?.paragraphs ?? [] where !flow.isCut { Self.lay(paragraph, on: &flow) }
    flow.limit = .infinity
    if flow.isCut {
      flow.space(6)
      flow.text("The rest is in the PDF.", .note)
    }
    foot(on: &flow)
    let height = min(flow.y + sheet.bottom, Self.pictureHeight * 1.5)
    let page = try Page.open(kind, width: sheet.width, height: height.rounded(.up))
    Self.draw(flow.pages[0], on: page, flow.setter)
    return try page.finish()
  }

  private static func draw(_ items: [Flow.Item], on page: borrowing Page, _ setter: borrowing Typesetter) {
    for item in items {
      switch item {
      case .line(let text, let line, let x, let y): page.draw(text, line: line, x: x, y: y)
      case .drawing(let drawing, let x, let y): page.draw(drawing, x: x, y: y, setter)
      case .rule(let x, let y, let width): page.line(from: (x, y), to: (x + width, y), width: 0.6, .rule)
      }
    }
  }

  /// The last line of a page: what it is of, and which of how many.
  private func furniture(
    _ page: borrowing Page, _ number: Int, of count: Int, _ setter: borrowing Typesetter, _ sheet: Flow.Sheet
  ) {
    let base = sheet.height - 30
    let name = setter.set(number == 1 ? madeBy : "\(title) · \(madeBy)", .note, width: sheet.inner - 70)
    let place = setter.set("\(number) of \(count)", Type.note.atRight, width: 60)
    page.draw(name, line: 0, x: sheet.left, y: base)
    page.draw(place, line: 0, x: sheet.width - sheet.right - 60, y: base)
  }
}

extension SessionReport {
  /// Puts all but the paragraphs of what was said; returns those.
  private func lay(on flow: inout Flow) -> SpokenText? {
    flow.text(title, .title)
    flow.space(3)
    flow.text(subtitle.joined(separator: "   ·   "), .subtitle)
    var spoken: SpokenText?
    for section in sections {
      var kept = 46.0
      if case .scores(let scores) = section.contents.first { kept = Self.height(of: scores) }
      flow.heading(section.title, keeping: kept)
      for (index, content) in section.contents.enumerated() {
        if index > 0 { flow.space(8) }
        if case .spoken(let text) = content { spoken = text } else { Self.lay(content, on: &flow) }
      }
    }
    return spoken
  }

  private func foot(on flow: inout Flow) {
    flow.space(22)
    flow.need(60)
    flow.rule()
    flow.space(8)
    flow.text(madeBy, .strong)
    flow.text((methods + [origin]).joined(separator: " "), .note)
  }

  private static func lay(_ content: ReportSection.Content, on flow: inout Flow) {
    switch content {
    case .text(let text): flow.text(text, .body)
    case .note(let text): flow.text(text, .note)
    case .table(let table): lay(table, on: &flow)
    case .scores(let scores): lay(scores, on: &flow)
    case .strip(let drawing, _): flow.drawing(drawing)
    case .turns(let turns):
      for turn in turns {
        let who = turn.who == .learner ? "You" : turn.name.map { printed($0, limit: 100) } ?? "Tutor"
        flow.labelled(who, turn.who == .learner ? .label : .caption, spokenWords(turn), .body, column: 82)
        flow.space(5)
      }
    case .spoken: break
    }
  }

  /// A turn as text: a tutor's Markdown is taken out.
  static func spokenWords(_ turn: Turn) -> String {
    var text = turn.text
    if turn.who == .tutor {
      var reply = SpokenReply()
      text = reply.add(turn.text)
      text += reply.finish()
    }
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      printed(line.split(separator: " ").joined(separator: " "))
    }.filter { !$0.isEmpty }
    return lines.joined(separator: "\n") + (turn.isCut ? " … (cut off)" : "")
  }

  fileprivate static func lay(_ paragraph: SpokenText.Paragraph, on flow: inout Flow) {
    var (text, stretches) = ("", [Stretch]())
    for run in paragraph.runs {
      let start = text.utf8.count
      text += run.text
      guard run.kind != .said else { continue }
      let isFiller = run.kind == .filler
      stretches.append(
        Stretch(
          range: start..<text.utf8.count, ink: isFiller ? .filler : .text, isBold: isFiller, isUnderlined: !isFiller))
    }
    flow.labelled(clockTime(paragraph.start), .label, text, .reading, column: 44, stretches)
    flow.space(6)
  }
}
