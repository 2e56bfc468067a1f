import Practice
import Testing

@testable import Audience

/// Where somebody sits, by a line of /proc.
struct PeerTests {
  @Test(arguments: [
    ("1 (sh) S 0 1 1 34816 1 0", "pts/0"), ("1 (sh) S 0 1 1 34819 1 0", "pts/3"),
    ("1 (a) b) (c) S 0 1 1 34816 1 0", "pts/0"), ("1 (sh) S 0 1 1 35072 1 0", "pts/256"),
    ("1 (sh) S 0 1 1 1025 1 0", "tty1"), ("1 (sh) S 0 1 1 1089 1 0", "ttyS1"), ("1 (sh) S 0 1 1 0 -1 0", nil),
    ("1 (sh S 0 1 1 34816", nil), ("", nil), ("1 (sh) S 0 1", nil), ("1 (sh) S 0 1 1 -5 1", nil),
  ])
  func `the terminal is the fifth field behind the name`(line: String, terminal: String?) {
    #expect(PeerLookup.terminal(inStat: line) == terminal)
  }

  @Test(arguments: [
    (nil, nil, nil), ("pts/1", nil, "pts/1"), ("pts/1", "lab", "at lab, pts/1"), (nil, "lab", "at lab"),
  ])
  func `where they are is what is known`(place: String?, host: String?, expected: String?) {
    #expect(PeerIdentity(uid: 1, name: "a", place: place, host: host).whereabouts == expected)
  }
}
