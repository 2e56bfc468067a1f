import Glibc
import History
import Practice
import Report

/// A folder with everything that is stored about a person, and a page that says what each part is.
struct PersonExport {
  private let surroundings: Surroundings
  private let replaces: Bool
  private let files: KeptFiles

  /// Exports what `surroundings` keep.
  init(_ surroundings: Surroundings, replaces: Bool) {
    self.surroundings = surroundings
    self.replaces = replaces
    files = KeptFiles(surroundings)
  }

  /// Writes the folder `output`; `rostrum-everything-DATE` where none is named.
  func write(to output: String?) throws(Failure) {
    let today = DayText.day(Int64(wallMilliseconds()), offset: localOffset())
    let folder = withoutTrailingSlash(output ?? "rostrum-everything-\(today)")
    if let found = kind(of: folder), found != S_IFDIR {
      throw Failure(.cannotCreate, Messages.outputExists(folder))
    }
    if !replaces, !KeptFiles.names(in: folder).isEmpty {
      throw Failure(.cannotCreate, Messages.folderNotEmpty(folder))
    }
    let history = try KeptSessions.history()
    let rows = try Forgetter.all(in: history)
    try make(folder)
    let (progress, interruption) = (ProgressLine(), Interruption())
    if !rows.isEmpty { try make(folder + "/sessions") }
    for (index, row) in rows.enumerated() {
      progress.show(Messages.exporting(index, rows.count))
      try interruption.check(Messages.exportStopped(index, rows.count))
      let lines: [String]
      do throws(HistoryError) { lines = try history.events(of: row.id).map(\.line) } catch { throw Failure(error) }
      try put(SessionDocument.text(SessionFacts(row), lines: lines) + "\n", "\(folder)/sessions/\(row.id).json")
    }
    let sound = files.sound
    if !sound.isEmpty { try make(folder + "/sound") }
    for (index, file) in sound.enumerated() {
      progress.show(Messages.exporting(index, sound.count))
      try interruption.check(Messages.exportStopped(index, sound.count))
      try copy(file.path, to: folder + "/sound/" + Self.name(of: file.path))
    }
    try ledger(history, folder)
    try practice(history, folder)
    try others(folder)
    try put(Self.readme(sessions: rows.count, sound: sound.count), folder + "/README.txt")
    progress.clear()
    Printed.sentence(Messages.everythingWritten(folder, rows.count, sound.count))
  }

  /// The ledger of what endpoints were asked, as a table.
  private func ledger(_ history: History, _ folder: String) throws(Failure) {
    let entries: [LedgerEntry]
    do throws(HistoryError) { entries = try history.ledger() } catch { throw Failure(error) }
    var lines = [
      "at_ms,purpose,endpoint,model,tokens_in,tokens_out,estimated,first_token_seconds,seconds,cost"
    ]
    for entry in entries {
      lines.append(
        [
          "\(entry.atMilliseconds)", entry.purpose, entry.endpoint, entry.model, "\(entry.tokensIn)",
          "\(entry.tokensOut)", entry.isEstimated ? "yes" : "no",
          entry.firstTokenSeconds.map { JSON.rounded($0).text } ?? "", JSON.rounded(entry.seconds).text,
          entry.cost.map { JSON.rounded($0, 6).text } ?? "",
        ].map(AnalysisTable.cell).joined(separator: ","))
    }
    try put(lines.map { $0 + "\r\n" }.joined(), folder + "/ledger.csv")
  }

  /// What the schedule of drills goes by, and what was assigned, as tables; neither where there is none of it.
  private func practice(_ history: History, _ folder: String) throws(Failure) {
    let (reviews, assignments): ([Review], [Assignment])
    do throws(HistoryError) { (reviews, assignments) = (try history.reviews(), try history.assignments()) } catch {
      throw Failure(error)
    }
    try put(PracticeTables.reviews(reviews), folder + "/reviews.csv", unless: reviews.isEmpty)
    try put(PracticeTables.assignments(assignments, reviews), folder + "/assignments.csv", unless: assignments.isEmpty)
  }

  private func put(_ text: String, _ path: String, unless isEmpty: Bool) throws(Failure) {
    if !isEmpty { try put(text, path) }
  }

  /// What is kept as files already: settings, prompts, themes, decisions, baselines, logs, rescued events.
  private func others(_ folder: String) throws(Failure) {
    let places = surroundings.places
    for (from, to) in [
      (places.consents, "consents.json"), (places.baselines, "baselines.json"),
      (places.invitations, "invitations.json"),
    ] where kind(of: from) == S_IFREG {
      try copy(from, to: folder + "/" + to)
    }
    try copyFolder(places.config, to: folder + "/settings", depth: 0)
    try copyFolder(places.logs, to: folder + "/logs", depth: 0)
    let rescued = files.rescued
    if !rescued.isEmpty { try make(folder + "/rescued") }
    for path in rescued { try copy(path, to: folder + "/rescued/" + Self.name(of: path)) }
  }

  private func copyFolder(_ from: String, to: String, depth: Int) throws(Failure) {
    guard depth < 8 else { return }
    for name in KeptFiles.names(in: from).sorted() {
      let path = from + "/" + name
      switch kind(of: path) {
      case S_IFREG:
        try make(to)
        try copy(path, to: to + "/" + name)
      case S_IFDIR: try copyFolder(path, to: to + "/" + name, depth: depth + 1)
      default: break
      }
    }
  }

  private func make(_ folder: String) throws(Failure) {
    do throws(PlaceError) { try makeFolder(folder) } catch { throw ExportPlace.failure(error) }
  }

  private func put(_ text: String, _ path: String) throws(Failure) {
    try ExportPlace.write(Array(text.utf8), to: path, replaces: replaces)
  }

  /// Copies a file, a piece at a time: recordings may be long.
  private func copy(_ from: String, to: String) throws(Failure) {
    if !replaces, kind(of: to) != nil { throw Failure(.cannotCreate, Messages.outputExists(to)) }
    let source = open(from, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else {
      throw Failure(PlaceError(operation: "read", path: from, cause: .system(errno)))
    }
    defer { close(source) }
    let target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard target >= 0 else {
      throw ExportPlace.failure(PlaceError(operation: "create", path: to, cause: .system(errno)))
    }
    defer { close(target) }
    fchmod(target, 0o600)
    var block = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = read(source, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count == 0 { return }
      guard count > 0, Glibc.write(target, block, count) == count else {
        let code = errno == 0 ? ENOSPC : errno
        unlink(to)
        throw ExportPlace.failure(PlaceError(operation: "write", path: to, cause: .system(code)))
      }
    }
  }

  private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// What each part of the folder is.
  private static func readme(sessions: Int, sound: Int) -> String {
    """
    This folder holds everything that Rostrum stores about you.

    sessions/   \(Figures.count(sessions, "session")), one JSON object each (rostrum.session/1): when it was, and every
                event of it, with what was heard, measured, corrected, noted and said to the tutor. `rostrum import`
                takes them in again.
    sound/      \(Figures.count(sound, "recording")) that you chose to keep, as FLAC, by the ids of their sessions.
    settings/   Your settings, and themes, tutors, rubrics and word lists of your own.
    baselines.json  What calibrations found about microphones, rooms and your usual level and pitch.
    consents.json   What you decided about sending words or sound to endpoints, and when.
    invitations.json  Whom you invited to watch, until when; of their tokens a hash alone.
    ledger.csv  What was asked of endpoints: when, what for, how many tokens, at what cost. No words.
    reviews.csv     The schedule of your drills: which drill, when, how it went, and the session while it is kept.
    assignments.csv What tutors asked you to do, and what you put on your schedule.
    logs/       What the program did. No words of yours.
    rescued/    Events of sessions that could not be saved in the history.

    What you never used is missing here. Backups and exports you made yourself are not in it; nor are keys, which
    Rostrum does not store. To have all of it deleted: rostrum forget --everything

    """
  }
}
