package import Practice

/// The talk with the AI tutor as the desk has it: the conversation, and how it is looked at.
package struct ConversationState: Equatable, Sendable {
  package var talk: Conversation
  /// What it is about: the talk's title and when it was given.
  package var subject: String
  /// What the tutor is for, one line.
  package var summary = ""
  /// How many rows above the last one are at the bottom of the screen.
  package var rowsUp = 0
  /// What would be sent now, while the learner looks at it.
  package var sent: String?
  /// Where answers come from, for the foot: "offline", or what may be asked.
  package var reach = ""

  /// A conversation about `subject`.
  package init(_ talk: Conversation, subject: String) {
    self.talk = talk
    self.subject = subject
  }
}
