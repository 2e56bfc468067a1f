import FoundationEssentials

/// A file in a folder of prompts: its name without the ending, where it lies, and what it says or why that cannot be read.
struct PromptFile {
  let id: String
  let path: String
  let text: Result<String, PlaceError>

  /// Reads the file at `path`.
  init(id: String, path: String) {
    (self.id, self.path) = (id, path)
    text = Result { () throws(PlaceError) in try readText(path: path, limit: MarkedYAML.limitBytes) }
  }

  /// The files in `folders` whose names have this `ending`, at most `most` of each folder, by name: of two with one name
  /// that of the stronger folder, which stands first. Hidden ones are passed over.
  static func all(in folders: [String], ending: String, most: Int) -> [PromptFile] {
    var seen: Set<String> = []
    return folders.flatMap { folder in
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return files.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted().prefix(most).compactMap { file in
        let id = String(file.dropLast(ending.count))
        return seen.insert(id).inserted ? PromptFile(id: id, path: folder + "/" + file) : nil
      }
    }
  }
}

extension Surroundings {
  /// The folders of prompts, the user's own first.
  var promptFolders: [String] {
    [places.userPrompts] + [shippedData()].compactMap { $0.map { $0 + "/Prompts" } }
  }

  /// The files called `name` in the folders of prompts, the user's own first; where there is none it is passed over.
  func promptFiles(_ name: String) -> [PromptFile] {
    promptFolders.map { PromptFile(id: name, path: $0 + "/" + name) }.filter { file in
      if case .failure(let error) = file.text { !error.isMissing } else { true }
    }
  }
}
