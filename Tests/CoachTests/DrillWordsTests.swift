import Practice
import Terminal
import Testing

@testable import Coach

/// What drills say: names, figures, bounds, results, lines for screen readers.
@Suite struct DrillWordsTests {
  @Test(arguments: [
    (0.0, "0 s"), (45, "45 s"), (60, "1 min"), (64, "64 s"), (90, "90 s"), (120, "2 min"), (150, "2.5 min"),
    (205, "3:25 min"), (300, "5 min"), (-5, "0 s"),
  ])
  func `a length is short`(seconds: Double, words: String) { #expect(DrillWords.length(seconds) == words) }

  @Test(arguments: [
    ("hits", 0.857, "86 %"), ("extra-pauses", 2, "2"), ("mean-error", 0.12, "0.12 s"), ("other-i", 0.5, "0.50"),
    ("error-i", 0.5, "50 %"),
  ])
  func `a figure has its unit`(name: String, value: Double, words: String) {
    #expect(DrillWords.value(value, of: DrillWords.measure(name, among: Drilled.measures)) == words)
  }

  @Test func `when it is passed is said in a clause`() {
    #expect(
      DrillWords.pass(Drilled.drill, among: Drilled.measures) == "marks hit: at least 80 %; other pauses: at most 3")
    var free = Drilled.drill
    free.pass = []
    #expect(DrillWords.pass(free, among: Drilled.measures) == nil)
  }

  @Test(arguments: [
    ("> One.\n> Two.\n\nText.", ["One. Two."]), ("> One.\n>\n> Two.", ["One.", "Two."]),
    ("Text.\n  > Late *and* **loud**, `a / b`.", ["Late and loud, a / b."]), ("Text > no.", []), ("", []),
    ("> 2 * 3 * 4", ["2 * 3 * 4"]),
  ])
  func `instructions are the lines for the eyes`(body: String, paragraphs: [String]) {
    #expect(DrillWords.instructions(body) == paragraphs)
  }

  @Test(arguments: [
    (true as Bool?, true, DrillGrade.easy as DrillGrade?, "Passed"), (true, true, .hard, "Passed"),
    (true, true, .good, "Passed"), (false, true, .again, "Not yet"), (false, false, .again, "Not yet"),
    (nil, true, nil, "Not judged"),
  ])
  func `a verdict is one calm word`(isPassed: Bool?, isComplete: Bool, grade: DrillGrade?, word: String) {
    let result = DrillResult(
      drill: "a", version: 1, isPassed: isPassed, isComplete: isComplete, grade: grade, refusal: nil)
    let verdict = DrillMessages.verdict(result, isGraded: true)
    #expect(verdict.word == word)
    #expect(verdict.sentence.hasSuffix(".") || verdict.sentence.hasSuffix("?"))
    #expect(!verdict.sentence.lowercased().contains("fail"))
  }

  @Test func `what is never graded is done or ended early`() {
    for (isComplete, word) in [(true, "Done"), (false, "Ended early")] {
      let result = DrillResult(drill: "box", version: 1, isPassed: nil, isComplete: isComplete, grade: nil)
      #expect(DrillMessages.verdict(result, isGraded: false).word == word)
    }
  }

  @Test func `a result is told in sentences, what was asked first and every mark after`() {
    let result = Drilled.result([.init("hits", 0.5), .init("mean-error", 0.31)], isPassed: false)
    let lines = DrillLines.result(result, of: Drilled.drill, among: Drilled.measures)
    #expect(
      lines.prefix(5) == [
        "Not yet. 5 of 10 were right; the others are marked below. Once more?",
        "marks hit: no, 50 %, asked at least 80 %", "other pauses: no, not heard, asked at most 3", "off by: 0.31 s",
        "/ after \"ago\": no, no pause, wanted 0.5 s",
      ])
    #expect(lines.count == 4 + 10)
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
  }

  @Test func `a refusal is told with its next step and holds nothing against anybody`() {
    let result = Drilled.result([], isPassed: nil, refusal: "The loudspeaker was heard. Put headphones on.")
    #expect(
      DrillLines.result(result, of: Drilled.drill, among: Drilled.measures) == [
        "Not judged. The loudspeaker was heard. Put headphones on."
      ])
  }

  @Test(arguments: Drilled.scenes.map(\.name)) func `every step is told without drawing`(name: String) throws {
    let (_, step, scene) = try #require(Drilled.scenes.first { $0.name == name })
    let line = DrillLines.begins(step, 0, 3, scene)
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value < 0x2500 })
    #expect(!line.contains("\n"))
    for words in Drilled.told[name] ?? [] { #expect(line.contains(words), "\(line)") }
    #expect(DrillLines.standing(scene) == Drilled.standing[name])
  }

  @Test func `a drill begins with what it asks for and what is to be read`() {
    let lines = DrillLines.beginning(DrillStart(drill: Drilled.drill), among: Drilled.measures)
    #expect(
      lines.prefix(3) == [
        "Drill: Four score and seven, 90 s. To pass: marks hit: at least 80 %; other pauses: at most 3.",
        "Read it aloud. At / stop for half a second, at // for a whole one. A pause that stands where you want it makes "
          + "the sentence before it heavier.",
        "Take your time: nobody has ever complained that a speaker breathed.",
      ])
  }

  @Test func `what follows a result is when it comes back and what is next`() {
    var state = DrillState()
    #expect(DrillLines.after(state, nil, of: Drilled.drill) == [])
    state.past = .init(last: [0.5])
    state.result = .init(due: "tomorrow", next: "Ship or sheep")
    let lines = DrillLines.after(state, nil, of: Drilled.drill)
    #expect(lines.count == 3 && lines.suffix(2) == ["It comes back tomorrow.", "Next: Ship or sheep."])
  }

  @Test(arguments: [
    ("tomorrow", "It comes back tomorrow.", "Back tomorrow."),
    ("in 5 days", "It comes back in 5 days.", "Back in 5 days."),
    ("Sat 28 Nov, in 6 days", "It comes back on Sat 28 Nov, in 6 days.", "Back on Sat 28 Nov, in 6 days."),
    ("today", "It is due: today.", "Due: today."), ("3 days over", "It is due: 3 days over.", "Due: 3 days over."),
  ])
  func `when it comes back is a sentence`(due: String, words: String, brief: String) {
    #expect(DrillMessages.again(due) == words && DrillMessages.again(due, brief: true) == brief)
  }

  @Test(arguments: [
    ("hits", 0.8, 0.9, true), ("hits", 0.9, 0.9, false), ("hits", nil, 0.9, false), ("extra-pauses", 3, 1, true),
    ("extra-pauses", 1, 3, false),
  ])
  func `a new best is said`(name: String, best: Double?, value: Double, isBest: Bool) {
    let result = Drilled.result([.init(name, value)], isPassed: true)
    let measure = DrillWords.measure(name, among: Drilled.measures)
    #expect(PastRow.isBest(result, .init(best: best), of: measure) == isBest)
  }

  @Test(
    arguments: [
      (nil, nil), (150, nil), (130, "a little faster"), (90, "much faster"), (171, "a little slower"),
      (320, "much slower"), (.nan, nil),
    ] as [(Double?, String?)])
  func `a rate far off its band is told as such`(value: Double?, advice: String?) {
    #expect(DrillMessages.advice(.init(unit: "words a minute", value: value, low: 140, high: 160)) == advice)
    let level = DrillMessages.advice(.init(unit: "dB", value: -60, low: -30, high: -22))
    #expect(level == "a little louder")
  }

  @Test(arguments: [DrillKind.markedReading, .contest]) func `only a contest has a ballot`(kind: DrillKind) {
    var desk = Drilled.desk(.drillResult)
    desk.session = DrillScreenTests.session(kind)
    let isContest = kind == .contest
    #expect(
      Keymap.bar(.drillResult, without: desk.idle(in: .drillResult)).contains { $0.label == "ballot" } == isContest)
    _ = desk.press(.character("x"))
    #expect(desk.notice == (isContest ? Messages.notReadYet : Messages.noBallot) && desk.room == .drillResult)
    _ = desk.press(.character("?"))
    let help = Frame.grid(of: desk, size: Size(columns: 80, rows: 40), glyphs: .ascii).lines().joined(separator: "\n")
    #expect(help.contains("the result of a drill") && help.contains("ballot") == isContest)
  }

  @Test func `a power pause is told with its marks`() {
    let body = "We walked on. **It was open.** Nobody was there."
    let drill = Drill(
      id: "pause", kind: .powerPause, name: "Pause", skill: .pauses, measure: "hits", body: body)
    let text = DrillWords.readAloud(drill).joined(separator: " ")
    #expect(text.contains("on. /") && text.contains("open. /") && !text.contains("*"), "\(text)")
  }

  @Test func `beside lights no other clock runs, and a card is read again after an attempt`() throws {
    var desk = Drilled.desk(.drill)
    desk.session = DrillScreenTests.session(.contest)
    #expect(try #require(DrillLook(desk.session, brief: false)).clock.isEmpty)
    desk.rooms = [.drills, .drillCard, .drillResult]
    let id = try #require(desk.drills.card?.drill.id)
    #expect(desk.press(.escape) == [.drill(.show(id))] && desk.room == .drillCard)
  }

  @Test func `a summary offers a drill, and says when it is on the schedule`() {
    var offer = DrillState.Offer(drill: "silence", name: "Silence instead", seconds: 120)
    #expect(
      DrillMessages.offer(offer)
        == "A drill for it: Silence instead, 2 min. d starts it, s puts it on the schedule.")
    offer.scheduled = "Tue 24 Nov"
    #expect(DrillMessages.offer(offer) == "Silence instead, 2 min, is on the schedule: Tue 24 Nov. d starts it now.")
  }
}

/// What the desk knows of drills.
@Suite struct DrillStateTests {
  @Test func `what is due stands first, the longest overdue before the rest, then all by skill`() {
    var state = DrillState()
    state.lines = Drilled.lines
    #expect(state.shown.map(\.id) == ["gettysburg", "ship-sheep", "silence", "one-line", "gears", "box"])
    state.selection = 2
    #expect(state.selected?.id == "silence")
    state.filter.isDueOnly = true
    #expect(state.shown.map(\.id) == ["gettysburg", "ship-sheep"] && state.selected == nil)
    state.filter = .init(skill: .pauses)
    #expect(state.shown.map(\.id) == ["gettysburg", "one-line"])
  }

  @Test(arguments: [
    (0.0, 0.0 as Double?), (0.9, 0), (1, 0.1), (2.5, 0.4), (3, 0.9), (60, 0.9), (-1, 0), (.nan, nil),
  ])
  func `a ghost stands where it stood at the end of the last whole second`(seconds: Double, share: Double?) {
    #expect(DrillState.Ghost("best", progress: [0.1, 0.4, 0.9]).progress(at: seconds) == share)
    #expect(DrillState.Ghost("best", progress: []).progress(at: 1) == nil)
  }

  @Test func `the plan's selection counts drills, not days`() {
    let state = Drilled.desk(.plan) { $0.planSelection = 3 }.drills
    #expect(state.planned?.drill == "silence")
  }
}
