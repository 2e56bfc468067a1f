import Foundation
import Glibc

/// A temporary folder of one test, gone when the test is over.
///
/// It is made with `mkdtemp`, so that tests that run at once never meet, and its path is short, because the sockets in
/// it must fit into the 108 bytes of `sockaddr_un`.
package final class Scratch: Sendable {
  /// The folder's absolute path, without a slash at the end.
  package let path: String

  /// Makes the folder, mode 0700, under `$TMPDIR`, or under `/tmp` where that is too long for a socket's name.
  /// - Throws: `SupportError` naming the folder, if it cannot be made.
  package init() throws {
    let wanted = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
    let parent = (1...60).contains(wanted.utf8.count) ? wanted : "/tmp"
    var template = Array("\(parent)/rostrum-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SupportError("no scratch folder in \(parent)", errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Removes the folder, even where a test took away the permission to.
  deinit {
    if (try? FileManager.default.removeItem(atPath: path)) == nil {
      _ = try? run(["/bin/sh", "-c", "chmod -R u+rwX \"$0\"; rm -rf \"$0\"", path])
    }
  }

  /// The path of `name` inside the folder.
  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a folder inside, mode 0700, and returns its path.
  package func folder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return path(name)
  }

  /// Writes `bytes` into the file `name` and returns its path.
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Writes `text` into the file `name` and returns its path.
  package func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  /// The paths of all that is inside, relative to the folder, sorted; hidden entries too.
  package func listing(_ name: String = "") -> [String] {
    (FileManager.default.enumerator(atPath: path(name))?.compactMap { $0 as? String } ?? []).sorted()
  }
}

/// Why a helper of the test bench could not do its part.
package struct SupportError: Error, CustomStringConvertible {
  /// What failed, in words.
  package let description: String

  /// Puts what failed in words, with the system's own word on `code` where it is not 0.
  package init(_ what: String, _ code: Int32 = 0) {
    description = code == 0 ? what : "\(what): \(String(cString: strerror(code)))"
  }
}

/// Lets `seconds` of real time go by, and does nothing else.
///
/// Only for where the passing of time is itself what is measured: a rate over a span, or that nothing happens in one.
/// Whoever waits for something to happen asks `eventually` for it instead.
package func letRealTimePass(seconds: Double) {
  let deadline = now() + seconds
  while now() < deadline { usleep(UInt32(max(1, min(deadline - now(), 0.5) * 1_000_000))) }
}

/// How long a test waits for what must happen before it calls it missing, in seconds.
///
/// It measures nothing, and a test that passes never waits that long: it only has to be longer than whatever a busy
/// machine may take. How fast things are is measured by `make bench`.
package let patienceSeconds = 60.0

/// Waits until `condition` holds, asking again every `everySeconds`.
/// - Returns: whether it came to hold before `seconds` were over.
package func eventually(
  within seconds: Double = patienceSeconds, everySeconds: Double = 0.02, _ condition: () throws -> Bool
) rethrows -> Bool {
  let deadline = now() + seconds
  while true {
    if try condition() { return true }
    if now() >= deadline { return false }
    usleep(UInt32(everySeconds * 1_000_000))
  }
}
