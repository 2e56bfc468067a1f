import FoundationEssentials
package import Terminal

/// The themes that can be chosen: the user's own first, then those that came with the program.
///
/// A user's theme hides a shipped one of the same name. Choosing never fails, since a learner with a misspelt theme
/// still wants to practise.
package struct ThemeShelf: Sendable {
  /// Folders looked through, strongest first.
  package let folders: [String]

  /// At most this many themes of a folder are listed.
  package static let limitThemes = 200

  /// A shelf over `folders`.
  package init(folders: [String]) { self.folders = folders }

  /// The user's themes and those in `shipped`, the folder of shipped data.
  package init(places: Places, shipped: String?) {
    folders = [places.userThemes] + (shipped.map { [$0 + "/Themes"] } ?? [])
  }

  /// The names of all themes, sorted, each once; the compiled-in one is always there.
  package func names() -> [String] {
    var names: Set<String> = [Theme.fallback.name]
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in files.sorted().prefix(ThemeShelf.limitThemes) where file.hasSuffix(".yaml") {
        let name = ThemeFile.stem(of: file)
        if isThemeName(name) { names.insert(name) }
      }
    }
    return names.sorted()
  }

  /// The file of the theme called `name`; nil where only the compiled-in one or none has that name.
  package func path(of name: String) -> String? {
    guard isThemeName(name) else { return nil }
    return folders.map { "\($0)/\(name).yaml" }.first { kind(of: $0) != nil }
  }

  /// The theme called `name`, or the compiled-in one, and what was wrong; a missing name says which there are.
  package func theme(named name: String) -> (Theme, [Complaint]) {
    guard let path = path(of: name) else {
      if name == Theme.fallback.name { return (.fallback, []) }
      let names = names()
      let near = nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? ""
      return (
        .fallback,
        [
          Complaint(
            file: "theme", problem: "\(quoted(name)) is not a theme",
            nextStep: "\(near)There are \(names.joined(separator: ", ")).")
        ]
      )
    }
    do throws(PlaceError) {
      return ThemeFile.parse(text: try readText(path: path, limit: MarkedYAML.limitBytes), file: path)
    } catch {
      return (.fallback, [Complaint(file: path, problem: "\(error)")])
    }
  }
}
