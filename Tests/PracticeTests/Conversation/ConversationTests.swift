import Testing

@testable import Practice

@Suite struct ConversationTests {
  private let offline = AnswerReceipt(source: "offline")

  /// Walks through `steps` and gives back the effects in order.
  private func walk(_ talk: inout Conversation, _ steps: [ConversationStep]) -> [ConversationEffect] {
    steps.flatMap { talk.apply($0) }
  }

  @Test func `a turn by voice goes from the key to the last word aloud`() {
    var talk = Conversation(tutor: "Warm coach")
    let question = Turn(.learner, "how was my pace", source: "voice")
    #expect(walk(&talk, [.clock(1), .talk]) == [.listen])
    #expect(walk(&talk, [.clock(3), .hears("how was", silence: 0)]) == [])
    #expect(talk.stageSeconds == 2)
    #expect(talk.hearing == "how was")
    #expect(walk(&talk, [.talk]) == [.stopListening])
    #expect(talk.stage == .transcribing)
    #expect(walk(&talk, [.heard(" how was my pace ")]) == [.record(question), .ask("how was my pace")])
    #expect(walk(&talk, [.clock(4), .trying("offline"), .text("Quick. "), .aloud(true)]) == [.say("Quick. ")])
    #expect(talk.stage == .answering)
    let answer = Turn(.tutor, "Quick. Clear.", name: "Warm coach", source: "offline", seconds: 2)
    #expect(
      walk(&talk, [.text("Clear."), .clock(5), .finished(offline)]) == [.say("Clear."), .record(answer), .endOfText])
    #expect(talk.stage == .speaking)
    #expect(walk(&talk, [.aloud(false)]) == [])
    #expect(talk.stage == .idle)
    #expect(talk.turns == [question, answer])
  }

  @Test func `of an answer without an end the beginning is kept, and marked`() {
    let long = String(repeating: "é", count: Turn.byteLimit / 2 - 1)
    for pieces in [[long + "abc"], [long, "ab", "c"], [long + "a", "é", "b"]] {
      var talk = Conversation(tutor: "T")
      let steps = [.type("q"), .send] + pieces.map { ConversationStep.text($0) } + [.text("more"), .finished(offline)]
      let said = walk(&talk, steps).compactMap { if case .say(let text) = $0 { text } else { nil } }.joined()
      #expect(talk.turns.last?.text == said && talk.turns.last?.isCut == true)
      #expect(said.hasPrefix(long + "a") && said.utf8.count <= Turn.byteLimit)
      _ = walk(&talk, [.type("q"), .send, .text("Short."), .finished(offline)])
      #expect(talk.turns.last?.text == "Short." && talk.turns.last?.isCut == false)
    }
  }

  @Test(arguments: ["\u{1}", "\u{7f}", "\u{85}", "\"", "\\", "\n", "\u{202e}", "é", "😀"])
  func `a turn of any character is a line that can be read again`(character: String) throws {
    let text = "Hello " + String(repeating: character, count: Turn.byteLimit) + "."
    let turn = Turn(.tutor, text, name: "T", source: "a", model: String(repeating: "m", count: 100))
    let line = EventLine.text(of: SessionEvent(at: 1, .turn(turn)))
    let event = try #require(EventLine.event(from: line))
    guard case .turn(let read) = event.kind else { throw CancellationError() }
    #expect(read == turn && read.text.hasPrefix("Hello "))
  }

  @Test func `seconds are shown until an answer is seen to grow`() {
    var talk = Conversation(tutor: "T")
    let steps: [(ConversationStep, Bool)] = [
      (.talk, true), (.talk, true), (.heard("q"), true), (.text("So."), false), (.aloud(true), false),
      (.finished(offline), false), (.aloud(false), false),
    ]
    for (step, isShown) in steps {
      _ = talk.apply(step)
      #expect(talk.showsClock == isShown, "\(step)")
    }
  }

  @Test func `an answer that is complete before it is heard is spoken to its end`() {
    var talk = Conversation(tutor: "T")
    talk.hasVoice = true
    _ = walk(&talk, [.type("q"), .send, .text("So."), .finished(offline)])
    #expect(talk.stage == .speaking)
    _ = talk.apply(.aloud(true))
    #expect(talk.stage == .speaking)
    _ = talk.apply(.aloud(false))
    #expect(talk.stage == .idle)
    _ = walk(&talk, [.type("q"), .send, .text("So."), .voiceFailed("mute"), .finished(offline)])
    #expect(talk.stage == .idle)
    #expect(talk.notice == "mute")
  }

  @Test func `escape breaks off one thing at a time, and leaves in the end`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.type("why?"), .send, .trying("local"), .text("Beca"), .aloud(true)])
    let cut = Turn(.tutor, "Beca", name: "T", source: "local", seconds: 0, isCut: true)
    #expect(talk.apply(.escape) == [.cancel, .record(cut), .hush])
    #expect(talk.stage == .idle)
    #expect(walk(&talk, [.type("x"), .escape]) == [])
    #expect(talk.draft.isEmpty)
    #expect(talk.apply(.escape) == [.leave])
  }

  @Test func `what is late is let by`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.type("a"), .send, .escape])
    #expect(walk(&talk, [.text("late"), .finished(offline), .heard("late"), .hears("late", silence: 9)]) == [])
    #expect(talk.turns.count == 1)
    #expect(talk.stage == .idle)
  }

  @Test func `silence ends the turn only where it was asked for, and counts down before`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.talk, .hears("hello", silence: 60)])
    #expect(talk.stage == .listening)
    #expect(talk.countdown == nil)
    talk.silenceThatEnds = 2.5
    #expect(walk(&talk, [.hears("", silence: 60)]) == [])
    #expect(walk(&talk, [.hears("hello", silence: 1)]) == [])
    #expect(talk.countdown == 1.5)
    #expect(walk(&talk, [.hears("hello", silence: 2.5)]) == [.stopListening])
  }

  @Test func `an answer that breaks off is kept and marked, and the next endpoint begins anew`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.type("q"), .send, .trying("a"), .text("One two")])
    let cut = Turn(.tutor, "One two", name: "T", source: "a", seconds: 0, isCut: true)
    #expect(walk(&talk, [.broke("a went silent."), .trying("b"), .text("Three.")]) == [.record(cut), .say("Three.")])
    var receipt = AnswerReceipt(source: "b")
    (receipt.tokensIn, receipt.tokensOut, receipt.seconds) = (10, 2, 0.5)
    _ = talk.apply(.finished(receipt))
    #expect(talk.turns.map(\.source) == ["typed", "a", "b"])
    #expect(talk.turns.map(\.isCut) == [false, true, false])
  }

  @Test func `nothing goes on before the learner has decided`() {
    var talk = Conversation(tutor: "T")
    let question = ConsentQuestion(endpoint: "cloud", host: "example.org", what: "your question", text: "…")
    _ = walk(&talk, [.type("q"), .send, .consent(question)])
    #expect(talk.stage == .consent(question))
    #expect(walk(&talk, [.talk, .type("z"), .send]) == [])
    #expect(walk(&talk, [.decide(true)]) == [.decided("cloud", true)])
    #expect(talk.stage == .thinking)
    _ = talk.apply(.consent(question))
    #expect(talk.apply(.escape) == [.decided("cloud", nil)])
    #expect(talk.draft.isEmpty)
  }

  @Test func `before sound is sent the learner is asked, and begins the turn anew`() {
    var talk = Conversation(tutor: "T")
    let question = ConsentQuestion(endpoint: "ear", host: "h", what: "w", text: "t")
    #expect(walk(&talk, [.talk, .consent(question)]) == [.listen, .dropListening])
    #expect(talk.apply(.decide(true)) == [.decided("ear", true)])
    #expect(talk.stage == .idle)
    #expect(talk.notice == "Allowed. Press space and speak.")
  }

  @Test func `while the learner speaks nothing is typed, and Enter ends the turn as space does`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.talk, .type("hello")])
    #expect(talk.draft.isEmpty)
    #expect(talk.apply(.send) == [.stopListening])
  }

  @Test func `the end of the voice before, told late, leaves a voice that can be silenced`() {
    var talk = Conversation(tutor: "T")
    talk.hasVoice = true
    _ = walk(&talk, [.type("q"), .send, .text("So."), .finished(offline), .aloud(true)])
    _ = walk(&talk, [.type("r"), .send, .text("Then."), .finished(offline), .aloud(false), .aloud(true)])
    #expect(talk.stage == .speaking)
    #expect(talk.apply(.escape) == [.hush])
    #expect(talk.stage == .idle)
  }

  @Test func `the learner who speaks or types over the tutor is heard`() {
    var talk = Conversation(tutor: "T")
    #expect(talk.apply(.bargeIn) == [])
    _ = walk(&talk, [.type("q"), .send, .text("So"), .aloud(true), .finished(offline)])
    #expect(talk.apply(.bargeIn) == [.hush, .listen])
    _ = walk(&talk, [.escape, .type("q"), .send, .text("So"), .aloud(true), .finished(offline), .type("but")])
    #expect(talk.apply(.send).first == .hush)
  }

  @Test func `a question has an end`() {
    var talk = Conversation(tutor: "T")
    _ = walk(&talk, [.type(String(repeating: "x", count: 8_000)), .type("y")])
    #expect(talk.draft.utf8.count == 8_000)
    #expect(walk(&talk, [.erase, .type("y")]) == [])
    #expect(talk.draft.hasSuffix("xy"))
  }

  @Test func `no order of steps leaves it without a way out`() {
    var generator = Sequence64(state: 7)
    let question = ConsentQuestion(endpoint: "c", host: "h", what: "w", text: "t")
    let steps: [ConversationStep] = [
      .talk, .type("a"), .erase, .send, .escape, .bargeIn, .consent(question), .decide(true), .decide(false),
      .hears("a", silence: 3), .heard("a"), .heard(""), .cannotHear("no"), .trying("x"), .text("b"), .broke("c"),
      .finished(offline), .aloud(true), .aloud(false), .voiceFailed("v"), .clock(1),
    ]
    var talk = Conversation(tutor: "T")
    for _ in 0..<20_000 {
      if let step = steps.randomElement(using: &generator) { _ = talk.apply(step) }
      if talk.turns.count > 100 { talk = Conversation(tutor: "T") }
      var leaving = talk
      var presses = 0
      while !leaving.apply(.escape).contains(.leave), presses < 10 { presses += 1 }
      #expect(presses < 5)
    }
  }
}
