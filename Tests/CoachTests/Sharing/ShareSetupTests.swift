import Foundation
import Support
import Testing

@testable import Coach

/// What an administrator is told to do, done: the lines are taken as they are printed.
@Suite struct ShareSetupTests {
  private let scratch: Scratch
  /// Two accounts that every Debian has, so that nothing of the machine is changed.
  private var setup: ShareSetup { ShareSetup(folder: scratch.path("run/rostrum"), learner: "nobody", group: "games") }

  init() throws {
    scratch = try Scratch()
    _ = try scratch.folder("run")
    // Another account has to come through.
    try #require(chmod(scratch.path, 0o755) == 0 && chmod(scratch.path("run"), 0o755) == 0)
  }

  /// The lines to be typed or written that begin with `start`, without their indent.
  private func typed(_ start: String) -> [String] {
    setup.lines.filter { $0.hasPrefix("    " + start) }.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func modes() throws -> [String] {
    try run(["stat", "-c", "%a %U %G", setup.folder, setup.folder + "/nobody"]).lines
  }

  private static let isRoot = geteuid() == 0
  private static let expected = ["755 root root", "2750 nobody games"]

  @Test(.enabled(if: isRoot, "only root can give folders away"))
  func `the commands make folders that nobody but the learner writes to`() throws {
    let commands = typed("install -d")
    #expect(commands.count == 2)
    for command in commands + commands { #expect(try run(["sh", "-c", command]).code == 0) }
    #expect(try modes() == Self.expected)
    try checkWhoMay()
    let removal = typed("rm -rf") + typed("rmdir")
    #expect(removal.count == 2)
    for command in removal { #expect(try run(["sh", "-c", command]).code == 0) }
    #expect(!SharePlaces.Machine.real.isThere(setup.folder))
  }

  @Test(.enabled(if: isRoot, "only root can give folders away"))
  func `the lines for tmpfiles do the same`() throws {
    guard try run(["sh", "-c", "command -v systemd-tmpfiles"]).code == 0 else {
      // Where there is no systemd, the lines are held against what its manual asks for.
      for line in typed("d /") {
        #expect(line.split(separator: " ").count == 6 && line.contains(/^d \/\S+ [0-7]{4} \w+ \w+ -$/))
      }
      return
    }
    let file = try scratch.write(typed("d /").joined(separator: "\n") + "\n", to: "rostrum.conf")
    #expect(try run(["systemd-tmpfiles", "--create", file]).code == 0)
    #expect(try modes() == Self.expected)
  }

  /// A socket of the learner gets the group by itself; a tutor comes to it and puts nothing there, anybody else neither.
  private func checkWhoMay() throws {
    func may(_ account: String, _ group: String, _ script: String) throws -> Bool {
      try run(["setpriv", "--reuid", account, "--regid", group, "--clear-groups", "sh", "-c", script]).code == 0
    }
    let folder = setup.folder + "/nobody"
    #expect(try may("nobody", "nogroup", "umask 077; : > \(folder)/s && chmod 0660 \(folder)/s"))
    #expect(try run(["stat", "-c", "%a %U %G", folder + "/s"]).lines == ["660 nobody games"])
    #expect(try may("man", "games", "test -w \(folder)/s && ls \(folder)"))
    #expect(try !may("man", "games", ": > \(folder)/other"))
    #expect(try !may("man", "games", "rm -f \(folder)/s"))
    #expect(try !may("man", "man", "ls \(folder)"))
    #expect(try !may("man", "man", "test -w \(folder)/s"))
    #expect(try !may("man", "games", "mkdir \(setup.folder)/man"))
  }

  @Test(.enabled(if: isRoot, "only root can add groups"))
  func `the commands for groups and accounts are ones that the system takes`() throws {
    let etc = try scratch.folder("etc")
    for name in ["passwd", "group", "shadow", "gshadow"] {
      #expect(try run(["sh", "-c", "cp /etc/\(name) \(etc)/ 2>/dev/null || : > \(etc)/\(name)"]).code == 0)
    }
    func there(_ command: String) throws -> Run {
      var words = command.replacing("TUTOR", with: "man").replacing("'", with: "").split(separator: " ").map(
        String.init)
      words.insert(contentsOf: ["--prefix", scratch.path], at: 1)
      return try run(words)
    }
    let setup = ShareSetup(group: "rst-tutors")
    func lines(_ start: String) -> [String] {
      setup.lines.filter { $0.hasPrefix("    " + start) }.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for start in ["groupadd", "usermod", "useradd"] {
      let found = lines(start)
      #expect(found.count == 1, "\(start)")
      for command in found {
        let done = try there(command)
        #expect(done.code == 0, "\(command): \(done)")
      }
    }
    let group = try run(["grep", "^rst-tutors:", etc + "/group"]).lines.first
    #expect(group?.hasSuffix(":man,rostrum-guest") == true, "\(group ?? "")")
    #expect(try run(["grep", "-c", "^rostrum-guest:.*:/nonexistent:/bin/sh$", etc + "/passwd"]).lines == ["1"])
    #expect(try run(["grep", "-c", "^rostrum-guest:[*]:", etc + "/shadow"]).lines == ["1"])
  }

  @Test(
    .enabled(if: isRoot && SharePlaces.Machine.real.isThere("/usr/sbin/sshd"), "sshd is not installed, or not for us"))
  func `the server takes the block for guests, and it leaves them the one command`() throws {
    let key = scratch.path("key")
    #expect(try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]).code == 0)
    let text = (["HostKey \(key)", "AllowTcpForwarding yes"] + setup.matchBlock).joined(separator: "\n") + "\n"
    let file = try scratch.write(text, to: "sshd_config")
    func effective(_ user: String) throws -> Run {
      try run(["/usr/sbin/sshd", "-T", "-f", file, "-C", "user=\(user),host=h,addr=127.0.0.1"])
    }
    _ = try run(["mkdir", "-p", "-m", "0755", "/run/sshd"])
    let (guest, other) = (try effective("rostrum-guest"), try effective("nobody"))
    #expect(guest.code == 0 && other.code == 0, "\(guest)")
    for line in ["forcecommand rostrum watch --guest", "disableforwarding yes", "permituserrc no"] {
      #expect(guest.lines.contains(line) && !other.lines.contains(line), "\(line): \(guest)")
    }
  }

  @Test func `nothing that is told to do is open to the world`() {
    for line in setup.lines {
      #expect(!line.contains(/\b[0-7]{0,2}[0-7]{2}[2367]\b/) || !line.contains("-m "), "\(line)")
      #expect(!line.contains("chmod") && !line.contains("1777") && cellCount(line) <= 120, "\(line)")
    }
    #expect(setup.authorizedKey.hasPrefix("restrict,pty,command=\"rostrum watch --guest\" ssh-ed25519 "))
  }
  private func cellCount(_ line: String) -> Int { line.contains(scratch.path) ? 0 : line.count }

  @Test(arguments: [
    ("/usr/local/bin/rostrum", "rostrum"), ("/usr/bin/rostrum", "rostrum"), ("", "rostrum"),
    ("/home/ann/.local/bin/rostrum", "/home/ann/.local/bin/rostrum"), ("/home/a b/rostrum", "rostrum"),
    ("/home/a\"b/rostrum", "rostrum"),
  ])
  func `a forced command names the program so that it is found`(binary: String, command: String) {
    #expect(ShareSetup.command(binary) == command)
  }
}
