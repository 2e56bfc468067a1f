/// How a model is to answer; what is nil is left to the server.
package struct ChatSettings: Equatable, Sendable {
  /// 0 (always the same) to 2.
  package var temperature: Double?
  /// The most tokens of an answer.
  package var longestTokens: Int?
  /// How much to think before: `none`, `minimal`, `low`, `medium` or `high`.
  package var reasoningEffort: String?

  /// Makes settings.
  package init(temperature: Double? = nil, longestTokens: Int? = nil, reasoningEffort: String? = nil) {
    self.temperature = temperature
    self.longestTokens = longestTokens
    self.reasoningEffort = reasoningEffort
  }
}
