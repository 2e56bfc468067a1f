import Mustache

/// A Mustache text that is safe to render: its names are known, its sections close, and it calls nothing else.
///
/// Of Mustache it may use `{{name}}`, `{{#name}}…{{/name}}`, `{{^name}}…{{/name}}` and `{{! remarks }}`. Values are put in
/// as they are: the text is for a model or a voice, where an escaped `&amp;` would be read as such, and what is put in is
/// never looked at for tags of its own.
package struct TutorTemplate: Equatable, Sendable {
  /// The text as it was written.
  package let text: String
  private let parsed: MustacheTemplate

  /// The longest text, in bytes, and how deep its sections may lie in one another.
  package static let limitBytes = 65_536
  package static let limitDepth = 16

  /// Reads `text`, which may use `names` alone; throws what is wrong, with its line, counted from 1.
  package init(_ text: String, names: Set<String>) throws(TemplateProblem) {
    self.text = text
    try TemplateCheck.check(text, names: names)
    do {
      // The pragma, on a line of its own that leaves no trace, turns HTML's escapes off.
      parsed = try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT }}\n" + text)
    } catch let error as MustacheTemplate.ParserError {
      throw TemplateProblem(line: max(1, error.context.lineNumber - 1), problem: "is not Mustache: \(error.error)")
    } catch {
      throw TemplateProblem(line: 1, problem: "is not Mustache")
    }
  }

  /// The text with what `values` hold; names without a value are left out.
  package func render(_ values: TemplateValues) -> String { parsed.render(values.mustache) }

  package static func == (a: TutorTemplate, b: TutorTemplate) -> Bool { a.text == b.text }
}

/// What a template may show: texts, and truths for its sections.
package struct TemplateValues: Equatable, Sendable {
  private var texts: [String: String] = [:]
  private var truths: [String: Bool] = [:]

  /// Nothing yet.
  package init() {}

  /// Gives `name` a text; an empty one or nil is no value, so that a section around it is left out.
  package mutating func set(_ name: String, _ text: String?) {
    texts[name] = text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Makes `name` a section that is shown or left out.
  package mutating func set(_ name: String, _ truth: Bool) { truths[name] = truth }

  /// These values, and those of `others` where both have one.
  package func with(_ others: TemplateValues) -> TemplateValues {
    var all = self
    all.texts.merge(others.texts) { $1 }
    all.truths.merge(others.truths) { $1 }
    return all
  }

  fileprivate var mustache: [String: Any] {
    var all: [String: Any] = truths
    for (name, text) in texts { all[name] = text }
    return all
  }
}

/// What is wrong with a template.
package struct TemplateProblem: Error, Equatable, Sendable {
  /// The line, counted from 1 in the text of the template.
  package var line: Int
  /// A clause that can follow the line: `"pase" is not a fact`.
  package var problem: String
  /// The name that is not known, for a guess at what was meant.
  package var unknownName: String?
  /// What stands between the brackets of the tag that is wrong; nil where it is about the whole.
  package var tag: String?

  /// Makes a problem.
  package init(line: Int, problem: String, unknownName: String? = nil, tag: String? = nil) {
    self.line = line
    self.problem = problem
    self.unknownName = unknownName
    self.tag = tag
  }
}

/// Looks a template over before the library reads it, which follows sections by recursion and calls what it is told to.
private enum TemplateCheck {
  static func check(_ text: String, names: Set<String>) throws(TemplateProblem) {
    guard text.utf8.count <= TutorTemplate.limitBytes else {
      throw TemplateProblem(line: 1, problem: "is longer than \(TutorTemplate.limitBytes / 1024) KiB")
    }
    let bytes = Array(text.utf8)
    var open: [(name: String, line: Int)] = []
    var (at, line) = (0, 1)
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\n") { line += 1 }
      guard isPair(bytes, at, UInt8(ascii: "{")) else {
        at += 1
        continue
      }
      let start = line
      let isTriple = at + 2 < bytes.count && bytes[at + 2] == UInt8(ascii: "{")
      var end = at + (isTriple ? 3 : 2)
      let first = end
      while end < bytes.count, !isPair(bytes, end, UInt8(ascii: "}")) {
        if bytes[end] == UInt8(ascii: "\n") { line += 1 }
        end += 1
      }
      guard end < bytes.count else { throw TemplateProblem(line: start, problem: "the {{ is never closed by }}") }
      let tag = String(decoding: bytes[first..<end], as: UTF8.self)
      do throws(TemplateProblem) { try take(tag, line: start, names: names, open: &open) } catch {
        throw TemplateProblem(line: start, problem: error.problem, unknownName: error.unknownName, tag: tag)
      }
      at = end + 2
      if isTriple {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "}") else {
          throw TemplateProblem(line: start, problem: "{{{\(tag)}} lacks its third bracket")
        }
        at += 1
      }
    }
    if bytes.last == UInt8(ascii: "{") { throw TemplateProblem(line: line, problem: "ends within a bracket") }
    if let left = open.last { throw TemplateProblem(line: left.line, problem: "{{#\(left.name)}} is never closed") }
  }

  private static func take(
    _ tag: String, line: Int, names: Set<String>, open: inout [(name: String, line: Int)]
  ) throws(TemplateProblem) {
    guard let sign = tag.first else { throw TemplateProblem(line: line, problem: "{{}} names nothing") }
    if sign == "!" { return }
    let isPlain = sign.isLetter
    let name = String(
      (isPlain ? tag : String(tag.dropFirst())).split(whereSeparator: \.isWhitespace).joined(separator: " "))
    guard isPlain || "#^/& ".contains(sign) else {
      throw TemplateProblem(line: line, problem: "{{\(tag.prefix(40))}} is not among the tags that may be used")
    }
    if sign == "/" {
      guard let last = open.popLast() else {
        throw TemplateProblem(line: line, problem: "{{/\(name)}} closes nothing")
      }
      guard last.name == name else {
        throw TemplateProblem(line: line, problem: "{{/\(name)}} stands where {{/\(last.name)}} is expected")
      }
      return
    }
    guard names.contains(name) else {
      throw TemplateProblem(line: line, problem: "{{\(name.prefix(40))}} is not a known name", unknownName: name)
    }
    if sign == "#" || sign == "^" {
      guard open.count < TutorTemplate.limitDepth else {
        throw TemplateProblem(line: line, problem: "sections lie more than \(TutorTemplate.limitDepth) deep")
      }
      open.append((name, line))
    }
  }

  private static func isPair(_ bytes: [UInt8], _ at: Int, _ byte: UInt8) -> Bool {
    at + 1 < bytes.count && bytes[at] == byte && bytes[at + 1] == byte
  }
}
