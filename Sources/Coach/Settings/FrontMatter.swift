/// The front matter of a Markdown file: YAML between two lines of three dashes, before everything else.
enum FrontMatter {
  /// Parts the front matter from the body; a first line of three dashes that nothing like a key follows is a rule.
  ///
  /// `lines` are those between the dashes; of front matter that is never closed nothing is read.
  static func split(_ text: String) -> (front: (text: String, lines: Int, isClosed: Bool)?, body: String) {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }[...]
    if lines.first?.unicodeScalars.first == "\u{FEFF}" {
      lines[lines.startIndex] = Substring(lines[lines.startIndex].unicodeScalars.dropFirst())
    }
    func isFence(_ line: Substring) -> Bool { String(line).trimmingBlanks() == "---" && line.hasPrefix("---") }
    guard let first = lines.first, isFence(first) else { return (nil, lines.joined(separator: "\n")) }
    let rest = lines.dropFirst()
    // Front matter is read as a whole by a bounded parser, so its end is looked for within the same bound.
    let end = rest.prefix(2000).firstIndex { isFence($0) || String($0).trimmingBlanks() == "..." }
    guard let end else {
      let looksLikeKey = rest.first.map { $0.contains(":") && $0.first?.isLetter == true } ?? false
      return (looksLikeKey ? ("", 0, false) : nil, lines.joined(separator: "\n"))
    }
    let front = rest[..<end]
    return ((front.joined(separator: "\n"), front.count, true), rest[(end + 1)...].joined(separator: "\n"))
  }
}
