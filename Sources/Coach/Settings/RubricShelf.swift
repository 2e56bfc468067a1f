import FoundationEssentials
package import Practice

/// The rubrics there are: those that came with the program, the user's own in place of those of the same name.
///
/// One that cannot be read is left out, with what is wrong; where a shipped one has its name, that takes its place, so that
/// no score is lost by a slip in a file.
package struct RubricShelf: Sendable {
  /// By name, the program's own first.
  package private(set) var rubrics: [Rubric] = []
  /// What is wrong with those that were left out.
  package private(set) var complaints: [Complaint] = []

  /// At most this many rubrics of a folder are read.
  package static let limitRubrics = 50
  /// The rubric that sessions are scored by where none was chosen.
  package static let standard = "rostrum"

  private struct Source {
    let id: String
    let path: String
    let text: String
  }

  /// Reads the rubrics in `folders`, strongest first.
  package init(folders: [String]) {
    let sources = folders.flatMap { read($0) }
    // Those with bands of their own lend them to the others.
    var lenders: [String: [Rubric]] = [:]
    for source in sources where RubricFile.lender(text: source.text) == nil {
      let rubric = try? RubricFile.parse(text: source.text, id: source.id, file: source.path).get()
      lenders[source.id, default: []] += rubric.map { [$0] } ?? []
    }
    var found: [String: Rubric] = [:]
    for source in sources where found[source.id] == nil {
      switch RubricFile.parse(text: source.text, id: source.id, file: source.path, bands: { lenders[$0] ?? [] }) {
      case .success(let rubric): found[source.id] = rubric
      case .failure(let refusal): complaints += refusal.complaints
      }
    }
    rubrics = found.values.sorted { ($0.id != Self.standard ? 1 : 0, $0.id) < ($1.id != Self.standard ? 1 : 0, $1.id) }
  }

  private mutating func read(_ folder: String) -> [Source] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().prefix(Self.limitRubrics).compactMap {
      file in
      let path = folder + "/" + file
      do throws(PlaceError) {
        let text = try readText(path: path, limit: MarkedYAML.limitBytes)
        return Source(id: String(file.dropLast(5)), path: path, text: text)
      } catch {
        complaints.append(Complaint(file: path, problem: "\(error)"))
        return nil
      }
    }
  }

  /// The rubric called `name`: by its file, else by its own name, upper and lower case alike.
  package func rubric(_ name: String) -> Rubric? {
    let folded = name.lowercased()
    return rubrics.first { $0.id.lowercased() == folded } ?? rubrics.first { $0.name.lowercased() == folded }
  }

  /// A sentence on a name that no rubric has.
  package func missing(_ name: String) -> String {
    let ids = rubrics.map(\.id)
    let near = nearest(to: name, among: ids).map { " Did you mean \($0)?" } ?? ""
    return "There is no rubric called \(quoted(name)).\(near)"
      + (ids.isEmpty ? " There is none at all." : " There are \(ids.joined(separator: ", ")).")
  }
}

extension Surroundings {
  /// The rubrics there are.
  package func rubrics() -> RubricShelf {
    RubricShelf(
      folders: ([places.userPrompts] + [shippedData()].compactMap { $0.map { $0 + "/Prompts" } }).map {
        $0 + "/rubrics"
      })
  }
}
