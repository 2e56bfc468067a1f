import SpeechSignals
import Testing

@testable import Practice

@Suite struct PrompterTests {
  let script = Spoken.script(Spoken.talk)

  /// The words of `sentences` as written, two and a half a second from `start` on.
  private func words(_ sentences: [Int], from start: Double) -> [Word] {
    var time = start
    return sentences.flatMap { script.sentences[$0].tokens }.map { token in
      defer { time += 0.4 }
      return Word(script.tokens[token].readings[0][0], start: time, end: time + 0.3)
    }
  }

  @Test func `words that may still change move the script and are forgotten`() {
    var prompter = Prompter(script)
    prompter.foresee(words([0], from: 0))
    #expect(prompter.sentence == 1)
    prompter.foresee([])
    #expect(prompter.sentence == 0)
    for word in words([0], from: 0) { prompter.hear(word) }
    #expect(prompter.sentence == 1)
    #expect(prompter.mode == .following)
  }

  @Test func `the hand comes first, and words go on from there`() {
    var prompter = Prompter(script)
    for word in words([0, 1], from: 0) { prompter.hear(word) }
    prompter.move(toSentence: 20, at: 9)
    #expect(prompter.sentence == 20)
    for word in words([20], from: 10) { prompter.hear(word) }
    #expect(prompter.sentence == 21)
    prompter.move(toSentence: 9_999, at: 30)
    #expect(prompter.sentence == 21)
  }

  @Test func `words said before a move come too late to undo it`() {
    var prompter = Prompter(script)
    for word in words([0, 1], from: 0) { prompter.hear(word) }
    let late = words([2, 3, 4], from: 20)
    prompter.foresee(Array(late.prefix(12)))
    prompter.move(toSentence: 25, at: 60)
    prompter.foresee(late)
    #expect(prompter.sentence == 25)
    for word in late { prompter.hear(word) }
    #expect(prompter.sentence == 25)
    #expect(prompter.settled.places.count == prompter.heard.count)
    #expect(ScriptReview(of: prompter).added.isEmpty)
    for word in words([25], from: 61) { prompter.hear(word) }
    #expect(prompter.sentence == 26)
    #expect(prompter.settled.places.count == prompter.heard.count)
  }

  @Test func `where no words come the pace moves the script, until they do`() {
    var prompter = Prompter(script)
    for end in 1...8 { prompter.pass(second(Double(end)), syllablesPerWord: 1.4) }
    #expect(prompter.mode == .following)
    for end in 9...30 { prompter.pass(second(Double(end)), syllablesPerWord: 1.4) }
    #expect(prompter.mode == .pacing(.noWords))
    #expect(prompter.place > 40 && prompter.place < 65)
    for word in words([5], from: 31) { prompter.hear(word) }
    #expect(prompter.mode == .following)
    #expect(prompter.sentence == 6)
  }

  @Test func `words that do not fit the script leave it to the pace, until they do`() {
    var prompter = Prompter(script)
    // What a script's own model makes of noise: pieces of two or three words of it.
    let pieces = (0..<40).flatMap { ["the", "boat", "other\($0)", "water", "finds"] }
    var next = pieces[...]
    for end in 1...19 {
      for index in 0..<2 {
        let start = Double(end) - 0.9 + 0.4 * Double(index)
        prompter.hear(Word(next.removeFirst(), start: start, end: start + 0.3))
      }
      prompter.pass(second(Double(end)), syllablesPerWord: 1.4)
      if case .pacing = prompter.mode { Issue.record("too soon, at \(end) s") }
    }
    for end in 20...30 { prompter.pass(second(Double(end)), syllablesPerWord: 1.4) }
    #expect(prompter.mode == .pacing(.noFit) && !prompter.tellsProgress)
    #expect(prompter.startedSection == nil)
    let paced = prompter.place
    #expect(paced > 10)
    for word in words([5], from: 31).prefix(3) { prompter.hear(word) }
    #expect(prompter.mode == .pacing(.noFit) && prompter.place == paced)
    for word in words([9, 10], from: 33) { prompter.hear(word) }
    #expect(prompter.mode == .following && prompter.sentence == 11)
  }

  @Test func `an aside of half a minute is held where words were followed before`() {
    var prompter = Prompter(script)
    for word in words(Array(0..<4), from: 0) { prompter.hear(word) }
    for end in 40...70 {
      prompter.hear(Word("aside\(end)", start: Double(end) - 0.6, end: Double(end) - 0.2))
      prompter.pass(second(Double(end)), syllablesPerWord: 1.4)
    }
    #expect(prompter.mode == .holding && prompter.sentence == 4)
  }

  @Test func `one can look ahead while speaking`() {
    var prompter = Prompter(script)
    for word in words([0, 1], from: 0) { prompter.hear(word) }
    prompter.move(toSentence: 20, at: 12)
    for word in words([2], from: 12.5) where word.end < 20 {
      prompter.hear(word)
      #expect(prompter.sentence == 20)
    }
    // For long and clearly elsewhere: the script goes back to where the speaker is.
    for word in words([3, 4], from: 19) { prompter.hear(word) }
    #expect(prompter.sentence == 5)
    // The account is of what was said, not of where the hand was.
    let review = ScriptReview(of: prompter)
    #expect(review.added.isEmpty && review.skipped.isEmpty)
    #expect(prompter.settled.marks.prefix(prompter.follower.place).allSatisfy { $0 == .spoken })
  }

  @Test func `one sentence ahead by hand is not taken back by the rest of the sentence before it`() {
    var prompter = Prompter(script)
    let said = words([0, 1], from: 0)
    for word in said.dropLast(5) { prompter.hear(word) }
    prompter.move(toSentence: 2, at: (said.suffix(5).first?.start ?? 0) - 0.1)
    for word in said.suffix(5) { prompter.hear(word) }
    #expect(prompter.sentence == 2)
    for word in words([2, 3], from: 30) { prompter.hear(word) }
    #expect(prompter.sentence == 4)
  }

  @Test func `without a recogniser the pace moves it from the beginning`() {
    var prompter = Prompter(script, withoutWords: .noRecogniser)
    prompter.pass(second(1), syllablesPerWord: 1.4)
    #expect(prompter.mode == .pacing(.noRecogniser))
    #expect(prompter.place == 2)
  }

  @Test func `an aside is held, and found in the review with what was left out`() throws {
    var prompter = Prompter(script)
    for word in words(Array(0..<4), from: 0) { prompter.hear(word) }
    let aside = (0..<12).map { Word("aside\($0)", start: 40 + Double($0) * 0.4, end: 40.3 + Double($0) * 0.4) }
    for word in aside { prompter.hear(word) }
    #expect(prompter.mode == .holding)
    #expect(prompter.sentence == 4)
    for word in words(Array(4..<7) + Array(10..<script.sentences.count), from: 50) { prompter.hear(word) }
    let review = ScriptReview(of: prompter)
    let added = try #require(review.added.first)
    #expect(review.added.count == 1)
    #expect(added.start == 40 && added.words.count == 12)
    let skipped = try #require(review.skipped.first)
    #expect(review.skipped.count == 1)
    #expect(skipped.tokens == script.sentences[7].tokens.lowerBound..<script.sentences[9].tokens.upperBound)
    let left = Double(skipped.tokens.count) / Double(prompter.follower.words.count)
    #expect(abs((review.coverage ?? 0) - (1 - left)) < 0.001)
    #expect(review.sections.count == script.sections.count)
    #expect(abs(review.sections.map(\.seconds).reduce(0, +) - (prompter.heard.last?.end ?? 0)) < 0.01)
  }

  @Test func `what a talk that was broken off never came to is not left out`() throws {
    var prompter = Prompter(script)
    for word in words([0, 1, 2, 3, 6, 7, 8], from: 0) { prompter.hear(word) }
    let review = ScriptReview(of: prompter)
    let reached = script.sentences[8].tokens.upperBound
    let leftOut = script.sentences[4].tokens.lowerBound..<script.sentences[5].tokens.upperBound
    #expect(review.skipped.map(\.tokens) == [leftOut])
    #expect(review.unreached == reached..<script.tokens.count)
    #expect(review.passages == "1 passage left out")
    #expect(review.sections.last?.isComplete == false && review.sections.first?.isComplete == true)
  }

  @Test func `words that came through badly tell no passages`() {
    var prompter = Prompter(script)
    for var word in words([0, 1, 2, 3, 6, 7, 8], from: 0) {
      word.confidence = ScriptReview.leastConfidence - 0.1
      prompter.hear(word)
    }
    let review = ScriptReview(of: prompter)
    #expect(review.isUnsure && review.skipped.isEmpty && review.added.isEmpty)
    #expect(review.passages == "the words came through badly")
  }

  @Test func `a filler that stands so in the script is none`() {
    let talk = "So, you know the way and the way is long. We like it here and we go on from here."
    var session = Session(
      fillers: FillerRules(sounds: [], rules: [.init(["so"], place: .start), .init(["you", "know"])]))
    var fillers: [String] = []
    func apply(_ event: SessionEvent) {
      if case .filler(let filler) = event.kind { fillers.append(filler.label) }
      for case .raise(let next) in session.apply(event) { apply(next) }
    }
    apply(SessionEvent(at: 0, .began(Beginning(id: "a"))))
    for part in ScriptPart.parts(of: talk) { apply(SessionEvent(at: 0, .script(part))) }
    let said = "so you know the way and the way is long so we like you know it here and we go on from here"
    for (index, text) in said.split(separator: " ").enumerated() {
      // A pause before the second "so".
      let start = Double(index) * 0.4 + (index >= 10 ? 1 : 0)
      apply(SessionEvent(at: start + 0.3, .word(Word(String(text), start: start, end: start + 0.3))))
    }
    for event in session.finishWords() { apply(event) }
    #expect(fillers == ["so", "you know"])
  }

  @Test func `an empty script has nothing to follow and brings nothing down`() {
    var prompter = Prompter(Script())
    prompter.hear(Word("hello", start: 0, end: 1))
    prompter.move(toSentence: 0, at: 1)
    #expect(prompter.sentence == 0 && prompter.place == 0)
    #expect(ScriptReview(of: prompter).coverage == nil)
  }
}
