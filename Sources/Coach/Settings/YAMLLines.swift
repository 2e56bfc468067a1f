/// The lines of a text as YAML counts them, each with its own line end.
///
/// YAML 1.1 ends a line at LF, CR, CRLF, NEL, LS and PS (YAML 1.1 §4.1.4), Swift's `Character` makes one of CR and LF,
/// and a mark is worth nothing unless both sides count alike. Joining the lines gives the text back byte for byte.
struct YAMLLines: Equatable {
  /// Code points of each line with its line end; empty for an empty text.
  private(set) var lines: [[Unicode.Scalar]] = []

  init(_ text: String) {
    var line: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if afterReturn, scalar != "\n" {
        lines.append(line)
        line = []
      }
      afterReturn = scalar == "\r"
      line.append(scalar)
      if YAMLLines.isEnd(scalar), !afterReturn {
        lines.append(line)
        line = []
      }
    }
    if !line.isEmpty { lines.append(line) }
  }

  /// The whole text again.
  var text: String {
    var view = String.UnicodeScalarView()
    for line in lines { view.append(contentsOf: line) }
    return String(view)
  }

  /// The content of line `number`, counted from 1, without its end; empty where there is none.
  func content(_ number: Int) -> [Unicode.Scalar] {
    guard lines.indices.contains(number - 1) else { return [] }
    var line = lines[number - 1]
    while let last = line.last, YAMLLines.isEnd(last) { line.removeLast() }
    return line
  }

  /// Replaces the content of line `number` and keeps its end.
  mutating func replace(_ number: Int, with content: [Unicode.Scalar]) {
    guard lines.indices.contains(number - 1) else { return }
    let end = lines[number - 1].reversed().prefix { YAMLLines.isEnd($0) }.reversed()
    lines[number - 1] = content + end
  }

  /// Whether the blanks a line starts with include a tab.
  func startsWithTab(_ number: Int) -> Bool {
    content(number).prefix { $0 == " " || $0 == "\t" }.contains("\t")
  }

  /// Whether line `number` holds nothing but blanks and a comment.
  func isIdle(_ number: Int) -> Bool {
    let first = content(number).first { $0 != " " && $0 != "\t" && $0 != "\u{FEFF}" }
    return first == nil || first == "#"
  }

  /// The nearest line above `number` that says something, if it has no colon.
  func lineWithoutColon(above number: Int) -> Int? {
    var number = min(number, lines.count + 1) - 1
    while number > 0, isIdle(number) { number -= 1 }
    return number > 0 && !content(number).contains(":") ? number : nil
  }

  /// The key that line `number` is about: its own, or that of the nearest line above that has one.
  func key(_ number: Int) -> String? {
    var number = min(number, lines.count)
    while number > 0 {
      var line = content(number)[...]
      line = line.drop { $0 == " " || $0 == "\t" || $0 == "-" || $0 == "\u{FEFF}" }
      let word = line.prefix { $0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0) }
      let rest = line.dropFirst(word.count).drop { $0 == " " }
      if !word.isEmpty, rest.first == ":" {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: word)
        return String(view)
      }
      number -= 1
    }
    return nil
  }

  /// Empties the next line after `line` in which `key` stands again at `column`, and what belongs to it.
  /// - Returns: the line emptied, nil where no such line was found.
  mutating func blankRepeat(of key: String, after line: Int, column: Int) -> Int? {
    let name = Array(key.unicodeScalars)
    let spellings = [name, ["'"] + name + ["'"], ["\""] + name + ["\""]]
    guard line < lines.count, line >= 1 else { return nil }
    for number in (line + 1)...lines.count {
      let content = content(number)
      guard column >= 1, content.count >= column, content.prefix(column - 1).allSatisfy({ $0 == " " }) else { continue }
      let rest = content.dropFirst(column - 1)
      let isRepeat = spellings.contains { spelling in
        rest.starts(with: spelling) && rest.dropFirst(spelling.count).drop { $0 == " " }.first == ":"
      }
      guard isRepeat else { continue }
      replace(number, with: [])
      var next = number + 1
      while next <= lines.count {
        let indent = self.content(next).prefix { $0 == " " }.count
        guard isIdle(next) || indent >= column else { break }
        replace(next, with: [])
        next += 1
      }
      return number
    }
    return nil
  }

  private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }
}
