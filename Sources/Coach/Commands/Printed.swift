import Glibc
import Terminal

/// Lines on standard output of commands that print and end.
enum Printed {
  /// Characters of a line on standard error: what is longer repeats something that nobody typed by hand.
  private static let complaintLimit = 1_000

  /// Writes a sentence to standard error, free of anything that could move a cursor.
  static func complain(_ sentence: String) {
    let columns = Terminals.columns(STDERR_FILENO)
    error(
      sentence.split(separator: "\n").map {
        broken("rostrum: " + clip(String($0), to: complaintLimit), to: columns).joined(separator: "\n")
      }.joined(separator: "\n"))
  }

  /// Prints a sentence, free of anything that could move a cursor, broken between words where a terminal ends.
  static func sentence(_ text: String) {
    for line in broken(safe(text), to: Terminals.columns(STDOUT_FILENO)) { self.line(line) }
  }

  /// Writes a sentence to standard error, for what stands beside an output that goes elsewhere.
  static func aside(_ text: String) {
    for line in broken(safe(text), to: Terminals.columns(STDERR_FILENO)) { error(line) }
  }

  /// `text` in lines of at most `columns` cells, broken between words alone: a longer path or command is left whole, to
  /// be copied. One line where `columns` is nil.
  static func broken(_ text: String, to columns: Int?) -> [String] {
    guard let columns, cellWidth(text) > columns else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, cellWidth(last) + 1 + cellWidth(String(word)) <= columns {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Writes lines to standard error as they are.
  static func error(_ text: String) {
    _ = (text + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  /// Prints `text` and a line break; ends the program quietly where the reader is gone.
  static func line(_ text: String) { self.text(text + "\n") }

  /// Prints `text` as it is; ends the program quietly where the reader is gone.
  static func text(_ text: String) { bytes(Array(text.utf8)) }

  /// Prints bytes as they are; ends the program quietly where the reader is gone.
  static func bytes(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      waitForRoom(STDOUT_FILENO)
      let room = min(bytes.count - done, Int(PIPE_BUF))
      let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress?.advanced(by: done), room) }
      if count > 0 {
        done += count
      } else if errno == EPIPE {
        exit(ExitStatus.ok.rawValue)
      } else if errno != EINTR, errno != EAGAIN {
        Printed.complain("Cannot write the output: \(String(cString: strerror(errno))).")
        exit(ExitStatus.io.rawValue)
      }
    }
  }

  /// Waits until `PIPE_BUF` bytes can be written into `descriptor` without waiting, or writing fails.
  ///
  /// A reader may take its time, or have stopped reading for good. A signal that is blocked, because somebody reads it
  /// from a descriptor, could not end the program meanwhile: it does so here.
  static func waitForRoom(_ descriptor: Int32) {
    while true {
      var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&polled, 1, 200) > 0 { return }
      var pending = sigset_t()
      guard sigpending(&pending) == 0 else { continue }
      for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] where sigismember(&pending, signal) == 1 {
        exit(ExitStatus(signal: signal).rawValue)
      }
    }
  }

  /// `text` without anything that could move a cursor.
  static func safe(_ text: String) -> String { sanitised(text) }

  /// Prints rows in aligned columns, cells cut at 60; the last column is as long as it is.
  ///
  /// Given the `columns` of a terminal, the last one is broken between words where it ends: below itself, or where there
  /// is no room for that on lines of its own.
  static func table(_ rows: [[String]], columns: Int? = nil) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<max(count - 1, 0)).map { column in
      min(rows.map { column < $0.count ? cellWidth($0[column]) : 0 }.max() ?? 0, 60)
    }
    for row in rows {
      var (line, rest) = ("", [String]())
      for (column, cell) in row.enumerated() {
        if column == row.count - 1, column > 0, let columns, cellWidth(line + cell) > columns {
          let (start, room) = (cellWidth(line), columns - cellWidth(line))
          let isBelow = room >= 24
          let lines = broken(safe(cell), to: isBelow ? room : columns - 4)
          let indent = String(repeating: " ", count: isBelow ? start : 4)
          line = isBelow ? line + lines[0] : String(line.reversed().drop { $0 == " " }.reversed())
          rest = lines.dropFirst(isBelow ? 1 : 0).map { indent + $0 }
          continue
        }
        let text = column < widths.count ? clip(cell, to: 60) : safe(cell)
        line += text
        if column < row.count - 1 {
          line += String(repeating: " ", count: max(widths[column] - cellWidth(text), 0) + 2)
        }
      }
      for line in [line] + rest { Printed.line(line) }
    }
  }
}
