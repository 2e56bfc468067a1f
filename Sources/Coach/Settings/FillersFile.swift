package import Practice

/// Reads the words that fill time, `Prompts/fillers/en.yaml`.
///
/// Reading never fails: an entry that cannot be understood is left out and complained about with its line, and the
/// others count.
package enum FillersFile {
  private static let keys = ["language", "sounds", "openers", "doubles", "groups", "fillers", "hedges", "common"]

  /// The rules in `text`, and what was wrong with it.
  package static func parse(text: String, file: String) -> (FillerRules, [Complaint]) {
    let (document, problems) = MarkedYAML.parse(text, file: file)
    var reader = FillersReader(file: file, complaints: problems)
    reader.complaints += document.unknown(known: keys, file: file, what: "key")
    reader.gather(document["groups"])
    var rules = FillerRules()
    if let entry = document["language"], case .scalar(let language) = entry.value { rules.language = language }
    rules.sounds = reader.words(document["sounds"])
    rules.openers = reader.words(document["openers"])
    rules.doubles = reader.words(document["doubles"])
    rules.common = reader.words(document["common"])
    rules.hedges = reader.texts(document["hedges"]).map(FillersReader.phrase).filter { !$0.isEmpty }
    rules.rules = reader.rules(document["fillers"])
    return (rules, reader.complaints)
  }
}

/// The list of fillers in use, and what is wrong with it.
package struct FillersFound: Sendable {
  package var rules = FillerRules()
  /// The file; nil where there is none.
  package var path: String?
  /// One sentence each, for the speaker.
  package var notes: [String] = []
}

extension Surroundings {
  /// The fillers of `language`: the user's own file, else the shipped one.
  ///
  /// Practice goes on whatever is in it: what cannot be understood is left out and noted, and for a file that cannot be
  /// read at all the shipped one is taken.
  package func fillers(language: String = "en") -> FillersFound {
    let name = "fillers/\(language).yaml"
    var found = FillersFound()
    for folder in [places.userPrompts] + [shippedData()].compactMap({ $0.map { $0 + "/Prompts" } }) {
      let path = folder + "/" + name
      do throws(PlaceError) {
        let text = try readText(path: path, limit: Limits.textBytes)
        let (rules, complaints) = FillersFile.parse(text: text, file: path)
        (found.rules, found.path) = (rules, path)
        found.notes += Messages.fillerNotes(complaints)
        if rules.listsNothing, complaints.isEmpty { found.notes.append(Messages.noFillersListed(path)) }
        return found
      } catch { if !error.isMissing { found.notes.append("\(error).") } }
    }
    return found
  }
}

extension FillerRules {
  fileprivate var listsNothing: Bool { sounds.isEmpty && rules.isEmpty && hedges.isEmpty }
}

extension Messages {
  /// What is said of a list of fillers with mistakes in it: the first of them, and how many more there are.
  fileprivate static func fillerNotes(_ complaints: [Complaint]) -> [String] {
    guard let first = complaints.first else { return [] }
    let others = complaints.count - 1
    let more = others > 0 ? " There \(others == 1 ? "is" : "are") \(Figures.count(others, "more mistake"))." : ""
    let text = "\(first)"
    return [text + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".") + more + " The rest of the list counts."]
  }

  fileprivate static func noFillersListed(_ path: String) -> String {
    "\(path) lists nothing, so no word counts as a filler. Remove it to use the shipped list."
  }
}

/// Turns marked values into rules and gathers complaints on the way.
private struct FillersReader {
  let file: String
  var complaints: [Complaint]
  private var groups: [String: [String]] = [:]

  init(file: String, complaints: [Complaint]) {
    self.file = file
    self.complaints = complaints
  }

  /// A phrase as recognisers write it: lower case, letters and apostrophes.
  static func phrase(_ text: String) -> [String] {
    text.lowercased().split(separator: " ").map { String($0.map { $0 == "’" ? "'" : $0 }) }
  }

  private mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(file: file, line: entry.line, column: entry.column, key: key, problem: problem, nextStep: next))
  }

  mutating func gather(_ entry: MarkedYAML.Entry?) {
    guard let entry else { return }
    guard case .mapping(let entries) = entry.value else {
      return complain(entry, "groups", "is not a list of groups", "Write one `name: [words]` on each line.")
    }
    for group in entries { groups[group.key] = texts(group, key: "groups.\(group.key)") }
  }

  /// The texts of a list, or the one text; empty, and complained about, for everything else.
  mutating func texts(_ entry: MarkedYAML.Entry?, key: String? = nil) -> [String] {
    guard let entry else { return [] }
    switch entry.value {
    case .scalar(let text): return [text]
    case .list(let values):
      return values.compactMap { if case .scalar(let text) = $0 { text } else { nil } }
    case .none, .mapping:
      complain(entry, key ?? entry.key, "is not a list of words such as [um, uh]")
      return []
    }
  }

  /// The words of a list, groups (`=name`) replaced by theirs.
  mutating func words(_ entry: MarkedYAML.Entry?, key: String? = nil) -> Set<String> {
    guard let entry else { return [] }
    var words: Set<String> = []
    for text in texts(entry, key: key) {
      guard text.hasPrefix("=") else {
        words.insert(text.lowercased())
        continue
      }
      let name = String(text.dropFirst())
      if let group = groups[name] {
        words.formUnion(group.map { $0.lowercased() })
      } else {
        let near = nearest(to: name, among: Array(groups.keys)).map { "Did you mean =\($0)?" }
        complain(entry, key ?? entry.key, "there is no group called \(quoted(name))", near)
      }
    }
    return words
  }

  mutating func rules(_ entry: MarkedYAML.Entry?) -> [FillerRules.Rule] {
    guard let entry else { return [] }
    guard case .mapping(let entries) = entry.value else {
      complain(entry, "fillers", "is not a list of fillers", "Write each as `like:` with its parts below it.")
      return []
    }
    return entries.compactMap { rule($0) }
  }

  private mutating func rule(_ entry: MarkedYAML.Entry) -> FillerRules.Rule? {
    let words = FillersReader.phrase(entry.key)
    guard (1...5).contains(words.count) else {
      complain(entry, "fillers.\(quoted(entry.key))", "is not one to five words")
      return nil
    }
    var rule = FillerRules.Rule(words)
    guard case .mapping(let parts) = entry.value else {
      if entry.value != .none { complain(entry, "fillers.\(entry.key)", "is not a filler with its parts below it") }
      return entry.value == .none ? rule : nil
    }
    complaints += MarkedYAML.unknown(
      parts,
      known: [
        "place", "not-after", "not-before", "only-after", "only-before", "not-within", "pauses-tell", "confidence",
      ],
      file: file, what: "part of a filler", prefix: "fillers.\(entry.key).")
    for part in parts { take(part, key: "fillers.\(entry.key).\(part.key)", into: &rule) }
    return rule
  }

  private mutating func take(_ part: MarkedYAML.Entry, key: String, into rule: inout FillerRules.Rule) {
    switch part.key {
    case "not-after": rule.notAfter = words(part, key: key)
    case "not-before": rule.notBefore = words(part, key: key)
    case "only-after": rule.onlyAfter = words(part, key: key)
    case "only-before": rule.onlyBefore = words(part, key: key)
    case "not-within": rule.notWithin = words(part, key: key)
    case "place":
      guard case .scalar(let text) = part.value, let place = FillerRules.Place(rawValue: text) else {
        return complain(part, key, "is not one of anywhere, start, end, edge, not-last")
      }
      rule.place = place
    case "pauses-tell":
      guard case .scalar(let text) = part.value, let tells = truth(text) else {
        return complain(part, key, "is not yes or no")
      }
      rule.pausesTell = tells
    case "confidence":
      guard case .scalar(let text) = part.value, let value = Double(text), (0...1).contains(value) else {
        return complain(part, key, "is not a number from 0 to 1")
      }
      rule.confidence = value
    default: break
    }
  }
}
