import Foundation
import Support
import Testing

@testable import Coach

/// The cues that keys send: what may be one, whose file counts, and what is said of mistakes.
@Suite struct CuesFileTests {
  @Test func `the shipped file has a cue on every key`() throws {
    let found = CuesFound(folders: [Machine.package + "/Prompts"])
    #expect(found.complaints.isEmpty, "\(found.complaints)")
    #expect(found.cues.count == 9)
    #expect(found.cues.prefix(3) == ["slower", "louder", "breathe"])
    #expect(found.cues.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: [
    ("cues:\n  1: slower", [1: "slower"], ""),
    ("cues:\n  2: ' look   up '", [2: "look up"], ""),
    ("cues:\n  1: now slow down", [:], "c.yaml:2: cues.1: \"now slow down\" is not one or two words"),
    ("cues:\n  1: ''", [:], "c.yaml:2: cues.1: \"\" is not one or two words"),
    ("cues:\n  1:", [:], "c.yaml:2: cues.1: has no cue, or more than one"),
    ("cues:\n  1: [a, b]\n  2: breathe", [2: "breathe"], "c.yaml:2: cues.1: has no cue, or more than one"),
    ("cues:\n  3: pause\n  10: louder", [3: "pause"], "c.yaml:3: cues.10: is not a known key: there are 1 to 9"),
    ("cues:\n  01: louder", [:], "c.yaml:2: cues.01: is not a known key: there are 1 to 9"),
    ("cues: slower", [:], "c.yaml:1: cues: is not a list of keys with their cues"),
    ("cue:\n  1: slower", [:], "c.yaml:1: cue: is not a known key"),
    ("cues:\n  1: abcdefghijklmnopqrstuvwxyz", [:], "is not 24 characters at most"),
    ("cues:\n  1: \"up\\e[2J\"", [:], "is not 24 characters at most that can be shown"),
    ("cues:\n  1: [", [:], "c.yaml:3: 1: is not YAML"),
  ])
  func `a cue is one or two words behind a key`(text: String, cues: [Int: String], complaint: String) {
    let (found, complaints) = CuesFile.parse(text: text, file: "c.yaml")
    #expect(found == cues)
    #expect(complaint.isEmpty ? complaints.isEmpty : "\(complaints)".contains(complaint), "\(complaints)")
    #expect(complaints.allSatisfy { !"\($0)".contains("\u{1B}") })
  }

  @Test func `one's own file goes before the shipped one, key by key`() throws {
    let scratch = try Scratch()
    let folders = try ["own", "shipped"].map { try scratch.folder($0) }
    _ = try scratch.write("cues:\n  2: stand still\n  3: much too many words\n", to: "own/cues.yaml")
    _ = try scratch.write("cues:\n  1: slower\n  2: louder\n  3: breathe\n  5: pause\n", to: "shipped/cues.yaml")
    let found = CuesFound(folders: folders)
    #expect(found.cues == ["slower", "stand still", "breathe", "", "pause"])
    #expect(found.complaints.count == 1)
    #expect(CuesFound(folders: [scratch.path]).cues.isEmpty)
  }
}
