import ArgumentParser
import Glibc
import History
import Packs
import Practice
import Terminal

/// `rostrum drills import`: drills of somebody else, shown before they are added.
struct ImportDrills: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add the drills of a pack, which is shown first.",
    discussion: """
      A pack is a folder, a .tar.gz or a .zip of drill files. Nothing in it is run, and
      nothing of yours is replaced without being asked for. What a tutor assigns in it
      goes on your schedule.

      Examples:
        rostrum drills import ana-for-ben.tar.gz
        rostrum drills import my-drills/ --yes
      """)

  @Argument(help: "A folder or an archive.", completion: .file())
  var pack: String

  @Flag(help: "Add all of it, and replace what it replaces, without asking.")
  var yes = false

  @Flag(help: "One JSON object a file of the pack.")
  var json = false

  mutating func run() throws {
    let surroundings = try Surroundings.gather()
    Log.open(in: surroundings.places.logs)
    let read: DrillPack
    do throws(PackError) { read = try DrillPack.read(pack) } catch { throw Failure(error) }
    let addition = PackAddition(read, to: surroundings.places.userPrompts, shelf: surroundings.drills())
    if json {
      for complaint in addition.complaints { Printed.complain("\(complaint)") }
    } else {
      for line in PackPage(addition).lines { Printed.line(Printed.safe(line)) }
    }
    guard !addition.items.isEmpty || !addition.assignments.isEmpty else {
      throw Failure(.badData, Messages.nothingToAdd(pack))
    }
    if addition.isEmpty {
      if !json { Printed.sentence(Messages.allThereAlready) }
    } else {
      guard
        try Confirmation.given(Messages.askAdd(addition), yes: yes, unattended: Messages.importUnattended)
      else { return Printed.sentence(Messages.nothingAdded) }
      try add(addition, surroundings)
    }
    if json { for item in addition.items { Printed.line(JSON.object(item.fields).text) } }
    if !addition.complaints.isEmpty { throw ExitStatusError(status: .badData) }
  }

  private func add(_ addition: PackAddition, _ surroundings: Surroundings) throws(Failure) {
    do throws(PlaceError) { try addition.write() } catch { throw ExportPlace.failure(error) }
    if !addition.assignments.isEmpty {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        for assignment in addition.assignments { _ = try history.assign(assignment.given(at: wallMilliseconds())) }
      } catch { throw Failure(error) }
    }
    if !json { Printed.sentence(Messages.added(addition, to: surroundings.places.userPrompts)) }
  }
}

/// A pack as it is shown before it is added.
struct PackPage {
  let addition: PackAddition

  init(_ addition: PackAddition) { self.addition = addition }

  /// Its lines: what it is, its drills, what else is in it, what is asked for, and what is wrong with the rest.
  var lines: [String] {
    let facts = addition.pack.facts
    var lines = ["\(facts.name)\(facts.author.isEmpty ? "" : ", by \(facts.author)")"]
    if !facts.about.isEmpty { lines.append(facts.about) }
    if !addition.items.isEmpty { lines.append("") }
    let rows = addition.items.map { item in
      guard let drill = item.drill else { return [item.name, "", "", "", Messages.effect(item)] }
      return [drill.id, drill.name, drill.kind.rawValue, clockTime(drill.seconds), Messages.effect(item)]
    }
    lines += PackPage.aligned(rows)
    if !addition.assignments.isEmpty { lines.append("") }
    for assignment in addition.assignments { lines.append(Messages.asked(assignment)) }
    let passed = addition.pack.leftOut.map { "\($0.name) \($0.reason.clause), and is passed over." }
    let problems = addition.complaints.map { "\($0)\("\($0)".hasSuffix(".") ? "" : ".") It is left out." }
    if !(passed + problems).isEmpty { lines.append("") }
    return lines + passed.prefix(10) + (passed.count > 10 ? ["… and \(passed.count - 10) more."] : []) + problems
  }

  /// Rows in columns, two blanks between them.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map {
        $0.element + String(repeating: " ", count: widths[$0.offset] - $0.element.count)
      }
      return cells.joined(separator: "  ").trimmingBlanks()
    }
  }
}

extension PackAddition.Item {
  /// The fields of `drills import --json`.
  fileprivate var fields: [JSON.Field] {
    [
      .init("file", .string(path)), .init("drill", .text(drill?.id)), .init("name", .text(drill?.name)),
      .init("kind", .text(drill?.kind.rawValue)), .init("outcome", .string(effect.rawValue)),
    ]
  }
}
