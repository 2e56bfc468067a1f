import History
import Practice

/// What is read of the drills for a screen: the lines of the list, the plan, and what is wrong with a file.
struct DrillsRead: Sendable {
  var lines: [DrillLine] = []
  var days: [PlanDay] = []
  var planDetail = ""
  /// The first complaint about a drill of the learner's own; nil where all are well.
  var complaint: String?

  /// Reads them; without a history that can be read nothing is due.
  init(_ surroundings: Surroundings) {
    let shelf = surroundings.drills()
    complaint = shelf.complaints.first?.description
    guard let book = try? DrillBook(surroundings, shelf) else {
      lines = shelf.drills.map { DrillLine($0) }
      return
    }
    let minutes = surroundings.settings.drillMinutes
    let due = book.due(withinMinutes: minutes)
    lines = shelf.drills.map { drill in
      let entry = due.first { $0.drill.id == drill.id }
      return DrillLine(
        drill, best: book.bestWords(of: drill), due: book.dueDetail(drill.id),
        overdueDays: entry.flatMap { $0.overdueDays < 0 ? nil : $0.overdueDays },
        note: entry.flatMap { $0.note.isEmpty ? nil : $0.note }, by: entry.flatMap { $0.by.isEmpty ? nil : $0.by })
    }
    planDetail = Figures.count(Int(minutes.rounded()), "minute") + " a day"
    let plan = try? book.plan(minutesADay: minutes)
    days = (plan?.days ?? []).map { day in
      PlanDay(
        DrillDays.name(day.number), isToday: day.number == book.schedule.today,
        entries: day.entries.map {
          PlanDay.Entry(drill: $0.drill.id, name: $0.drill.name, seconds: $0.drill.seconds, why: $0.why)
        })
    }
  }

  /// The lines in the order of the list: what is due first.
  var shown: [DrillLine] {
    var state = DrillState()
    state.lines = lines
    return state.shown
  }
}

/// Days as drills name them.
enum DrillDays {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// The day so many days after 1 January 1970: `Mon 23 Nov`.
  static func name(_ number: Int) -> String {
    let date = CivilDate(day: number)
    return weekdays[CivilDate.weekday(ofDay: number) - 1] + " " + date.short(withYearUnless: date.year)
  }

  /// When something is due, `days` from today on: `today`, `tomorrow`, `3 days over`, `Mon 23 Nov, in 5 days`.
  static func due(in days: Int, today: Int) -> String {
    switch days {
    case ..<(-1): "\(-days) days over"
    case -1: "1 day over"
    case 0: "today"
    case 1: "tomorrow"
    default: name(today + days) + ", in \(days) days"
    }
  }
}

extension DrillBook {
  /// The book of this learner, now.
  init(_ surroundings: Surroundings, _ shelf: DrillShelf) throws(HistoryError) {
    try self.init(try? History(reading: surroundings.places.data), shelf, surroundings)
  }

  /// The same, of a history that is open already.
  init(_ history: History?, _ shelf: DrillShelf, _ surroundings: Surroundings) throws(HistoryError) {
    try self.init(history, shelf: shelf.drills, fsrs: FSRS(maximumDays: surroundings.settings.drillDays))
  }

  /// When a drill is due, in words; empty where it is on no schedule.
  func dueDetail(_ id: String) -> String {
    daysUntilDue(id).map { DrillDays.due(in: $0, today: schedule.today) } ?? ""
  }

  /// The best figure of a drill with its unit; empty where there is none.
  func bestWords(of drill: Drill) -> String {
    guard let best = try? best(of: drill) else { return "" }
    return drill.shown(best)
  }
}
