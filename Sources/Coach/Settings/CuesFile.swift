import Practice
import Terminal

/// Reads what the keys 1 to 9 send to a learner, `Prompts/cues.yaml`.
///
/// Reading never fails: a cue that cannot be sent is left out and complained about with its line, and the others count.
package enum CuesFile {
  /// The keys there are.
  package static let keys = 1...9
  /// Words of a cue: more is not read by somebody who speaks.
  package static let words = 2
  private static let characters = Cue.characterLimit

  /// The cues in `text` by their keys, and what was wrong with it.
  package static func parse(text: String, file: String) -> ([Int: String], [Complaint]) {
    var (document, complaints) = MarkedYAML.parse(text, file: file)
    complaints += document.unknown(known: ["cues"], file: file, what: "key")
    guard let entry = document["cues"] else { return ([:], complaints) }
    guard case .mapping(let entries) = entry.value else {
      complaints.append(
        Complaint(
          file: file, line: entry.line, column: entry.column, key: "cues",
          problem: "is not a list of keys with their cues",
          nextStep: "Write one `1: slower` on each line below it."))
      return ([:], complaints)
    }
    complaints += MarkedYAML.unknown(
      entries, known: keys.map(String.init), file: file, what: "key: there are 1 to 9", prefix: "cues.")
    var cues: [Int: String] = [:]
    for entry in entries {
      guard let key = Int(entry.key), keys.contains(key), entry.key == String(key) else { continue }
      switch cue(entry.value) {
      case .success(let words): cues[key] = words
      case .failure(let problem):
        complaints.append(
          Complaint(
            file: file, line: entry.line, column: entry.column, key: "cues.\(key)", problem: problem.words,
            nextStep: problem.nextStep))
      }
    }
    return (cues, complaints)
  }

  private struct Problem: Error {
    var words: String
    var nextStep: String?
  }

  private static func cue(_ value: MarkedYAML.Value) -> Result<String, Problem> {
    guard case .scalar(let text) = value else {
      return .failure(Problem(words: "has no cue, or more than one", nextStep: "Write one or two words behind it."))
    }
    let parts = text.split(separator: " ")
    guard (1...words).contains(parts.count) else {
      return .failure(Problem(words: "\(quoted(text)) is not one or two words"))
    }
    let cue = parts.joined(separator: " ")
    guard cue.count <= characters, cue.utf8.count <= 4 * characters, sanitised(cue) == cue else {
      return .failure(Problem(words: "\(quoted(text)) is not \(characters) characters at most that can be shown"))
    }
    return .success(cue)
  }
}

/// The cues in use, and what is wrong with their files.
package struct CuesFound: Equatable, Sendable {
  /// In the order of their keys, from 1; empty where a key has none.
  package var cues: [String] = []
  package var complaints: [Complaint] = []
}

extension Surroundings {
  /// The cues: those of the user's own file, and for keys that it lacks the shipped ones; of somebody's `isGuest` the
  /// shipped ones alone.
  package func cues(isGuest: Bool = false) -> CuesFound {
    let folders = isGuest ? [shippedData()].compactMap { $0.map { $0 + "/Prompts" } } : promptFolders
    return CuesFound(folders: folders)
  }
}

extension CuesFound {
  /// Reads the files in `folders`, strongest first.
  package init(folders: [String]) {
    var found: [Int: String] = [:]
    for folder in folders {
      let file = PromptFile(id: "cues", path: folder + "/cues.yaml")
      switch file.text {
      case .success(let text):
        let (cues, complaints) = CuesFile.parse(text: text, file: file.path)
        found.merge(cues) { stronger, _ in stronger }
        self.complaints += complaints
      case .failure(let error):
        if !error.isMissing { complaints.append(Complaint(file: file.path, problem: "\(error)")) }
      }
    }
    let last = found.keys.max() ?? 0
    cues = (0..<last).map { found[$0 + 1] ?? "" }
  }
}
