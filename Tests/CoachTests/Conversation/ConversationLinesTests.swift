import Practice
import Testing

@testable import Coach

@Suite struct ConversationLinesTests {
  @Test func `the last lines are the same whether all are laid out or only enough of them`() {
    var talk = Conversation(tutor: "T")
    for number in 0..<30 {
      let answer = String(repeating: "**Slow down** a little. ", count: number % 7 + 1)
      let steps: [ConversationStep] = [
        .type("And \(number)?"), .send, .text(answer), .finished(AnswerReceipt(source: "offline")),
      ]
      for step in steps { _ = talk.apply(step) }
    }
    _ = [.type("Now?"), .send, .text("It comes")].map { talk.apply($0) }
    for columns in [80, 40] {
      let all = ConversationLines(talk, columns: columns).lines
      for enough in [1, 20, 57, 10_000] {
        let some = ConversationLines(talk, columns: columns, enough: enough).lines
        #expect(some.count >= min(enough, all.count) && some == Array(all.suffix(some.count)))
        #expect(enough > 57 || some.count < all.count)
      }
    }
  }
}
