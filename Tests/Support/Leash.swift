import Glibc

/// Ends a background service when the test run is gone, however it went.
///
/// A crash of the test process runs no `deinit`. A shell that waits on a pipe sees the pipe close all the same, and
/// does the tidying up: no daemon, terminal server or folder outlives the tests.
package final class Leash: Sendable {
  private let shell: Child
  private let end: Int32

  /// Arranges for `commands`, in shell, to be run as soon as this value or this whole process is gone.
  /// - Throws: `SupportError` if no shell can be started.
  package init(_ commands: String) throws {
    let pipe = try Child.pipe()
    defer { close(pipe.read) }
    end = pipe.write
    let sink = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(sink) }
    shell = try Child(
      ["/bin/sh", "-c", "read -r line; \(commands)"], environment: Machine.base,
      streams: .descriptors(input: pipe.read, output: sink, errors: sink))
  }

  /// Lets go: the commands run now, and are done when this returns (or after `patienceSeconds`).
  deinit {
    close(end)
    _ = shell.wait()
  }
}
