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
    #expect(read.events.dropFirst().map(\.line) == events.dropFirst().map(EventLine.text))
    // Whose it is is said, so that it does not count as the watcher's own.
    let began = try #require(EventLine.event(from: read.events[0].line))
    guard case .began(let beginning) = began.kind else { throw SupportError("it does not begin") }
    #expect(beginning.learner == "ada")
    #expect(read.facts.title == "The case for silence")
    #expect((read.facts.state, read.facts.endedSeconds) == ("live", 20))
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
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
