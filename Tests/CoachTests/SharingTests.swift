import Audience
import Practice
import Support
import Terminal
import Testing

@testable import Coach

/// Sharing on the learner's side: the keys, who decides, what is seen of it.
@Suite struct SharingTests {
  private static func watcher(_ change: Watcher.Change, _ id: Int, _ name: String) -> Watcher {
    Watcher(change, id: id, name: name, role: id == 2 ? .observer : .tutor, place: "pts/\(id)")
  }

  /// A shared rehearsal with two who ask, and one who looks on.
  private static func desk(_ room: Room = .rehearsal) -> Desk {
    var desk = Rehearsed.desk(.rehearsal)
    if room != .rehearsal { desk.rooms.append(room) }
    desk.sharing.reach = .on(reachesOthers: true)
    for watcher in [watcher(.asked, 1, "beck"), watcher(.asked, 2, "k\u{1B}[2Jim"), watcher(.joined, 3, "ana")] {
      desk.sharing.take(watcher)
    }
    if room == .sharing { desk.sharing.selected = 1 }
    return desk
  }

  @Test func `sharing is off until the learner turns it on, and ends with one key`() {
    var desk = Rehearsed.desk(.rehearsal)
    #expect(!desk.sharing.isOn && desk.press(.character("X")).isEmpty)
    #expect(desk.press(.character("S")) == [.share(.start)] && desk.rooms == [.rehearsal])
    #expect(desk.sharing.isOn)
    #expect(desk.press(.character("X")) == [.share(.stop)] && !desk.sharing.isOn)
  }

  @Test(
    arguments: [
      ("y", ShareOrder.decide(1, .once, hears: false)), ("t", .decide(1, .talk, hears: false)),
      ("n", .decide(1, .no, hears: false)), ("d", .decide(1, .no, hears: false)),
    ] as [(Character, ShareOrder)])
  func `who asks is answered by one key`(key: Character, order: ShareOrder) {
    var desk = Self.desk()
    #expect(desk.press(.character("S")).isEmpty && desk.room == .sharing)
    #expect(desk.press(.character(key)) == [.share(order)])
    #expect(desk.sharing.requests.map(\.id) == [2])
  }

  @Test func `nobody hears the microphone unless the learner says so for them`() {
    var desk = Self.desk()
    desk.sharing.requests[0].hears = true
    _ = desk.press(.character("S"))
    #expect(desk.press(.character("h")).isEmpty)
    #expect(desk.press(.character("y")) == [.share(.decide(1, .once, hears: true))])
    // Who has not asked for sound is not given it.
    #expect(desk.press(.character("h")).isEmpty && desk.notice?.contains("has not asked to hear you") == true)
    #expect(desk.press(.character("y")) == [.share(.decide(2, .once, hears: false))])
  }

  @Test func `after the last answer the room stays, and says what was answered`() {
    var desk = Self.desk()
    _ = desk.press(.character("S"))
    _ = desk.press(.character("t"))
    #expect(
      desk.notice?.hasPrefix("beck is let in for this talk. k[2Jim asks to watch") == true, "\(desk.notice ?? "")")
    _ = desk.press(.character("n"))
    #expect(desk.notice == "k[2Jim is not let in. Escape goes back." && desk.room == .sharing)
    for key in ["t", "y", "n", "d", "h"] as [Character] { #expect(desk.press(.character(key)).isEmpty, "\(key)") }
    #expect(desk.press(.escape).isEmpty && desk.room == .rehearsal)
  }

  @Test func `sound is taken back with one key, and who hears stays in their row`() {
    var desk = Self.desk(.sharing)
    desk.sharing.take(Watcher(.joined, id: 4, name: "eva", role: .tutor, hears: true))
    desk.sharing.take(Watcher(.joined, id: 3, name: "ana", role: .tutor, hears: true))
    #expect(desk.sharing.watchers.map(\.id) == [3, 4])
    for _ in 0..<2 { _ = desk.press(.down) }
    #expect(desk.press(.character("h")) == [.share(.hear(3, false))])
    desk.sharing.take(Watcher(.joined, id: 3, name: "ana", role: .tutor))
    #expect(desk.press(.character("h")) == [.share(.hear(3, true))])
    var session = Session()
    for hears in [true, false] {
      _ = session.apply(SessionEvent(at: 1, .watcher(Watcher(.joined, id: 1, name: "ana", role: .tutor, hears: hears))))
    }
    #expect(session.visits.map(Messages.visit) == ["ana, tutor, with sound, 0:01"])
  }

  @Test func `a request for sound is told, and so is who hears`() {
    func told(_ change: Watcher.Change, _ id: Int, hears: Bool) -> Watcher {
      Watcher(change, id: id, name: ["", "ana", "ben", "eva"][id], role: .tutor, hears: hears)
    }
    #expect(
      Messages.asksToWatch(told(.asked, 1, hears: true)) == "ana asks to watch as tutor and to hear you: S answers.")
    let rows: [([Watcher], String, String)] = [
      ([], "shared", "shared"), ([told(.joined, 1, hears: false)], "seen by ana", "seen by ana"),
      ([told(.joined, 1, hears: true)], "seen and heard by ana", "heard by ana"),
      (
        [told(.joined, 1, hears: false), told(.joined, 2, hears: true)], "seen by ana, ben; heard by ben",
        "seen by 2; heard by 1"
      ),
      ((1...3).map { told(.joined, $0, hears: true) }, "seen and heard by 3", "seen and heard by 3"),
    ]
    for (watchers, wide, narrow) in rows {
      #expect(Messages.seen(by: watchers, isNarrow: false) == wide)
      #expect(Messages.seen(by: watchers, isNarrow: true) == narrow)
    }
  }

  @Test func `no key decides about somebody else than was looked at`() {
    var desk = Self.desk()
    _ = desk.press(.character("S"))
    desk.sharing.take(Self.watcher(.left, 1, "beck"))
    for key in ["y", "t", "n", "h", "d"] as [Character] { #expect(desk.press(.character(key)).isEmpty, "\(key)") }
    for _ in 0..<5 { _ = desk.press(.down) }
    for key in ["y", "t", "n"] as [Character] { #expect(desk.press(.character(key)).isEmpty, "\(key)") }
    #expect(desk.sharing.requests.map(\.id) == [2])
    _ = desk.press(.up)
    #expect(desk.press(.character("n")) == [.share(.decide(2, .no, hears: false))])
  }

  @Test(arguments: Room.allCases) func `sharing ends from wherever the learner is`(room: Room) {
    guard !Keymap.unsharable.contains(room) else { return }
    var desk = Self.desk(room)
    #expect(desk.press(.control("x")) == [.share(.stop)] && !desk.sharing.isOn, "\(room)")
  }

  @Test func `who looks on can be sent away alone`() {
    var desk = Self.desk(.sharing)
    for _ in 0..<5 { _ = desk.press(.down) }
    #expect(desk.press(.character("d")) == [.share(.dismiss(3))])
    desk.sharing.take(Self.watcher(.ended, 3, "ana"))
    #expect(desk.sharing.watchers.isEmpty)
  }

  @Test func `a request is one calm line, and the status says who sees it`() {
    var desk = Self.desk()
    func text() -> String {
      Frame.grid(of: desk, size: Size(columns: 80, rows: 24), glyphs: .ascii).lines().joined(separator: "\n")
    }
    #expect(text().contains("beck asks to watch as tutor: S answers."))
    #expect(text().contains("seen by ana"))
    desk.sharing = SharingState()
    #expect(!text().contains("seen by") && !text().contains("shared"))
  }

  @Test func `in lines the same is asked and answered`() {
    var (desk, lines) = (Self.desk(), PlainLines())
    #expect(lines.lines(about: desk).isEmpty)
    _ = desk.press(.character("S"))
    #expect(lines.lines(about: desk).first?.contains("y once, t for this talk, n no") == true)
    let asked = SessionEvent(at: 80, .watcher(Self.watcher(.asked, 1, "beck")))
    #expect(lines.lines(for: asked, desk.session) == ["1:20 beck asks to watch as tutor: S answers."])
  }

  @Test(arguments: ScreenGoldenTests.sizes) func `the room looks as it was approved`(size: Size) {
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let grid = Frame.grid(of: Self.desk(.sharing), size: size, glyphs: glyphs)
      expectGolden(grid.golden, "sharing-\(size.columns)x\(size.rows)-\(suffix)")
      #expect(!grid.lines().joined().unicodeScalars.contains { $0.value == 0x1B })
    }
    var desk = Self.desk(.sharing)
    desk.sharing = SharingState()
    #expect(Frame.grid(of: desk, size: size, glyphs: .ascii).lines().joined().contains("Nobody asks"))
  }
}
