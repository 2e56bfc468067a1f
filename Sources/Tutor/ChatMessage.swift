/// One message of a conversation, as a model is told it.
package struct ChatMessage: Equatable, Sendable {
  /// Who says it.
  package enum Role: String, Equatable, Sendable {
    case system
    case user
    case assistant
  }

  package var role: Role
  package var text: String

  /// Makes a message.
  package init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }
}
