package import Tutor

/// The tutors that can be chosen: the user's own first, then those that came with the program.
///
/// A user's tutor hides a shipped one of the same name. One that cannot be read is left out, with what is wrong, and the
/// others load.
package struct TutorShelf: Sendable {
  /// The tutors, by name.
  package private(set) var tutors: [TutorProfile] = []
  /// What is wrong with those that were left out.
  package private(set) var complaints: [Complaint] = []
  /// Files that were left out: a shipped tutor stands in for none of them.
  package private(set) var refused: Set<String> = []

  /// At most this many tutors of a folder are read.
  package static let limitTutors = 100
  /// The tutor that speaks where none was chosen.
  package static let standard = "coach"

  /// Reads the tutors in `folders`, strongest first.
  package init(folders: [String]) {
    for file in PromptFile.all(in: folders, ending: ".md", most: Self.limitTutors) { take(file) }
    tutors.sort { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
  }

  private mutating func take(_ file: PromptFile) {
    switch file.text {
    case .success(let text):
      switch TutorFile.parse(text: text, id: file.id, file: file.path) {
      case .success(let profile): tutors.append(profile)
      case .failure(let refusal):
        refused.insert(file.id)
        complaints += refusal.complaints
      }
    case .failure(let error):
      refused.insert(file.id)
      complaints.append(Complaint(file: file.path, problem: "\(error)"))
    }
  }

  /// The tutor called `name`: by the name of its file, else by its own, upper and lower case alike.
  package func tutor(_ name: String) -> TutorProfile? {
    let folded = name.lowercased()
    return tutors.first { $0.id.lowercased() == folded } ?? tutors.first { $0.name.lowercased() == folded }
  }

  /// A sentence on a name that no tutor has.
  package func missing(_ name: String) -> String {
    let ids = tutors.map(\.id).sorted()
    if let file = refused.first(where: { $0.lowercased() == name.lowercased() }) {
      return "The tutor \(quoted(file)) has mistakes in it and was left out."
    }
    let near = nearest(to: name, among: ids).map { " Did you mean \($0)?" } ?? ""
    return "There is no tutor called \(quoted(name)).\(near)"
      + (ids.isEmpty ? " There is none at all." : " There are \(ids.joined(separator: ", ")).")
  }
}

extension Surroundings {
  /// The tutors there are.
  package func tutors() -> TutorShelf {
    TutorShelf(
      folders: ([places.userPrompts] + [shippedData()].compactMap { $0.map { $0 + "/Prompts" } }).map { $0 + "/tutors" }
    )
  }
}
