import Audience
import Coach
import Foundation
import Support
import Testing

/// What a hundred sessions cost the class host that they are told on. Runs only when asked: it takes a quiet minute.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"),
  .enabled(if: Speech.isThere, Speech.whyNot))
struct PublishBench {
  /// The far ends alone: what ssh's ciphers cost comes on top, and is the host's own.
  @Test func `a hundred sessions on a class host`() throws {
    let scratch = try Scratch()
    let events = try Telling.events(in: scratch)
    let host = scratch.path("host")
    let far = try scratch.write(
      "#!/bin/sh\nROSTRUM_HOME='\(host)' exec '\(RostrumBinary.path)' relay\n", to: "far")
    chmod(far, 0o755)
    let hubs = try (0..<100).map { try ToldHub("s\(1_000 + $0)abc", [], in: scratch) }
    let lines = try hubs.map { hub in
      let line = try Publishing("ssh://class", ["ROSTRUM_SSH": far])
      try line.connect()
      line.attach(hub.hub, session: hub.session)
      return line
    }
    let sockets = try #require(waitForSockets(below: host, count: 100))
    let relays = try run(["pgrep", "-P", "\(getpid())", "-x", "rostrum"]).lines.compactMap { Int32($0) }
      .filter { ProcessFigures(pid: $0) != nil }
    let crowd = Crowd()
    for socket in sockets { try crowd.join(socket) }
    #expect(eventually { crowd.told.count { $0.welcomed > 0 } == 100 }, "\(crowd.told.count { $0.welcomed > 0 })")

    var table = Table()
    let (own, far1, reader) = (Telling.processSeconds(), processor(relays), crowd.processorSeconds)
    let before = crowd.told.reduce(0) { $0 + $1.bytes }
    let telling = Telling.tell(hubs, events, seconds: 24)
    let reading = crowd.processorSeconds - reader
    let far2 = processor(relays)
    let all = Telling.processSeconds() - own - reading
    let bytes = Double(crowd.told.reduce(0) { $0 + $1.bytes } - before) / telling.seconds / 100
    table.add(
      "100 relays on one host, a tutor each", "\(figure((far2 - far1) / telling.seconds, 2)) cores", aim: "<= 1 core",
      peer: "the learners' hubs and near ends together \(figure(all / telling.seconds, 2))")
    table.add("100 relays: sent to each tutor", "\(figure(bytes, 0)) B/s")
    let memory = relays.compactMap { ProcessFigures(pid: $0)?.peakMebibytes }
    table.add("a relay's peak memory", "\(figure(memory.max() ?? 0)) MiB", peer: "\(relays.count) of them")
    crowd.leave()

    // The same hundred on one tutor's wall.
    let wall = try Pty([RostrumBinary.path, "watch"], environment: ["ROSTRUM_HOME": host], columns: 140, rows: 40)
    _ = eventually(within: 20) { wall.chunks.count > 30 }
    let (first, begin) = (ProcessFigures(pid: wall.child.pid), now())
    let sent = wall.bytes.count
    _ = Telling.tell(hubs, events, seconds: 15)
    if let first, let last = ProcessFigures(pid: wall.child.pid) {
      let seconds = now() - begin
      table.add(
        "a tutor's wall of 100 sessions, 140x40",
        "\(figure((last.processorSeconds - first.processorSeconds) / seconds, 2)) cores",
        peer:
          "\(figure(last.peakMebibytes)) MiB, \(figure(Double(wall.bytes.count - sent) / seconds, 0)) B/s to the terminal"
      )
    }
    wall.type("q")
    table.print()
    lines.forEach { $0.close() }
    hubs.forEach { $0.close() }
    #expect(bytes > 0)
  }

  private func processor(_ processes: [Int32]) -> Double {
    processes.reduce(0) { $0 + (ProcessFigures(pid: $1)?.processorSeconds ?? 0) }
  }

  private func waitForSockets(below folder: String, count: Int) -> [String]? {
    var found: [String] = []
    let isThere = eventually(everySeconds: 0.2) {
      found = ((try? run(["find", folder, "-name", "*.sock"]))?.lines ?? [])
      return found.count == count
    }
    return isThere ? found : nil
  }
}
