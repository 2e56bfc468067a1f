import CCmark

extension Script {
  /// Reads a talk's Markdown, the front matter left out; never fails, and reads a mebibyte at most.
  ///
  /// Headings are sections, `{2m}`, `{90s}` or `{1:30}` at their end their budgets; paragraphs and items of lists are
  /// said; `>` lines are notes; `/` and `//` behind a word are pause marks; `**word**` is stress.
  package init(markdown: String) { self = ScriptReader.read(markdown).script }
}

/// Walks the tree of a CommonMark text and puts a script together.
///
/// Lines are those of the Markdown, from 1.
package struct ScriptReader {
  /// A talk that was read, and what in it is not said.
  package struct Reading: Equatable, Sendable {
    package var script: Script
    package var unsaid: [Unsaid]
  }

  private var script = Script()
  private var unsaid: [Unsaid]
  private let lineOf: [Int]
  /// Notes that wait for the sentence below them.
  private var notes: [String] = []
  private var quoteDepth = 0
  private var stressDepth = 0
  private var imageDepth = 0
  /// The text of the paragraph or heading that is being read.
  private var prose = Prose()

  private init(_ source: ScriptSource) {
    lineOf = source.lineOf
    unsaid = source.unsaid
  }

  /// Reads `markdown`.
  package static func read(_ markdown: String) -> Reading {
    let source = ScriptSource(markdown)
    var reader = ScriptReader(source)
    var text = source.text
    let root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CInt(CMARK_OPT_DEFAULT))
      }
    }
    if let root, let iterator = cmark_iter_new(root) {
      reader.walk(iterator)
      cmark_iter_free(iterator)
    }
    cmark_node_free(root)
    reader.close()
    return Reading(
      script: reader.script, unsaid: reader.unsaid.sorted { $0.lines.lowerBound < $1.lines.lowerBound })
  }

  private mutating func walk(_ iterator: OpaquePointer) {
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      let isEntering = event == CMARK_EVENT_ENTER
      switch cmark_node_get_type(node) {
      case CMARK_NODE_BLOCK_QUOTE: quoteDepth += isEntering ? 1 : -1
      case CMARK_NODE_STRONG: stressDepth += isEntering ? 1 : -1
      case CMARK_NODE_IMAGE:
        imageDepth += isEntering ? 1 : -1
        if isEntering, quoteDepth == 0 { leaveOut(.image, node) }
      case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
        if isEntering { prose = Prose() } else { endBlock(node) }
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: add(literal(node), node)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: prose.add("\n", isStressed: false)
      case CMARK_NODE_CODE_BLOCK:
        if quoteDepth > 0 { addNotes(literal(node)) } else { leaveOut(.code, node) }
      case CMARK_NODE_HTML_BLOCK: html(node)
      default: break
      }
    }
  }

  private func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  private func line(_ number: CInt) -> Int {
    lineOf.isEmpty ? 1 : lineOf[min(max(Int(number) - 1, 0), lineOf.count - 1)]
  }

  private mutating func add(_ text: String, _ node: OpaquePointer) {
    guard imageDepth == 0 else { return }
    prose.add(text, isStressed: stressDepth > 0, line: line(cmark_node_get_start_line(node)))
  }

  private mutating func leaveOut(_ kind: Unsaid.Kind, _ node: OpaquePointer) {
    let first = line(cmark_node_get_start_line(node))
    unsaid.append(Unsaid(kind, lines: first...max(first, line(cmark_node_get_end_line(node)))))
  }

  /// HTML is not said; of a comment nobody needs to be told unless it has no end, and what stands behind it is the author's prose.
  private mutating func html(_ node: OpaquePointer) {
    let text = literal(node)
    guard text.drop(while: \.isWhitespace).hasPrefix("<!--") else { return leaveOut(.html, node) }
    var (rest, said) = (text[...], "")
    while let open = rest.firstRange(of: "<!--") {
      said += rest[..<open.lowerBound] + " "
      rest = rest[open.upperBound...]
      guard let end = rest.firstRange(of: "-->") else {
        rest = ""
        leaveOut(.comment, node)
        break
      }
      rest = rest[end.upperBound...]
    }
    prose = Prose()
    prose.add(said + rest, isStressed: false, line: line(cmark_node_get_end_line(node)))
    endProse()
  }

  private mutating func endBlock(_ node: OpaquePointer) {
    if quoteDepth > 0 { return addNotes(prose.text) }
    guard cmark_node_get_type(node) == CMARK_NODE_HEADING else { return endProse() }
    closeSection()
    let (title, budget) = Heading.parts(prose.text)
    script.sections.append(
      Script.Section(
        title: title, level: Int(cmark_node_get_heading_level(node)), budgetSeconds: budget,
        sentences: script.sentences.count..<script.sentences.count, line: line(cmark_node_get_start_line(node))))
  }

  private mutating func addNotes(_ text: String) {
    guard notes.count < Script.noteLimit else { return }
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !words.isEmpty, notes.count < Script.noteLimit { notes.append(String(words.prefix(500))) }
    }
  }

  private mutating func endProse() {
    let sentences = SentenceCut.sentences(in: prose.words(after: &script))
    for (index, words) in sentences.enumerated() {
      if script.sections.isEmpty { script.sections.append(Script.Section(sentences: 0..<0)) }
      let first = script.tokens.count
      script.tokens += SentenceCut.tokens(of: words)
      script.sentences.append(
        Script.Sentence(
          tokens: first..<script.tokens.count, section: script.sections.count - 1, startsParagraph: index == 0,
          notes: notes, line: words.first?.line ?? 1))
      notes = []
    }
  }

  private mutating func closeSection() {
    guard let last = script.sections.indices.last else { return }
    script.sections[last].sentences = script.sections[last].sentences.lowerBound..<script.sentences.count
  }

  private mutating func close() {
    closeSection()
    script.closingNotes = notes
  }
}

/// A heading's text, read as a title and a budget.
enum Heading {
  /// The title without the `{2m}` at its end, on one line of at most 200 characters, and the seconds of it.
  static func parts(_ text: String) -> (title: String, budgetSeconds: Double?) {
    let title = oneLine(text)
    guard title.last == "}", let open = title.lastIndex(of: "{") else { return (title, nil) }
    let inside = String(title[title.index(after: open)...].dropLast())
    guard let length = TalkLength(inside) else { return (title, nil) }
    return (oneLine(String(title[..<open])), Double(length.maximumSeconds))
  }

  /// `text` on one line of at most 200 characters, without control characters.
  static func oneLine(_ text: String) -> String {
    let words = text.split { character in
      character.isWhitespace || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    return String(words.joined(separator: " ").prefix(200))
  }
}
