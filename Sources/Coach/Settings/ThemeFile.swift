package import Terminal

/// Reads theme files into `Terminal.Theme`.
///
/// Reading never fails: what is missing or wrong falls back key by key to the theme that is compiled in, and every
/// fallback that comes from a mistake is a complaint with its line.
package enum ThemeFile {
  /// The theme in `text`, and what was wrong with it; a theme without a name is called after its file.
  package static func parse(text: String, file: String) -> (Theme, [Complaint]) {
    let (document, problems) = MarkedYAML.parse(text, file: file)
    var reader = ThemeReader(file: file, complaints: problems)
    reader.complaints += document.unknown(known: ["name", "summary", "background", "styles"], file: file, what: "key")
    var theme = Theme(
      name: stem(of: file), summary: "", background: Theme.fallback.background, styles: [:])
    if let entry = document["name"], let name = reader.text(entry, "name") {
      if isThemeName(name) {
        theme.name = name
      } else {
        reader.complain(entry, "name", "\(quoted(name)) is not a theme's name: letters, digits, - and _ only")
      }
    }
    if let entry = document["summary"], let summary = reader.text(entry, "summary") {
      theme.summary = String(sanitised(summary).prefix(120))
    }
    if let entry = document["background"], let colour = reader.colour(entry, "background") { theme.background = colour }
    if let entry = document["styles"] {
      if case .mapping(let styles) = entry.value {
        theme.styles = reader.styles(styles)
      } else {
        reader.complain(entry, "styles", "is not a list of roles with their styles")
      }
    }
    return (theme, reader.complaints)
  }

  /// A file's name without folder and ending.
  static func stem(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
  }
}

/// Turns marked values into styles and gathers complaints on the way.
private struct ThemeReader {
  let file: String
  var complaints: [Complaint]

  mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ nextStep: String? = nil) {
    complaints.append(
      Complaint(
        file: file, line: entry.line, column: entry.column, key: key, problem: problem, nextStep: nextStep))
  }

  mutating func text(_ entry: MarkedYAML.Entry, _ key: String) -> String? {
    if case .scalar(let text) = entry.value { return text }
    complain(entry, key, entry.value == .none ? "has no value" : "is not a single value")
    return nil
  }

  mutating func styles(_ entries: [MarkedYAML.Entry]) -> [Role: Style] {
    complaints += MarkedYAML.unknown(
      entries, known: Role.allCases.map(\.name), file: file, what: "role", prefix: "styles.")
    var styles: [Role: Style] = [:]
    for entry in entries {
      guard let role = Role(name: entry.key) else { continue }
      let path = "styles.\(entry.key)"
      switch entry.value {
      case .mapping(let parts): styles[role] = style(parts, path)
      case .none: complain(entry, path, "has no value")
      default: complain(entry, path, "is not a style such as {fg: \"#c9cfe0\", ansi: white}")
      }
    }
    return styles
  }

  private mutating func style(_ parts: [MarkedYAML.Entry], _ path: String) -> Style {
    let attributes: [(String, Style.Attributes)] = [
      ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
    ]
    complaints += MarkedYAML.unknown(
      parts, known: ["fg", "bg", "ansi", "ansi-bg"] + attributes.map(\.0), file: file, what: "part of a style",
      prefix: path + ".")
    var style = Style()
    for part in parts {
      let key = "\(path).\(part.key)"
      switch part.key {
      case "fg": style.foreground = colour(part, key) ?? nil
      case "bg": style.background = colour(part, key) ?? nil
      case "ansi": style.ansi = ansi(part, key)
      case "ansi-bg": style.ansiBackground = ansi(part, key)
      default:
        guard let attribute = attributes.first(where: { $0.0 == part.key })?.1, let text = text(part, key)
        else { break }
        switch truth(text) {
        case true?: style.attributes.insert(attribute)
        case false?: break
        case nil: complain(part, key, "\(quoted(text)) is not true or false")
        }
      }
    }
    return style
  }

  /// A colour; the inner nil is the terminal's own, the outer one a mistake that was complained about.
  mutating func colour(_ entry: MarkedYAML.Entry, _ key: String) -> Colour?? {
    if entry.value == .none {
      complain(
        entry, key, "has no value", "A colour needs quotation marks, as in \"#8fd0a8\", since # starts a comment.")
      return nil
    }
    guard let text = text(entry, key) else { return nil }
    if text == "terminal" { return .some(nil) }
    if let colour = Colour(hex: text) { return .some(colour) }
    complain(entry, key, "\(quoted(text)) is not a colour such as \"#8fd0a8\", nor the word terminal")
    return nil
  }

  private mutating func ansi(_ entry: MarkedYAML.Entry, _ key: String) -> ANSIColour? {
    guard let text = text(entry, key) else { return nil }
    if let colour = ANSIColour(rawValue: text) { return colour }
    let near = nearest(to: text, among: ANSIColour.allCases.map(\.rawValue))
    complain(
      entry, key, "\(quoted(text)) is not one of the sixteen colours",
      near.map { "Did you mean \($0)?" }
        ?? "They are black, red, green, yellow, blue, magenta, cyan, white, each also as bright-….")
    return nil
  }
}
