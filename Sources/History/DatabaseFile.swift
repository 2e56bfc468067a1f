import GRDB
import Glibc

/// A database as a whole file: copied, looked through, put in the place of another.
enum DatabaseFile {
  /// Copies what `source` sees at this moment to `path`: complete, in one file, on the disk, 0600, or not at all. False
  /// where `progress` stopped it.
  static func copy(
    _ source: DatabaseQueue, to path: String, replacing: Bool, progress: (Double) -> Bool
  ) throws(HistoryError) -> Bool {
    var found = stat()
    if !replacing, lstat(path, &found) == 0 {
      throw HistoryError(.exists, operation: "back up", path: path, detail: "it is not replaced")
    }
    guard progress(0) else { return false }
    let partial = "\(path).\(getpid()).partial"
    let made = open(partial, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard made >= 0 else { throw HistoryError(errno: errno, operation: "make backup", path: path) }
    fchmod(made, 0o600)
    close(made)
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) } }
    struct Stopped: Error {}
    do {
      let target = try HistoryFolder(path: "", database: partial).connectPlainly(busySeconds: 1)
      defer { try? target.close() }
      try source.read { from in
        // The snapshot is taken here: a copy that goes on beside a writer would begin again at each of its commits.
        _ = try Int.fetchOne(from, sql: "SELECT 1 FROM sqlite_master LIMIT 1")
        try target.writeWithoutTransaction { to in
          try withoutActuallyEscaping(progress) { progress in
            try from.backup(to: to, pagesPerStep: 2_000) { done in
              let share = 1 - Double(done.remainingPageCount) / Double(max(done.totalPageCount, 1))
              if !progress(share) && !done.isCompleted { throw Stopped() }
            }
          }
          try to.execute(sql: "PRAGMA journal_mode = DELETE")
        }
      }
    } catch is Stopped {
      return false
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(error, operation: "back up", path: path)
    }
    try sync(partial)
    try place(partial, at: path, replacing: replacing)
    return true
  }

  /// Renames a file, without replacing one where that is not asked for.
  private static func place(_ made: String, at path: String, replacing: Bool) throws(HistoryError) {
    if !replacing {
      if link(made, path) == 0 { return }
      guard errno != EEXIST else {
        throw HistoryError(.exists, operation: "back up", path: path, detail: "it is not replaced")
      }
      // Some file systems know no links.
      guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno) else {
        throw HistoryError(errno: errno, operation: "back up", path: path)
      }
    }
    guard rename(made, path) == 0 else { throw HistoryError(errno: errno, operation: "back up", path: path) }
  }

  /// Waits until a file, or what a folder lists, is on the disk.
  private static func sync(_ path: String) throws(HistoryError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HistoryError(errno: errno, operation: "sync", path: path) }
    defer { close(descriptor) }
    // Some file systems cannot be asked to.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw HistoryError(errno: errno, operation: "sync", path: path)
    }
  }

  /// Reads all of a backup. Throws `newerVersion` or `corrupt` where it is none that may be restored.
  static func validate(_ path: String) throws(HistoryError) {
    let file = HistoryFolder(path: "", database: path)
    switch try file.inspect() {
    case .missing: throw HistoryError(errno: ENOENT, operation: "look at backup", path: path)
    case .empty: throw HistoryError(.corrupt, operation: "look at backup", path: path, detail: "nothing in it")
    case .current, .outdated: break
    }
    let queue = try reading(path)
    defer { try? queue.close() }
    let complaints = try naming("look through backup", path) {
      try queue.read { db in
        try String.fetchAll(db, sql: "PRAGMA integrity_check(3)").filter { $0 != "ok" }
          + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(1).map { _ in "events without a session" }
      }
    }
    if let first = complaints.first {
      throw HistoryError(.corrupt, operation: "look through backup", path: path, detail: first)
    }
  }

  /// Opens a backup for reading, without making anything beside it where it has no log.
  static func reading(_ path: String) throws(HistoryError) -> DatabaseQueue {
    let file = HistoryFolder(path: "", database: path)
    return try file.connectReading(immutable: !file.hasLog, busySeconds: 1)
  }

  /// Brings a file that nobody else knows of up to this version.
  static func upgrade(_ path: String) throws(HistoryError) {
    let queue = try HistoryFolder(path: "", database: path).connectPlainly(busySeconds: 1)
    defer { try? queue.close() }
    try naming("make tables", path) { try Schema.migrator.migrate(queue) }
  }

  /// Puts `fresh` in the place of a folder's database, which is kept beside it; returns under what name.
  ///
  /// Nobody may have the old one open meanwhile: SQLite goes by names, and would write its log into the wrong file. So
  /// it is taken out of WAL mode and held, which is only possible for one who is alone. One that is too damaged for
  /// that is moved as it is, with its log.
  static func exchange(
    _ fresh: String, for home: HistoryFolder, busySeconds: Double
  ) throws(HistoryError) -> String? {
    try sync(fresh)
    var kept: String?
    var holder: DatabaseQueue?
    if home.identity != nil {
      do throws(HistoryError) {
        // Looked at without writing first: SQLite would tidy away a log that it cannot read.
        if try !home.isDamaged() { holder = try holdAlone(home, busySeconds: busySeconds) }
      } catch {
        guard error.kind == .corrupt else { throw error }
      }
      let name = freeName(beside: home)
      if holder == nil {
        rename(home.database + "-wal", name + "-wal")
        unlink(home.database + "-shm")
      }
      guard link(home.database, name) == 0 || rename(home.database, name) == 0 else {
        throw HistoryError(errno: errno, operation: "keep database", path: name)
      }
      kept = name
    }
    defer { try? holder?.close() }
    guard rename(fresh, home.database) == 0 else {
      throw HistoryError(errno: errno, operation: "restore", path: home.database)
    }
    try sync(home.path)
    return kept
  }

  private static func holdAlone(_ home: HistoryFolder, busySeconds: Double) throws(HistoryError) -> DatabaseQueue {
    let queue = try home.connectPlainly(busySeconds: busySeconds)
    let deadline = ContinuousClock.now + .seconds(busySeconds)
    while true {
      do throws(HistoryError) {
        let mode = try naming("hold database", home.database) {
          try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
            // Takes the lock where there was no log to close.
            try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT")
            return mode
          }
        }
        if mode == "delete" { return queue }
        throw HistoryError(.busy, operation: "hold database", path: home.database, detail: "in use")
      } catch {
        guard error.kind == .busy, ContinuousClock.now < deadline else { throw error }
        usleep(20_000)
      }
    }
  }

  private static func freeName(beside home: HistoryFolder) -> String {
    var found = stat()
    for number in 1... {
      let name = home.path + "/history-before-restore\(number == 1 ? "" : "-\(number)").sqlite"
      if lstat(name, &found) != 0 { return name }
    }
    return home.database
  }
}
