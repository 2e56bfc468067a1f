import Foundation
import Glibc
import Support
import Testing

extension EndToEnd {
  /// What `rostrum analyze` finds in folders, and what it says about the rest.
  @Suite(.serialized) struct AnalyzeFolderTests {
    private let tone = Wave.tone(hertz: 200, seconds: 1).file

    @Test func `what cannot be searched or opened in a folder keeps nothing else from being analysed`() throws {
      let world = try World()
      let folder = try world.scratch.folder("takes")
      _ = try world.scratch.write(tone, to: "takes/tone.wav")
      let deep = try world.scratch.folder("takes/" + [String](repeating: "d", count: 40).joined(separator: "/"))
      _ = try world.scratch.write(tone, to: String(deep.dropFirst(world.scratch.path.count + 1)) + "/deep.wav")
      try #require(symlink("..", folder + "/circle.wav") == 0)
      let odd = Array(folder.utf8CString.dropLast()) + [0x2F, 0x6F, -1, 0x2E, 0x77, 0x61, 0x76, 0]
      let file = open(odd, O_WRONLY | O_CREAT, 0o600)
      try #require(file >= 0)
      #expect(write(file, tone, tone.count) == tone.count)
      close(file)
      let done = try world.rostrum("analyze", folder, "--csv")
      #expect(done.code == 64 && done.output.split(separator: "\r\n").count == 3, "\(done)")
      #expect(done.output.contains("o\u{FFFD}.wav") && done.errors.contains("folders deep"), "\(done)")
      #expect(!done.errors.contains("circle"), "\(done)")
      // By its name alone, which is no UTF-8 either.
      let alone = try run(
        ["bash", "-c", "cd \"$1\" && exec \"$0\" analyze o*.wav --csv", RostrumBinary.path, folder],
        environment: world.environment)
      #expect(alone.code == 0 && alone.output.contains("o\u{FFFD}.wav"), "\(alone)")
    }

    @Test(.enabled(if: getuid() == 0 && Machine.has("setpriv"), "needs root and setpriv"))
    func `a folder that may not be read keeps no other from being searched`() throws {
      let world = try World()
      chmod(world.scratch.path, 0o755)
      chmod(try world.scratch.folder("takes"), 0o755)
      chmod(try world.scratch.write(tone, to: "takes/tone.wav"), 0o644)
      chmod(try world.scratch.folder("takes/shut"), 0)
      let done = try run(
        obeyingPermissions + [RostrumBinary.path, "analyze", world.scratch.path("takes"), "--csv"],
        environment: ["ROSTRUM_HOME": "/nonexistent"])
      #expect(done.code == 77 && done.errors.contains("takes/shut"), "\(done)")
      #expect(done.output.split(separator: "\r\n").count == 2, "\(done)")
    }
  }
}
