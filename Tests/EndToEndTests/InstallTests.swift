import Foundation
import Support
import Testing

extension EndToEnd {
  /// The installed program, away from the toolchain and the sources.
  ///
  /// `ROSTRUM_INSTALLED` names a prefix that is installed already; else `make install` is run, which needs the package
  /// manager for itself and so cannot share a build folder with the test run. The prefix is copied to where no folder
  /// above it holds anything of ours, and the program gets an environment of three variables.
  @Suite(.serialized, .enabled(if: Machine.asks(for: "ROSTRUM_INSTALL_TEST"), "asked for by ROSTRUM_INSTALL_TEST=1"))
  struct InstallTests {
    @Test(.timeLimit(.minutes(30))) func `what make install puts down runs where there is no toolchain`() throws {
      let world = try World()
      let prefix = try installed(in: world)
      let binary = "\(prefix)/bin/rostrum"
      let libraries = try start(["ldd", binary], in: world)
      #expect(libraries.code == 0 && !libraries.output.contains("not found"), "\(libraries)")
      #expect(!libraries.output.contains("libswift") && !libraries.output.contains("Foundation"), "\(libraries)")
      for arguments in [["--version"], ["rehearse", "--demo", "--fast"], ["sessions"], ["devices"], ["config"]] {
        let done = try start([binary] + arguments, in: world)
        #expect(done.code == 0 && !showsTrace(done.errors), "\(arguments): \(done)")
      }
      for name in SourceNames.themes {
        let done = try start([binary, "rehearse", "--demo", "--fast", "--theme", name], in: world)
        #expect(done.code == 0, "\(name): \(done)")
      }
    }

    @Test(.timeLimit(.minutes(30))) func `the installed program uses the themes and the demo that lie beside it`()
      throws
    {
      let world = try World()
      let prefix = try installed(in: world)
      let share = "\(prefix)/share/rostrum"
      let binary = "\(prefix)/bin/rostrum"
      let dusk = try String(contentsOfFile: "\(share)/Themes/dusk.yaml", encoding: .utf8)
      try Data(dusk.replacing("name: dusk", with: "name: elsewhere").utf8)
        .write(to: URL(fileURLWithPath: "\(share)/Themes/elsewhere.yaml"))
      let wrong = try start([binary, "rehearse", "--demo", "--fast", "--theme", "nosuch"], in: world)
      #expect(wrong.code == 64 && wrong.errors.contains("elsewhere") && wrong.errors.contains("daylight"), "\(wrong)")
      #expect(FileManager.default.fileExists(atPath: "\(share)/Prompts/demo.txt"))
      let own = "# A short one.\ntitle Elsewhere\nsilence 0.8\nsay 150 It is nothing.\nsilence 0.8\n"
      try Data(own.utf8).write(to: URL(fileURLWithPath: "\(share)/Prompts/demo.txt"))
      let short = try start(
        [binary, "rehearse", "--demo", "--fast", "--json", "--theme", "elsewhere"], in: world)
      let events = try #require(SeenEvent.all(in: short.output), "\(short)")
      #expect(short.code == 0 && events.first?.fields["talk"] as? String == "Elsewhere", "\(short)")
      let duration = events.last?.number("duration_seconds") ?? 0
      #expect(duration > 1.5 && duration < 6, "\(duration) s")
      try FileManager.default.removeItem(atPath: "\(share)/Prompts/demo.txt")
      let without = try start([binary, "rehearse", "--demo", "--fast"], in: world)
      #expect(without.code != 0 && without.errors.contains("Prompts/demo.txt"), "\(without)")
    }

    /// A copy of the installed prefix in the world's own folder.
    private func installed(in world: World) throws -> String {
      let ours = ProcessInfo.processInfo.environment
      let staged = ours["ROSTRUM_INSTALLED"] ?? world.scratch.path("staged")
      if ours["ROSTRUM_INSTALLED"] == nil {
        let made = try run(
          ["make", "-C", Machine.package, "install", "PREFIX=\(staged)"],
          environment: ["HOME": ours["HOME"] ?? "/"], timeoutSeconds: 1_700)
        try #require(made.code == 0, "\(made)")
      }
      let prefix = world.scratch.path("prefix")
      let copied = try run(["cp", "-R", staged, prefix])
      try #require(copied.code == 0, "\(copied)")
      #expect(!prefix.hasPrefix(Machine.package + "/"), "the copy lies among the sources")
      return prefix
    }

    /// Runs a program with three variables, and where this machine allows it with sources and toolchain hidden.
    private func start(_ arguments: [String], in world: World) throws -> Run {
      let clean = [
        "env", "-i", "PATH=/usr/bin:/bin", "HOME=\(world.scratch.path)", "ROSTRUM_HOME=\(world.home)",
      ]
      return try run(Self.hiding + clean + arguments)
    }

    /// The start of a command line under which an empty file system lies over each folder that an installed program
    /// must not need; empty where mount namespaces are not ours to make.
    private static let hiding: [String] = {
      guard canHide else { return [] }
      let hide = "while [ \"$1\" != -- ]; do mount -t tmpfs none \"$1\" || exit 99; shift; done; shift; exec \"$@\""
      return ["unshare", "-m", "/bin/sh", "-c", hide, "hide"] + hidden + ["--"]
    }()

    /// The folders of the toolchain that are its own, and the package.
    private static let hidden: [String] = {
      let found = (try? run(["/bin/sh", "-c", "readlink -f \"$(command -v swift)\""]))?.lines.first ?? ""
      let programs = URL(fileURLWithPath: found).deletingLastPathComponent()
      let libraries = programs.deletingLastPathComponent().appendingPathComponent("lib")
      let everyones = ["/", "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin"]
      let runtimes = ["swift", "swift_static"].map { libraries.appendingPathComponent($0).path }
      return ([programs.path].filter { !everyones.contains($0) } + runtimes + [Machine.package]).filter {
        FileManager.default.fileExists(atPath: $0)
      }
    }()
  }
}
