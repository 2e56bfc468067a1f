import Practice

@testable import Coach

extension Rehearsed {
  /// A question by voice and its answer.
  static let answered: [ConversationStep] = [
    .clock(10), .talk, .clock(12), .talk, .heard("how was my pace"), .trying("local"),
    .text("You spoke at **148 words a minute**, which is easy to follow. At 3:10 you sped up to 190."),
    .finished(AnswerReceipt(source: "local")),
  ]
  /// One that is coming in, aloud.
  static let streaming: [ConversationStep] = [
    .type("And what should I work on?"), .send, .trying("local"), .clock(13.3),
    .text("One thing: leave a silence where you now say um. "), .aloud(true), .text("Try it on your opening"),
  ]
  static let consent = ConsentQuestion(
    endpoint: "cloud", host: "api.example.org",
    what: "your question, the figures of this session and the turns before",
    text: "[system]\nYou are a warm speaking coach.\n\nFacts, measured from the sound of this take\n"
      + "pace: 148 words a minute\n\n[user]\nHow was my pace?")

  /// A desk with a conversation that `steps` have happened to.
  static func conversation(_ steps: [ConversationStep]) -> Desk {
    var desk = Rehearsed.desk(.summary)
    var talk = Conversation(tutor: "Warm coach")
    for step in steps { _ = talk.apply(step) }
    var state = ConversationState(talk, subject: "What my father taught me")
    state.summary = "Kind and concrete: one strength, one thing to work on."
    state.reach = Messages.reach(chat: ["local"], hearing: nil, speaking: nil)
    desk.conversation = state
    desk.rooms.append(.conversation)
    return desk
  }
}
