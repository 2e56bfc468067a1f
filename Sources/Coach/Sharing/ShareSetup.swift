/// What has to be set up once so that others may watch, as text to be read and commands to be run.
///
/// Indented by four are the lines that go to a shell or into a file, so that a test can run them as they are printed. Each
/// learner has a folder of their own that the tutors' group may enter and nobody but the learner may write to; its group
/// comes with the folder (the 2 in 2750), so that no learner has to be in it.
package struct ShareSetup: Equatable, Sendable {
  /// The folder of all learners, an account of a learner, and the group of tutors.
  package var folder: String
  package var learner: String
  package var group: String
  /// The program, as a forced command has to name it.
  package var program: String

  /// What is set up for `learner`.
  package init(
    folder: String = "/run/rostrum", learner: String = "LEARNER", group: String = "rostrum-tutors",
    program: String = "rostrum"
  ) {
    (self.folder, self.learner, self.group, self.program) = (folder, learner, group, program)
  }

  /// How a forced command names the program at `binary`: by name where every login finds it.
  static func command(_ binary: String) -> String {
    ["/usr/local/bin/rostrum", "/usr/bin/rostrum", ""].contains(binary)
      || binary.utf8.contains { " \"'\\$`".utf8.contains($0) } ? "rostrum" : binary
  }

  /// The folders with their owners and modes, outer first: what tmpfiles.d and install(1) are both told.
  private var folders: [(path: String, mode: String, owner: String, group: String)] {
    [(folder, "0755", "root", "root"), (folder + "/" + learner, "2750", learner, group)]
  }

  /// The lines of the file for tmpfiles.d.
  package var temporaryFiles: [String] { folders.map { "d \($0.path) \($0.mode) \($0.owner) \($0.group) -" } }

  /// The same as commands.
  package var installs: [String] {
    folders.map { "install -d -m \($0.mode) -o \($0.owner) -g \($0.group) \($0.path)" }
  }

  /// The line for `authorized_keys` that lets a guest's key watch, and nothing else.
  package var authorizedKey: String { "restrict,pty,command=\"\(program) watch --guest\" ssh-ed25519 AAAA... NAME" }

  /// The part of sshd_config for an account that guests share.
  package var matchBlock: [String] {
    [
      "Match User rostrum-guest", "    ForceCommand \(program) watch --guest",
      "    AuthorizedKeysFile /etc/ssh/rostrum-guests", "    AuthenticationMethods publickey",
      "    DisableForwarding yes",
      "    PermitUserRC no", "    PermitTTY yes",
    ]
  }

  /// All of it, a line each; indented by four is what is typed or written.
  package var lines: [String] { tutors + [""] + guests + [""] + guestAccount + [""] + takingBack }

  private func typed(_ lines: [String]) -> [String] { lines.map { "    " + $0 } }

  private var tutors: [String] {
    [
      "TUTORS WITH ACCOUNTS ON THIS HOST", "", "Once, as root:", "",
    ] + typed(["groupadd --system --force \(group)", "usermod --append --groups \(group) TUTOR"]) + [
      "", "One folder a learner. In /etc/tmpfiles.d/rostrum.conf, the second line for each of them:", "",
    ] + typed(temporaryFiles) + ["", "Then, and at each start by itself:", ""]
      + typed(["systemd-tmpfiles --create /etc/tmpfiles.d/rostrum.conf"]) + [
        "", "Without systemd, after each start:", "",
      ] + typed(installs) + [
        "",
        "Tutors may look into a learner's folder and knock; nobody but the learner puts anything there, and root alone",
        "into \(folder). The learner still decides about each who knocks. Learners need not be in the group: who is,",
        "may knock at others. A tutor who is logged in gets the group with the next login.",
      ]
  }

  private var guests: [String] {
    [
      "SOMEBODY WITHOUT AN ACCOUNT", "",
      "No administrator is needed. A line in ~/.ssh/authorized_keys of the learner, with the guest's own public key:",
      "",
    ] + typed([authorizedKey]) + [
      "",
      "restrict takes forwarding and everything else away, pty gives them a screen; the key runs this one command,",
      "whatever they ask for. It opens none of your files and starts nothing. Without a token it shows nothing either:",
      "",
    ] + typed(["rostrum share --for 2h --role tutor --name \"Ms Beck\""]) + [
      "",
      "They come with ssh -t \(learner)@HOST and paste the token. (ssh -t \(learner)@HOST TOKEN works too; the token is",
      "then seen by who may list the processes of their machine.)",
    ]
  }

  private var guestAccount: [String] {
    [
      "AN ACCOUNT FOR GUESTS OF SEVERAL LEARNERS", "",
      "Instead of that, as root. The account has no password, and its keys are not its own:", "",
    ]
      + typed([
        "useradd -r -M -d /nonexistent -s /bin/sh -p '*' -G \(group) rostrum-guest",
        "install -m 0644 -o root -g root /dev/null /etc/ssh/rostrum-guests",
      ]) + ["", "Public keys go into /etc/ssh/rostrum-guests. At the end of /etc/ssh/sshd_config:", ""]
      + typed(matchBlock) + [
        "",
        "A token names its learner, and is shown at no other learner's door.",
        "Then sshd -t, and systemctl reload ssh. Leave AcceptEnv as Debian ships it (LANG LC_*), and PermitUserEnvironment",
        "off: the loader reads variables before any program can pass them over.",
      ]
  }

  private var takingBack: [String] {
    [
      "TO TAKE IT BACK", "", "One tutor; then everything:", "",
    ]
      + typed([
        "gpasswd --delete TUTOR \(group)", "rm -f /etc/tmpfiles.d/rostrum.conf", "rm -rf \(folder)/\(learner)",
        "rmdir \(folder)", "userdel rostrum-guest", "rm -f /etc/ssh/rostrum-guests", "groupdel \(group)",
      ]) + [
        "",
        "And the Match block. A guest: delete the line in authorized_keys. rostrum share --revoke all ends every invitation.",
      ]
  }
}
