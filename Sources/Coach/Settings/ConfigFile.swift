/// The file of settings as a text that people edit too: one key changes and everything else stays as it stands.
///
/// The text is edited, not written anew from values, because comments, order and blank lines are the user's. Every
/// edit is read back before it is handed out: if any other key would have changed, it is refused.
package enum ConfigFile {
  /// The text with `key` set to `value`.
  ///
  /// A key that is there keeps its place and the comment behind it; one that is not is added at the end under its
  /// meaning as a comment. The value is written in its usual spelling: "5 to 7 minutes" becomes `5-7m`.
  /// - Parameter file: what complaints call the file.
  package static func set(
    key: String, value: String, in text: String, file: String = "config.yaml"
  ) throws(Complaint) -> String {
    guard let setting = Setting.named(key) else { throw Setting.unknown(key, file: file, line: nil) }
    var settings = Settings()
    if let problem = setting.take(.scalar(value), into: &settings) {
      throw Complaint(file: file, key: key, problem: problem)
    }
    let written = setting.value(in: settings)
    let (before, complaints) = MarkedYAML.parse(text, file: file)
    if var complaint = complaints.first {
      complaint.nextStep = "Mend this line first, so that nothing in the file is lost"
      throw complaint
    }
    let edited =
      if let entry = before[key] {
        try replace(entry, with: scalar(written), in: text, file: file)
      } else {
        append(setting, scalar(written), to: text, indent: max((before.entries.first?.column ?? 1) - 1, 0))
      }
    let (after, problems) = MarkedYAML.parse(edited, file: file)
    var expected = before.entries.map { Parsed(key: $0.key, value: $0.value) }
    let wanted = Parsed(key: key, value: .scalar(written))
    if let index = expected.firstIndex(where: { $0.key == key }) {
      expected[index] = wanted
    } else {
      expected.append(wanted)
    }
    guard problems.isEmpty, after.entries.map({ Parsed(key: $0.key, value: $0.value) }) == expected else {
      throw byHand(key, file: file, line: before[key]?.line)
    }
    return edited
  }

  /// The text of the file at `path`; nil where there is none.
  package static func text(at path: String) throws(PlaceError) -> String? {
    do throws(PlaceError) {
      return try readText(path: path, limit: MarkedYAML.limitBytes)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  private struct Parsed: Equatable {
    var key: String
    var value: MarkedYAML.Value
  }

  private static func byHand(_ key: String, file: String, line: Int?) -> Complaint {
    Complaint(
      file: file, line: line, key: key, problem: "is written in a way that cannot be changed safely from here",
      nextStep: "Change it in an editor, as `\(key): value` on a line of its own.")
  }

  private static func append(_ setting: Setting, _ value: String, to text: String, indent: Int) -> String {
    let end = text.unicodeScalars.contains("\r") ? "\r\n" : "\n"
    var text = text
    if text.isEmpty {
      text = "# Settings of Rostrum. `rostrum config` lists every key, its value and what it means.\(end)"
    }
    let lines = YAMLLines(text)
    if lines.lines.last?.last.map({ $0 == "\n" || $0 == "\r" }) == false { text += end }
    if !lines.content(lines.lines.count).isEmpty { text += end }
    let margin = String(repeating: " ", count: indent)
    return text + "\(margin)# \(setting.meaning)\(end)\(margin)\(setting.key): \(value)\(end)"
  }

  private static func replace(
    _ entry: MarkedYAML.Entry, with value: String, in text: String, file: String
  ) throws(Complaint) -> String {
    let hand = byHand(entry.key, file: file, line: entry.line)
    var lines = YAMLLines(text)
    let content = lines.content(entry.line)
    var start: Int
    var end: Int
    switch entry.value {
    case .none:
      let from = min(entry.column - 1 + entry.key.unicodeScalars.count, content.count)
      guard let colon = content[from...].firstIndex(of: ":") else { throw hand }
      (start, end) = (colon + 1, colon + 1)
    case .scalar:
      start = entry.valueColumn - 1
      guard entry.valueLine == entry.line, content.indices.contains(start), let last = endOfScalar(content, from: start)
      else { throw hand }
      end = last
    case .list, .mapping: throw hand
    }
    let scalars = Array(value.unicodeScalars)
    let space: [Unicode.Scalar] = start > 0 && content[start - 1] == ":" ? [" "] : []
    lines.replace(entry.line, with: content[..<start] + space + scalars + content[end...])
    return lines.text
  }

  /// The index behind a scalar that starts at `start` and ends on this line; nil where it does not end here.
  private static func endOfScalar(_ line: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start + 1
    switch line[start] {
    case "|", ">": return nil
    case "\"":
      while index < line.count {
        if line[index] == "\"" { return index + 1 }
        index += line[index] == "\\" ? 2 : 1
      }
      return nil
    case "'":
      while index < line.count {
        guard line[index] == "'" else {
          index += 1
          continue
        }
        guard index + 1 < line.count, line[index + 1] == "'" else { return index + 1 }
        index += 2
      }
      return nil
    default:
      while index < line.count, line[index] != "#" || (line[index - 1] != " " && line[index - 1] != "\t") { index += 1 }
      while index > start, line[index - 1] == " " || line[index - 1] == "\t" { index -= 1 }
      return index
    }
  }

  /// A text as YAML on one line: plain where that is beyond doubt, else in double quotation marks.
  private static func scalar(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_./,=+:".unicodeScalars.contains($0))
    }
    let first = text.unicodeScalars.first
    if plain, let first, first.properties.isAlphabetic || ("0"..."9").contains(first), !text.hasSuffix(":") {
      return text
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}

extension Settings {
  /// The settings from flags, environment and the file at `places.configFile`; a file that cannot be read is complained
  /// about and passed over, a missing one is not worth a word.
  package static func load(
    flags: [String: String], environment: [String: String], places: Places
  ) -> (Settings, [Complaint]) {
    let path = places.configFile
    do throws(PlaceError) {
      let text = try ConfigFile.text(at: path)
      return resolve(flags: flags, environment: environment, file: text.map { (path, $0) })
    } catch {
      let (settings, complaints) = resolve(flags: flags, environment: environment, file: nil)
      return (settings, [Complaint(file: path, problem: "\(error)")] + complaints)
    }
  }
}
