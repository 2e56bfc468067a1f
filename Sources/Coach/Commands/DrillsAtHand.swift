import FoundationEssentials
import History
import Practice

/// The drills that a command works with, and what is known of them; what is wrong is said on standard error.
enum DrillsAtHand {
  /// The drills there are; those that are left out are said. Fails where there is none at all.
  static func shelf(_ surroundings: Surroundings) throws(Failure) -> DrillShelf {
    let shelf = surroundings.drills()
    for complaint in shelf.complaints { Printed.complain(Messages.drillLeftOut(complaint)) }
    if shelf.drills.isEmpty { throw Failure(.noInput, Messages.noDrills) }
    return shelf
  }

  /// What is known of the learner's drills; of attempts nothing where no history can be read, which is said.
  static func book(_ shelf: DrillShelf, _ surroundings: Surroundings) throws(Failure) -> DrillBook {
    var history: History?
    if kind(of: surroundings.places.database) != nil {
      do throws(Failure) {
        try CatchingUp.index(surroundings)
        history = try KeptSessions.history()
      } catch {
        guard error.status != .interrupted else { throw error }
        Printed.complain(error.sentence)
      }
    }
    do throws(HistoryError) { return try DrillBook(history, shelf, surroundings) } catch { throw Failure(error) }
  }

  /// The drill called `name`.
  static func find(_ name: String, on shelf: DrillShelf) throws(Failure) -> Drill {
    guard let drill = shelf.drill(name) else { throw Failure(.noInput, shelf.missing(name)) }
    return drill
  }

  /// Ids of drills that are files of the learner's own.
  static func own(_ surroundings: Surroundings) -> Set<String> {
    let folder = surroundings.places.userPrompts + "/drills"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Set(files.filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.map { String($0.dropLast(3)) })
  }
}
