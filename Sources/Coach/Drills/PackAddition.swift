import Glibc
import Packs
import Practice

/// What adding a pack to the learner's own drills would change, worked out before anybody is asked; then doing it.
struct PackAddition {
  /// What becomes of a file.
  enum Effect: String, Equatable {
    case new
    /// The learner has the very same already.
    case same
    /// A file of the learner's own is there, and another one.
    case replaces
    /// A shipped one of that name is hidden by it.
    case hides
  }

  /// A file that would be written.
  struct Item: Equatable {
    /// Where it goes.
    var path: String
    var bytes: [UInt8]
    var effect: Effect
    /// The drill in it; nil for topics and recordings.
    var drill: Drill?
    /// What it is called among others of its kind.
    var name: String
  }

  let pack: DrillPack
  private(set) var items: [Item] = []
  /// What is asked for of drills that are there, or come with the pack.
  private(set) var assignments: [PackedAssignment] = []
  /// What is wrong with the rest of it.
  private(set) var complaints: [Complaint]

  /// What adding `pack` changes where the learner's own prompts are in `folder`, and the drills there are on `shelf`.
  init(_ pack: DrillPack, to folder: String, shelf: DrillShelf) {
    self.pack = pack
    complaints = pack.complaints
    for entry in pack.drills {
      add(entry.file.bytes, to: "\(folder)/drills", as: entry.drill.id + ".md", drill: entry.drill, shelf)
    }
    for file in pack.recordings { add(file.bytes, to: "\(folder)/drills", as: file.lastName, shelf) }
    for file in pack.topics { add(file.bytes, to: "\(folder)/topics", as: file.lastName, shelf) }
    for assignment in pack.assignments {
      let isThere = pack.drills.contains { $0.drill.id == assignment.drill } || shelf.drill(id: assignment.drill) != nil
      if isThere {
        assignments.append(assignment)
      } else {
        complaints.append(
          Complaint(
            file: pack.path + "/" + DrillPack.assignmentsName, key: "drill",
            problem: "\(quoted(assignment.drill)) is neither in the pack nor among your drills"))
      }
    }
  }

  private mutating func add(
    _ bytes: [UInt8], to folder: String, as name: String, drill: Drill? = nil, _ shelf: DrillShelf
  ) {
    let path = folder + "/" + name
    var effect = Effect.new
    if kind(of: path) != nil {
      let there = try? readBytes(path: path, limit: PackLimits().soundBytes)
      effect = there == bytes ? .same : .replaces
    } else if let drill, let shipped = shelf.drill(id: drill.id) {
      effect = shipped.text == drill.text ? .same : .hides
    }
    items.append(Item(path: path, bytes: bytes, effect: effect, drill: drill, name: name))
  }

  /// The files that are written.
  var changes: [Item] { items.filter { $0.effect != .same } }

  /// Whether there is nothing to do.
  var isEmpty: Bool { changes.isEmpty && assignments.isEmpty }

  /// Writes what is new: everything beside its place first, so that a full disk leaves all as it was, then each file into
  /// its place in one step.
  func write() throws(PlaceError) {
    var written: [(spare: String, path: String)] = []
    do throws(PlaceError) {
      for item in changes {
        let path = try linkTarget(of: item.path)
        if let found = kind(of: path), found != S_IFREG {
          throw PlaceError(operation: "replace", path: path, cause: .notAFile)
        }
        let spare = parent(of: path) + "/.\(item.name).\(getpid()).part"
        written.append((spare, path))
        try writeBytes(item.bytes, path: spare)
      }
      for file in written where rename(file.spare, file.path) != 0 {
        throw PlaceError(operation: "replace", path: file.path, cause: .system(errno))
      }
    } catch {
      for file in written { unlink(file.spare) }
      throw error
    }
  }
}

extension DrillShelf {
  /// The drill whose id is `id`, to the letter.
  func drill(id: String) -> Drill? { drills.first { $0.id == id } }
}
