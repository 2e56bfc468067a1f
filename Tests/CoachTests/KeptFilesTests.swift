import Coach
import Testing

/// Whose a file of kept sound is, by its name.
struct KeptFilesTests {
  @Test(arguments: [
    ("k3f9x7qa.flac", ["k3f9x7qa"]), ("k3f9x7qa-2.flac", ["k3f9x7qa-2", "k3f9x7qa"]),
    ("k3f9x7qa-part2.flac", ["k3f9x7qa-part2", "k3f9x7qa"]),
    ("k3f9x7qa-2-part3.flac", ["k3f9x7qa-2-part3", "k3f9x7qa-2", "k3f9x7qa"]),
    ("k3f9x7qa.flac.repaired", ["k3f9x7qa"]), ("k3f9x7qa.flac.77.part", ["k3f9x7qa"]), ("notes.txt", []),
    ("Song of mine.flac", []), (".flac", []), ("-2.flac", ["-2"]), ("ünder.flac", []),
    (String(repeating: "a", count: 65) + ".flac", []),
  ])
  func `a name tells the sessions it may belong to, the likeliest first`(name: String, ids: [String]) {
    #expect(KeptFiles.owners(of: name) == ids)
  }
}
