import CLinux
import GRDB
import Glibc

extension History {
  /// Copies the database, as it is at this moment, into one new file of its own (0600) at `path`, also while sessions
  /// are being saved.
  ///
  /// It is written beside the target and renamed when it is complete and on the disk. Throws `exists` where there is
  /// something at `path`, unless `replacing`. `progress` is told the share that is done, 0 to 1, and stops the copy by
  /// returning false: then nothing is left of it, and false is returned.
  @discardableResult
  package func backup(
    to path: String, replacing: Bool = false, progress: (Double) -> Bool = { _ in true }
  ) throws(HistoryError) -> Bool {
    guard let connection else { throw failure(.notFound, "back up", "there is no history yet") }
    if let there = HistoryFolder(path: "", database: path).identity, there == folder.identity {
      throw HistoryError(.exists, operation: "back up", path: path, detail: "it is the history itself")
    }
    return try DatabaseFile.copy(connection, to: path, replacing: replacing, progress: progress)
  }

  /// Makes a backup the history of `folder`, after it was looked through: it must be ours, of a version that is known,
  /// and whole. A backup of an earlier version is brought up to this one.
  ///
  /// The database that was there is kept beside it; its path is returned, nil where there was none. Throws `held`
  /// while a session is alive, and `busy` while another process has the database open. Whatever fails, what was there
  /// stays.
  package static func restore(
    from path: String, into folder: String, busySeconds: Double = 10
  ) throws(HistoryError) -> String? {
    try DatabaseFile.validate(path)
    let home = HistoryFolder(path: folder)
    try home.prepareFolders()
    return try naming("restore", home.database) {
      try home.whileLocked(waitSeconds: busySeconds) { try restore(path, into: home, busySeconds: busySeconds) }
    }
  }

  private static func restore(
    _ path: String, into home: HistoryFolder, busySeconds: Double
  ) throws(HistoryError) -> String? {
    func refuseWhileLive() throws(HistoryError) {
      guard SessionLock.held(in: home.live).isEmpty else {
        throw HistoryError(.held, operation: "restore", path: home.database)
      }
    }
    try refuseWhileLive()
    let fresh = home.database + ".restoring"
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(fresh + suffix) }
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(fresh + suffix) } }
    let source = try DatabaseFile.reading(path)
    defer { try? source.close() }
    _ = try DatabaseFile.copy(source, to: fresh, replacing: true) { _ in true }
    try DatabaseFile.upgrade(fresh)
    try refuseWhileLive()
    return try DatabaseFile.exchange(fresh, for: home, busySeconds: busySeconds)
  }
}
