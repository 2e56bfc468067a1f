package import Practice
import Terminal

/// What is sent to a model for one question: the same for a call as for its preview.
package enum TutorPrompt {
  /// The tokens of `text`, estimated: a quarter of its bytes, rounded up.
  package static func estimatedTokens(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

  /// What an empty question asks.
  package static let opening = "How did it go?"

  /// The messages for `question`, in at most about `tokenBound` estimated tokens.
  ///
  /// The first is of the system: the tutor, the rules of the house, the facts, and the transcript. It and the question
  /// are always whole but for the transcript. What room is left goes to the newest turns, as many as fit, and then to the
  /// transcript, which is cut from its middle. Turns alternate, the first being the learner's: several of one side are
  /// joined, for some models refuse anything else.
  package static func messages(
    profile: TutorProfile, facts: TutorFacts, turns: [Turn], question: String, tokenBound: Int, mask: Mask? = nil
  ) -> [ChatMessage] {
    let facts = mask.map(facts.masked) ?? facts
    func own(_ text: String) -> String {
      let clean = text.split(separator: "\n", omittingEmptySubsequences: false).map { sanitised(String($0)) }
        .joined(separator: "\n").trimmed
      return mask?.masked(clean) ?? clean
    }
    let asked = own(question)
    let values = profile.values.with(facts.values)
    let system = tidy(
      [profile.body.render(values), HouseRules.text(values), factsPart(facts)].joined(separator: "\n\n"))
    var latest = ChatMessage(.user, asked.isEmpty ? opening : asked)
    var left = tokenBound - estimatedTokens(system) - estimatedTokens(latest.text)
    let reserve = facts.transcript.isEmpty ? 0 : estimatedTokens(Transcript.heading) + estimatedTokens(Transcript.none)
    left -= reserve

    var kept: [ChatMessage] = []
    for turn in turns.reversed() {
      let text = own(turn.text)
      guard !text.isEmpty else { continue }
      // A line break is counted for turns that will be joined.
      let cost = estimatedTokens(text + "\n")
      guard cost <= left else { break }
      left -= cost
      kept.append(ChatMessage(turn.who == .learner ? .user : .assistant, text))
    }
    var messages: [ChatMessage] = []
    for message in kept.reversed().drop(while: { $0.role == .assistant }) {
      if messages.last?.role == message.role {
        messages[messages.count - 1].text += "\n" + message.text
      } else {
        messages.append(message)
      }
    }
    if messages.last?.role == .user, let last = messages.popLast() { latest.text = last.text + "\n" + latest.text }
    let transcript = Transcript.text(facts.transcript, tokens: left)
    return [ChatMessage(.system, system + transcript)] + messages + [latest]
  }

  private static func factsPart(_ facts: TutorFacts) -> String {
    var part = "Facts, measured from the sound of this take\n" + facts.sheet
    if let reason = facts.transcriptUnknown { part += "\n" + reason }
    return part
  }

  /// `text` without blanks at its ends, and with one empty line at most between two others.
  private static func tidy(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isBlank = line.allSatisfy(\.isWhitespace)
      if isBlank, lines.last?.isEmpty ?? true { continue }
      lines.append(isBlank ? "" : line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

/// The transcript as it is quoted: each line begins with `>` and its time, so that nothing in it can end the quotation.
private enum Transcript {
  static let heading =
    "\n\nTranscript, quoted; [um] is a filler, (in parentheses) what is not in the script and often misheard\n"
  static let none = "(The transcript is left out here, for it is too long.)"

  /// Characters of a quoted line at most.
  private static let lineLimit = 300

  /// The heading and as many of `lines` as fit into `tokens`, from both ends; empty without any.
  static func text(_ lines: [TutorFacts.Line], tokens: Int) -> String {
    guard !lines.isEmpty else { return "" }
    let quoted = lines.flatMap(quoted)
    var left = tokens * 4
    if quoted.reduce(0, { $0 + $1.utf8.count + 1 }) <= left { return heading + quoted.joined(separator: "\n") }
    left -= mark(words: 1_000_000_000).utf8.count + 1
    var (first, last) = (0, quoted.count)
    while first < last {
      // The beginning goes first, then the end, in turns.
      let isFirst = first <= quoted.count - last
      let cost = quoted[isFirst ? first : last - 1].utf8.count + 1
      guard cost <= left else { break }
      left -= cost
      if isFirst { first += 1 } else { last -= 1 }
    }
    guard first > 0 else { return heading + none }
    let words = quoted[first..<last].reduce(0) { $0 + $1.split(separator: " ").count - 2 }
    return heading + (quoted[..<first] + [mark(words: words)] + quoted[last...]).joined(separator: "\n")
  }

  private static func mark(words: Int) -> String { "(\(words) words are left out here)" }

  /// A line in pieces of at most `lineLimit` characters, broken between words; only the first has the time, for it is
  /// when the line began. Each piece is two words of its own and then those of the line.
  private static func quoted(_ line: TutorFacts.Line) -> [String] {
    let start = "> \(clockTime(line.start))"
    var pieces = [start]
    var length = 0
    for word in line.text.split(separator: " ") {
      if length > 0, length + word.count > lineLimit {
        pieces.append("> …")
        length = 0
      }
      pieces[pieces.count - 1] += " " + word
      length += word.count + 1
    }
    return pieces
  }
}

extension String {
  /// Without blanks and line breaks at its ends.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
