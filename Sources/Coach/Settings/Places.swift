/// The folders Rostrum keeps things in, by the XDG Base Directory Specification 0.8, or all under `ROSTRUM_HOME`.
///
/// Pure: it names places and touches none, so that a test can ask about any environment. `make` in `Files.swift` is
/// what creates them.
package struct Places: Equatable, Sendable {
  /// Settings, themes and prompts of the user's own.
  package let config: String
  /// What must not be lost: the history and the kept takes.
  package let data: String
  /// What may be lost: logs.
  package let state: String
  /// What lives as long as the login: sockets.
  package let runtime: String

  /// The places for an environment and a home folder.
  ///
  /// A variable that is empty or not an absolute path is passed over, as the XDG specification asks; `ROSTRUM_HOME`
  /// may be relative, for use in scripts.
  package static func resolve(environment: [String: String], home: String) -> Places {
    if let root = environment["ROSTRUM_HOME"], !root.isEmpty {
      let root = withoutTrailingSlash(root)
      return Places(config: root + "/config", data: root + "/data", state: root + "/state", runtime: root + "/run")
    }
    let home = withoutTrailingSlash(home.isEmpty ? "." : home)
    func base(_ variable: String) -> String? {
      guard let value = environment[variable], value.hasPrefix("/") else { return nil }
      return withoutTrailingSlash(value) + "/rostrum"
    }
    let state = base("XDG_STATE_HOME") ?? home + "/.local/state/rostrum"
    return Places(
      config: base("XDG_CONFIG_HOME") ?? home + "/.config/rostrum",
      data: base("XDG_DATA_HOME") ?? home + "/.local/share/rostrum",
      state: state, runtime: base("XDG_RUNTIME_DIR") ?? state + "/run")
  }

  /// The file of settings.
  package var configFile: String { config + "/config.yaml" }
  /// The history's database.
  package var database: String { data + "/history.sqlite" }
  /// What calibrations found, one baseline a microphone.
  package var baselines: String { data + "/baseline.json" }
  /// What the learner decided about endpoints.
  package var consents: String { data + "/consents.json" }
  /// The invitations the learner has given, without their tokens.
  package var invitations: String { data + "/invitations.json" }
  /// Folder of recordings the learner chose to keep.
  package var takes: String { data + "/takes" }
  /// Folder of lock files, one for each session that is running.
  package var live: String { data + "/live" }
  /// Folder of log files.
  package var logs: String { state + "/logs" }
  /// Folder of the user's own themes.
  package var userThemes: String { config + "/Themes" }
  /// Folder of the user's own prompts.
  package var userPrompts: String { config + "/Prompts" }

  /// Every folder that `make` creates, outer before inner.
  var folders: [String] { [config, data, takes, live, state, logs, runtime] }

  /// Where shipped data may lie for a program at `binary`, likeliest first: `../share/rostrum`, then each folder above.
  package static func shareCandidates(binary: String) -> [String] {
    var above: [String] = []
    var folder = parent(of: binary)
    while above.count < 64 {
      above.append(folder)
      let next = parent(of: folder)
      if next == folder { break }
      folder = next
    }
    let prefix = above.count > 1 ? above[1] : above[0]
    return [(prefix == "/" ? "" : prefix) + "/share/rostrum"] + above
  }
}
