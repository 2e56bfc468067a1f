import CLinux
import GRDB
import Glibc
import Synchronization

/// The folder the history lives in: `history.sqlite`, its `-wal` and `-shm`, and `live/` with the locks.
///
/// Files are 0600 and folders 0700 from the first moment, because the database is made empty with those rights before
/// SQLite sees it, and SQLite gives its other files the rights of the first. The database is never opened by anything
/// but SQLite once it exists: closing a second descriptor would drop the locks SQLite holds in this process
/// (sqlite.org/howtocorrupt.html, 2.2).
struct HistoryFolder: Sendable {
  let path: String
  let database: String
  var live: String { path + "/live" }

  /// The history of the folder at `path`; another file of the same kind where `database` names one.
  init(path: String, database: String? = nil) {
    self.path = path
    self.database = database ?? path + "/history.sqlite"
  }

  /// What was found where the database should be.
  enum Finding: Equatable {
    case missing
    /// A file without tables.
    case empty
    /// Tables of an older version.
    case outdated
    case current
  }

  /// One preparation at a time in this process; other processes are held off by a lock on the folder.
  private static let preparing = Mutex(())

  /// Makes what is missing, and the tables, waiting at most `seconds` for others who do the same.
  func prepare(waitSeconds seconds: Double) throws(HistoryError) {
    let finding = try inspect()
    try prepareFolders()
    if finding == .current { return }
    do {
      try Self.preparing.withLock { _ in try makeDatabase(waitSeconds: seconds) }
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(error, operation: "make database", path: database)
    }
  }

  /// Makes the folders that are missing.
  func prepareFolders() throws(HistoryError) {
    try Self.makeFolder(path)
    try Self.makeFolder(live)
  }

  private func makeDatabase(waitSeconds seconds: Double) throws {
    try whileLocked(waitSeconds: seconds) { try makeDatabase(connecting: seconds) }
  }

  /// Runs `body` while no other process makes, or exchanges, the database of this folder.
  func whileLocked<Value, Failure: Error>(
    waitSeconds seconds: Double, _ body: () throws(Failure) -> Value
  ) throws -> Value {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw HistoryError(errno: errno, operation: "open folder", path: path) }
    defer { close(folder) }
    let deadline = rostrum_monotonic_nanoseconds() + nanoseconds(seconds)
    while !rostrum_lock_file(folder) {
      guard errno == EWOULDBLOCK, rostrum_monotonic_nanoseconds() < deadline else {
        throw HistoryError(.busy, operation: "lock folder", path: path)
      }
      usleep(5000)
    }
    let value = try body()
    fsync(folder)
    return value
  }

  private func makeDatabase(connecting seconds: Double) throws {
    switch try inspect() {
    case .current: return
    case .empty, .outdated: break
    case .missing:
      let made = open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard made >= 0 else { throw HistoryError(errno: errno, operation: "make database", path: database) }
      close(made)
    }
    let queue = try connect(busySeconds: seconds)
    defer { try? queue.close() }
    try naming("make tables", database) { try Schema.migrator.migrate(queue) }
  }

  /// Looks at the database without changing a byte of it. Throws `newerVersion` or `corrupt` where it is not ours to
  /// touch.
  func inspect() throws(HistoryError) -> Finding {
    var found = stat()
    guard stat(database, &found) == 0 else {
      if errno == ENOENT { return .missing }
      throw HistoryError(errno: errno, operation: "look at database", path: database)
    }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw HistoryError(.cannotCreate, operation: "look at database", path: database, detail: "not a file")
    }
    if found.st_size == 0 && !hasLog { return .empty }
    // SQLite takes less than its smallest page for an empty database, and would write over it.
    guard found.st_size == 0 || found.st_size >= 512 else {
      throw HistoryError(.corrupt, operation: "look at database", path: database, detail: "too short for a database")
    }
    do throws(HistoryError) {
      return try examine(immutable: !hasLog)
    } catch {
      // Somebody may have begun to write while it was read without locks.
      guard hasLog else { throw error }
      return try examine(immutable: false)
    }
  }

  /// Whether what is there is no history, of whatever version.
  func isDamaged() throws(HistoryError) -> Bool {
    do throws(HistoryError) { _ = try inspect() } catch {
      guard [.corrupt, .newerVersion].contains(error.kind) else { throw error }
      return error.kind == .corrupt
    }
    return false
  }

  /// Reads version and owner. Without a log nothing is in flight: then the file may be read as it stands, `immutable`,
  /// and nothing is made beside it.
  private func examine(immutable: Bool) throws(HistoryError) -> Finding {
    let queue = try connectReading(immutable: immutable, busySeconds: 1)
    defer { try? queue.close() }
    let (version, owner, tables, superseded) = try naming("look at database", database) {
      try queue.read { db in
        (
          try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
          try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
          try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0,
          try Schema.migrator.hasBeenSuperseded(db)
        )
      }
    }
    if version == 0 && owner == 0 && tables == 0 && !superseded { return .empty }
    guard owner == Schema.applicationID else {
      throw HistoryError(.corrupt, operation: "look at database", path: database, detail: "another program's database")
    }
    guard version <= Schema.version, !superseded else {
      throw HistoryError(
        .newerVersion, operation: "look at database", path: database,
        detail: "version \(version), \(Schema.version) is known")
    }
    return version == Schema.version ? .current : .outdated
  }

  /// Whether a write-ahead log with something in it lies beside the database.
  var hasLog: Bool {
    var found = stat()
    return stat(database + "-wal", &found) == 0 && found.st_size > 0
  }

  /// What the database is to the file system, nil where there is none: tells one file from another at the same path.
  var identity: FileIdentity? {
    var found = stat()
    guard stat(database, &found) == 0 else { return nil }
    return FileIdentity(device: UInt64(found.st_dev), node: UInt64(found.st_ino))
  }

  /// Opens the database for writing: WAL, every commit synced to the disk, foreign keys on.
  func connect(busySeconds: Double) throws(HistoryError) -> DatabaseQueue {
    for place in [database, path] where access(place, W_OK) != 0 {
      throw HistoryError(errno: errno, operation: "open database", path: place)
    }
    var configuration = Configuration()
    configuration.label = "history"
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { db in
      // GRDB's own WAL setting would write to the file each time it is opened, and sync less.
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else { throw DatabaseError(resultCode: .SQLITE_READONLY, message: "no write-ahead log") }
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA wal_autocheckpoint = 1000;
          PRAGMA journal_size_limit = 8388608;
          PRAGMA cache_size = -512;
          PRAGMA secure_delete = ON;
          """)
    }
    let uri = uri("mode=rw")
    return try naming("open database", database) { try DatabaseQueue(path: uri, configuration: configuration) }
  }

  /// Opens a database to work on it as a whole, in whatever journal mode it is.
  func connectPlainly(busySeconds: Double) throws(HistoryError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "history, whole"
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
    let uri = uri("mode=rw")
    return try naming("open database", database) { try DatabaseQueue(path: uri, configuration: configuration) }
  }

  /// Opens the database for reading. `immutable` takes no locks and makes no files: only where nobody writes.
  func connectReading(immutable: Bool, busySeconds: Double) throws(HistoryError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "history, reading"
    configuration.readonly = true
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -512") }
    let uri = uri(immutable ? "mode=ro&immutable=1" : "mode=ro")
    return try naming("open database", database) { try DatabaseQueue(path: uri, configuration: configuration) }
  }

  /// The database as an SQLite URI: the only way to say that it must not be made, or never changes.
  private func uri(_ parameters: String) -> String {
    let escaped = database.utf8.reduce(into: [UInt8]()) { bytes, byte in
      switch byte {
      case UInt8(ascii: "%"): bytes += Array("%25".utf8)
      case UInt8(ascii: "?"): bytes += Array("%3f".utf8)
      case UInt8(ascii: "#"): bytes += Array("%23".utf8)
      default: bytes.append(byte)
      }
    }
    return "file:" + String(decoding: escaped, as: UTF8.self) + "?" + parameters
  }

  /// Makes a folder and those above it, 0700. Folders that are there keep the rights they have.
  private static func makeFolder(_ path: String) throws(HistoryError) {
    var found = stat()
    if stat(path, &found) == 0 {
      guard found.st_mode & S_IFMT == S_IFDIR else {
        throw HistoryError(.cannotCreate, operation: "make folder", path: path, detail: "not a folder")
      }
      return
    }
    var parts = path.split(separator: "/", omittingEmptySubsequences: true)[...]
    var built = path.hasPrefix("/") ? "" : "."
    while let part = parts.popFirst() {
      built += "/" + part
      if mkdir(built, 0o700) != 0 && errno != EEXIST {
        let code = errno
        var there = stat()
        if stat(built, &there) == 0 { continue }
        throw HistoryError(errno: code, operation: "make folder", path: built)
      }
    }
  }
}

/// A file, whatever it is called.
struct FileIdentity: Equatable, Sendable {
  let device: UInt64
  let node: UInt64
}

/// Seconds as nanoseconds; what is not a sensible length of time becomes none, what is very long a day.
func nanoseconds(_ seconds: Double) -> Int64 {
  seconds > 0 ? Int64(min(seconds, 86_400) * 1e9) : 0
}
