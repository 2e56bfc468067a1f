import Glibc
import Logging
import Practice
import Synchronization

/// The log: one JSON object a line in `$XDG_STATE_HOME/rostrum/logs/rostrum.log`, turned over to `.1` at a megabyte.
///
/// It says what the program did, never what was spoken, typed or configured as a secret. Nothing is written to it from
/// the capture thread.
enum Log {
  private static let logger = Mutex<Logger?>(nil)

  /// Opens the log in `folder`; without one to write to, nothing is logged.
  static func open(in folder: String) {
    guard (try? makeFolder(folder)) != nil, let file = LogFile(path: folder + "/rostrum.log") else { return }
    logger.withLock { $0 = Logger(label: "rostrum") { _ in FileLogHandler(file: file) } }
  }

  static func info(_ message: String, _ fields: [String: String] = [:]) { write(.info, message, fields) }
  static func warning(_ message: String, _ fields: [String: String] = [:]) { write(.warning, message, fields) }

  private static func write(_ level: Logger.Level, _ message: String, _ fields: [String: String]) {
    logger.withLock { logger in
      logger?.log(level: level, "\(message)", metadata: fields.mapValues { .string($0) })
    }
  }
}

/// A log file that is turned over when it has grown.
private final class LogFile: Sendable {
  private let path: String
  private let descriptor: Mutex<Int32>

  init?(path: String) {
    self.path = path
    let opened = LogFile.open(path)
    guard opened >= 0 else { return nil }
    descriptor = Mutex(opened)
  }

  deinit { descriptor.withLock { _ = close($0) } }

  func write(_ line: String) {
    descriptor.withLock { descriptor in
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_size > Limits.logBytes {
        rename(path, path + ".1")
        let next = LogFile.open(path)
        if next >= 0 {
          close(descriptor)
          descriptor = next
        }
      }
      _ = (line + "\n").withCString { Glibc.write(descriptor, $0, strlen($0)) }
    }
  }

  private static func open(_ path: String) -> Int32 {
    Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
  }
}

/// Writes log entries as JSON objects.
private struct FileLogHandler: LogHandler {
  let file: LogFile
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  init(file: LogFile) { self.file = file }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var fields: [JSON.Field] = [
      .init("time", .rounded(Double(now.tv_sec) + Double(now.tv_nsec) / 1e9)), .init("pid", .count(Int(getpid()))),
      .init("level", .string(event.level.rawValue)), .init("message", .string("\(event.message)")),
    ]
    for (key, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
      fields.append(.init(key, .string("\(value)")))
    }
    file.write(JSON.object(fields).text)
  }
}
