package import Practice

/// Reads a talk's Markdown file: its front matter, its title, and its script.
///
/// The file is the author's, so keys we do not know are left alone, and everything that cannot be read is only
/// complained about: there is always a talk.
package enum TalkFile {
  /// The largest talk read, in bytes: about 170,000 words.
  package static let limitBytes = 1_048_576

  /// Reads the file at `path`, which must be UTF-8 and within `limitBytes`.
  package static func read(path: String) throws(PlaceError) -> (Talk, [Complaint]) {
    parse(text: try readText(path: path, limit: limitBytes), path: path)
  }

  /// The talk in `text`; its title is that of the front matter, else the first heading `# …`, else the file's name.
  package static func parse(text: String, path: String) -> (Talk, [Complaint]) {
    var complaints: [Complaint] = []
    let (front, body) = FrontMatter.split(text)
    let above = front.map { $0.isClosed ? $0.lines + 2 : 0 } ?? 0
    var talk = Talk(title: "", body: body, firstLine: above + 1, path: path)
    if let front, !front.isClosed {
      complaints.append(
        Complaint(
          file: path, line: 1, problem: "the front matter that starts here is never closed",
          nextStep: "Put a line of three dashes below it."))
    } else if let front {
      let (document, problems) = MarkedYAML.parse(front.text, file: path, firstLine: 2)
      complaints += problems
      complaints += take(document, into: &talk)
    }
    if talk.title.isEmpty {
      talk.title = talk.script.sections.first { $0.level == 1 && !$0.title.isEmpty }?.title ?? name(of: path)
    }
    return (talk, complaints)
  }

  private static func take(_ document: MarkedYAML, into talk: inout Talk) -> [Complaint] {
    var complaints: [Complaint] = []
    func complain(_ entry: MarkedYAML.Entry, _ problem: String) {
      complaints.append(Complaint(file: talk.path, line: entry.line, key: entry.key, problem: problem))
    }
    if let entry = document["title"] {
      if case .scalar(let title) = entry.value {
        talk.title = oneLine(title)
      } else {
        complain(entry, entry.value == .none ? "has no value" : "is not a single line of text")
      }
    }
    if let entry = document["length"] {
      switch entry.value {
      case .scalar(let text):
        switch TalkLength.read(text) {
        case .success(let length): talk.length = length
        case .failure(let problem): complain(entry, "\(quoted(text)) \(problem.clause)")
        }
      case .none: complain(entry, "has no value; write for instance 5-7m")
      case .list, .mapping: complain(entry, "is not a length such as 5-7m")
      }
    }
    if let entry = document["context"] {
      let known = SpeakingContext.allCases.map(\.rawValue)
      if case .scalar(let text) = entry.value, known.contains(text.lowercased()) {
        talk.context = text.lowercased()
      } else {
        complain(entry, "is not one of \(known.joined(separator: ", "))")
      }
    }
    if let entry = document["sections"] {
      var sections = TalkSections(talk)
      sections.take(entry)
      complaints += sections.complaints
      if sections.body != talk.body { talk.exchange(body: sections.body) }
    }
    return complaints
  }

  private static func name(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? "talk"
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return oneLine(last) }
    return oneLine(String(last[..<dot]))
  }

  /// A title as one line of at most 200 characters without control characters.
  private static func oneLine(_ text: String) -> String {
    let words = text.split { character in
      character.isWhitespace || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    return String(words.joined(separator: " ").prefix(200))
  }
}
