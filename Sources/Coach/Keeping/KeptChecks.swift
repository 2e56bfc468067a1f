import Glibc
import History
import Practice

/// What `rostrum doctor` looks at of what is kept.
extension Checks {
  /// Whether the database is whole, and its words' index with it.
  static func integrity(_ surroundings: Surroundings) -> Finding {
    let places = surroundings.places
    guard kind(of: places.database) == S_IFREG else { return Finding("integrity", .good, "there is no history yet") }
    do throws(HistoryError) {
      let history: History
      do throws(HistoryError) { history = try History(folder: places.data) } catch {
        guard [.readOnly, .diskFull, .cannotCreate, .busy].contains(error.kind) else { throw error }
        history = try History(reading: places.data)
      }
      let found = try history.check()
      if let first = found.first {
        return Finding(
          "integrity", .bad, "\(places.database): \(first)\(found.count > 1 ? ", and \(found.count - 1) more" : "").",
          nextStep: Messages.saveWhatIsReadable)
      }
      let extra = try history.needsPurge() ? "; what was forgotten last is taken out of it at the next start" : ""
      return Finding("integrity", .good, "the history is whole\(extra)")
    } catch {
      guard error.kind == .corrupt else { return Finding("integrity", .fair, Messages.sentence(error)) }
      return Finding(
        "integrity", .bad, "\(places.database) is damaged (\(error.detail)).", nextStep: Messages.saveWhatIsReadable)
    }
  }

  /// Rubrics: how many there are, and which have mistakes in them.
  static func rubrics(_ surroundings: Surroundings) -> Finding {
    let shelf = surroundings.rubrics()
    let names = shelf.rubrics.map(\.id).joined(separator: ", ")
    guard let first = shelf.complaints.first else {
      return names.isEmpty
        ? Finding("rubrics", .fair, "there are none", nextStep: "Install Rostrum again: make install")
        : Finding("rubrics", .good, names)
    }
    let more = shelf.complaints.count > 1 ? ", and \(shelf.complaints.count - 1) more" : ""
    return Finding("rubrics", .fair, "\(first)\(more)", nextStep: "Mend the file; until then there are \(names).")
  }

  /// Whether every session is in the index that lists, searches and trends are made from.
  static func index(_ surroundings: Surroundings) -> Finding {
    guard kind(of: surroundings.places.database) == S_IFREG else {
      return Finding("index", .good, "there is no history yet")
    }
    do throws(HistoryError) {
      let history = try History(reading: surroundings.places.data)
      let version = PastReader(history, surroundings).indexVersion
      let missing = try history.unindexed(version: version, limit: Limits.listedSessions).count
      guard missing > 0 else { return Finding("index", .good, "every session is in it") }
      let many = missing == Limits.listedSessions ? "or more " : ""
      return Finding(
        "index", .good, "\(many)\(Figures.count(missing, "session")) not in it yet; the next search or start adds them")
    } catch { return Finding("index", .fair, Messages.sentence(error)) }
  }

  /// Kept sound: what belongs to no session, and recordings whose beginning is gone.
  static func recordings(_ surroundings: Surroundings) -> Finding {
    let files = KeptFiles(surroundings)
    let sound = files.sound
    guard !sound.isEmpty else { return Finding("sound", .good, "no sound is kept") }
    guard let history = try? History(reading: files.places.data) else {
      return Finding("sound", .fair, "\(Figures.count(sound.count, "recording")); the history cannot be read")
    }
    var owners: [String: [KeptFiles.KeptSound]] = [:]
    var orphans: [KeptFiles.KeptSound] = []
    for file in sound {
      if let id = file.ids.first(where: { (try? history.find($0))?.id == $0 }) {
        owners[id, default: []].append(file)
      } else {
        orphans.append(file)
      }
    }
    let amount = Messages.megabytes(sound.reduce(0) { $0 + $1.bytes })
    let found = "\(Figures.count(sound.count, "recording")), \(amount), of \(Figures.count(owners.count, "session"))"
    if let first = orphans.first {
      return Finding(
        "sound", .fair, "\(found); \(orphans.count) of no session, as \(first.path)",
        nextStep: "Delete what you do not need, or restore the history it belongs to.")
    }
    // What a device change or a full disk divided goes on with a first part.
    let headless = owners.filter { id, files in !files.contains { $0.path.hasSuffix("/\(id).flac") } }.keys.sorted()
    if let first = headless.first {
      return Finding(
        "sound", .fair,
        "\(found); the beginning is missing for \(Figures.count(headless.count, "session")), as \(first)",
        nextStep: "Replays run without sound there. Copy the file back into \(files.places.takes) if you have it.")
    }
    return Finding("sound", .good, found)
  }
}

extension Messages {
  static let saveWhatIsReadable =
    "Save what is readable: rostrum export --all --output DIR. Then: rostrum restore FILE, or move the file aside."
}
