import Practice
import SpeechSignals
import Terminal
import Testing

@testable import Coach

@Suite struct DeskTests {
  @Test(arguments: Room.allCases) func `no key means two things in one room`(room: Room) {
    var seen: [Key: Action] = [:]
    for binding in Keymap.table where binding.rooms.contains(room) {
      for key in binding.keys {
        #expect(seen[key] == nil || seen[key] == binding.action, "\(key.name) in \(room)")
        seen[key] = binding.action
      }
    }
    #expect(!seen.isEmpty)
  }

  @Test func `every action has a key somewhere or is chosen from a list`() {
    let bound = Set(Keymap.table.map(\.action))
    #expect(Set(Action.allCases).subtracting(bound) == [.demo])
  }

  @Test(arguments: [
    (Room.rehearsal, Key.character(" "), [Order.hold(true)], [Room.rehearsal]),
    (.rehearsal, .character("m"), [.mark], [.rehearsal]),
    (.rehearsal, .character("q"), [.hold(true)], [.rehearsal, .ask]),
    (.rehearsal, .control("c"), [.hold(true)], [.rehearsal, .ask]),
    (.rehearsal, .character("?"), [], [.rehearsal, .help]),
    (.rehearsal, .character("d"), [.loadDevices], [.rehearsal, .devices]),
    (.rehearsal, .character("t"), [.nextTheme], [.rehearsal]), (.rehearsal, .character("x"), [], [.rehearsal]),
    (.summary, .enter, [.leave], [.summary]), (.home, .character("q"), [.leave], [.home]),
    (.home, .enter, [.rehearse], [.home]),
    (.home, .character("h"), [.review(.list(isMore: false))], [.home, .history]),
    (.home, .control("z"), [.suspend], [.home]),
  ])
  func `a key does what the table says`(room: Room, key: Key, orders: [Order], rooms: [Room]) {
    var desk = Rehearsed.desk(room)
    #expect(desk.press(key) == orders)
    #expect(desk.rooms == rooms)
  }

  @Test func `finishing asks once, and no goes on`() {
    var desk = Rehearsed.desk(.rehearsal)
    _ = desk.press(.character("q"))
    #expect(desk.press(.character("n")) == [.hold(false)] && desk.rooms == [.rehearsal] && !desk.isFinishing)
    _ = desk.press(.character("q"))
    #expect(desk.press(.character("y")) == [.finish])
    #expect(desk.isFinishing && desk.rooms == [.rehearsal])
    #expect(desk.press(.character("q")).isEmpty)
  }

  @Test func `lists move within their ends and open what is selected`() {
    var desk = Rehearsed.desk(.home)
    _ = desk.press(.character("h"))
    #expect(desk.press(.enter).isEmpty)
    desk.history.isWhole = true
    desk.history.lines = ["a", "b"].map { .init(id: $0, when: "", title: "", duration: "", pace: "", state: "") }
    for _ in 0..<5 { _ = desk.press(.down) }
    #expect(desk.history.selection == 1)
    #expect(desk.press(.enter) == [.review(.open("b", at: nil))])
    for _ in 0..<5 { _ = desk.press(.up) }
    #expect(desk.press(.enter) == [.review(.open("a", at: nil))])
    #expect(desk.press(.escape).isEmpty && desk.rooms == [.home])
  }

  @Test func `space pauses and goes on`() {
    var desk = Rehearsed.desk(.rehearsal)
    #expect(desk.press(.character(" ")) == [.hold(true)])
    _ = desk.session.apply(SessionEvent(at: 135, .paused))
    #expect(desk.press(.character(" ")) == [.hold(false)])
    #expect(desk.press(.character("m")) == [.mark])
  }

  @Test func `where it is too noisy to tell pauses, the meter says so`() {
    var desk = Rehearsed.desk(.rehearsal)
    var reading = Reading()
    (reading.isTooNoisy, reading.silenceSeconds) = (true, 1)
    desk.session.glance(reading)
    #expect(RehearsalMeters.counters(desk).first?.detail == "too noisy to tell")
    reading.isTooNoisy = false
    desk.session.glance(reading)
    #expect(RehearsalMeters.counters(desk).first?.detail == "silent 1.0 s")
  }

  @Test(arguments: [
    (120, "before and before that again the hit after"), (40, "… again the hit after"), (12, "… hit after"),
  ])
  func `what was found is shown in the first third of its line`(columns: Int, text: String) {
    let hit = HistoryState.Hit(
      id: "a", when: "", title: "", seconds: 1, kind: "said",
      snippet: [
        .init(text: "before and before that again the ", isHit: false), .init(text: "hit", isHit: true),
        .init(text: " after", isHit: false),
      ])
    #expect(hit.snippet(columns: columns, ellipsis: "…").map(\.text).joined() == text)
  }

  @Test func `a filler taken out can be put back after its session was read anew`() {
    var desk = Rehearsed.desk(.summary)
    desk.rooms = [.summary, .replay]
    desk.past = Rehearsed.past
    desk.past?.seek(to: 47)
    guard case .review(.keep(.correction(let first)))? = desk.press(.character("-")).first else {
      Issue.record("nothing is taken out")
      return
    }
    desk.past?.append(SessionEvent(at: 134, .correction(first)))
    if let read = desk.past { desk.past?.take(read) }
    #expect(desk.past?.seconds == 47 && desk.past?.session.fillers.count == 1)
    guard case .review(.keep(.correction(let second)))? = desk.press(.character("-")).first else {
      Issue.record("nothing is put back")
      return
    }
    #expect(first.change == .removed && second.change == .added && second.start == first.start)
  }
}
