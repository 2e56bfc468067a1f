import Practice
import Testing

@testable import Audience

/// Events of the past, many in a line.
struct EventPackTests {
  private static func events(_ rounds: Int) -> [SessionEvent] {
    (0..<rounds).flatMap { _ in SharedEventsTests.lines.compactMap { EventLine.event(from: $0) } }
  }

  @Test func `what comes out is what went in, to the byte`() throws {
    let events = EventPackTests.events(1)
    #expect(events.count == SharedEventsTests.lines.count)
    let back = try #require(EventPackTests.past(HubLine.past(events).text))
    #expect(back == events)
    #expect(back.map(EventLine.text) == SharedEventsTests.lines)
  }

  @Test(arguments: [0, 1, 110]) func `many events are many lines, none too long`(rounds: Int) {
    let events = EventPackTests.events(rounds)
    let lines = EventPack.lines(of: events)
    #expect(lines.allSatisfy { $0.utf8.count <= Wire.hubLineBytes })
    let back = lines.compactMap(EventPackTests.past)
    #expect(back.count == lines.count && back.flatMap { $0 } == events)
    #expect(rounds < 110 || lines.count > 1)
  }

  @Test func `the longest event that is read has room in a line`() throws {
    let text = String(repeating: "\\u001b", count: (EventLine.byteLimit - 60) / 6)
    let long = try #require(EventLine.event(from: #"{"v":1,"t":1,"kind":"note","text":"\#(text)"}"#))
    let lines = EventPack.lines(of: [long, long, long, long, long])
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.utf8.count <= Wire.hubLineBytes })
  }

  @Test func `small events are as many in a line as are read`() {
    let lines = EventPack.lines(of: Array(repeating: SessionEvent(at: 1, .tap), count: 5_000))
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { HubLine(line: $0) != nil })
  }

  @Test(arguments: [
    "{}", #"{"shapes":[]}"#, #"{"rows":[]}"#, #"{"shapes":{},"rows":[]}"#, #"{"shapes":[],"rows":[[0,1]]}"#,
    #"{"shapes":[["tap"]],"rows":[[1,1]]}"#, #"{"shapes":[["tap"]],"rows":[[-1,1]]}"#,
    #"{"shapes":[["tap"]],"rows":[[1e18,1]]}"#, #"{"shapes":[["tap"]],"rows":[["0",1]]}"#,
    #"{"shapes":[["tap"]],"rows":[[0]]}"#, #"{"shapes":[["tap"]],"rows":[[]]}"#, #"{"shapes":[["tap"]],"rows":[0]}"#,
    #"{"shapes":[["tap"]],"rows":[[0,1,2]]}"#, #"{"shapes":[["tap"]],"rows":[[0,-1]]}"#,
    #"{"shapes":[["tap"]],"rows":[[0,1e300]]}"#, #"{"shapes":[["tap"]],"rows":[[0,"1"]]}"#,
    #"{"shapes":[[]],"rows":[]}"#, #"{"shapes":[[5]],"rows":[]}"#, #"{"shapes":["tap"],"rows":[]}"#,
    #"{"shapes":[["mark",7]],"rows":[]}"#, #"{"shapes":[["mark","label","label"]],"rows":[]}"#,
    #"{"shapes":[["mark","t"]],"rows":[]}"#, #"{"shapes":[["mark","kind"]],"rows":[]}"#,
    #"{"shapes":[["mark","wire"]],"rows":[]}"#,
    #"{"shapes":[\#(Array(repeating: #"["tap"]"#, count: 257).joined(separator: ","))],"rows":[]}"#,
    #"{"shapes":[["tap"]],"rows":[\#(Array(repeating: "[0,1]", count: 4_097).joined(separator: ","))]}"#,
    #"{"shapes":[["a"\#((0..<128).map { #","f\#($0)""# }.joined())]],"rows":[]}"#,
    #"{"shapes":[["tap"]],"rows":[[0,\#(String(repeating: "[", count: 600))\#(String(repeating: "]", count: 600))]]}"#,
  ])
  func `a line that is not as it has to be is none`(text: String) throws {
    #expect(HubLine(line: #"{"wire":"past","# + text.dropFirst()) == nil)
  }

  @Test func `a kind of a later version comes through`() throws {
    let events = try #require(
      EventPackTests.past(
        #"{"wire":"past","shapes":[["wink","eye"],["pause","v","start"]],"rows":[[0,1,"left"],[1,2,2,0]]}"#))
    let lines = [#"{"v":1,"t":1,"kind":"wink","eye":"left"}"#, #"{"v":2,"t":2,"kind":"pause","start":0}"#]
    #expect(events.map(EventLine.text) == lines)
  }

  private static func past(_ line: String) -> [SessionEvent]? {
    if case .past(let events)? = HubLine(line: line) { events } else { nil }
  }
}
