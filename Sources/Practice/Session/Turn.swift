/// A turn of the talk with the AI tutor: who said what, how it came about, and what it cost.
///
/// A turn is an event of the session it is about, also after that session's end: the conversation is kept with it.
package struct Turn: Equatable, Sendable {
  /// Who spoke: the speaker, or the AI tutor.
  package enum Speaker: String, Sendable, CaseIterable { case learner, tutor }

  package var who: Speaker
  package var text: String
  /// When it was said, in milliseconds since 1970.
  package var saidAtMilliseconds: Int
  /// The tutor's name; nil for a learner.
  package var name: String?
  /// How it came: "voice" or "typed" for a learner, "offline" or the endpoint's name for a tutor.
  package var source: String
  /// The model that answered, as the endpoint calls it.
  package var model: String?
  /// Tokens of what was sent and of what came back; nil where nothing was counted.
  package var tokensIn: Int?
  package var tokensOut: Int?
  /// Whether the tokens were estimated from the text, for the endpoint counted none.
  package var isEstimated: Bool
  /// Seconds from the question to the first of the answer, and to its end; for a learner the seconds of speech.
  package var firstTokenSeconds: Double?
  package var seconds: Double?
  /// What it cost, in the currency of the configured prices; nil where no price is known.
  package var cost: Double?
  /// Whether it broke off before its end.
  package var isCut: Bool

  /// Bytes of text that are kept of a turn; what is beyond is cut off, at a character.
  package static let byteLimit = 20_000

  /// Makes a turn; its text is cut at `byteLimit`, and what a terminal or a reader could be misled by is left out.
  package init(
    _ who: Speaker, _ text: String, saidAtMilliseconds: Int = 0, name: String? = nil, source: String,
    model: String? = nil, tokensIn: Int? = nil, tokensOut: Int? = nil, isEstimated: Bool = false,
    firstTokenSeconds: Double? = nil, seconds: Double? = nil, cost: Double? = nil, isCut: Bool = false
  ) {
    self.who = who
    self.text = Turn.bounded(Turn.safe(text))
    self.saidAtMilliseconds = saidAtMilliseconds
    self.name = name
    self.source = source
    self.model = model
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.isEstimated = isEstimated
    self.firstTokenSeconds = firstTokenSeconds?.rounded(places: 3)
    self.seconds = seconds?.rounded(places: 3)
    self.cost = cost?.rounded(places: 6)
    self.isCut = isCut
  }

  /// `text` line by line as `ReplyText` lets it pass.
  private static func safe(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { ReplyText.safe(String($0)) }
      .joined(separator: "\n")
  }

  /// The beginning of `text` that a turn keeps. Control characters are gone before: each would be six bytes of an event's
  /// line, which would then be longer than any that is read.
  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > byteLimit else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: byteLimit)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return String(text[..<end])
  }
}

extension Turn {
  /// The fields of its line.
  var fields: [JSON.Field] {
    func known(_ name: String, _ value: JSON) -> [JSON.Field] { value == .null ? [] : [.init(name, value)] }
    return [.init("who", .string(who.rawValue)), .init("text", .string(text))]
      + known("said_at_ms", saidAtMilliseconds > 0 ? .count(saidAtMilliseconds) : .null) + known("name", .text(name))
      + [.init("source", .string(source))] + known("model", .text(model))
      + known("tokens_in", tokensIn.map(JSON.count) ?? .null)
      + known("tokens_out", tokensOut.map(JSON.count) ?? .null)
      + known("estimated", isEstimated ? .bool(true) : .null)
      + known("first_token_seconds", .rounded(firstTokenSeconds)) + known("seconds", .rounded(seconds))
      + known("cost", .rounded(cost, 6)) + known("cut", isCut ? .bool(true) : .null)
  }

  init?(_ json: JSON) {
    guard let who = json["who"]?.string.flatMap(Speaker.init), let text = json["text"]?.string else { return nil }
    self.init(
      who, text, saidAtMilliseconds: max(json["said_at_ms"]?.integer ?? 0, 0), name: json["name"]?.string,
      source: json["source"]?.string ?? "", model: json["model"]?.string,
      tokensIn: json["tokens_in"].map(\.countInHere), tokensOut: json["tokens_out"].map(\.countInHere),
      isEstimated: json["estimated"] == .bool(true), firstTokenSeconds: json["first_token_seconds"]?.double,
      seconds: json["seconds"]?.double, cost: json["cost"]?.double, isCut: json["cut"] == .bool(true))
  }
}
