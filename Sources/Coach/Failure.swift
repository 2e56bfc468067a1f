import Glibc

/// The exit codes, as in sysexits(3).
package enum ExitStatus: Int32, Sendable {
  case ok = 0
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case cannotCreate = 73
  case io = 74
  case noPermission = 77
  case configuration = 78
  case hungUp = 129
  case interrupted = 130
  case quit = 131
  case terminated = 143

  /// That of a program which `signal` ended.
  package init(signal: Int32) {
    self = [SIGTERM: .terminated, SIGHUP: .hungUp, SIGQUIT: .quit][signal] ?? .interrupted
  }
}

/// Why a command could not do what was asked: a sentence for the person, and the exit code.
package struct Failure: Error, Equatable, Sendable {
  package var status: ExitStatus
  /// What happened and what to do next, without the program's name in front.
  package var sentence: String

  /// Makes a failure.
  package init(_ status: ExitStatus, _ sentence: String) {
    self.status = status
    self.sentence = sentence
  }
}

/// Ends the program with a status that needs no sentence.
struct ExitStatusError: Error {
  var status: ExitStatus
}
