import ArgumentParser
import Glibc
import History
import Practice

/// `rostrum backup`: the whole history in one file, also while somebody rehearses.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the whole history into one file.",
    discussion: """
      The file is as complete as the history at that moment, and for your eyes only.
      Kept sound is not in it: copy the folder that is named at the end.

      Examples:
        rostrum backup ~/rostrum-2026-11.sqlite
        rostrum backup /media/stick/rostrum.sqlite --yes
      """)

  @Argument(help: "The file to make.", completion: .file())
  var file: String

  @Flag(help: "Replace a file that exists.")
  var yes = false

  @Flag(help: "What was copied, as one JSON object.")
  var json = false

  mutating func run() throws {
    if file.isEmpty || file == "-" { throw Failure(.usage, Messages.backupNeedsFile) }
    if kind(of: file) == S_IFDIR { throw Failure(.cannotCreate, Messages.outputIsFolder(file)) }
    let places = try Surroundings.gather().places
    let sessions: Int
    var (isDone, signal): (Bool, Int32) = (false, 0)
    do throws(HistoryError) {
      let history = try History(reading: places.data)
      sessions = try history.count()
      // A damaged history must not take the place of a good backup.
      if kind(of: places.database) == S_IFREG, let first = try history.check().first {
        throw HistoryError(.corrupt, operation: "back up", path: places.database, detail: first)
      }
      let (progress, interruption) = (ProgressLine(), Interruption())
      isDone = try history.backup(to: file, replacing: yes) { share in
        progress.show(Messages.backingUp(share))
        signal = interruption.signal
        return signal == 0
      }
      progress.clear()
    } catch { throw Messages.backupFailure(error, file, database: places.database) }
    guard isDone else { throw Failure(ExitStatus(signal: signal), Messages.backupStopped(file)) }
    var found = stat()
    let bytes = stat(file, &found) == 0 ? Int(found.st_size) : 0
    if json {
      return Printed.line(
        JSON.object([
          .init("file", .string(file)), .init("sessions", .count(sessions)), .init("bytes", .count(bytes)),
          .init("sound", .string(places.takes)),
        ]).text)
    }
    Printed.sentence(Messages.backedUp(sessions, bytes, file, takes: places.takes))
  }
}

/// `rostrum restore`: a backup becomes the history.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make a backup the history; the present one is kept beside it.",
    discussion: """
      It asks once. A file that is no backup, is damaged, or comes from a newer
      version changes nothing.

      Example: rostrum restore ~/rostrum-2026-11.sqlite
      """)

  @Argument(help: "A file that rostrum backup made.", completion: .file())
  var file: String

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "What was done, as one JSON object.")
  var json = false

  mutating func run() throws {
    guard kind(of: file) == S_IFREG else {
      throw Failure(.noInput, kind(of: file) == nil ? Messages.noBackup(file) : Messages.backupIsNoFile(file))
    }
    let places = try Surroundings.gather().places
    guard
      try Confirmation.given(
        Messages.askRestore(file, places.database), yes: yes, unattended: Messages.restoreUnattended)
    else { return Printed.sentence(Messages.nothingRestored) }
    var (kept, sessions): (String?, Int)
    do throws(HistoryError) {
      kept = try History.restore(from: file, into: places.data)
      sessions = try History(reading: places.data).count()
    } catch { throw Messages.restoreFailure(error, file) }
    if json {
      return Printed.line(
        JSON.object([
          .init("file", .string(file)), .init("sessions", .count(sessions)), .init("kept", .text(kept)),
        ]).text)
    }
    Printed.sentence(Messages.restored(sessions, file, kept: kept))
    Printed.sentence(Messages.soundNotRestored(places.takes))
  }
}
