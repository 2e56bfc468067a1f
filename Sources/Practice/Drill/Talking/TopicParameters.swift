/// Rows that all kinds have in which somebody talks about a topic.
enum TopicParameters {
  /// One topic for every attempt.
  static let topic = DrillParameter(
    "topic", .text(limit: 200), .text(""), "what is talked about; without it a topic is drawn from the lists")
  /// Where topics are drawn from.
  static let topics = DrillParameter(
    "topics", .text(limit: 40), .text(""), "the list in Prompts/topics that a topic is drawn from; any of them without")
}
