import Packs
import Practice

/// A pack of drills that somebody sent, as it was read and before anything of it is added.
///
/// A drill with a mistake is left out and complained about, as on the shelf, and the others are taken: a pack of forty
/// should not be lost for one. What a pack is refused for as a whole is in `PackError`.
struct DrillPack: Sendable {
  /// A drill, and the file of the pack that it is in.
  struct Entry: Equatable, Sendable {
    var drill: Drill
    var file: PackedFile
  }

  /// What it is called: by its `pack.yaml`, else by its file.
  var facts: PackFacts
  /// By id.
  private(set) var drills: [Entry] = []
  /// Files beside drills: lists of topics, and recordings that drills play, by name.
  private(set) var topics: [PackedFile] = []
  private(set) var recordings: [PackedFile] = []
  /// What a tutor asks for.
  private(set) var assignments: [PackedAssignment] = []
  /// What is wrong with what was left out of it.
  private(set) var complaints: [Complaint] = []
  /// Files that are no part of a pack.
  let leftOut: [PackLeftOut]
  /// How it was called.
  let path: String

  /// Reads the pack at `path`.
  static func read(_ path: String) throws(PackError) -> DrillPack { DrillPack(try PackReader.read(path), path: path) }

  /// The drills in what was read of `path`.
  init(_ pack: Pack, path: String) {
    self.path = path
    leftOut = pack.leftOut
    facts = PackFacts(name: PackFacts.name(ofFile: path))
    for file in pack.files { take(file) }
    drills.sort { $0.drill.id < $1.drill.id }
  }

  /// Names of files at its top that are about the pack.
  static let factsName = "pack.yaml", assignmentsName = "assignment.yaml"

  /// What complaints call a file of it.
  func called(_ file: PackedFile) -> String { path + "/" + file.name }

  private mutating func take(_ file: PackedFile) {
    switch file.name.split(separator: ".").last?.lowercased() {
    case "md": takeDrill(file)
    case "txt": takeTopics(file)
    case "yaml": takeFacts(file)
    default: takeRecording(file)
    }
  }

  private mutating func takeDrill(_ file: PackedFile) {
    let id = String(file.lastName.dropLast(3))
    if let other = drills.first(where: { $0.drill.id == id }) {
      return complain(file, "is called as \(other.file.name) is", "Give one of them another name.")
    }
    guard let text = text(of: file) else { return }
    switch DrillFile.parse(text: text, id: id, file: called(file)) {
    case .success(let drill): drills.append(Entry(drill: drill, file: file))
    case .failure(let refusal): complaints += refusal.complaints
    }
  }

  private mutating func takeTopics(_ file: PackedFile) {
    let id = String(file.lastName.dropLast(4))
    if let problem = DrillFile.problem(ofID: id) { return complain(file, problem) }
    guard isFirst(file, of: topics), let text = text(of: file) else { return }
    guard !TopicList(id: id, text: text).topics.isEmpty else {
      return complain(file, "has no topics in it", "Write one on each line.")
    }
    topics.append(file)
  }

  private mutating func takeRecording(_ file: PackedFile) {
    guard isFirst(file, of: recordings) else { return }
    let isFLAC = file.bytes.starts(with: Array("fLaC".utf8))
    let isWave = file.bytes.starts(with: Array("RIFF".utf8)) && file.bytes.dropFirst(8).starts(with: Array("WAVE".utf8))
    guard file.lastName.lowercased().hasSuffix(".flac") ? isFLAC : isWave else {
      return complain(file, "is not the recording that its name says it is")
    }
    recordings.append(file)
  }

  private mutating func takeFacts(_ file: PackedFile) {
    guard file.name == DrillPack.factsName || file.name == DrillPack.assignmentsName else {
      return complain(
        file, "is no part of a drill pack",
        "At the top of a pack there may be \(DrillPack.factsName) and \(DrillPack.assignmentsName).")
    }
    guard let text = text(of: file) else { return }
    var reader = PackFileReader(file: called(file))
    if file.name == DrillPack.factsName {
      facts = reader.facts(text, named: facts.name)
    } else {
      assignments = reader.assignments(text)
    }
    complaints += reader.complaints
  }

  /// Whether no file before has the same name in another folder: both would land in one.
  private mutating func isFirst(_ file: PackedFile, of others: [PackedFile]) -> Bool {
    guard let other = others.first(where: { $0.lastName.lowercased() == file.lastName.lowercased() }) else {
      return true
    }
    complain(file, "is called as \(other.name) is", "Give one of them another name.")
    return false
  }

  /// The text of a file; nil, complained about, where it is not UTF-8.
  private mutating func text(of file: PackedFile) -> String? {
    if let text = String(validating: file.bytes, as: UTF8.self) { return text }
    complain(file, line: firstLineNotUTF8(file.bytes), "is not UTF-8")
    return nil
  }

  private mutating func complain(_ file: PackedFile, line: Int? = nil, _ problem: String, _ nextStep: String? = nil) {
    complaints.append(Complaint(file: called(file), line: line, problem: problem, nextStep: nextStep))
  }
}

extension PackError {
  /// What it complains about, each with the entry it is about where there is one.
  var complaints: [Complaint] {
    guard !refusals.isEmpty else { return [Complaint(file: path, problem: clause)] }
    return refusals.map {
      Complaint(file: path + "/" + shortened($0.entry), problem: $0.reason.clause)
    }
  }
}
