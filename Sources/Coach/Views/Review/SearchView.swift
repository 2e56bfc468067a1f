import Practice
import Terminal

/// Search over all sessions: the line that is typed, and what was found for it so far.
enum SearchView {
  static func draw(_ desk: Desk, on canvas: inout Canvas) {
    let search = desk.history.search
    let count = search.hits.isEmpty ? "" : Figures.count(search.hits.count, "moment")
    canvas.head("Search", right: [(count, .hint)])
    let body = canvas.body
    EntryView.line(search.text, in: body.rows(from: 0, count: 1), on: &canvas)
    let list = body.rows(from: 2)
    if search.hits.isEmpty {
      let words =
        search.text.isEmpty
        ? Messages.typeToSearch
        : !search.hasWords ? Messages.noWordToSearch : search.isDone ? Messages.nothingFound : ""
      canvas.grid.draw(Paragraph(words, role: .hint), in: list, canvas.glyphs)
    }
    let step = list.rows >= 8 ? 2 : 1
    let shown = max(list.rows / step, 1)
    let start = min(max(search.selection - shown + 1, 0), max(search.hits.count - shown, 0))
    for (row, hit) in search.hits.dropFirst(start).prefix(shown).enumerated() {
      let place = list.rows(from: row * step, count: step)
      draw(hit, isSelected: start + row == search.selection, in: place, on: &canvas)
    }
    canvas.foot(desk.notice ?? "", room: .search, role: .warning)
  }

  private static func draw(_ hit: HistoryState.Hit, isSelected: Bool, in area: Area, on canvas: inout Canvas) {
    let top = area.rows(from: 0, count: 1)
    let caret = isSelected ? String(canvas.glyphs.caret) : " "
    canvas.put(caret, in: top, isSelected ? .selection : .text)
    let inner = top.columns(from: 2)
    if area.rows >= 2 {
      var used = canvas.put(hit.when, in: inner, .hint) + 2
      used += canvas.put(clockTime(hit.seconds), in: inner, column: used, .value) + 2
      used += canvas.put(hit.kind, in: inner, column: used, .label) + 2
      canvas.put(hit.title, in: inner, column: used, .text)
      snippet(hit, in: area.rows(from: 1, count: 1).columns(from: 2), on: &canvas)
      if isSelected { canvas.grid.restyle(top, .selection) }
    } else {
      let used = canvas.put(clockTime(hit.seconds) + " ", in: inner, .value)
      snippet(hit, in: inner.columns(from: used), on: &canvas)
    }
  }

  /// The words around the hit; what was looked for stands out, by weight where there are no colours, and in brackets on
  /// terminals that may have neither.
  private static func snippet(_ hit: HistoryState.Hit, in area: Area, on canvas: inout Canvas) {
    var column = 0
    for piece in hit.snippet(columns: area.columns, ellipsis: canvas.glyphs.ellipsis) {
      let text = piece.isHit && canvas.glyphs.isASCII ? "[" + piece.text + "]" : piece.text
      column += canvas.put(text, in: area, column: column, piece.isHit ? .cue : .text)
    }
  }
}

extension HistoryState.Hit {
  /// The snippet with its first hit in the first third of `columns` cells, words before it left out for `ellipsis`.
  func snippet(columns: Int, ellipsis: String) -> [Piece] {
    guard let first = snippet.firstIndex(where: \.isHit) else { return snippet }
    let before = snippet[..<first].map(\.text).joined()
    guard cellWidth(before) > columns / 3 else { return snippet }
    var words = before.split(separator: " ", omittingEmptySubsequences: false)[...]
    while words.count > 1, cellWidth(words.joined(separator: " ")) > columns / 3 - cellWidth(ellipsis) - 1 {
      words = words.dropFirst()
    }
    return [Piece(text: ellipsis + " " + words.joined(separator: " "), isHit: false)] + snippet[first...]
  }
}
