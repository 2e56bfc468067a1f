import Foundation

/// What the tests run in: the environment every child gets, the program under test and the package around it.
///
/// The environment is built rather than inherited, so that a learner's own theme, `NO_COLOR` or database can neither
/// change a result nor be changed by one.
package enum Machine {
  /// The environment that each child starts from: a path, a UTF-8 locale, and the toolchain's libraries if any.
  package static let base: [String: String] = {
    let ours = ProcessInfo.processInfo.environment
    var base = ["PATH": ours["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TZ": "UTC"]
    // Words cost a fifth of a core; the tests that are about them ask for them.
    base["ROSTRUM_RECOGNISER"] = "none"
    // Summaries come at once: whether a guess is asked for first is for the tests that are about it.
    base["ROSTRUM_BLIND_COUNT"] = "no"
    for kept in ["LD_LIBRARY_PATH", "TMPDIR"] { base[kept] = ours[kept] }
    return base
  }()

  /// The folder that holds Package.swift.
  package static let package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Whether a program is on the path.
  package static func has(_ program: String) -> Bool {
    (base["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  /// Whether all of `programs` are on the path.
  package static func has(_ programs: [String]) -> Bool { programs.allSatisfy { has($0) } }

  /// Whether an environment variable of the test run is `1`.
  package static func asks(for variable: String) -> Bool {
    ProcessInfo.processInfo.environment[variable] == "1"
  }
}

/// The program under test.
package enum RostrumBinary {
  /// `$ROSTRUM_BINARY`, else `rostrum` in the folder that the tests were built into.
  package static let path: String = {
    if let named = ProcessInfo.processInfo.environment["ROSTRUM_BINARY"], !named.isEmpty { return named }
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("rostrum").path
  }()

  /// Whether the program is there to be run.
  package static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }
}
