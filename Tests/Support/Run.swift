import Foundation
import Glibc

/// A program at work with its output kept, and the same waited for to the end.
///
/// Output goes to files rather than pipes: nothing has to read along, a child that outlives its parent cannot keep
/// the test waiting, and what was said until a kill is there to be looked at.
package final class Running: Sendable {
  /// The process itself.
  package let child: Child
  private let scratch: Scratch
  private let began = now()

  /// Starts a program.
  /// - Parameters:
  ///   - arguments: the program, found on PATH, and its arguments.
  ///   - environment: laid over `Machine.base`.
  ///   - input: the bytes of its standard input.
  ///   - inputDescriptor: an open descriptor to be its standard input instead.
  ///   - folder: its working folder.
  /// - Throws: `SupportError` if it does not start.
  package init(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], inputDescriptor: Int32? = nil,
    folder: String = "/"
  ) throws {
    let scratch = try Scratch()
    self.scratch = scratch
    func descriptor(_ name: String, _ flags: Int32) throws -> Int32 {
      let opened = open(scratch.path(name), flags | O_CREAT | O_CLOEXEC, 0o600)
      guard opened >= 0 else { throw SupportError("\(scratch.path(name)) does not open", errno) }
      return opened
    }
    if inputDescriptor == nil { _ = try scratch.write(input, to: "input") }
    let source = try inputDescriptor ?? descriptor("input", O_RDONLY)
    let output = try descriptor("output", O_WRONLY | O_APPEND)
    let errors = try descriptor("errors", O_WRONLY | O_APPEND)
    defer { ([output, errors] + (inputDescriptor == nil ? [source] : [])).forEach { close($0) } }
    child = try Child(
      ["/usr/bin/env", "-C", folder] + arguments, environment: Machine.base.merging(environment) { $1 },
      streams: .descriptors(input: source, output: output, errors: errors))
  }

  /// What it has written to standard output so far.
  package var output: String { text("output") }

  /// What it has written to standard error so far.
  package var errors: String { text("errors") }

  /// Waits for the end, killing it after `seconds`, and returns all that is known.
  package func finish(seconds: Double = patienceSeconds) -> Run {
    let ending = child.wait(seconds: seconds)
    child.end()
    return Run(
      ending: ending ?? .killed(by: SIGKILL), output: output, errors: errors, seconds: now() - began,
      isTimedOut: ending == nil)
  }

  private func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: scratch.path(name)) ?? Data(), as: UTF8.self)
  }
}

/// What a finished program left.
package struct Run: Sendable, CustomStringConvertible {
  /// How it ended.
  package let ending: Child.Ending
  /// Its standard output.
  package let output: String
  /// Its standard error.
  package let errors: String
  /// How long it took.
  package let seconds: Double
  /// Whether it had to be killed because its time was over.
  package let isTimedOut: Bool

  /// The exit code, or 128 and the signal as a shell would say.
  package var code: Int32 {
    switch ending {
    case .exited(let code): code
    case .killed(let signal): 128 + signal
    }
  }

  /// Lines of standard output without the last, empty one.
  package var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// All of it, for the message of a failed expectation.
  package var description: String {
    "\(ending)\(isTimedOut ? " (time was over)" : "") after \(seconds) s\n--- output\n\(output)--- errors\n\(errors)---"
  }
}

/// Runs a program to its end; `Running.init` says what the parameters mean.
/// - Throws: `SupportError` if it does not start.
@discardableResult
package func run(
  _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], folder: String = "/",
  timeoutSeconds: Double = patienceSeconds
) throws -> Run {
  try Running(arguments, environment: environment, input: input, folder: folder).finish(seconds: timeoutSeconds)
}
