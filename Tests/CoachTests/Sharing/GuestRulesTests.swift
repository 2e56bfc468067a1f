import Support
import Testing

@testable import Coach

@Suite struct GuestRulesTests {
  private static let token = "k3f9x7qa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-_"

  @Test(arguments: [
    (nil, GuestRules.Given.nothing), ("", .nothing), ("   ", .nothing), (token, .token(token)),
    ("  \(token)\n", .token(token)), ("\(token) \(token)", .refused), ("\(token);id", .refused), ("sh", .refused),
    ("rostrum watch --guest", .refused), ("$(\(token))", .refused), ("scp -t .", .refused),
    ("internal-sftp", .refused), (token + "A", .refused), (String(token.dropLast()), .refused),
    (String(repeating: " ", count: 1_000) + token, .refused), ("\u{1B}[2J", .refused), (token + "\0", .refused),
  ])
  func `one word that is a token is one, and everything else is refused`(command: String?, given: GuestRules.Given) {
    #expect(GuestRules.given(command.map { ["SSH_ORIGINAL_COMMAND": $0] } ?? [:]) == given)
  }

  @Test(arguments: [
    ("TERM", "xterm-256color", true), ("LANG", "en_GB.UTF-8", true), ("LC_ALL", "de_DE@euro", true),
    ("NO_COLOR", "", true),
    ("COLORTERM", "truecolor", true), ("SSH_CONNECTION", "10.0.0.1 4000 10.0.0.2 22", true),
    ("TERM", "/tmp/x", false), ("TERM", "../x", false), ("LANG", "/tmp/locale", false), ("LC_ALL", "a b", false),
    ("TERM", String(repeating: "x", count: 129), false), ("NO_COLOR", "\u{1B}", false),
    ("ROSTRUM_HOME", "x", false), ("ROSTRUM_THEME", "mono", false), ("XDG_RUNTIME_DIR", "x", false),
    ("HOME", "x", false),
    ("XDG_CONFIG_HOME", "x", false), ("EDITOR", "vi", false), ("VISUAL", "vi", false), ("LD_PRELOAD", "x", false),
    ("LD_LIBRARY_PATH", "x", false), ("PATH", "x", false), ("TERMINFO", "x", false), ("TERMINFO_DIRS", "x", false),
    ("TERMCAP", "x", false), ("LOCPATH", "x", false), ("NLSPATH", "x", false), ("TZ", "UTC", false),
    ("SHELL", "sh", false),
    ("SSH_AUTH_SOCK", "x", false), ("SSH_ORIGINAL_COMMAND", "x", false), ("ALSA_CONFIG_PATH", "x", false),
    ("PULSE_SERVER", "x", false), ("LINES", "5", false), ("LC_PAPER", "x", false), ("MALLOC_CHECK_", "3", false),
  ])
  func `of the environment a guest keeps how things look`(name: String, value: String, isKept: Bool) {
    #expect(GuestRules.keeps(name, value) == isKept)
    #expect((GuestRules.environment([name: value])[name] != nil) == isKept)
  }

  @Test func `nothing of the account's own files is looked at`() throws {
    let places = GuestRules.places(home: "/home/ann")
    #expect(places.runtime == "/home/ann/.local/state/rostrum/run")
    for path in [places.configFile, places.invitations, places.database, places.userThemes, places.userPrompts] {
      #expect(path.hasPrefix("/dev/null/"))
    }
    let surroundings = try GuestEntrance.surroundings(["TERM": "xterm"])
    #expect(surroundings.settings == Settings() && surroundings.complaints.isEmpty)
    #expect(surroundings.shelf.folders.allSatisfy { !$0.contains("/.config") } && surroundings.shelf.folders.count <= 1)
  }

  @Test(arguments: [
    Action.suspend, .edit, .export, .exportPDF, .exportJSON, .devices, .theme, .clip, .rehearse, .history, .tutor,
    .demo,
    .drills, .search, .beginDrill, .judge, .askJudge, .editTitle, .confirm, .remove, .mark, .finish, .replay,
  ])
  func `a guest's keys ask for nothing beyond watching`(action: Action) { #expect(!GuestRules.allows(action)) }

  @Test(arguments: [Action.up, .down, .back, .quit, .help, .density, .repaint, .choose])
  func `a guest can look around`(action: Action) { #expect(GuestRules.allows(action)) }

  @Test func `what is not allowed is withheld`() {
    #expect(GuestRules.withheld.contains(.suspend) && !GuestRules.withheld.contains(.quit))
  }
}
