import Audience
import Testing

@testable import Coach

@Suite("Where a session is published, and how ssh is asked to")
struct PublishTests {
  static let good: [(String, user: String?, host: String, port: Int?)] = [
    ("ssh://class-host", nil, "class-host", nil), ("ssh://anna@class-host", "anna", "class-host", nil),
    ("ssh://anna@class-host:2222/", "anna", "class-host", 2_222), ("ssh://10.0.0.7:22", nil, "10.0.0.7", 22),
    ("ssh://[fe80::1%eth0]:22", nil, "fe80::1%eth0", 22), ("ssh://[::1]", nil, "::1", nil),
    ("ssh://a.b_c+d@lab_2", "a.b_c+d", "lab_2", nil),
  ]

  @Test("An address has a host, and may have an account and a port", arguments: good)
  func reads(text: String, user: String?, host: String, port: Int?) throws {
    let address = try PublishAddress(text)
    #expect(address.user == user && address.host == host && address.port == port)
  }

  @Test(
    "What could be an option, a command or a trick is refused in words",
    arguments: [
      "", "class-host", "http://class-host", "ssh://", "ssh:///", "ssh://@host", "ssh://-oProxyCommand=x",
      "ssh://-l@host", "ssh://host:", "ssh://host:0", "ssh://host:65536", "ssh://host:-1", "ssh://host:22x",
      "ssh://host:٢٢", "ssh://host/path", "ssh://host name", "ssh://host;id", "ssh://$(id)", "ssh://`id`@host",
      "ssh://ho\u{1B}[2Jst", "ssh://höst", "ssh://::1", "ssh://[host]", "ssh://[::1", "ssh://[::1]x", "ssh://a@b@host",
      "ssh://host\n", "ssh://host?x", "ssh://a:b@host", "ssh://" + String(repeating: "h", count: 600),
    ])
  func refuses(text: String) {
    #expect { try PublishAddress(text) } throws: {
      ($0 as? Failure)?.status == .usage && ($0 as? Failure)?.sentence.contains("ssh://class-host") == true
    }
  }

  @Test("ssh gets words of its own, and no host can be taken for an option")
  func words() throws {
    let address = try PublishAddress("ssh://anna@class-host:2222")
    let words = address.words(asks: false, command: "rostrum relay")
    #expect(words.suffix(7) == ["-p", "2222", "-l", "anna", "--", "class-host", "rostrum relay"])
    #expect(words.contains("BatchMode=yes") && words.contains("ServerAliveInterval=5") && words.first == "-T")
    #expect(!address.words(asks: true, command: "rostrum relay").contains("BatchMode=yes"))
  }

  @Test("A broken line is tried again after 1, 2, 4 … 30 seconds")
  func pace() {
    var pace = PublishPace()
    #expect((0..<8).map { _ in pace.next() } == [1, 2, 4, 8, 16, 30, 30, 30])
    #expect(pace.tries == 8)
  }

  @Test("Why a host was not reached is said with what ssh said last")
  func failures() {
    func failure(_ ending: RelayEnd.Ending?, _ end: PublishChild.End) -> Failure {
      PublishWords.failure(ending, end, host: "class-host", lastLine: "No route", command: "rostrum relay")
    }
    #expect(failure(nil, .code(255)).sentence == "ssh did not reach class-host. It said: No route.")
    #expect(failure(nil, .signal(2)).status == .interrupted)
    #expect(failure(.broken, .code(127)).sentence.contains("publish-command"))
    #expect(failure(.version("9.0"), .code(0)).sentence.contains("rostrum 9.0"))
    #expect(failure(.malformed, .signal(15)).sentence.contains("was not rostrum relay"))
    #expect(failure(.broken, .code(0)).sentence.contains("`rostrum relay` was run there, and printed something else"))
    #expect(failure(.silent, .signal(15)).sentence == "class-host did not answer.")
  }

  @Test(
    "Whom a relay's sockets can be reached by is told by where they lie",
    arguments: [
      (["/run/user/7/rostrum/s.sock"], false), (["/home/anna/.local/state/rostrum/run/s.sock"], false), ([], false),
      (["/run/user/7/rostrum/s.sock", "/run/rostrum/anna/s.sock"], true), (["/run/rostrum/anna/s.sock"], true),
    ])
  func reach(paths: [String], reachesTutors: Bool) {
    #expect(PublishWords.reachTutors(paths, account: "anna") == reachesTutors)
  }

  @Test("A broken line is told to the learner, a good one is not")
  func status() {
    func status(_ state: Publishing.State) -> String? {
      PublishWords.status(state, host: "class-host", nanoseconds: 8_500_000_000)
    }
    #expect(status(.connected) == nil && status(.connecting) == nil)
    #expect(
      status(.broken(since: 1_000_000_000, tries: 3, words: ""))
        == "class-host: line broken for 7 s, tried 3 times; nothing is lost")
    #expect(status(.refused("it is in use")) == "Not shared at class-host: it is in use.")
    #expect(status(.shared(reachesTutors: true))?.contains("tutors there") == true)
    #expect(status(.shared(reachesTutors: false))?.contains("your own account there alone") == true)
    #expect(PublishWords.notice(.broken(since: 0, tries: 1, words: ""), host: "h")?.contains("broken") == true)
  }
}
