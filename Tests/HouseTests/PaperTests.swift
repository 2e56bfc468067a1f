import Foundation
import Support
import Testing

/// The papers of the house: what a person reads first has to be true.
struct PaperTests {
  @Test(arguments: [
    "README.md", "LICENSE", "Makefile", "docs/ARCHITECTURE.md", "docs/DECISIONS.md", "docs/FORMATS.md", "docs/WIRE.md",
  ])
  func `the papers are there`(name: String) {
    #expect(SourceFile.all(under: [name]).first?.lines.count ?? 0 > 5)
  }

  @Test func `every file that users edit opens with a comment on what it may hold`() {
    let files = SourceFile.all(under: ["Themes", "Prompts"])
    #expect(files.contains { $0.path == "Themes/dusk.yaml" })
    for file in files {
      let head = file.lines.prefix(2)
      #expect(head.contains { $0.hasPrefix("# ") || $0.hasPrefix("<!--") }, "\(file.path)")
    }
  }

  @Test func `every link between the papers leads somewhere`() throws {
    for file in SourceFile.all(under: ["README.md", "docs"]) {
      let folder = URL(fileURLWithPath: Machine.package + "/" + file.path).deletingLastPathComponent()
      for match in file.lines.joined(separator: "\n").matches(of: /\]\(([^)#: ]+)(#[^)]*)?\)/) {
        let target = folder.appendingPathComponent(String(match.1)).path
        #expect(FileManager.default.fileExists(atPath: target), "\(file.path) points at \(match.1)")
      }
    }
  }

  @Test func `every make target the papers name is one`() {
    let makefile = SourceFile.all(under: ["Makefile"]).first?.lines.joined(separator: "\n") ?? ""
    let targets = Set(makefile.matches(of: /(?m)^([a-z][a-z-]*):/).map { String($0.1) })
    #expect(targets.isSuperset(of: ["run", "test", "install", "bench", "format", "lint"]))
    for line in commands("make") {
      for word in line.dropFirst() where !word.contains("=") && !word.hasPrefix("-") {
        #expect(targets.contains(word), "make \(word)")
      }
    }
  }

  @Test(.enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"))
  func `every command and flag the papers name exists`() throws {
    let home = try Scratch()
    for line in commands("rostrum") {
      let path = line.dropFirst().prefix { $0.allSatisfy { $0.isLowercase && $0.isLetter } }
      let name = path.prefix(["sessions", "config", "talk", "tutors", "drills"].contains(path.first) ? 2 : 1).map {
        String($0)
      }
      var help = try run([RostrumBinary.path] + name + ["--help"], environment: ["ROSTRUM_HOME": home.path])
      if help.code != 0, name.count == 2 {
        help = try run([RostrumBinary.path, name[0], "--help"], environment: ["ROSTRUM_HOME": home.path])
      }
      #expect(help.code == 0, "\(line.joined(separator: " ")): \(help)")
      for flag in line where flag.hasPrefix("--") && flag != "--version" {
        let word = flag.split(separator: "=")[0]
        #expect(help.output.contains(word), "\(line.joined(separator: " ")) has no \(word)")
      }
    }
  }

  /// The commands of this program in the fenced blocks of README.md and docs, each as its words up to a pipe.
  private func commands(_ program: String) -> [[String]] {
    SourceFile.all(under: ["README.md", "docs"]).flatMap { file -> [[String]] in
      var isFenced = false
      return file.lines.flatMap { line -> [[String]] in
        if line.trimmingCharacters(in: .whitespaces).hasPrefix("```") { isFenced.toggle() }
        guard isFenced else { return [] }
        let code = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return code.split { "|;&".contains($0) }.compactMap { part in
          let words = part.split { " '\"()".contains($0) }.map(String.init)
          guard let start = words.firstIndex(of: program) else { return nil }
          return start == 0 || ["$", "ssh", "sudo", "-t"].contains { words[..<start].contains($0) }
            ? Array(words[start...]) : nil
        }
      }
    }
  }
}
