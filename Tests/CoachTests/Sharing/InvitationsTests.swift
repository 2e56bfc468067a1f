import Audience
import Foundation
import Practice
import Support
import Synchronization
import Testing

@testable import Coach

@Suite struct InvitationsTests {
  private let home: Scratch
  private let places: Places
  private let clock = TestClock()

  init() throws {
    home = try Scratch()
    places = Places.resolve(environment: ["ROSTRUM_HOME": home.path], home: "/")
  }

  /// A clock that stands until it is moved, in milliseconds since 1970.
  private final class TestClock: Sendable {
    private let milliseconds = Mutex(1_790_000_000_000)
    var now: Int { milliseconds.withLock { $0 } }
    func pass(seconds: Int) { milliseconds.withLock { $0 += seconds * 1_000 } }
  }

  private var book: Invitations { Invitations(places) { [clock] in clock.now } }
  private var file: String { (try? readText(path: places.invitations, limit: 1 << 20)) ?? "" }

  @Test func `a token lets in whom it was given to, in the role and for the time that was said`() throws {
    let given = try book.give(name: "Ms Beck", role: .tutor, hears: true, seconds: 7_200)
    clock.pass(seconds: 200)
    let invitation = try #require(book.redeem(given.token))
    #expect(
      invitation == Invitation(id: given.entry.id, name: "Ms Beck", role: .tutor, hears: true, seconds: 7_000))
  }

  @Test func `a token of one use is good once, and used up stays in the list until it expires`() throws {
    let given = try book.give(role: .observer, seconds: 60)
    #expect(book.redeem(given.token) != nil)
    #expect(book.redeem(given.token) == nil)
    #expect(try book.list().map(\.usesLeft) == [0])
    clock.pass(seconds: 60)
    #expect(try book.list() == [])
  }

  @Test func `of all who use a token at once as many get in as it has uses`() throws {
    let token = try book.give(role: .observer, seconds: 60, uses: 3).token
    let admitted = Mutex(0)
    // Each call opens the folder anew, so that the lock stands between them as between processes.
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      if Invitations(places, now: { [clock] in clock.now }).redeem(token) != nil { admitted.withLock { $0 += 1 } }
    }
    #expect(admitted.withLock { $0 } == 3)
    #expect(try book.list().map(\.usesLeft) == [0])
  }

  @Test func `a use waits for another process that changes the book`() throws {
    let token = try book.give(role: .observer, seconds: 60).token
    let waiting = try Child.pipe()
    defer { close(waiting.read) }
    let holder = try Running(["flock", places.data, "sh", "-c", "echo held; read line"], inputDescriptor: waiting.read)
    #expect(eventually { holder.output.contains("held") })
    let result = Mutex<Bool?>(nil)
    let thread = Thread { [book] in
      let isIn = book.redeem(token) != nil
      result.withLock { $0 = isIn }
    }
    thread.start()
    close(waiting.write)
    #expect(eventually { result.withLock { $0 } != nil })
    #expect(result.withLock { $0 } == true)
    _ = holder.finish()
  }

  @Test func `an expired, a revoked and an unknown token let nobody in`() throws {
    let (early, revoked) = (
      try book.give(role: .tutor, seconds: 60, uses: 9), try book.give(role: .tutor, seconds: 600, uses: 9)
    )
    #expect(try book.revoke(revoked.entry.id) == [revoked.entry])
    #expect(book.redeem(revoked.token) == nil)
    clock.pass(seconds: 59)
    #expect(book.redeem(early.token) != nil)
    clock.pass(seconds: 1)
    #expect(book.redeem(early.token) == nil)
    var generator = SystemRandomNumberGenerator()
    #expect(book.redeem(InvitationToken.random(using: &generator).text) == nil)
  }

  @Test(arguments: [
    "", ".", "k3f9x7qa", "k3f9x7qa.", String(repeating: "a", count: 52), "$6$", String(repeating: "x", count: 100_000),
    "k3f9x7qa." + String(repeating: "A", count: 44), "k3f9x7qa." + String(repeating: "é", count: 43),
    "K3F9X7QA." + String(repeating: "A", count: 43), "k3f9x7qa." + String(repeating: "A", count: 42) + " ",
    "k3f9x7qa." + String(repeating: "A", count: 42) + "\0", "../../..." + String(repeating: "A", count: 43),
  ])
  func `what is no token is none`(text: String) {
    #expect(InvitationToken(text) == nil)
    #expect(book.redeem(text) == nil)
  }

  @Test func `a secret of another invitation, and one with a changed character, are wrong`() throws {
    let (one, other) = (try book.give(role: .tutor, seconds: 60), try book.give(role: .tutor, seconds: 60))
    #expect(book.redeem(one.entry.id + other.token.dropFirst(8)) == nil)
    let first = one.token[one.token.index(one.token.startIndex, offsetBy: 9)]
    #expect(book.redeem(one.entry.id + "." + (first == "A" ? "B" : "A") + one.token.dropFirst(10)) == nil)
    #expect(book.redeem(one.token) != nil)
  }

  @Test(
    arguments: [
      ("anna", "anna"), ("a.b-c_d", "a.b-c_d"), ("me@class", "me@class"), (nil, nil), ("", nil), ("..", nil),
      ("a/b", nil),
      ("-x", nil), ("a b", nil), ("$(id)", nil),
    ] as [(String?, String?)])
  func `a token says at whose door it may be shown, and what is shown there says nothing of it`(
    account: String?, named: String?
  ) throws {
    let given = try book.give(role: .observer, seconds: 60, account: account)
    let token = try #require(InvitationToken(given.token))
    #expect(token.account == named && given.token == (named.map { $0 + "." } ?? "") + token.shown)
    #expect(InvitationToken(token.shown)?.account == nil && token.shown.hasPrefix(given.entry.id + "."))
    #expect(book.redeem(token.shown) != nil)
    for text in ["." + token.shown, "-x." + token.shown, "a/b." + token.shown] { #expect(InvitationToken(text) == nil) }
  }

  @Test func `a token has 256 random bits, and none is given twice`() throws {
    var generator = SystemRandomNumberGenerator()
    let tokens = (0..<200).map { _ in InvitationToken.random(using: &generator) }
    #expect(Set(tokens.map(\.secret)).count == 200)
    for token in tokens { #expect(InvitationToken(token.text) == token) }
    // Every place of a secret takes many values; the last one holds four bits.
    for place in 0..<43 {
      let values = Set(tokens.map { Array($0.secret)[place] }).count
      #expect(place == 42 ? values == 16 : values > 40, "\(place)")
    }
    #expect(base64(Counting()) == "AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ")
  }

  /// 0, then 1, 2, …: what a secret is made of, to be held against what base64 says of the same bytes.
  private struct Counting: RandomNumberGenerator {
    var count: UInt64 = 0
    mutating func next() -> UInt64 {
      defer { count += 1 }
      return count
    }
  }
  private func base64(_ generator: Counting) -> String {
    var generator = generator
    return InvitationToken.random(using: &generator).secret
  }

  // MARK: The file

  @Test func `the file is its owner's alone and holds no token, and who reads it gets in by nothing in it`() throws {
    let given = try book.give(name: "A\u{1B}[2J", role: .tutor, seconds: 60)
    var status = stat()
    #expect(stat(places.invitations, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(!file.contains(given.token.dropFirst(9)) && !file.contains("\u{1B}") && file.contains("\"$6$"))
    #expect(try InvitationList.read(file).entries == [given.entry])
    #expect(book.redeem(given.entry.id + "." + given.entry.hash.suffix(43)) == nil)
  }

  @Test(arguments: [
    "", "{", "[]", "{\"v\":1}", "{\"v\":2,\"invitations\":[]}", "{\"v\":1,\"invitations\":[{}]}", "null",
    "{\"v\":1,\"invitations\":[{\"id\":\"k3f9x7qa\",\"name\":\"x\",\"role\":\"driver\",\"hears\":false,\"hash\":\"$6$a$b\","
      + "\"uses\":1,\"uses_left\":1,\"given_at_ms\":0,\"expires_at_ms\":1}]}", "\u{FEFF}\u{0}",
  ])
  func `a damaged book lets nobody in and is left as it is`(text: String) throws {
    let token = try book.give(role: .tutor, seconds: 60, uses: 9).token
    try writeText(text, path: places.invitations)
    #expect(book.redeem(token) == nil)
    #expect(throws: Failure.self) { try book.list() }
    #expect(throws: Failure.self) { try book.give(role: .tutor, seconds: 60) }
    #expect(throws: Failure.self) { try book.revoke(nil) }
    #expect(file == text)
  }

  @Test(arguments: [
    ("usesLeft", 2), ("usesLeft", -1), ("uses", 0), ("uses", 101), ("expires", -1), ("expires", 31 * 86_400_000),
  ])
  func `figures out of bounds damage the book`(field: String, value: Int) throws {
    var entry = try book.give(role: .tutor, seconds: 60).entry
    if field == "usesLeft" { entry.usesLeft = value }
    if field == "uses" { (entry.uses, entry.usesLeft) = (value, value) }
    if field == "expires" { entry.expiresAtMilliseconds = entry.givenAtMilliseconds + value }
    var list = InvitationList()
    let isTaken = list.add(entry)
    #expect(isTaken)
    #expect(throws: InvitationList.Problem.damaged) { try InvitationList.read(list.text) }
  }

  @Test func `a book that others may write to lets nobody in`() throws {
    let token = try book.give(role: .tutor, seconds: 60).token
    #expect(chmod(places.invitations, 0o666) == 0)
    #expect(book.redeem(token) == nil)
    #expect(chmod(places.invitations, 0o644) == 0)
    #expect(book.redeem(token) != nil)
  }

  @Test func `a use that cannot be written down lets nobody in`() throws {
    let token = try book.give(role: .tutor, seconds: 60).token
    let away = Places(config: "/", data: "/proc/self", state: "/", runtime: "/")
    #expect(Invitations(away).redeem(token) == nil)
  }

  @Test func `there are bounds to how many stand, how long and how often`() throws {
    var list = InvitationList()
    let entry = try book.give(role: .tutor, seconds: 999_999_999, uses: 999).entry
    #expect(entry.expiresAtMilliseconds - entry.givenAtMilliseconds == 30 * 86_400_000 && entry.uses == 100)
    let taken = (0..<InvitationList.limit + 1).map { _ in list.add(entry) }
    #expect(taken.count { $0 } == InvitationList.limit)
  }

  @Test func `what expired is swept with the next change`() throws {
    let gone = try book.give(role: .tutor, seconds: 60).entry.id
    clock.pass(seconds: 61)
    let kept = try book.give(role: .tutor, seconds: 60).entry.id
    #expect(!file.contains(gone) && file.contains(kept))
  }

  private func check(
    _ standing: inout StandingInvitations, _ expected: Set<String>, _ place: SourceLocation = #_sourceLocation
  ) {
    let gone = standing.gone()
    #expect(gone == expected, sourceLocation: place)
  }

  @Test func `a session learns which invitations were taken back`() throws {
    let early = try Invitations(places).give(role: .tutor, seconds: 60)
    var standing = StandingInvitations(places)
    check(&standing, [])
    let (one, other) = (
      try Invitations(places).give(role: .tutor, seconds: 60), try Invitations(places).give(role: .tutor, seconds: 60)
    )
    check(&standing, [])
    // Used up is not taken back.
    #expect(Invitations(places).redeem(one.token) != nil)
    check(&standing, [])
    _ = try Invitations(places).revoke(one.entry.id)
    check(&standing, [one.entry.id])
    check(&standing, [])
    // From a file that cannot be read nobody learns anything; from one that is gone, all.
    let text = file
    try writeText("{", path: places.invitations)
    check(&standing, [])
    try writeText(text, path: places.invitations)
    check(&standing, [])
    #expect(unlink(places.invitations) == 0)
    check(&standing, [early.entry.id, other.entry.id])
  }

  @Test(arguments: [
    ("30m", 1_800), ("2h", 7_200), ("1d", 86_400), ("90s", 90), ("30d", 2_592_000), ("720h", 2_592_000), ("1s", 1),
  ])
  func `lengths of time are read`(text: String, seconds: Int) throws {
    #expect(try SpanText.seconds(text) == seconds)
  }

  @Test(arguments: [
    ("", SpanText.Problem.unclear), ("2", .unclear), ("h", .unclear), ("-2h", .unclear), ("2.5h", .unclear),
    ("2 h", .unclear), ("0h", .unclear), ("1w", .unclear), ("٢h", .unclear), ("9999999999999999999h", .unclear),
    ("31d", .tooLong), ("721h", .tooLong), ("999999999d", .tooLong),
  ])
  func `what is none is refused`(text: String, problem: SpanText.Problem) {
    #expect(throws: problem) { try SpanText.seconds(text) }
  }

  @Test(arguments: [(90, "1 min 30 s"), (7_200, "2 h"), (93_600, "1 day 2 h"), (0, "0 s"), (172_801, "2 days")])
  func `lengths of time are said`(seconds: Int, words: String) { #expect(SpanText.words(seconds) == words) }
}
