/// What one answer took, for the ledger.
package struct Receipt: Equatable, Sendable {
  /// The endpoint's name in the config.
  package var endpoint: String
  /// The model as the server called it, else as the config does.
  package var model: String
  package var tokensIn: Int
  package var tokensOut: Int
  /// Whether one of the two is reckoned from the text, because the server did not count.
  package var isEstimated: Bool
  /// From the request's sending to the first text.
  package var firstTokenSeconds: Double
  /// From the request's sending to the end.
  package var seconds: Double
  /// In the endpoint's currency; nil without prices.
  package var cost: Double?
  /// Whether the answer stops before its end: at the most tokens that were allowed, or at a filter.
  package var isCut: Bool

  /// Makes a receipt.
  package init(
    endpoint: String, model: String, tokensIn: Int, tokensOut: Int, isEstimated: Bool, firstTokenSeconds: Double,
    seconds: Double, cost: Double? = nil, isCut: Bool = false
  ) {
    self.endpoint = endpoint
    self.model = model
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.isEstimated = isEstimated
    self.firstTokenSeconds = firstTokenSeconds
    self.seconds = seconds
    self.cost = cost
    self.isCut = isCut
  }
}

/// Tokens reckoned from text: no vocabulary is at hand, and each model has another.
///
/// English in Latin letters makes about four bytes a token. Other alphabets make about two characters a token, and
/// characters of three bytes and more (Chinese, Japanese, emoji) about one each. Good to a fifth or so for English.
package struct TokenEstimate: Equatable, Sendable {
  /// In quarters of a token.
  private var quarters = 0

  /// Nothing yet.
  package init() {}

  /// The tokens of `text`.
  package init(_ text: String) { add(text) }

  /// What the messages make, with four tokens around each.
  package init(_ messages: [ChatMessage]) {
    for message in messages {
      quarters += 16
      add(message.text)
    }
  }

  /// Counts `text` too.
  package mutating func add(_ text: String) {
    for scalar in text.unicodeScalars { quarters += scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : 4 }
  }

  /// The whole tokens, rounded up.
  package var tokens: Int { (quarters + 3) / 4 }
}
