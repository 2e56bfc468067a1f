import Glibc
import Packs
import Practice

/// Drills made into a pack: their files, and what of the learner's own they need to be done elsewhere.
struct DrillPacking {
  private let surroundings: Surroundings
  private let drills: [Drill]
  private let facts: PackFacts?
  private let assignments: [PackedAssignment]

  init(
    _ surroundings: Surroundings, drills: [Drill], facts: PackFacts? = nil, assignments: [PackedAssignment] = []
  ) {
    self.surroundings = surroundings
    self.drills = drills
    self.facts = facts
    self.assignments = assignments
  }

  /// Where a pack goes; refuses a terminal.
  static func place(_ output: String?, replaces: Bool) throws(Failure) -> ExportPlace {
    let place = try ExportPlace(output, several: false, replaces: replaces)
    if place.target == .standardOutput, isatty(STDOUT_FILENO) != 0 {
      throw Failure(.usage, Messages.binaryToTerminal)
    }
    return place
  }

  /// Writes the pack; returns its path, nil for standard output. `name` is that of its folder, and of its file where
  /// there is a choice.
  func write(to place: ExportPlace, called name: String) throws(Failure) -> String? {
    let bytes: [UInt8]
    do throws(PackError) { bytes = try PackWriter.archive(try files(), folder: name) } catch { throw Failure(error) }
    return try place.write(bytes, name + ".tar.gz")
  }

  /// The files of the pack.
  func files() throws(PackError) -> [PackedFile] {
    var files = drills.map { PackedFile(name: $0.id + ".md", bytes: Array($0.text.utf8)) }
    files += own("topics", Set(drills.map { $0.word("topics") }).sorted().filter { !$0.isEmpty }.map { $0 + ".txt" })
    files += own("drills", Set(drills.map { $0.word("recording") }).sorted().filter { !$0.isEmpty })
      .map { PackedFile(name: $0.lastName, bytes: $0.bytes) }
    if let facts { files.append(PackedFile(name: DrillPack.factsName, bytes: Array(facts.yaml.utf8))) }
    if !assignments.isEmpty {
      files.append(
        PackedFile(name: DrillPack.assignmentsName, bytes: Array(PackedAssignment.yaml(assignments).utf8)))
    }
    return files
  }

  /// Files of the learner's own prompts, by folder and name; those that are not there are passed over.
  private func own(_ folder: String, _ names: [String]) -> [PackedFile] {
    names.filter { !$0.contains("/") && !$0.hasPrefix(".") }.compactMap { name in
      let path = "\(surroundings.places.userPrompts)/\(folder)/\(name)"
      return (try? readBytes(path: path, limit: PackLimits().soundBytes)).map {
        PackedFile(name: "\(folder)/\(name)", bytes: $0)
      }
    }
  }
}
