import CCmark

/// Walks the tree of an answer's Markdown and puts its lines together.
struct ReplyWalk {
  /// Columns of one level of a list or a quotation; deeper than `depthLimit` nothing is indented further.
  private static let step = 2
  private static let depthLimit = 6

  private struct List {
    /// The number of the next item, nil where they have none.
    var number: Int?
    var isTight: Bool
  }

  private var lines: [ReplyText.Line] = []
  private var line = ReplyText.Line()
  private var lists: [List] = []
  private var quotes = 0
  private var (strong, emphasised, links) = (0, 0, 0)
  private var isHeading = false
  /// The mark of an item whose first line has not begun.
  private var mark: String?
  /// Where the text of a link began, to see whether it says itself where it leads.
  private var linkStart = 0

  /// The lines of `text`.
  static func lines(of text: String) -> [ReplyText.Line] {
    var (walk, text) = (ReplyWalk(), text)
    let root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CInt(CMARK_OPT_DEFAULT))
      }
    }
    if let root, let iterator = cmark_iter_new(root) {
      walk.walk(iterator)
      cmark_iter_free(iterator)
    }
    cmark_node_free(root)
    return walk.lines
  }

  private mutating func walk(_ iterator: OpaquePointer) {
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      let isEntering = event == CMARK_EVENT_ENTER
      switch cmark_node_get_type(node) {
      case CMARK_NODE_LIST: list(node, isEntering)
      case CMARK_NODE_ITEM: item(isEntering)
      case CMARK_NODE_BLOCK_QUOTE: quotes += isEntering ? 1 : -1
      case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
        isHeading = isEntering && cmark_node_get_type(node) == CMARK_NODE_HEADING
        if isEntering { begin() } else { endBlock() }
      case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK: block(node)
      case CMARK_NODE_THEMATIC_BREAK:
        begin()
        add("---", .plain)
        endBlock()
      default: inline(node, isEntering)
      }
    }
  }

  private mutating func inline(_ node: OpaquePointer, _ isEntering: Bool) {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_STRONG: strong += isEntering ? 1 : -1
    case CMARK_NODE_EMPH: emphasised += isEntering ? 1 : -1
    case CMARK_NODE_TEXT, CMARK_NODE_HTML_INLINE: add(literal(node), emphasis)
    case CMARK_NODE_CODE: add(literal(node), .code)
    case CMARK_NODE_SOFTBREAK: add(" ", emphasis)
    case CMARK_NODE_LINEBREAK: breakLine()
    case CMARK_NODE_LINK:
      if isEntering {
        linkStart = line.text.count
      } else {
        let address = ReplyText.safe(cmark_node_get_url(node).map { String(cString: $0) } ?? "")
        let said = line.text.dropFirst(linkStart)
        if !address.isEmpty, said != address, "mailto:" + said != address { add(" (\(address))", emphasis) }
      }
    default: break
    }
  }

  private var emphasis: ReplyText.Emphasis {
    if isHeading { return .heading }
    if strong > 0 { return .strong }
    if emphasised > 0 { return .emphasised }
    return quotes > 0 ? .quoted : .plain
  }

  private var indent: Int { min(max(lists.count - 1, 0) + quotes, Self.depthLimit) * Self.step }

  private mutating func list(_ node: OpaquePointer, _ isEntering: Bool) {
    guard isEntering else {
      _ = lists.popLast()
      if lists.isEmpty { lines.append(ReplyText.Line()) }
      return
    }
    // A list in an item whose own text is missing.
    if mark != nil {
      begin()
      endLine()
    }
    let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    lists.append(
      List(
        number: isOrdered ? Int(cmark_node_get_list_start(node)) : nil, isTight: cmark_node_get_list_tight(node) != 0))
  }

  private mutating func item(_ isEntering: Bool) {
    guard let last = lists.indices.last else { return }
    if isEntering {
      mark = lists[last].number.map { "\($0). " } ?? "- "
      lists[last].number = lists[last].number.map { $0 + 1 }
    } else if mark != nil {
      begin()
      endLine()
    }
  }

  /// Begins a block's first line, with the mark of its item where it is the first there.
  private mutating func begin() {
    let hang = lists.isEmpty ? indent : indent + Self.step
    guard let mark else {
      line = ReplyText.Line(indent: hang, hang: hang)
      return
    }
    line = ReplyText.Line(indent: indent, hang: indent + mark.count, [ReplyText.Run(mark, .bullet)])
    self.mark = nil
  }

  private mutating func add(_ text: String, _ emphasis: ReplyText.Emphasis) {
    let safe = ReplyText.safe(text)
    guard !safe.isEmpty else { return }
    if line.runs.last?.emphasis == emphasis {
      line.runs[line.runs.count - 1].text += safe
    } else {
      line.runs.append(ReplyText.Run(safe, emphasis))
    }
  }

  private mutating func breakLine() {
    let hang = line.hang
    endLine()
    line = ReplyText.Line(indent: hang, hang: hang)
  }

  private mutating func endLine() {
    if !line.runs.isEmpty { lines.append(line) }
    line = ReplyText.Line()
  }

  private mutating func endBlock() {
    endLine()
    if lists.last?.isTight != true { lines.append(ReplyText.Line()) }
  }

  private mutating func block(_ node: OpaquePointer) {
    let isCode = cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK
    var rows = literal(node).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    while rows.last?.isEmpty == true { rows = rows.dropLast() }
    for row in rows {
      begin()
      if isCode { line.indent = line.hang + Self.step }
      line.hang = line.indent
      // A tab is as wide as the place that it stands at asks for; in code it is taken for four blanks.
      add(
        row.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    "), isCode ? .code : .plain)
      if line.runs.isEmpty { lines.append(ReplyText.Line()) } else { endLine() }
    }
    if lists.last?.isTight != true { lines.append(ReplyText.Line()) }
  }

  private func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }
}
