import Foundation
import Glibc
import Testing

@testable import History

/// A folder of its own for each test, gone with the value.
final class Scratch: Sendable {
  let path: String

  init(_ name: String = "") {
    path = NSTemporaryDirectory() + "history-\(UUID().uuidString)\(name)"
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { path + "/history.sqlite" }

  /// Every file and folder with its rights, in octal, sorted by name.
  var rights: [String: String] {
    var found = ["": mode(path)]
    for name in FileManager.default.enumerator(atPath: path) ?? .init() {
      if let name = name as? String { found[name] = mode(path + "/" + name) }
    }
    return found
  }

  var names: [String] { rights.keys.filter { !$0.isEmpty }.sorted() }

  func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: database)) }

  private func mode(_ path: String) -> String {
    var found = stat()
    return lstat(path, &found) == 0 ? String(found.st_mode & 0o777, radix: 8) : "gone"
  }
}

extension SessionRow {
  static func sample(_ id: String, at milliseconds: Int64 = 1_700_000_000_000, title: String? = "Talk") -> SessionRow {
    SessionRow(id: id, startedAt: milliseconds, utcOffsetSeconds: 3600, title: title, source: "microphone")
  }
}

/// `count` events, ten a second, with words that need care in SQL and in JSON.
func events(_ count: Int, from first: Int = 0) -> [StoredEvent] {
  (first..<first + count).map {
    StoredEvent(
      seconds: Double($0) / 10, kind: $0 % 10 == 0 ? "second" : "word",
      line: #"{"v":1,"t":\#(Double($0) / 10),"kind":"word","text":"d'été \"\#($0)\" 言葉"}"#)
  }
}

extension SavingLimits {
  /// As short as the machine allows, for tests that wait for a commit.
  static var hasty: Self {
    var limits = Self()
    limits.commitSeconds = 0.01
    limits.retrySeconds = 0.01
    limits.attemptSeconds = 0.01
    return limits
  }
}

extension SessionWriter {
  /// Waits until the writer's own thread brings about what is asked for, a minute at most.
  func reaches(_ condition: (SavingStatus) -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if condition(status) { return true }
      usleep(1000)
    }
    return false
  }

  func reachesDisk() -> Bool { reaches { _ in unsaved().events.isEmpty && status.isSaved } }
}

extension SavingStatus {
  var isSaved: Bool { if case .saved = self { true } else { false } }

  var failure: HistoryError.Kind? {
    switch self {
    case .saved: nil
    case .waiting(_, _, let reason): reason?.kind
    case .failing(let reason, _, _): reason.kind
    }
  }
}

/// The kind of error that `body` throws, nil if it throws none.
func kind<Value>(_ body: () throws -> Value) -> HistoryError.Kind? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? HistoryError)?.kind
  }
}

/// Keeps a finished session.
func keep(_ row: SessionRow, _ events: [StoredEvent], in folder: String) throws {
  let writer = try SessionWriter(folder: folder, begin: row, limits: .hasty)
  events.forEach(writer.record)
  #expect(writer.finish(state: .finished, endedSeconds: 9.5, summary: "{}", timeoutSeconds: 10))
}
