package import Practice

/// The drills there are: those that came with the program, the user's own in place of those of the same name.
///
/// One that cannot be read is left out, with what is wrong, and the others load. A shipped drill does not stand in for the
/// user's own that was left out: it might be another exercise under the same name.
package struct DrillShelf: Sendable {
  /// By skill, level and name.
  package private(set) var drills: [Drill] = []
  /// What is wrong with those that were left out.
  package private(set) var complaints: [Complaint] = []
  /// Names of those that were left out.
  package private(set) var refused: Set<String> = []

  /// At most this many drills of a folder are read.
  package static let limitDrills = 1_000

  /// Reads the drills in `folders`, strongest first.
  package init(folders: [String]) {
    for file in PromptFile.all(in: folders, ending: ".md", most: Self.limitDrills) { take(file) }
    sort()
  }

  /// A shelf of `drills`.
  package init(_ drills: [Drill]) {
    self.drills = drills
    sort()
  }

  private mutating func take(_ file: PromptFile) {
    switch file.text {
    case .success(let text):
      switch DrillFile.parse(text: text, id: file.id, file: file.path) {
      case .success(let drill): drills.append(drill)
      case .failure(let refusal):
        refused.insert(file.id)
        complaints += refusal.complaints
      }
    case .failure(let error):
      refused.insert(file.id)
      complaints.append(Complaint(file: file.path, problem: "\(error)"))
    }
  }

  private mutating func sort() {
    let skills = Dictionary(
      DrillSkill.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    drills.sort {
      (skills[$0.skill] ?? 0, $0.level, $0.name.lowercased(), $0.id)
        < (skills[$1.skill] ?? 0, $1.level, $1.name.lowercased(), $1.id)
    }
  }

  /// The drill called `name`: by the name of its file, else by its own, upper and lower case alike.
  package func drill(_ name: String) -> Drill? {
    let folded = name.lowercased()
    return drills.first { $0.id.lowercased() == folded } ?? drills.first { $0.name.lowercased() == folded }
  }

  /// The drills that train `skill`, by level and name.
  package func drills(for skill: DrillSkill) -> [Drill] { drills.filter { $0.skill == skill } }

  /// A sentence on a name that no drill has.
  package func missing(_ name: String) -> String {
    if let id = refused.first(where: { $0.lowercased() == name.lowercased() }) {
      return "The drill \(quoted(id)) has mistakes in it and was left out."
    }
    if drills.isEmpty { return "There is no drill called \(quoted(name)). There is none at all." }
    let near = nearest(to: name, among: drills.map(\.id).sorted()) ?? named(like: name)
    return "There is no drill called \(quoted(name))." + (near.map { " Did you mean \($0)?" } ?? "")
  }

  /// The drill whose own name `name` is nearest to.
  private func named(like name: String) -> String? {
    let near = nearest(to: name, among: drills.map { $0.name.lowercased() }.sorted())
    return near.flatMap { near in drills.first { $0.name.lowercased() == near }?.id }
  }
}

extension Surroundings {
  /// The drills there are.
  package func drills() -> DrillShelf { DrillShelf(folders: promptFolders.map { $0 + "/drills" }) }
}
