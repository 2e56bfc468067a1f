import ArgumentParser
import Glibc
import History
import Practice
import Terminal

/// `rostrum plan`: which drills on which of the next days.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Lay out the next days: what comes back, and drills for your weakest scores.",
    discussion: """
      Made anew from your scores and your schedule whenever it is looked at; rostrum drill
      starts what is due today.

      Examples:
        rostrum plan
        rostrum plan --days 7 --minutes 5 --rest sat,sun
        rostrum plan --json | jq -r '.date + " " + (.drills[].id)'
      """)

  @Option(help: "So many days, from today on.")
  var days = 14

  @Option(help: "Minutes a day.")
  var minutes = 10.0

  @Option(help: "Days without practice: sat,sun.")
  var rest: String?

  @Flag(help: "One JSON object a day.")
  var json = false

  private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  mutating func run() throws {
    guard (1...90).contains(days) else { throw Failure(.usage, "--days takes a number from 1 to 90.") }
    guard (1...120).contains(minutes) else { throw Failure(.usage, "--minutes takes a number from 1 to 120.") }
    let restDays = try restDays()
    let surroundings = try Surroundings.gather()
    let shelf = try DrillsAtHand.shelf(surroundings)
    let book = try DrillsAtHand.book(shelf, surroundings)
    let plan: PracticePlan
    do throws(HistoryError) {
      plan = try book.plan(days: days, minutesADay: minutes, restDays: restDays)
    } catch { throw Failure(error) }
    if json {
      for day in plan.days { Printed.line(JSON.object(day.fields).text) }
    } else {
      for line in PlanPage.lines(plan) { Printed.line(Printed.safe(line)) }
    }
  }

  private func restDays() throws(Failure) -> Set<Int> {
    guard let rest else { return [] }
    var days: Set<Int> = []
    for name in rest.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }) {
      guard let place = Self.weekdays.firstIndex(of: String(name.prefix(3))) else {
        throw Failure(.usage, Messages.noSuch("day of the week", String(name), among: Self.weekdays))
      }
      days.insert(place + 1)
    }
    if days.count == 7 { throw Failure(.usage, Messages.restAlways) }
    return days
  }
}

/// A plan as lines.
enum PlanPage {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// A line a drill, the day before the first of each; days with nothing to do have one of their own.
  static func lines(_ plan: PracticePlan) -> [String] {
    let entries = plan.days.flatMap(\.entries)
    let width = entries.map { $0.drill.name.count }.max() ?? 0
    return plan.days.flatMap { (day) -> [String] in
      let head =
        "\(weekdays[CivilDate.weekday(ofDay: day.number) - 1]) \(day.date.short(withYearUnless: plan.days[0].date.year))"
      let margin = head + String(repeating: " ", count: max(12 - head.count, 2))
      guard !day.entries.isEmpty else { return [margin + (day.isRest ? "rest" : "nothing")] }
      return day.entries.enumerated().map { place, entry in
        let name = entry.drill.name + String(repeating: " ", count: width - entry.drill.name.count)
        let blanks = String(repeating: " ", count: margin.count)
        return (place == 0 ? margin : blanks) + "\(name)  \(clockTime(entry.drill.seconds))  \(entry.why)"
      }
    }
  }
}

extension PracticePlan.Day {
  /// The fields of `plan --json`.
  fileprivate var fields: [JSON.Field] {
    [
      .init("date", .string(DayText.day(Int64(number) * 86_400_000, offset: 0))), .init("rest", .bool(isRest)),
      .init("seconds", .rounded(seconds)),
      .init(
        "drills",
        .array(
          entries.map {
            .object([
              .init("id", .string($0.drill.id)), .init("name", .string($0.drill.name)),
              .init("seconds", .rounded($0.drill.seconds)), .init("why", .string($0.why)),
              .init("new", .bool($0.isNew)),
            ])
          })),
    ]
  }
}
