import Foundation

/// A look at `history.sqlite` from outside, through SQLite's own shell.
///
/// The tests of the whole program must not read the database with the program's own code: what it says it saved is
/// checked against what another program finds there.
package struct Database: Sendable {
  /// The file.
  package let path: String
  /// Whether the `sqlite3` shell is installed.
  package static let isThere = Machine.has("sqlite3")

  /// What stands before the shell's name: how it becomes the owner of the file.
  private let before: [String]

  /// The database of a `ROSTRUM_HOME`.
  package init(home: String) { self.init(path: "\(home)/data/history.sqlite") }

  /// The database at `path`, asked by a command that begins with `before`.
  package init(path: String, before: [String] = []) { (self.path, self.before) = (path, before) }

  /// The rows of a query, each as its columns' text.
  /// - Throws: `SupportError` with SQLite's complaint.
  package func rows(_ query: String) throws -> [[String]] {
    let done = try run(before + ["sqlite3", "-readonly", "-ascii", "-cmd", ".timeout 30000", path, query])
    guard done.code == 0 else { throw SupportError("sqlite3: \(done)") }
    return done.output.split(separator: "\u{1e}").map {
      $0.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The one value that a query asks for, empty if it finds none.
  /// - Throws: `SupportError` with SQLite's complaint.
  package func value(_ query: String) throws -> String { try rows(query).first?.first ?? "" }

  /// Starts a process that holds the write lock for `seconds`; it prints `held`, and `free` afterwards.
  package func holdWriteLock(seconds: Double) throws -> Running {
    try Running([
      "sqlite3", "-cmd", ".timeout 5000", path, "BEGIN IMMEDIATE", ".shell echo held; sleep \(seconds)", "COMMIT",
      ".shell echo free",
    ])
  }
}

/// A line of the event stream, read as JSON.
package struct SeenEvent {
  /// Seconds of audio time.
  package let seconds: Double
  /// What happened.
  package let kind: String
  /// All fields.
  package let fields: [String: Any]

  /// Reads one line; nil if it is not an object with `v`, `t` and `kind`.
  package init?(_ line: String) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      object["v"] as? Int == 1, let seconds = object["t"] as? Double, let kind = object["kind"] as? String
    else { return nil }
    (self.seconds, self.kind, fields) = (seconds, kind, object)
  }

  /// A number of this name, at the top or inside `summary`.
  package func number(_ name: String) -> Double? {
    (fields[name] ?? (fields["summary"] as? [String: Any])?[name]) as? Double
  }

  /// All lines of a text, read; nil if one of them is not an event.
  package static func all(in text: String) -> [SeenEvent]? {
    let lines = text.split(separator: "\n").map(String.init)
    let events = lines.compactMap(SeenEvent.init)
    return events.count == lines.count ? events : nil
  }
}
