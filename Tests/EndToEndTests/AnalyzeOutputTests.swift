import Foundation
import Glibc
import Support
import Testing

extension EndToEnd {
  /// Where `rostrum analyze` writes, and where it never does.
  @Suite(.serialized) struct AnalyzeOutputTests {
    private let tone = Wave.tone(hertz: 200, seconds: 1).file

    @Test(arguments: ["tone.wav", "link.json", "hard.json", "up/../tone.wav"])
    func `a recording is never replaced by its analysis`(output: String) throws {
      let world = try World()
      let path = try world.scratch.write(tone, to: "tone.wav")
      _ = try world.scratch.folder("up")
      try #require(symlink("tone.wav", world.scratch.path("link.json")) == 0)
      try #require(link(path, world.scratch.path("hard.json")) == 0)
      let before = world.scratch.listing()
      for form in ["--json", "--csv", "--textgrid", "--plain"] {
        let done = try world.rostrum("analyze", path, form, "--output", world.scratch.path(output), "--yes")
        #expect(done.code == 73 && done.errors.contains("is being analysed"), "\(done)")
      }
      #expect(FileManager.default.contents(atPath: path) == Data(tone))
      #expect(world.scratch.listing().filter { $0 != "home" } == before)
    }

    @Test func `a recording that is called like its own TextGrid is not replaced`() throws {
      let world = try World()
      let path = try world.scratch.write(tone, to: "tone.TextGrid")
      let done = try world.rostrum("analyze", path, "--textgrid", "--yes")
      #expect(done.code == 73 && FileManager.default.contents(atPath: path) == Data(tone), "\(done)")
    }

    @Test(arguments: [true, false])
    func `an output that is a link stays one`(isDangling: Bool) throws {
      let world = try World()
      let path = try world.scratch.write(tone, to: "tone.wav")
      let link = world.scratch.path("out.csv")
      try #require(symlink("real.csv", link) == 0)
      if !isDangling { _ = try world.scratch.write("old", to: "real.csv") }
      let arguments = ["analyze", path, "--csv", "--output", link] + (isDangling ? [] : ["--yes"])
      let done = try run([RostrumBinary.path] + arguments, environment: world.environment)
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
      let written = try String(contentsOfFile: world.scratch.path("real.csv"), encoding: .utf8)
      #expect(done.code == 0 && target == "real.csv" && written.hasPrefix("file,"), "\(done)")
    }

    @Test(
      arguments: [
        (["tone.wav", "--csv", "--output", ""], "needs the name of a file"),
        (["--compare", "tone.wav", "."], "is a folder"),
      ])
    func `what makes no sense is refused before any work`(arguments: [String], word: String) throws {
      let world = try World()
      _ = try world.scratch.write(tone, to: "tone.wav")
      let done = try run(
        [RostrumBinary.path, "analyze"] + arguments, environment: world.environment, folder: world.scratch.path)
      #expect(done.code == 64 && done.errors.contains(word), "\(done)")
    }

    @Test(arguments: ["--textgrid", "--json", "--csv"], [true, false])
    func `a file that cannot be written whole is not written, and the one before stays`(
      form: String, isThere: Bool
    ) throws {
      let world = try World()
      let path = try world.scratch.write(tone, to: "tone.wav")
      let output = world.scratch.path("out")
      if isThere { _ = try world.scratch.write("before", to: "out") }
      // No file may be longer than 512 bytes, and to try says so instead of ending the program.
      let command = "trap '' XFSZ; ulimit -f 1; exec \(rostrum) analyze '\(path)' \(form) --yes --output '\(output)'"
      let done = try run(["/bin/sh", "-c", command], environment: world.environment)
      #expect(done.code != 0 && done.errors.contains("cannot be written"), "\(done)")
      let kept = FileManager.default.contents(atPath: output)
      #expect(kept == (isThere ? Data("before".utf8) : nil), "\(done)")
      #expect(!world.scratch.listing().contains { $0.hasPrefix("out.") }, "a torn file was left behind")
    }

    @Test(arguments: ["--output \"$0\"", "> \"$0\""])
    func `Ctrl-C ends a run whose reader has stopped reading`(output: String) throws {
      let world = try World()
      let path = try world.scratch.write(Wave.tone(hertz: 200, seconds: 120).file, to: "tone.wav")
      let pipe = world.scratch.path("pipe")
      try #require(mkfifo(pipe, 0o600) == 0)
      let reader = open(pipe, O_RDWR | O_CLOEXEC)
      try #require(reader >= 0)
      defer { close(reader) }
      let running = try Running(
        ["/bin/sh", "-c", "exec \(rostrum) analyze '\(path)' --json --track \(output)", pipe],
        environment: world.environment)
      #expect(
        eventually {
          var polled = pollfd(fd: reader, events: Int16(POLLOUT), revents: 0)
          return poll(&polled, 1, 0) == 0
        })
      kill(running.child.pid, SIGINT)
      let done = running.finish()
      #expect(done.code == 130, "\(done)")
    }
  }
}
