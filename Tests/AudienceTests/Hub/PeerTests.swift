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
    (true, "lab-2", "over SSH from lab-2"), (true, nil, "over SSH"), (false, "lab-2", "from lab-2"), (false, nil, nil),
    // What utmp has for a screen of the machine itself, and for a multiplexer.
    (false, ":0", nil), (true, ":0", "over SSH"), (false, "tmux(77).%0", nil), (true, "", "over SSH"),
  ])
  func `how they came is a daemon's word and the login's host`(isOverSSH: Bool, host: String?, place: String?) {
    #expect(PeerLookup.place(isOverSSH: isOverSSH, host: host) == place)
  }

  @Test(arguments: [
    ("7 (sshd) S 12 1 1 0", true, 12), ("7 (sshd-session) S 12 1", true, 12), ("7 (sh) S 3 1 1 0", false, 3),
    ("7 (sshd) ) S 4 1 1 0", false, 4), ("7 (a) (sshd) S 5 1", false, 5), ("1 (init) S 0 1", false, nil),
    ("7 (sshd S 12", false, nil), ("", false, nil), ("7 (sh) S -3 1", false, nil),
  ])
  func `a process says its name and its parent`(line: String, isDaemon: Bool, parent: Int32?) {
    #expect(PeerLookup.isDaemon(inStat: line) == isDaemon)
    #expect(PeerLookup.parent(inStat: line) == parent)
  }

  @Test func `a process of nobody came over nothing`() {
    #expect(!PeerLookup.isOverSSH(0) && !PeerLookup.isOverSSH(.max))
  }

  @Test(arguments: [
    (nil, nil, "at this host"), ("over SSH", nil, "over SSH"), ("over SSH", "lab", "at lab, over SSH"),
    (nil, "lab", "at lab"),
  ])
  func `where they are is what is known`(place: String?, host: String?, expected: String) {
    #expect(PeerIdentity(uid: 1, name: "a", place: place, host: host).whereabouts == expected)
  }
}
