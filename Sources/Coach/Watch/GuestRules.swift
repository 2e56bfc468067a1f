/// What a guest may: somebody without an account, whose key runs `rostrum watch --guest` here and nothing else.
///
/// That forced command is the only boundary between them and the account it runs as, so in guest mode nothing of the account
/// is read, nothing is written, nothing is started, and nothing that the other end can send decides where anything is.
package enum GuestRules {
  /// What came with the connection.
  package enum Given: Equatable, Sendable {
    /// Nothing: the token is asked for.
    case nothing
    /// A token, or what looks like one.
    case token(String)
    /// Something else, which is not repeated to anybody.
    case refused
  }

  /// How often a token is asked for.
  package static let tries = 3
  /// Bytes of a line that is looked at; what is longer is no token.
  static let lineBytes = 256

  /// What the command says that a client asked for, instead of which this program runs: one word that is a token, or nothing.
  package static func given(_ environment: [String: String]) -> Given {
    guard let command = environment["SSH_ORIGINAL_COMMAND"] else { return .nothing }
    guard command.utf8.count <= lineBytes else { return .refused }
    let trimmed = command.trimmingBlanks()
    if trimmed.isEmpty { return .nothing }
    return isToken(trimmed) ? .token(trimmed) : .refused
  }

  /// Whether `text` looks like a token.
  package static func isToken(_ text: String) -> Bool { InvitationToken(text) != nil }

  // MARK: Environment

  /// The variables that are kept, for how things look; a client may set some of them by `SendEnv`.
  static let kept: Set<String> = [
    "TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "LC_NUMERIC",
    "LC_COLLATE", "LC_MONETARY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY",
  ]

  /// Whether a variable is kept: one of the few, with a value that is a name of something and no path.
  package static func keeps(_ name: String, _ value: String) -> Bool {
    guard kept.contains(name), value.utf8.count <= 128 else { return false }
    // Set by the server itself.
    if name.hasPrefix("SSH_") { return value.utf8.allSatisfy { $0 >= 32 && $0 < 127 } }
    return !value.hasPrefix(".")
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_-.+@:".utf8.contains(byte)
        }
      }
  }

  /// The environment that guest mode knows.
  package static func environment(_ given: [String: String]) -> [String: String] { given.filter { keeps($0, $1) } }

  // MARK: What it looks at

  /// The places of the account by its home folder alone, as the system has it: no variable moves them. Settings, themes
  /// and prompts of the account are where nothing is.
  package static func places(home: String) -> Places {
    let usual = Places.resolve(environment: [:], home: home)
    return Places(config: nowhere, data: nowhere, state: usual.state, runtime: usual.runtime)
  }

  /// A folder that no file is in.
  static let nowhere = "/dev/null/rostrum"

  // MARK: Keys

  /// What a guest's keys may ask for, by the names of `Action`: looking, and what goes over the wire as a remark. Everything
  /// else, and so whatever is added one day, is not theirs: files, editor, reports, devices, settings, a shell behind Ctrl-Z.
  static let allowed: Set<String> = [
    "up", "down", "choose", "back", "quit", "help", "repaint", "density", "pageUp", "pageDown", "stepBack", "stepOn",
    "toStart", "toEnd", "enterLine", "send", "erase", "comment", "level", "unlevel", "nextRubric", "nextSeat",
    "previousSeat", "sendCue", "rubricForm", "assignDrill", "askAgain", "leaveSeat", "bringBack",
  ]

  /// Whether a guest's key may ask for `action`.
  package static func allows(_ action: Action) -> Bool {
    allowed.contains(action.rawValue)
  }

  /// What is not a guest's: to be left out of their bar and help.
  package static let withheld = Set(Action.allCases.filter { !allows($0) })
}
