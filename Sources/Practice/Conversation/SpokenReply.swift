/// Makes the words for a voice of an answer while it is still coming.
///
/// Marks of Markdown, addresses and code are left out, a link is its text; what ends a block without a stop gets one, and
/// a line break stands between blocks. It decides each character once: what has been handed out never changes, however
/// the answer was cut, and it holds back no more than a word or a mark whose meaning is still open.
package struct SpokenReply: Equatable, Sendable {
  private enum Place: Equatable {
    /// In the marks that a line may begin with.
    case lineStart
    case text
    /// In the rest of a line that is not said.
    case skipped
    /// Behind `]`: an address may follow in parentheses.
    case afterLink
    /// In such an address, so many parentheses deep.
    case address(Int)
  }

  /// Characters that a mark at the start of a line may have; the longest mark is shorter than `headLimit`.
  private static let headSigns: Set<Character> = Set(" \t#>-*+=~`|0123456789.):_")
  private static let headLimit = 16
  /// Bytes after which a word is handed out although nothing has ended it.
  private static let wordLimit = 256

  private var place = Place.lineStart
  private var isInCode = false
  /// Whether the line is a heading, which ends with it.
  private var isHeading = false
  private var head = ""
  /// The word that is being read: it may turn out to be an address.
  private var word = ""
  /// What is ready.
  private var out = ""
  private var bytesTaken = 0
  private var endsInReturn = false
  /// The last character that was handed out, for blanks and stops; a line break at first.
  private var last: Character = "\n"
  /// The last one that is no closing quotation mark or bracket: a stop inside them is one.
  private var lastSaid: Character = "\n"
  /// Whether a blank is due before the next word; a stop may come before it yet.
  private var owesBlank = false

  /// Makes one at the start of an answer.
  package init() {}

  /// Takes the next part, and returns what can be said now; blanks and line breaks in it count.
  package mutating func add(_ text: String) -> String {
    // By scalars, since a letter may come in one part and its accent in the next.
    for scalar in text.unicodeScalars where bytesTaken < ReplyText.byteLimit {
      bytesTaken += UTF8.width(scalar)
      let isSecondHalf = scalar == "\n" && endsInReturn
      endsInReturn = scalar == "\r"
      let character = Character(scalar)
      if !isSecondHalf { take(character.isNewline ? "\n" : character) }
    }
    return handOut()
  }

  /// What is left when the answer has ended.
  package mutating func finish() -> String {
    if place == .lineStart { resolveHead(isWholeLine: true) }
    endBlock()
    return handOut()
  }

  private mutating func handOut() -> String {
    defer { out = "" }
    return out
  }

  private mutating func take(_ character: Character) {
    switch place {
    case .lineStart:
      if character == "\n" {
        resolveHead(isWholeLine: true)
      } else if Self.headSigns.contains(character), head.count < Self.headLimit || character == head.last {
        if head.count < Self.headLimit { head.append(character) }
      } else {
        resolveHead(isWholeLine: false)
        take(character)
      }
    case .skipped:
      if character == "\n" { place = .lineStart }
    case .afterLink:
      if character == "(" {
        place = .address(1)
      } else {
        place = .text
        take(character)
      }
    case .address(let depth):
      let now = depth + (character == "(" ? 1 : character == ")" ? -1 : 0)
      place = now == 0 ? .text : character == "\n" ? .lineStart : .address(now)
    case .text: takeText(character)
    }
  }

  private mutating func takeText(_ character: Character) {
    switch character {
    case "\n":
      endWord()
      if isHeading { endBlock() } else { sayBlank() }
      place = .lineStart
    case " ", "\t":
      endWord()
      sayBlank()
    case "*", "`", "[": break
    case "]": place = .afterLink
    default:
      word.append(character)
      // Some languages write no blanks, and some words are none.
      if "。！？，、".contains(character) || word.utf8.count >= Self.wordLimit { endWord() }
    }
  }

  // MARK: The start of a line

  /// Decides what the marks in `head` are, now that the line goes on behind them or has ended.
  private mutating func resolveHead(isWholeLine: Bool) {
    let whole = head.drop { $0 == " " || $0 == "\t" }
    head = ""
    place = isWholeLine ? .lineStart : .text
    isHeading = false
    if whole.hasPrefix("```") || whole.hasPrefix("~~~") {
      if !isInCode { endBlock() }
      isInCode.toggle()
      if !isWholeLine { place = .skipped }
      return
    }
    if isInCode {
      if !isWholeLine { place = .skipped }
      return
    }
    if isWholeLine, !whole.contains(where: \.isNumber) { return endBlock() }
    let (rest, isBlock) = Self.withoutMarks(whole)
    if isBlock { endBlock() }
    isHeading = whole.first == "#" && isBlock
    guard !rest.isEmpty else { return }
    place = .text
    for character in rest { take(character) }
    if isWholeLine { take("\n") }
  }

  /// `head` without the marks of headings, quotations and items, and whether one of them begins a block.
  private static func withoutMarks(_ head: Substring) -> (rest: Substring, isBlock: Bool) {
    var (rest, isBlock) = (head, false)
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      let after = rest.dropFirst(run.count)
      let isFollowedByBlank = after.first == " " || after.first == "\t"
      if first == ">" {
        rest = rest.dropFirst()
      } else if first == " " || first == "\t" {
        rest = after
      } else if first == "#", run.count <= 6, isFollowedByBlank || after.isEmpty {
        (rest, isBlock) = (after, true)
      } else if "-+*".contains(first), run.count == 1, isFollowedByBlank {
        (rest, isBlock) = (after, true)
      } else if first.isNumber {
        let digits = rest.prefix { $0.isNumber }
        let behind = rest.dropFirst(digits.count)
        guard digits.count <= 3, let sign = behind.first, sign == "." || sign == ")",
          behind.dropFirst().first == " "
        else { return (rest, isBlock) }
        (rest, isBlock) = (behind.dropFirst(), true)
      } else {
        return (rest, isBlock)
      }
    }
    return (rest, isBlock)
  }

  // MARK: Words

  /// Ends a paragraph, an item or a heading: with a stop, where it has none.
  private mutating func endBlock() {
    endWord()
    owesBlank = false
    guard last != "\n" else { return }
    if !".!?…:;,。！？，".contains(lastSaid) { push(".") }
    push("\n")
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    defer { word = "" }
    if word.contains("://") || word.lowercased().hasPrefix("www.") {
      // An address is not read out; the stop behind it is.
      if let stop = word.last, ".!?,;:".contains(stop), last != " " { push(stop) }
      return
    }
    guard !word.allSatisfy({ "-=|:+~_".contains($0) }) else { return }
    var said = Substring(word.filter { $0 != "|" })
    while said.first == "_" { said = said.dropFirst() }
    while let at = said.lastIndex(where: { !".,;:!?)\"'”".contains($0) }), said[at] == "_" { said.remove(at: at) }
    var text = said.split(separator: "~~").joined()
    if text.contains("<") { text = Self.withoutTags(text) }
    for (name, sign) in Self.entities where text.contains("&") {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(separator: sign)
    }
    let safe = ReplyText.safe(text)
    guard !safe.isEmpty else { return }
    if owesBlank, last != "\n" { push(" ") }
    owesBlank = false
    for character in safe { push(character) }
  }

  private static let entities = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&"),
  ]

  /// `word` without what stands between `<` and `>`; a `<` without its end stays.
  private static func withoutTags(_ word: String) -> String {
    var (text, rest) = ("", Substring(word))
    while let open = rest.firstIndex(of: "<"), let end = rest[open...].firstIndex(of: ">") {
      text += rest[..<open]
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }

  /// A blank: at once behind a stop, so that a sentence is known to have ended, else with the next word.
  private mutating func sayBlank() {
    if last == " " || last == "\n" { return }
    if ".!?…".contains(lastSaid) { push(" ") } else { owesBlank = true }
  }

  private mutating func push(_ character: Character) {
    out.append(character)
    last = character
    if !" \"'”’»)]".contains(character) { lastSaid = character }
  }
}

extension ReplyText {
  /// The answer as a voice says it; `SpokenReply` does the same while it is still coming.
  package static func spoken(_ markdown: String) -> String {
    var reply = SpokenReply()
    return reply.add(markdown) + reply.finish()
  }
}
