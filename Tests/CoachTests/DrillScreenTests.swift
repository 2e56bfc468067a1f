import Practice
import Support
import Terminal
import Testing

@testable import Coach

/// The screens of drills: every scene, the result, the card, the lists.
@Suite struct DrillScreenTests {
  static let sizes = ScreenGoldenTests.sizes
  static let sets = [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)]

  /// Draws in both sets of glyphs.
  private func expect(_ name: String, size: Size, _ draw: (inout Canvas) -> Void) {
    for (suffix, glyphs) in Self.sets {
      var canvas = Canvas(grid: Grid(size), glyphs: glyphs)
      draw(&canvas)
      expectGolden(canvas.grid.golden, "drill-\(name)-\(size.columns)x\(size.rows)-\(suffix)")
      #expect(!glyphs.isASCII || canvas.grid.lines().joined().unicodeScalars.allSatisfy(\.isASCII), "\(name)")
    }
  }

  @Test(arguments: Drilled.scenes.map(\.name), sizes)
  func `every scene looks as it was approved`(name: String, size: Size) throws {
    let look = try #require(Drilled.look(name, brief: size.columns < 60))
    expect("scene-\(name)", size: size) { canvas in
      DrillView.head(look, isPaused: false, on: &canvas)
      DrillView.body(look, message: nil, on: &canvas)
    }
  }

  @Test(arguments: Drilled.pages.map(\.name), sizes)
  func `a result looks as it was approved`(name: String, size: Size) throws {
    let page = try #require(Drilled.pages.first { $0.name == name }).page
    expect("result-\(name)", size: size) { DrillResultView.draw(page, offset: 0, on: &$0) }
  }

  @Test(arguments: sizes) func `the card before a start looks as it was approved`(size: Size) throws {
    let card = try #require(Drilled.desk(.drillCard).drills.card)
    expect("card", size: size) { canvas in
      DrillCardView.draw(
        card, measures: Drilled.measures,
        readAloud: ["Four score and seven years ago / our fathers brought forth on this continent / a new nation."],
        offset: 0, on: &canvas)
    }
  }

  @Test(arguments: sizes) func `the lists look as they were approved`(size: Size) {
    expect("list", size: size) { DrillsView.draw(Drilled.desk(.drills) { $0.selection = 1 }, on: &$0) }
    expect("plan", size: size) { PlanView.draw(Drilled.desk(.plan), on: &$0) }
  }

  /// A session of a drill, some seconds into it.
  static func session(_ kind: DrillKind, seconds: Int = 20) -> Session {
    var drill = Drilled.drill
    drill.kind = kind
    drill.name = "Four\u{1B}[2J score"
    var session = Rehearsed.session(seconds: 1)
    let events: [SessionEvent.Kind] = [.drill(DrillStart(drill: drill, topic: "A bridge")), .step(0)]
    for event in events { _ = session.apply(SessionEvent(at: 1, event)) }
    for number in 2...max(seconds, 2) {
      _ = session.apply(SessionEvent(at: Double(number), .second(Rehearsed.second(number))))
    }
    return session
  }

  @Test(arguments: DrillKind.allCases) func `every kind is drawn in its rooms and replayed through the same view`(
    kind: DrillKind
  ) {
    for size in Self.sizes {
      var desk = Drilled.desk(.drill) { $0.ghosts = [.init("best", isBest: true, progress: [0.1, 0.2])] }
      desk.session = Self.session(kind)
      let live = Frame.grid(of: desk, size: size, glyphs: .ascii).lines().joined(separator: "\n")
      #expect(live.contains("Four") && live.contains("best"), "\(kind)")
      desk.rooms.append(.ask)
      let asked = Frame.grid(of: desk, size: size, glyphs: .ascii).lines().joined(separator: "\n")
      #expect(asked.contains(Messages.askFinish), "\(kind)")
      #expect(!live.unicodeScalars.contains { $0.value == 0x1B })
      // In the time machine the same body stands above the timeline, without ghosts.
      desk.rooms = [.home, .replay]
      let events: [SessionEvent.Kind] = [.drill(desk.session.drill!.start), .step(0)]
      desk.past = PastSession(
        id: "k3f9x7qa", events: [Rehearsed.events(seconds: 1)[0]] + events.map { SessionEvent(at: 0, $0) })
      let step = desk.session.drill!.steps[0].instruction.prefix(12)
      let replayed = Frame.grid(of: desk, size: size, glyphs: .ascii).lines().joined(separator: "\n")
      #expect(replayed.contains(step) && !replayed.contains("behind your best"), "\(kind): \(replayed)")
    }
  }

  @Test func `a result stands from the moment it is there, and is scrolled to its last mark`() throws {
    var desk = Drilled.desk(.drillResult)
    desk.session = Self.session(.markedReading)
    let size = Size(columns: 40, rows: 12)
    func text() -> String { Frame.grid(of: desk, size: size, glyphs: .ascii).lines().joined(separator: "\n") }
    #expect(text().contains(DrillMessages.stillReading))
    let result = Drilled.result([.init("hits", 0.9)], isPassed: true)
    _ = desk.session.apply(SessionEvent(at: 20, .drilled(result)))
    var seen = ""
    for offset in 0...(try #require(Frame.lastOffset(of: desk, size: size))) {
      desk.offset = offset
      seen += text()
    }
    #expect(seen.contains("Passed"))
    for row in result.rows { #expect(seen.contains(row.label) && seen.contains(row.value), "\(row.label)") }
  }

  @Test func `nothing that a scene may hold is too much, at any size`() {
    let strange: [DrillScene] = [
      .reading(.init(words: [])), .reading(.init(words: [.init(String(repeating: "long", count: 90))])),
      .reading(.init(words: (0..<900).map { .init("word\($0)", startsParagraph: $0 % 40 == 0) }, silenceSeconds: .nan)),
      .talk(.init(topic: String(repeating: "topic ", count: 300), seconds: .infinity, ofSeconds: .nan)),
      .clip(.init(seconds: .nan, ofSeconds: 0, taps: [.infinity, -4, .nan])),
      .beat(
        .init(
          rate: .nan, beatsPerSecond: 0, beats: -.infinity, strength: .nan,
          band: .init(unit: "", value: .nan, low: .nan, high: 0), reading: .init(words: []))),
      .contours(
        .init(
          text: "", model: .init(start: 0, levels: [], pitches: []),
          own: .init(start: 0, levels: [-100, -3], pitches: [0, 9e9]), seconds: .nan, scores: [.nan])),
      .contours(
        .init(
          text: "a", model: Drilled.contour(600), own: Drilled.contour(1), seconds: 1e9,
          scores: Array(repeating: 0.5, count: 200))),
      .pair(
        .init(
          word: String(repeating: "w", count: 60), other: "", last: nil, right: 0, wrong: 0, unsure: 0, item: 0,
          ofItems: 0)),
      .band(.init(unit: "dB", value: 1e300, low: 5, high: -5, past: [.nan, .infinity, -1e300])),
      .band(.init(unit: "semitones", value: nil, low: 0, high: 0)),
      .breath(.init(phase: -7, seconds: .nan, ofSeconds: -1, round: 0, ofRounds: 0)),
    ]
    for scene in strange + Drilled.scenes.map(\.scene) {
      for columns in [40, 80, 200] {
        for rows in stride(from: 12, through: 40, by: 4) {
          var canvas = Canvas(grid: Grid(Size(columns: columns, rows: rows)), glyphs: .unicode)
          var look = DrillLook(name: "A drill")
          (look.scene, look.instruction, look.progress) = (scene, String(repeating: "do ", count: rows * 3), .nan)
          look.ghosts = [(true, .nan), (false, 2)]
          DrillView.body(look, message: rows % 8 == 0 ? ("Muted?", .warning) : nil, on: &canvas)
        }
      }
    }
  }

  @Test(arguments: sizes) func `a summary offers its drill right behind what to work on`(size: Size) {
    var desk = Reviewed.desk(.summary)
    desk.drills.offer = .init(drill: "silence", name: "Silence instead", seconds: 120)
    var lines: [String] = []
    for offset in 0...(Frame.lastOffset(of: desk, size: size) ?? 0) {
      desk.offset = offset
      lines += Frame.grid(of: desk, size: size, glyphs: .unicode).lines().filter { !lines.contains($0) }
    }
    let offer = lines.firstIndex { $0.contains("A drill for it") } ?? 0
    let next = lines.firstIndex { $0.contains(" next ") } ?? .max
    let score = lines.firstIndex { $0.contains(" score ") } ?? 0
    #expect(next < offer && offer < score, "\(lines.joined(separator: "\n"))")
  }

  @Test func `empty lists say what to do`() {
    for room in [Room.drills, .plan] {
      let desk = Drilled.desk(room) { ($0.lines, $0.days) = ([], []) }
      let text = Frame.grid(of: desk, size: Size(columns: 80, rows: 24), glyphs: .unicode).lines().joined()
      #expect(text.contains(room == .plan ? "rehearse once" : "No drills were found"))
    }
  }
}
