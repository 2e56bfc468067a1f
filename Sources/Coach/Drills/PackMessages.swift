import Packs
import Practice
import Terminal

/// What people are told about drills as files, and about packs of them.
extension Messages {
  static let noDrills =
    "There is no drill. Put one into Prompts/drills in the settings folder, or install Rostrum anew."
  static let noDrillFits = "No drill is like that. rostrum drills lists all of them."
  static let noDrillDue = "Nothing is due today. rostrum plan shows the days to come."
  static let noOwnDrills =
    "You have no drills of your own. Name some to pack shipped ones; rostrum drills lists them."
  static let validateWhat = "validate needs a file or a folder. For example: rostrum drills validate my-drill.md"
  static let packIsEmpty = "has no drills in it"
  static let allThereAlready = "All of it is there already; nothing was changed."
  static let nothingAdded = "Nothing was added."
  static let importUnattended =
    "Nobody is there to ask, so nothing was added. Give --yes to add all that is shown above."
  static let assignNeedsName = "A pack for a learner says who asks: --by NAME."
  static let restAlways = "A plan needs a day with practice in it; give fewer days to --rest."

  /// What is said of a drill with a mistake in it.
  static func drillLeftOut(_ complaint: Complaint) -> String {
    let text = "\(complaint)"
    return text + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".") + " This drill is left out."
  }

  /// What is said of a name that is none of `names`.
  static func noSuch(_ what: String, _ name: String, among names: [String]) -> String {
    let near = nearest(to: name, among: names).map { " Did you mean \($0)?" }
    return "\(quoted(name)) is no \(what).\(near ?? " There are \(names.joined(separator: ", ")).")"
  }

  /// Why a file could not be read, as a clause that can follow its name.
  static func clause(_ error: PlaceError) -> String {
    let text = "\(error)"
    let head = "cannot \(error.operation) \(error.path): "
    return text.hasPrefix(head) ? "cannot be read: " + text.dropFirst(head.count) : text
  }

  static func packRefused(_ path: String) -> String {
    "Nothing of \(path) was taken: no drill pack needs such files. Ask whoever made it for another one."
  }
  static func nothingToAdd(_ path: String) -> String { "There is nothing in \(path) that can be added." }

  /// What adding a file of a pack does.
  static func effect(_ item: PackAddition.Item) -> String {
    switch item.effect {
    case .new: "new"
    case .same: "you have it already"
    case .replaces: "replaces your own"
    case .hides: "goes before the shipped one"
    }
  }

  /// What a tutor asks for, in a line.
  static func asked(_ assignment: PackedAssignment) -> String {
    let due = assignment.due.map { " by \($0)" } ?? ""
    return "\(assignment.by) asks for \(assignment.drill)\(due)\(assignment.note.isEmpty ? "" : ": \(assignment.note)")"
  }

  /// The question before a pack is added.
  static func askAdd(_ addition: PackAddition) -> String {
    let changes = addition.changes
    let drills = changes.count { $0.drill != nil }
    let others = changes.count - drills
    var parts: [String] = []
    if drills > 0 { parts.append(Figures.count(drills, "drill")) }
    if others > 0 { parts.append(Figures.count(others, "other file")) }
    if !addition.assignments.isEmpty { parts.append(Figures.count(addition.assignments.count, "assignment")) }
    let replaced = changes.filter { $0.effect == .replaces }.map(\.name)
    let warning = replaced.isEmpty ? "" : " Your own \(replaced.joined(separator: ", ")) will be replaced."
    return "This adds \(parts.joined(separator: ", ")).\(warning)"
  }

  static func added(_ addition: PackAddition, to folder: String) -> String {
    let changes = addition.changes
    let files = changes.isEmpty ? nil : "\(Figures.count(changes.count, "file")) added to \(folder)."
    let asked = addition.assignments.count
    let schedule = asked == 0 ? nil : "\(Figures.count(asked, "assignment")) on your schedule; rostrum drill starts it."
    return [files, schedule].compactMap { $0 }.joined(separator: " ")
  }

  static func packed(_ count: Int, _ path: String) -> String {
    "\(path): \(Figures.count(count, "drill")). rostrum drills import takes it in."
  }

  static func assigned(_ drill: Drill, due: String?) -> String {
    "\(drill.name) is on your schedule\(due.map { ", to be done by \($0)" } ?? "")."
  }
  static func noLine(_ option: String, limit: Int) -> String {
    "\(option) takes a line of text, \(limit) characters at most."
  }
  static func notAssigned(_ id: String) -> String {
    "\(quoted(id)) is not assigned. rostrum drills --due lists what is."
  }
  static func withdrawn(_ id: String, _ count: Int) -> String {
    "\(id) is not asked for any more\(count > 1 ? " (\(count) assignments)" : "")."
  }
}
