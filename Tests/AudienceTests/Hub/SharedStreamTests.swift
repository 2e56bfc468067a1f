import NIOCore
import Practice
import Testing

@testable import Audience

/// A session's events as some see them: each once, in order, whatever is packed and wherever one begins.
struct SharedStreamTests {
  static func events(_ range: Range<Int>) -> [SessionEvent] {
    range.map { number in
      let second = Double(number)
      return switch number % 3 {
      case 0: SessionEvent(at: second, .resumed(awaySeconds: 2))
      case 1: SessionEvent(at: second, .note("note \(number)"))
      default: SessionEvent(at: second, .mark("m\(number)"))
      }
    }
  }

  /// The events of lines.
  static func events(in lines: ByteBuffer) -> [SessionEvent] {
    String(buffer: lines).split(separator: "\n").flatMap { line -> [SessionEvent] in
      switch HubLine(line: String(line)) {
      case .event(let event)?: [event]
      case .past(let events)?: events
      default: []
      }
    }
  }

  private func rest(_ stream: inout SharedStream, from start: Int, packed: Bool = true) -> [SessionEvent] {
    var (next, all) = (start, [SessionEvent]())
    while let (lines, count) = stream.lines(from: next, packed: packed) {
      let found = Self.events(in: lines)
      #expect(found.count == count)
      all += found
      next += count
    }
    return all
  }

  @Test(arguments: [true, false]) func `from any number on each event comes once`(packed: Bool) {
    var limits = AudienceLimits()
    (limits.firstMark, limits.pastEvents) = (4_000, 16)
    let past = Self.events(0..<100)
    for (shares, isSeen) in [(Watcher.Role.tutor.shares, true), (Watcher.Role.observer.shares, false)] {
      var stream = SharedStream(shares, past, limits: limits)
      for event in Self.events(100..<300) {
        stream.append(event)
        if event.seconds.truncatingRemainder(dividingBy: 7) == 0 { stream.seal() }
      }
      stream.seal()
      let all = Self.events(0..<300).compactMap { SharedEvents.shown($0, to: shares) }
      #expect(stream.sealed == all.count)
      #expect((all.count == 300) == isSeen)
      for start in 0...all.count { #expect(rest(&stream, from: start, packed: packed) == Array(all[start...])) }
    }
  }

  @Test func `what is not sealed is not sent, and nothing of the past counts as being behind`() {
    var stream = SharedStream(Watcher.Role.tutor.shares, Self.events(0..<10), limits: AudienceLimits())
    #expect(stream.bytesBehind(0) == 0)
    for event in Self.events(10..<12) { stream.append(event) }
    #expect(rest(&stream, from: 10).isEmpty)
    stream.seal()
    #expect(rest(&stream, from: 10) == Self.events(10..<12))
    let lines = Self.events(10..<12).map { EventLine.text(of: $0).utf8.count + 1 }
    #expect(stream.bytesBehind(0) == lines[0] + lines[1])
    #expect(stream.bytesBehind(11) == lines[1])
    #expect(stream.bytesBehind(12) == 0)
  }
}
