import ArgumentParser
import FoundationEssentials
import Glibc
import History
import Practice
import Terminal

/// `rostrum drills`: which exercises there are, and how they come and go.
struct DrillsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drills", abstract: "List, check, share and assign drills.",
    discussion: """
      A drill is a file, Prompts/drills/NAME.md; one of your own in the settings folder
      goes before a shipped one of that name. A pack is a folder or a .tar.gz of them.

      Examples:
        rostrum drills --skill pauses
        rostrum drills show silence-instead
        rostrum drills validate my-drill.md
        rostrum drills import ana-for-ben.tar.gz
        rostrum drills assign silence-instead --note "Before the interview." --due 2026-12-01 --by Ana

      rostrum drill NAME starts one.
      """,
    subcommands: [
      ListDrills.self, ShowDrill.self, ValidateDrills.self, ImportDrills.self, ExportDrills.self, AssignDrill.self,
      WithdrawDrill.self,
    ], defaultSubcommand: ListDrills.self)

  struct ListDrills: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the drills.",
      discussion: """
        Examples:
          rostrum drills --due
          rostrum drills --kind marked-reading --json | jq .id
        """)

    @Option(help: "Those that train this: pauses, fillers, pace and so on.")
    var skill: String?

    @Option(help: "Those of this kind: silence, marked-reading and so on.")
    var kind: String?

    @Flag(help: "What is due today, was due before, or is asked for by a tutor.")
    var due = false

    @Flag(help: "One JSON object a drill.")
    var json = false

    mutating func run() throws {
      let skill = try choice(self.skill, of: DrillSkill.self, "skill")
      let kind = try choice(self.kind, of: DrillKind.self, "kind of drill")
      let surroundings = try Surroundings.gather()
      let shelf = try DrillsAtHand.shelf(surroundings)
      let book = try DrillsAtHand.book(shelf, surroundings)
      let all: [DrillListing]
      do throws(HistoryError) {
        all = try DrillListing.all(shelf, book, own: DrillsAtHand.own(surroundings))
      } catch { throw Failure(error) }
      let listed = all.filter { line in
        (skill.map { $0 == line.drill.skill } ?? true) && (kind.map { $0 == line.drill.kind } ?? true)
          && (!due || line.isDue)
      }
      if json {
        for line in listed { Printed.line(JSON.object(line.fields).text) }
      } else if listed.isEmpty {
        Printed.sentence(due ? Messages.noDrillDue : Messages.noDrillFits)
      } else {
        Printed.table([["id", "name", "kind", "skill", "length", "level", "best", "due"]] + listed.map(Self.row))
      }
    }

    private static func row(_ line: DrillListing) -> [String] {
      let drill = line.drill
      let by = line.by.isEmpty ? "" : (line.due.isEmpty ? "" : ", ") + "from " + line.by
      return [
        drill.id, drill.name, drill.kind.rawValue, drill.skill.rawValue, clockTime(drill.seconds), "\(drill.level)",
        line.bestText.isEmpty ? "-" : line.bestText, line.due.isEmpty && by.isEmpty ? "-" : line.due + by,
      ]
    }

    private func choice<Value: RawRepresentable & CaseIterable>(
      _ text: String?, of type: Value.Type, _ what: String
    ) throws(Failure) -> Value? where Value.RawValue == String {
      guard let text else { return nil }
      let name = text.lowercased().split { $0 == " " || $0 == "_" }.joined(separator: "-")
      if let value = Value(rawValue: name) { return value }
      throw Failure(.usage, Messages.noSuch(what, text, among: Value.allCases.map(\.rawValue)))
    }
  }

  struct ShowDrill: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print one drill: what is done, when it is passed, and how it went so far.",
      discussion:
        "Examples:\n  rostrum drills show silence-instead\n  rostrum drills show silence-instead --text > mine.md")

    @Argument(help: "A drill, by its file's name or its own.")
    var name: String

    @Flag(help: "The drill's file as it is.")
    var text = false

    @Flag(help: "One JSON object.")
    var json = false

    mutating func run() throws {
      if json, text { throw Failure(.usage, Messages.notTogether("--json", "--text")) }
      let surroundings = try Surroundings.gather()
      let shelf = surroundings.drills()
      let drill = try DrillsAtHand.find(name, on: shelf)
      if text { return Printed.text(isatty(STDOUT_FILENO) == 0 ? drill.text : safeLines(drill.text)) }
      let book = try DrillsAtHand.book(shelf, surroundings)
      let (listing, past) = try known(drill, shelf, book, surroundings)
      if json {
        let last = past.last.map { JSON.rounded($0, 4) }
        return Printed.line(
          JSON.object(
            listing.fields + [.init("last", .array(last)), .init("body", .string(drill.body))]
          ).text)
      }
      let rows = [
        ("kind", "\(drill.kind.rawValue), level \(drill.level), about \(clockTime(drill.seconds))"),
        ("trains", drill.skill.rawValue),
        ("passed with", drill.passLines.isEmpty ? "never graded" : drill.passLines.joined(separator: "; ")),
        ("best", listing.bestText), ("last", past.last.map(drill.shown).joined(separator: ", ")),
        ("due", listing.due), ("from", listing.by.isEmpty ? "" : "\(listing.by): \(listing.note)"),
      ]
      Printed.line(Printed.safe(drill.name))
      Printed.table(rows.filter { !$0.1.isEmpty }.map { [$0.0, $0.1] }, columns: Terminals.columns(STDOUT_FILENO))
      Printed.line("")
      Printed.line(safeLines(drill.body))
    }

    private func known(
      _ drill: Drill, _ shelf: DrillShelf, _ book: DrillBook, _ surroundings: Surroundings
    ) throws(Failure) -> (DrillListing, DrillPast) {
      do throws(HistoryError) {
        let all = try DrillListing.all(DrillShelf([drill]), book, own: DrillsAtHand.own(surroundings))
        return (all[0], try book.past(of: drill.id))
      } catch { throw Failure(error) }
    }

    /// A text line by line, free of anything that could move a cursor.
    private func safeLines(_ text: String) -> String {
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Printed.safe(String($0)) }
        .joined(separator: "\n")
    }
  }
}
