import ArgumentParser
import Glibc
import History
import Packs
import Practice

/// `rostrum drills export`: drills as a pack for others.
struct ExportDrills: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write drills into a pack, a .tar.gz to pass on.",
    discussion: """
      Without names it is all drills of your own. The same drills make the same bytes.

      Examples:
        rostrum drills export --output my-drills.tar.gz
        rostrum drills export silence-instead my-own --name "Interviews" --author "Ana Ruiz"
      """)

  @Argument(help: "Drills, by their files' names or their own.")
  var names: [String] = []

  @Option(help: "What the pack is called.")
  var name: String?

  @Option(help: "Whose it is.")
  var author: String?

  @Option(help: "What it is for.")
  var about: String?

  @Option(help: "A file, a folder, or - for standard output; drills.tar.gz, if left out.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var yes = false

  mutating func run() throws {
    let surroundings = try Surroundings.gather()
    let shelf = surroundings.drills()
    var drills: [Drill] = []
    for name in names {
      let drill = try DrillsAtHand.find(name, on: shelf)
      if !drills.contains(where: { $0.id == drill.id }) { drills.append(drill) }
    }
    if names.isEmpty {
      let own = DrillsAtHand.own(surroundings)
      for complaint in shelf.complaints where complaint.file.hasPrefix(surroundings.places.userPrompts) {
        Printed.complain(Messages.drillLeftOut(complaint))
      }
      drills = shelf.drills.filter { own.contains($0.id) }
      if drills.isEmpty { throw Failure(.noInput, Messages.noOwnDrills) }
    }
    var facts = PackFacts(name: name ?? "", author: author ?? "", about: about ?? "")
    if facts.name.isEmpty, facts != PackFacts(name: "") { facts.name = Self.standardName }
    let place = try DrillPacking.place(output, replaces: yes)
    let packing = DrillPacking(surroundings, drills: drills, facts: facts.name.isEmpty ? nil : facts)
    let path = try packing.write(to: place, called: Self.standardName)
    if let path { Printed.sentence(Messages.packed(drills.count, path)) }
  }

  private static let standardName = "drills"
}

/// `rostrum drills assign`: a drill for oneself or for somebody else, with a note and a day.
struct AssignDrill: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Put a drill on the schedule, or make a pack that puts it on a learner's.",
    discussion: """
      Examples:
        rostrum drills assign silence-instead --due 2026-12-01
        rostrum drills assign silence-instead --note "Before the interview." --by Ana --output for-ben.tar.gz

      The learner takes the pack in with rostrum drills import.
      """)

  @Argument(help: "A drill, by its file's name or its own.")
  var drill: String

  @Option(help: "What to mind.")
  var note: String?

  @Option(help: "The day it is to be done by: 2026-12-01.")
  var due: String?

  @Option(help: "Who asks for it.")
  var by: String?

  @Option(help: "A pack for a learner: a file, a folder, or - for standard output.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var yes = false

  @Flag(help: "One JSON object.")
  var json = false

  mutating func run() throws {
    if let due {
      guard let end = DayText.milliseconds(due, daysLater: 1) else { throw Failure(.usage, Messages.noDay(due)) }
      guard end > Int64(wallMilliseconds()) else { throw Failure(.usage, Messages.dayGone(due)) }
    }
    if json, output != nil { throw Failure(.usage, Messages.notTogether("--json", "--output")) }
    let by = try line(by, "--by", limit: 60)
    if output != nil, by.isEmpty { throw Failure(.usage, Messages.assignNeedsName) }
    let note = try line(note, "--note", limit: 300)
    let surroundings = try Surroundings.gather()
    let shelf = surroundings.drills()
    let drill = try DrillsAtHand.find(drill, on: shelf)
    let assignment = PackedAssignment(drill: drill.id, note: note, by: by, due: due)
    guard let output else { return try keep(assignment, drill, surroundings) }
    let place = try DrillPacking.place(output, replaces: yes)
    let packing = DrillPacking(surroundings, drills: [drill], assignments: [assignment])
    if let path = try packing.write(to: place, called: drill.id) { Printed.sentence(Messages.packed(1, path)) }
  }

  private func keep(
    _ assignment: PackedAssignment, _ drill: Drill, _ surroundings: Surroundings
  ) throws(Failure) {
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      let kept = try history.assign(assignment.given(at: wallMilliseconds()))
      guard json else { return Printed.sentence(Messages.assigned(drill, due: due)) }
      Printed.line(
        JSON.object([
          .init("drill", .string(kept.drill)), .init("note", .string(kept.note)), .init("by", .string(kept.by)),
          .init("due", .text(due)),
        ]).text)
    } catch { throw Failure(error) }
  }

  private func line(_ text: String?, _ option: String, limit: Int) throws(Failure) -> String {
    guard let text else { return "" }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty, line.count <= limit, controlProblem(line) == nil else {
      throw Failure(.usage, Messages.noLine(option, limit: limit))
    }
    return line
  }
}

/// `rostrum drills withdraw`: what was assigned is not asked for any more.
struct WithdrawDrill: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take an assignment off the schedule; what was practised stays.",
    discussion: "Example: rostrum drills withdraw silence-instead")

  @Argument(help: "A drill, by its file's name or its own.")
  var drill: String

  mutating func run() throws {
    let surroundings = try Surroundings.gather()
    let id = surroundings.drills().drill(drill)?.id ?? drill
    var count = 0
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      let reviews = try history.reviews(of: id)
      let open = try history.assignments().filter { $0.drill == id && $0.done(in: reviews) == nil }
      for assignment in open { if let number = assignment.id { try history.withdraw(assignment: number) } }
      count = open.count
    } catch { throw Failure(error) }
    guard count > 0 else { throw Failure(.noInput, Messages.notAssigned(id)) }
    Printed.sentence(Messages.withdrawn(id, count))
  }
}
