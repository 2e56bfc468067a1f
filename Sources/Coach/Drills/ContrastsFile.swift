package import Practice

/// Reads the table of sounds that people mix up, `Prompts/contrasts/en.yaml`.
///
/// Reading never fails: a contrast that cannot be understood is left out and complained about with its line, and the
/// others count.
package enum ContrastsFile {
  private static let keys = ["language", "order", "contrasts"]
  /// Contrasts and pairs of each at most.
  private static let limits = (contrasts: 200, pairs: 100)

  /// The table in `text`, and what was wrong with it.
  package static func parse(text: String, file: String) -> (Contrasts, [Complaint]) {
    let (document, problems) = MarkedYAML.parse(text, file: file, brackets: 1_000)
    var reader = ContrastsReader(file: file, complaints: problems)
    reader.complaints += document.unknown(known: keys, file: file, what: "key")
    var contrasts = Contrasts()
    if let entry = document["language"], case .scalar(let language) = entry.value { contrasts.language = language }
    contrasts.all = reader.mapping(document["contrasts"], "contrasts").prefix(limits.contrasts).compactMap {
      reader.contrast($0, pairs: limits.pairs)
    }
    let names = contrasts.all.map(\.name)
    for entry in reader.mapping(document["order"], "order") {
      contrasts.order[entry.key.lowercased()] = reader.names(entry, among: names)
    }
    return (contrasts, reader.complaints)
  }
}

/// The contrasts in use, and what is wrong with them.
package struct ContrastsFound: Sendable {
  package var contrasts = Contrasts()
  /// The file; nil where there is none.
  package var path: String?
  package var complaints: [Complaint] = []
}

extension Surroundings {
  /// The contrasts of `language`: the user's own table, else the shipped one; one without a contrast that can be read
  /// is passed over.
  package func contrasts(language: String = "en") -> ContrastsFound {
    var found = ContrastsFound()
    for file in promptFiles("contrasts/\(language).yaml") {
      switch file.text {
      case .success(let text):
        let (contrasts, complaints) = ContrastsFile.parse(text: text, file: file.path)
        found.complaints += complaints
        guard contrasts.all.isEmpty else {
          (found.contrasts, found.path) = (contrasts, file.path)
          return found
        }
      case .failure(let error): found.complaints.append(Complaint(file: file.path, problem: "\(error)"))
      }
    }
    return found
  }
}

/// Turns marked values into contrasts and gathers complaints on the way.
private struct ContrastsReader {
  let file: String
  var complaints: [Complaint]

  mutating func complain(_ entry: MarkedYAML.Entry, _ key: String, _ problem: String, _ next: String? = nil) {
    complaints.append(
      Complaint(file: file, line: entry.line, column: entry.column, key: key, problem: problem, nextStep: next))
  }

  /// The entries of a mapping; none, complained about, for everything else.
  mutating func mapping(_ entry: MarkedYAML.Entry?, _ key: String) -> [MarkedYAML.Entry] {
    guard let entry else { return [] }
    guard case .mapping(let entries) = entry.value else {
      complain(entry, key, "is not a list of names with what belongs to them below")
      return []
    }
    return entries
  }

  mutating func contrast(_ entry: MarkedYAML.Entry, pairs limit: Int) -> Contrast? {
    let key = "contrasts.\(entry.key)"
    let parts = mapping(entry, key)
    complaints += MarkedYAML.unknown(
      parts, known: ["sounds", "hint", "pairs"], file: file, what: "part of a contrast", prefix: key + ".")
    let values = Dictionary(parts.map { ($0.key, $0) }) { first, _ in first }
    guard let pairs = values["pairs"], case .list(let texts) = pairs.value else {
      complain(values["pairs"] ?? entry, key + ".pairs", "is not a list of pairs such as [ship/sheep, bit/beat]")
      return nil
    }
    var items: [PairItem] = []
    for case .scalar(let text) in texts.prefix(limit) {
      if var item = PairItem(text), item.contrast.isEmpty {
        item.contrast = entry.key
        items.append(item)
      } else {
        complain(pairs, key + ".pairs", "\(quoted(text)) is not two words such as ship/sheep")
      }
    }
    guard !items.isEmpty else { return nil }
    return Contrast(
      name: entry.key, sounds: text(values["sounds"]) ?? entry.key, hint: text(values["hint"]) ?? "", pairs: items)
  }

  /// The names in a list, those that are no contrast left out and complained about.
  mutating func names(_ entry: MarkedYAML.Entry, among known: [String]) -> [String] {
    let key = "order.\(entry.key)"
    guard case .list(let values) = entry.value else {
      complain(entry, key, "is not a list of contrasts such as [ship-sheep, bed-bad]")
      return []
    }
    return values.compactMap { value in
      guard case .scalar(let name) = value else { return nil }
      if known.contains(name) { return name }
      let near = nearest(to: name, among: known).map { "Did you mean \($0)?" }
      complain(entry, key, "\(quoted(name)) is not one of the contrasts below", near)
      return nil
    }
  }

  private func text(_ entry: MarkedYAML.Entry?) -> String? {
    if let entry, case .scalar(let text) = entry.value { text } else { nil }
  }
}
