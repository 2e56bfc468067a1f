import History

/// What people are told about backups, and about putting one back.
extension Messages {
  static let backupNeedsFile = "backup needs the name of a file. For example: rostrum backup ~/rostrum.sqlite"
  static let restoreUnattended =
    "Restoring asks first, and nobody can be asked here. Give --yes to restore without asking."
  static let nothingRestored = "Nothing was restored."

  static func backingUp(_ share: Double) -> String { "Backing up: \(Figures.percent(share))" }
  static func backupStopped(_ path: String) -> String { "Stopped. There is no \(path)." }

  static func backedUp(_ sessions: Int, _ bytes: Int, _ path: String, takes: String) -> String {
    "\(Figures.count(sessions, "session")), \(megabytes(bytes)), are in \(path). Kept sound is not; copy its folder too: "
      + takes
  }

  static func noBackup(_ path: String) -> String { "There is no file \(path). Check the path." }
  static func backupIsNoFile(_ path: String) -> String { "\(path) is not a file. restore takes one that backup made." }

  static func askRestore(_ path: String, _ database: String) -> String {
    "This makes \(path) the history. The present one is kept beside it, in the folder of \(database)."
  }

  static func restored(_ sessions: Int, _ path: String, kept: String?) -> String {
    "\(path) is the history now, with \(Figures.count(sessions, "session"))."
      + (kept.map { " The one before is \($0); delete it when you do not need it any more." } ?? "")
  }

  static func soundNotRestored(_ takes: String) -> String { "Sound is not in a backup: copy yours back into \(takes)." }

  /// Why there is no backup.
  static func backupFailure(_ error: HistoryError, _ path: String, database: String) -> Failure {
    let plain = Failure(error)
    switch error.kind {
    case .notFound: return Failure(.noInput, noSessions)
    case .exists where error.detail.contains("itself"):
      return Failure(.cannotCreate, "\(path) is the history itself. Give another name.")
    case .exists: return Failure(.cannotCreate, "\(path) exists already. Give --yes to replace it, or another name.")
    case .cannotCreate where error.path != database, .readOnly where error.path != database,
      .io where error.path != database:
      return Failure(
        plain.status, "\(path) cannot be written: \(error.detail). Check the folder and its permissions.")
    case .diskFull:
      return Failure(.io, "The disk that \(path) was to be written to is full. Free some space, or take another one.")
    default: return plain
    }
  }

  /// Why a backup was not restored.
  static func restoreFailure(_ error: HistoryError, _ path: String) -> Failure {
    let plain = Failure(error)
    switch error.kind {
    case .newerVersion where error.path == path:
      return Failure(
        .badData, "\(path) was written by a newer version of Rostrum. Nothing was changed. Update Rostrum first.")
    case .corrupt where error.path == path:
      return Failure(
        .badData, "\(path) is no backup of Rostrum's, or is damaged (\(error.detail)). Nothing was changed.")
    case .held: return Failure(.unavailable, "A session is still running. Finish it first; nothing was restored.")
    default: return plain
    }
  }
}
