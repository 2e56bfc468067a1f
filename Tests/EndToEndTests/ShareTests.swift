import Foundation
import Support
import Testing

extension EndToEnd {
  /// `rostrum share`: invitations, and what is said about setting things up.
  @Suite struct ShareTests {
    private func file(_ world: World) -> String { world.home + "/data/invitations.json" }

    private func field(_ name: String, _ line: String) -> String? {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?[name].map { "\($0)" }
    }

    @Test func `a token is shown once, alone on standard output, and is kept nowhere`() throws {
      let world = try World()
      let given = try world.rostrum("share", "--for", "2h", "--role", "tutor", "--name", "Ms \u{1B}[31mBeck")
      #expect(given.code == 0 && given.lines.count == 1, "\(given)")
      let token = given.lines.first ?? ""
      #expect(token.wholeMatch(of: /[^ ]+\.[0-9a-z]{8}\.[A-Za-z0-9_-]{43}/) != nil, "\(given)")
      #expect(
        given.errors.contains("may come once within 2 h, as tutor") && !given.errors.contains("\u{1B}"), "\(given)")
      #expect(try run(["grep", "-rF", "-e", String(token.suffix(43)), world.home]).code == 1)
      #expect(try run(["stat", "-c", "%a", file(world)]).lines == ["600"])
      let list = try world.rostrum("share", "--list")
      #expect(list.output.contains(token.suffix(52).prefix(8)) && list.output.contains("Beck"), "\(list)")
      #expect(!list.output.contains(token.suffix(43)) && !list.output.contains("$6$"), "\(list)")
    }

    @Test func `programs get one object an invitation`() throws {
      let world = try World()
      let given = try world.rostrum("share", "--for", "90s", "--uses", "3", "--sound", "--json")
      #expect(given.code == 0 && given.errors.isEmpty && given.lines.count == 1, "\(given)")
      let id = field("id", given.output) ?? ""
      #expect(field("token", given.output)?.contains("." + id + ".") == true && id.count == 8, "\(given)")
      #expect(field("role", given.output) == "observer" && field("uses_left", given.output) == "3", "\(given)")
      #expect(field("hears", given.output) == "1", "\(given)")
      let list = try world.rostrum("share", "--list", "--json")
      #expect(field("id", list.output) == id && !list.output.contains("hash") && !list.output.contains("token"))
      #expect(try world.rostrum("share", "--revoke", id, "--json").lines == list.lines)
      let none = try world.rostrum("share", "--list")
      #expect(none.output == "Nobody is invited.\n", "\(none)")
    }

    @Test func `many who invite at once are all kept`() throws {
      let world = try World()
      let all = try (0..<8).map { try world.start("share", "--for", "1h", "--name", "guest \($0)") }
      #expect(all.allSatisfy { $0.finish().code == 0 })
      #expect(try world.rostrum("share", "--list", "--json").lines.count == 8)
      let gone = try world.rostrum("share", "--revoke", "all")
      #expect(gone.code == 0 && gone.output.contains("guest 7"), "\(gone)")
      #expect(try world.rostrum("share", "--list", "--json").lines == [])
    }

    @Test(arguments: [
      ([], "Say what"), (["--for", "2"], "is no length of time. Say 30m, 2h or 1d"),
      (["--for", "31d"], "30 days at most"),
      (["--for", "2h", "--role", "driver"], "There are observer and tutor"),
      (["--for", "2h", "--uses", "0"], "1 to 100"),
      (["--list", "--revoke", "all"], "--list"), (["--role", "tutor"], "--role goes with --for"),
      (["--for", "2h", "--account", "a/b"], "is not the name of an account"),
      (["--list", "--sound"], "--sound goes with --for"), (["--setup-help", "--json"], "--setup-help"),
    ])
    func `what makes no sense is said`(arguments: [String], sentence: String) throws {
      let world = try World()
      let refused = try run([RostrumBinary.path, "share"] + arguments, environment: world.environment)
      #expect(refused.code == 64 && refused.output.isEmpty && refused.errors.contains(sentence), "\(refused)")
      #expect(!FileManager.default.fileExists(atPath: file(world)))
    }

    @Test func `an invitation that is not there, and a damaged book, are said`() throws {
      let world = try World()
      let unknown = try world.rostrum("share", "--revoke", "k3f9x7qa")
      #expect(unknown.code == 66 && unknown.errors.contains("There is no invitation"), "\(unknown)")
      #expect(try world.rostrum("share", "--for", "1h").code == 0)
      try Data("{\"v\":1".utf8).write(to: URL(fileURLWithPath: file(world)))
      for arguments in [["--list"], ["--for", "1h"], ["--revoke", "all"]] {
        let refused = try run([RostrumBinary.path, "share"] + arguments, environment: world.environment)
        #expect(refused.code == 65 && refused.errors.contains("is damaged"), "\(refused)")
      }
      #expect(FileManager.default.contents(atPath: file(world)) == Data("{\"v\":1".utf8))
    }

    @Test func `an administrator is told all there is to do, for the folder that is set`() throws {
      let world = try World()
      let help = try world.rostrum("share", "--setup-help", environment: ["ROSTRUM_SHARE_FOLDER": "/srv/class"])
      #expect(help.code == 0, "\(help)")
      for line in [
        "    install -d -m 0755 -o root -g root /srv/class", "rostrum-tutors -", "watch --guest\" ssh-ed25519",
        "ForceCommand", "DisableForwarding yes", "TO TAKE IT BACK",
      ] { #expect(help.output.contains(line), "\(line) is missing: \(help)") }
      #expect(
        !help.output.contains("/run/rostrum")
          && help.lines.allSatisfy { $0.contains("watch --guest") || $0.count <= 120 }, "\(help)")
      #expect(!FileManager.default.fileExists(atPath: world.home), "\(world.scratch.listing())")
    }

    @Test func `everything about oneself has the invitations, and all is forgotten with it`() throws {
      let world = try World()
      #expect(try world.rostrum("share", "--for", "1h").code == 0)
      let folder = world.scratch.path("mine")
      #expect(try world.rostrum("export", "--everything", "--output", folder).code == 0)
      #expect(FileManager.default.fileExists(atPath: folder + "/invitations.json"))
      #expect(try world.rostrum("forget", "--everything", "--yes").code == 0)
      #expect(!FileManager.default.fileExists(atPath: file(world)))
    }
  }
}
