import Audience
import Foundation
import History
import Practice
import Report
import Support
import Testing

@testable import Coach

/// A watched session as a file: what it is called, what is in it, and that it is never put over another.
@Suite struct WatchedFileTests {
  private func read(_ path: String) throws -> ReadSession? {
    var session: ReadSession?
    try SessionFile(path: path, name: path).read(isCheck: false) { session = $0 }
    return session
  }

  @Test func `what was seen is a session that can be imported`() throws {
    let scratch = try Scratch()
    let events = Rehearsed.events(seconds: 20)
    let file = try #require(WatchedFile(learner: "ada", events: events, hasWords: true, folder: scratch.path))
    #expect(file.path == scratch.path("rostrum-watched-ada-k3f9x7qa.json"))
    try file.write()
    let read = try #require(try read(file.path))
    // It is as it was seen, but that its beginning says whose it is.
    #expect(read.events.dropFirst().map(\.line) == events.dropFirst().map(EventLine.text))
    let first = EventLine.event(from: read.events[0].line)
    guard case .began(let beginning)? = first?.kind else { return #expect(Bool(false), "\(read.events[0])") }
    #expect(beginning.learner == "ada")
    #expect(read.facts.title == "The case for silence")
    #expect((read.facts.state, read.facts.endedSeconds) == ("live", 20))
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  /// Takes a file of what was watched into a history, whose lines of the list come back.
  private func take(_ events: [SessionEvent], _ attempted: Attempted) throws -> (SessionImport.Outcome, SessionRow) {
    let file = try #require(
      WatchedFile(learner: "ada", events: events, hasWords: true, folder: attempted.scratch.path))
    try file.write()
    let session = try #require(try read(file.path))
    let takes = SessionImport(history: attempted.history, reader: attempted.reader, author: nil)
    return (try takes.take(session), try attempted.history.find("k3f9x7qa"))
  }

  @Test func `what is taken in stays somebody else's`() throws {
    let attempted = try Attempted()
    let (outcome, row) = try take(Rehearsed.events(seconds: 134), attempted)
    #expect(outcome != .same)
    #expect((row.title, row.tags, row.state) == ("ada: The case for silence", ["watched"], .finished))
    #expect((row.score, row.talk, row.drill) == (nil, nil, nil))
    // No figure of it, so no trend, no usual range, no weakest score.
    #expect(try attempted.history.figureNames().isEmpty)
    #expect(try !attempted.history.lines(of: row.id, kind: "second").isEmpty)
    #expect(try attempted.history.lines(of: row.id, kind: "scored").isEmpty)
    #expect(try attempted.book([]).plan(days: 1, minutesADay: 10, restDays: []).days.allSatisfy { $0.entries.isEmpty })
    #expect(try attempted.history.sessions(SessionQuery(words: "ada")).count == 1)
    // An own session of the same figures has them.
    let own = Rehearsed.events(seconds: 134).map { StoredEvent($0) }
    try attempted.history.insert(
      SessionRow(id: "own", startedAt: 1, utcOffsetSeconds: 0, source: "", state: .finished), own)
    try attempted.reader.index("own", at: 0)
    #expect(try attempted.history.series(figure: "pace").map(\.id) == ["own"])
  }

  @Test func `what others said on a watched file comes back to the learner's own session, once`() throws {
    let attempted = try Attempted()
    let events = Rehearsed.events(seconds: 60)
    var own = events.map { StoredEvent($0) }
    own.insert(StoredEvent(SessionEvent(at: 3, .note("what an observer never sees"))), at: 3)
    own.append(StoredEvent(SessionEvent(at: 60, .comment(Comment("mine", start: 5)))))
    try attempted.history.insert(
      SessionRow(id: "k3f9x7qa", startedAt: 1, utcOffsetSeconds: 0, source: "", state: .finished), own)
    func take(_ remarks: [SessionEvent.Kind], author: String? = nil) throws -> SessionImport.Outcome {
      let seen = events + remarks.map { SessionEvent(at: 60, $0) }
      let file = try #require(
        WatchedFile(learner: "ada", events: seen, hasWords: true, folder: attempted.scratch.path))
      try file.write()
      let session = try #require(try read(file.path))
      return try SessionImport(history: attempted.history, reader: attempted.reader, author: author).take(session)
    }
    let level = Assessment(
      rubric: "speech", version: 1, criterion: "pace", judge: .tutor, name: "beck", level: 3, reason: nil)
    let remarks: [SessionEvent.Kind] = [
      .comment(Comment("mine", start: 5)), .comment(Comment("breathe", start: 9, by: "beck")), .assessed(level),
    ]
    #expect(try take(remarks) == .remarks(count: 2, nameless: 0))
    #expect(try take(remarks) == .same)
    let nameless: [SessionEvent.Kind] = [.comment(Comment("slower", start: 12)), .guess(Guess(fillers: 1, counted: 2))]
    #expect(try take(nameless) == .remarks(count: 0, nameless: 1))
    #expect(try take(nameless, author: "beck") == .remarks(count: 1, nameless: 0))
    for author in ["beck", nil] { #expect(try take(nameless, author: author) == .same) }
    let comments = try attempted.history.lines(of: "k3f9x7qa", kind: "comment")
    #expect(comments.count == 3, "\(comments)")
    var another = events
    if case .began(var beginning) = another[0].kind {
      beginning.startedAtMilliseconds += 1
      another[0] = SessionEvent(at: 0, .began(beginning))
    }
    let file = try #require(
      WatchedFile(learner: "ada", events: another, hasWords: true, folder: attempted.scratch.path))
    try file.write()
    let session = try #require(try read(file.path))
    #expect(throws: Failure.self) {
      try SessionImport(history: attempted.history, reader: attempted.reader, author: nil).take(session)
    }
  }

  @Test(arguments: [false, true])
  func `a later file of the same session goes on where the first ended`(hasComment: Bool) throws {
    let attempted = try Attempted()
    var events = Rehearsed.events(seconds: 40).dropLast()
    if hasComment {
      events.insert(SessionEvent(at: 20, .comment(Comment("slower", start: 20, by: "beck"))), at: 21)
    }
    #expect(try take(Array(events.prefix(30)), attempted).1.endedSeconds.map { $0 < 30 } == true)
    let (outcome, row) = try take(Array(events), attempted)
    #expect(outcome == .merged(events: events.count - 30, leftOut: 0))
    #expect((row.endedSeconds, row.state) == (40, .finished))
    // Neither the same again nor the shorter one changes anything.
    #expect(try take(Array(events), attempted).0 == .same)
    #expect(try take(Array(events.prefix(30)), attempted).0 == .same)
    #expect(try attempted.history.events(of: row.id).count == events.count)
  }

  @Test func `a second one has a name of its own, and none is written over`() throws {
    let scratch = try Scratch()
    let events = Rehearsed.events(seconds: 3)
    let first = try #require(WatchedFile(learner: "ada", events: events, hasWords: true, folder: scratch.path))
    try first.write()
    #expect(throws: Failure.self) { try first.write() }
    let ended = events + [SessionEvent(at: 9, .ended(Ending(reason: .finished, summary: Summary())))]
    let second = try #require(WatchedFile(learner: "ada", events: ended, hasWords: true, folder: scratch.path))
    #expect(second.path == scratch.path("rostrum-watched-ada-k3f9x7qa-2.json"))
    try second.write()
    #expect(try read(second.path)?.facts.state == "finished")
    #expect(scratch.listing().count == 2)
  }

  @Test(arguments: [
    ("ada", "ada"), ("../../etc", "______etc"), ("", "learner"), ("LAB\\ada", "LAB_ada"), ("\u{1B}[2J", "__2J"),
  ])
  func `a learner's name cannot lead anywhere`(learner: String, name: String) {
    #expect(WatchedFile.name(learner) == name)
  }

  @Test func `what has not begun, or calls itself by no name, is no file`() {
    #expect(WatchedFile(learner: "ada", events: [], hasWords: true) == nil)
    let beginning = Beginning(id: "../x", startedAtMilliseconds: 0, source: "", rate: 0)
    #expect(
      WatchedFile(learner: "ada", events: [SessionEvent(at: 0, .began(beginning))], hasWords: true) == nil)
  }

  @Test func `a file without words says so`() throws {
    let file = try #require(
      WatchedFile(learner: "ada", events: Rehearsed.events(seconds: 3), hasWords: false))
    #expect(Messages.watchedWritten(file).contains("without the words"))
  }
}
