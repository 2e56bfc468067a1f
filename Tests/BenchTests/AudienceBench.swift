import Audience
import Foundation
import History
import Practice
import Support
import Testing

/// How soon a tutor sees what happens, and what those who watch cost. Runs only when asked: it takes some quiet minutes.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"),
  .enabled(if: Speech.isThere && SSHServer.isThere && Database.isThere, "needs speech, sqlite3, \(SSHServer.whyNot)"))
struct AudienceBench {
  /// The word that a wall shows while a learner pauses, in pieces: only the cells that change are sent.
  private static let pausedPieces = ["pau", "aus", "use", "sed"]

  @Test func `from a learner's event to the tutor's screen over SSH`() throws {
    let accounts = try Accounts()
    let server = try SSHServer(for: accounts)
    let take = try SharedTake(in: accounts, try Speech.reading().looped(seconds: 400))
    let tutors = try (0..<2).map { _ in try accounts.add(isTutor: true) }
    for tutor in tutors { try server.allow(tutor, into: tutor) }
    let wall = try Pty(
      server.command(tutors[0], to: tutors[0], remote(accounts, "watch"), isOnTerminal: true), columns: 140, rows: 40)
    try take.admit(tutors[0].name)
    let lines = try Pty(
      server.command(tutors[1], to: tutors[1], remote(accounts, "watch --json"), isOnTerminal: true), columns: 500)
    try take.admit(tutors[1].name)
    letRealTimePass(seconds: 2)

    // A pause on the wall, beside the same on the learner's own screen; a mark among the lines.
    var (walls, own, marks): ([Double], [Double], [Double]) = ([], [], [])
    let rounds = 60
    for round in 0..<rounds {
      letRealTimePass(seconds: 0.5 + Double(round % 7) * 0.037)
      let pressed = now()
      take.terminal.type(" ")
      if let seen = arrival(Self.pausedPieces, on: wall, after: pressed) { walls.append(seen - pressed) }
      if let seen = arrival(Self.pausedPieces, on: take.terminal, after: pressed) { own.append(seen - pressed) }
      letRealTimePass(seconds: 0.2)
      take.terminal.type(" ")
      letRealTimePass(seconds: 0.3)
      let marked = now()
      take.terminal.type("m")
      if let seen = arrival(["\"kind\":\"mark\""], on: lines, after: marked) { marks.append(seen - marked) }
    }
    // And back: a cue.
    var cues: [Double] = []
    for round in 0..<12 {
      letRealTimePass(seconds: 6.5)
      let (key, pieces) = round % 2 == 0 ? ("1", ["slo", "low", "owe"]) : ("3", ["bre", "eat", "ath"])
      let pressed = now()
      wall.type(key)
      if let seen = arrival(pieces, on: take.terminal, after: pressed) { cues.append(seen - pressed) }
    }
    var table = Table()
    for (name, delays, count, aim) in [
      ("learner's key to the tutor's wall, ssh -t, 140x40", walls, rounds, "<= 100 ms"),
      ("learner's key to the learner's own screen", own, rounds, ""),
      ("learner's key to the tutor's line, watch --json over ssh", marks, rounds, "<= 100 ms"),
      ("tutor's key to the cue on the learner's screen", cues, 12, ""),
    ] {
      for (share, label) in [(0.5, "p50"), (0.95, "p95"), (1, "longest")] {
        table.add("\(name): \(label)", milliseconds(percentile(delays, share)), aim: share == 0.95 ? aim : "")
      }
      table.add("\(name): seen", "\(delays.count) of \(count)")
    }
    table.print()
    #expect(!walls.isEmpty && !marks.isEmpty)
  }

  @Test func `what fifty watchers cost a learner, and what they are sent`() throws {
    let accounts = try Accounts()
    let reading = try Speech.reading()
    let take = try SharedTake(in: accounts, reading.looped(seconds: 400))
    let socket = try #require(take.socket)
    let crowd = Crowd()
    // All of them are this very account, which is let in once for the whole talk.
    try crowd.join(socket)
    try take.admit(accountName())
    crowd.leave()
    var table = Table()
    var (alone, watched, readers): ([Double], [Double], [Double]) = ([], [], [])
    var (tutors, observers): ([Double], [Double]) = ([], [])
    // The reading goes round: a window of its length holds the same sound wherever it begins.
    for round in 0..<6 {
      if round % 2 == 1 {
        for place in 0..<50 { try crowd.join(socket, role: place < 25 ? "tutor" : "observer") }
        #expect(eventually { crowd.told.count { $0.welcomed > 0 } == 50 }, "\(crowd.told.count { $0.welcomed > 0 })")
      }
      letRealTimePass(seconds: 2)
      let (before, began) = (crowd.told, now())
      let (first, reader) = (try #require(ProcessFigures(pid: take.terminal.child.pid)), crowd.processorSeconds)
      letRealTimePass(seconds: reading.seconds)
      let seconds = now() - began
      let last = try #require(ProcessFigures(pid: take.terminal.child.pid))
      let share = ProcessFigures.percent(from: first, to: last, seconds: seconds)
      if round % 2 == 0 {
        alone.append(share)
      } else {
        watched.append(share)
        readers.append((crowd.processorSeconds - reader) / seconds * 100)
        let rates = zip(before, crowd.told).map { Double($1.bytes - $0.bytes) / seconds }
        tutors += rates.prefix(25)
        observers += rates.suffix(25)
        #expect(crowd.told.allSatisfy { !$0.isOver })
        crowd.leave()
      }
    }
    func all(_ shares: [Double]) -> String { shares.map { figure($0, 2) }.joined(separator: ", ") }
    let difference = mean(watched) - mean(alone)
    table.add("learner's share of a core, nobody watches", "\(figure(mean(alone), 2)) %", peer: all(alone))
    table.add(
      "learner's share of a core, 50 watch", "\(figure(mean(watched), 2)) %",
      peer: "\(all(watched)); readers \(figure(mean(readers), 2)) %")
    table.add("50 watchers: difference", "\(figure(difference, 2)) points", aim: "<= 1 point")
    table.add("sent to a tutor, no words", "\(figure(mean(tutors), 0)) B/s")
    table.add("sent to an observer", "\(figure(mean(observers), 0)) B/s")
    table.print()
    #expect(!tutors.isEmpty)
  }

  @Test func `who comes late into an hour`() throws {
    let scratch = try Scratch()
    let material = try MadeHistory.Material(scratch)
    let template = try #require(material.templates.first)
    var dice = Dice(1)
    let made = template.session(seconds: 3_600) { material.vocabulary.word(using: &dice) }.events
    let events = made.compactMap { EventLine.event(from: $0.line) }
    let beginning = SessionEvent(at: 0, .began(Beginning(id: "hour0000", source: "made", rate: 16_000, channels: 1)))
    let hub = try ToldHub("hour0000", [beginning] + events, in: scratch)
    let plain = made.reduce(0) { $0 + $1.line.utf8.count + 1 }
    let crowd = Crowd()
    var table = Table()
    var (times, bytes, observers): ([Double], Int, Int) = ([], 0, 0)
    for round in 0..<6 {
      let began = now()
      let place = try crowd.join(hub.socket, role: round % 2 == 0 ? "tutor" : "observer")
      // It is all there when nothing has come for a while.
      #expect(eventually { crowd.told[place].welcomed > 0 && now() - crowd.told[place].last > 1 })
      let told = crowd.told[place]
      if round % 2 == 0 {
        times.append(told.last - began)
        bytes = told.bytes
      } else {
        observers = told.bytes
      }
    }
    table.add("an hour with \(events.count) events: join to the last of the past", milliseconds(percentile(times, 0.5)))
    table.add("an hour: bytes of it, a tutor", "\(bytes / 1_024) KiB", peer: "as lines \(plain / 1_024) KiB")
    table.add("an hour: bytes of it, an observer", "\(observers / 1_024) KiB")
    table.print()
    hub.close()
    #expect(bytes > 0)
  }

  @Test func `a hundred sessions on one host`() throws {
    let scratch = try Scratch()
    let events = try Telling.events(in: scratch)
    let hubs = try (0..<100).map { try ToldHub("s\(1_000 + $0)abc", [], in: scratch) }
    let crowd = Crowd()
    for hub in hubs { try crowd.join(hub.socket) }
    #expect(eventually { crowd.told.count { $0.welcomed > 0 } == 100 })
    let (cost, reader) = (Telling.processSeconds(), crowd.processorSeconds)
    let before = crowd.told.reduce(0) { $0 + $1.bytes }
    let telling = Telling.tell(hubs, events, seconds: 24)
    let reading = crowd.processorSeconds - reader
    let all = Telling.processSeconds() - cost - reading
    let bytes = Double(crowd.told.reduce(0) { $0 + $1.bytes } - before) / telling.seconds / 100
    var table = Table()
    table.add(
      "100 hubs, a tutor each: all they cost", "\(figure(all / telling.seconds, 2)) cores", aim: "<= 1 core",
      peer: "of it told \(figure(telling.processor / telling.seconds, 2)); readers beside "
        + figure(reading / telling.seconds, 2))
    table.add("100 hubs: sent to each tutor, with words", "\(figure(bytes, 0)) B/s", peer: "\(events.count) events")
    table.add("100 hubs: readings told late by at most", milliseconds(telling.late))
    table.print()
    hubs.forEach { $0.close() }
    #expect(bytes > 0)
  }

  private func remote(_ accounts: Accounts, _ arguments: String) -> String {
    "LANG=C.UTF-8 ROSTRUM_SHARE_FOLDER='\(accounts.share)' exec '\(accounts.program)' \(arguments)"
  }

  /// Waits for it, for two seconds at most.
  private func arrival(_ pieces: [String], on terminal: Pty, after seconds: Double) -> Double? {
    var found: Double?
    _ = eventually(within: 2, everySeconds: 0.005) {
      found = SharedTake.arrival(of: pieces, on: terminal, after: seconds)
      return found != nil
    }
    return found
  }

  private func accountName() -> String { String(cString: getpwuid(getuid()).pointee.pw_name) }

  private func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  private func milliseconds(_ seconds: Double) -> String { "\(figure(seconds * 1_000)) ms" }
}
