import ArgumentParser
import FoundationEssentials
import Glibc
import Packs
import Practice
import Terminal

/// `rostrum drills validate`: what is wrong with drills, before anybody practises with them.
struct ValidateDrills: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check drills and packs: every mistake with its file, line and key.",
    discussion: """
      Ends with 65 where anything is wrong.

      Examples:
        rostrum drills validate my-drill.md
        rostrum drills validate pack/ ana-for-ben.tar.gz --json
      """)

  @Argument(help: "Drill files, folders of them, or packs.", completion: .file())
  var paths: [String] = []

  @Flag(help: "One JSON object a path.")
  var json = false

  mutating func run() throws {
    guard !paths.isEmpty else { throw Failure(.usage, Messages.validateWhat) }
    var status = ExitStatus.ok
    for path in paths {
      let checked = CheckedDrills(path)
      if json {
        Printed.line(JSON.object(checked.fields).text)
      } else {
        for line in checked.lines { Printed.sentence(line) }
      }
      if status == .ok { status = checked.status }
    }
    if status != .ok { throw ExitStatusError(status: status) }
  }
}

/// What a check of one path found.
struct CheckedDrills {
  let path: String
  private(set) var drills: [Drill] = []
  private(set) var complaints: [Complaint] = []
  private(set) var status = ExitStatus.ok
  private var leftOut: [PackLeftOut] = []

  /// Checks a drill's file, or a pack.
  init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    if path.lowercased().hasSuffix(".md"), kind(of: path) != S_IFDIR { checkDrill() } else { checkPack() }
    if status == .ok, !complaints.isEmpty { status = .badData }
  }

  private mutating func checkDrill() {
    do throws(PlaceError) {
      let text = try readText(path: path, limit: MarkedYAML.limitBytes)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      switch DrillFile.parse(text: text, id: String(name.dropLast(3)), file: path) {
      case .success(let drill): drills = [drill]
      case .failure(let refusal): complaints = refusal.complaints
      }
    } catch {
      status = error.isMissing ? .noInput : Failure(error).status
      complaints = [Complaint(file: path, problem: Messages.clause(error))]
    }
  }

  private mutating func checkPack() {
    do throws(PackError) {
      let pack = try DrillPack.read(path)
      (drills, complaints, leftOut) = (pack.drills.map(\.drill), pack.complaints, pack.leftOut)
      if drills.isEmpty, complaints.isEmpty { complaints = [Complaint(file: path, problem: Messages.packIsEmpty)] }
    } catch {
      complaints = error.complaints
      status = Failure.status(of: error)
      checkFiles()
    }
  }

  /// What is wrong with each drill of a folder that is no pack, so that one odd file does not hide the others.
  private mutating func checkFiles() {
    guard kind(of: path) == S_IFDIR, let files = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return
    }
    for file in files.sorted() where file.hasSuffix(".md") && kind(of: "\(path)/\(file)") == S_IFREG {
      let one = CheckedDrills("\(path)/\(file)")
      drills += one.drills
      complaints += one.complaints.filter { !complaints.contains($0) }
    }
  }

  /// What is said of it: a line a complaint, then what is well.
  var lines: [String] {
    let problems = complaints.map(\.description)
    let passed = leftOut.map { "\(path)/\($0.name): \($0.reason.clause), and is passed over" }
    guard !drills.isEmpty else { return problems + passed }
    if drills.count == 1, complaints.isEmpty, leftOut.isEmpty, let drill = drills.first {
      return ["\(path): \(drill.name) is well (\(drill.kind.rawValue), \(clockTime(drill.seconds)))."]
    }
    return problems + passed + [
      "\(path): \(Figures.count(drills.count, "drill")) \(drills.count == 1 ? "is" : "are") well."
    ]
  }

  /// The fields of `drills validate --json`.
  var fields: [JSON.Field] {
    [
      .init("path", .string(path)), .init("valid", .bool(complaints.isEmpty)),
      .init("drills", .array(drills.map { .string($0.id) })),
      .init("complaints", .array(complaints.map { .object($0.fields) })),
      .init(
        "passed_over",
        .array(
          leftOut.map { .object([.init("file", .string($0.name)), .init("why", .string($0.reason.clause))]) })),
    ]
  }
}

extension Complaint {
  /// The fields of a complaint in JSON.
  var fields: [JSON.Field] {
    [
      .init("file", .string(file)), .init("line", line.map(JSON.count) ?? .null), .init("key", .text(key)),
      .init("problem", .string(problem)), .init("next", .text(nextStep)),
    ]
  }
}

extension Failure {
  /// The exit code for a pack that cannot be read.
  static func status(of error: PackError) -> ExitStatus {
    guard case .system(_, let code) = error.reason else { return .badData }
    return switch code {
    case ENOENT, ENOTDIR: .noInput
    case EACCES, EPERM: .noPermission
    default: .io
    }
  }

  /// The failure of a pack: a sentence for each entry it was refused for.
  init(_ error: PackError) {
    let lines = error.complaints.map { "\($0)." }
    self.init(
      Failure.status(of: error),
      error.refusals.isEmpty ? lines[0] : (lines + [Messages.packRefused(error.path)]).joined(separator: "\n"))
  }
}
