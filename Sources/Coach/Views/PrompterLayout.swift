import Practice
import Terminal

/// The script in lines of a width, each word with what became of it: the part around the sentence at eye height.
///
/// Only what can be seen is laid out, so a long talk costs no more than a short one.
struct PrompterLayout {
  /// Words of one look, one after another on a line.
  struct Run: Equatable {
    var text: String
    var role: Role
  }

  /// A line of the script.
  struct Line: Equatable {
    var runs: [Run] = []
    /// In the margin: where the speaker is, and what was left out or altered, since no meaning rests on colour.
    var sign: Sign = .none
    /// The sentence that begins in it.
    var sentence: Int?
    var width = 0
  }

  /// A sign in the margin.
  enum Sign: Int, Equatable { case none, altered, skipped, here }

  private(set) var lines: [Line] = []
  /// The line in which the sentence at eye height begins, and the one with the word to be said next.
  private(set) var eyeLine = 0
  private(set) var wordLine = 0

  private let prompter: Prompter
  private let columns: Int
  private let marks: [WordMark]
  private let settled: [WordMark]
  /// Whether there is room for blank lines between paragraphs.
  private let isRoomy: Bool
  /// Whether the next word begins a line.
  private var beginsLine = true

  /// Lays out about `rows` lines on both sides of where `prompter` is, `columns` wide.
  init(_ prompter: Prompter, columns: Int, rows: Int) {
    self.prompter = prompter
    self.columns = max(columns, 8)
    marks = prompter.follower.marks
    settled = prompter.settled.marks
    isRoomy = rows >= 10
    let script = prompter.script
    guard !script.isEmpty else { return }
    let here = prompter.sentence
    let first = PrompterLayout.paragraphStart(script, before: here, words: rows * self.columns / 5)
    var section = first > 0 ? script.sentences[first - 1].section : -1
    for sentence in first..<script.sentences.count {
      let part = script.sentences[sentence]
      if part.section != section {
        for passed in max(section + 1, 0)...part.section { head(script.sections[passed]) }
        section = part.section
      }
      if part.startsParagraph || !part.notes.isEmpty { breakParagraph() }
      for note in part.notes { self.note(note) }
      add(part, number: sentence, isHere: sentence == here)
      if sentence > here, lines.count > eyeLine + rows { break }
    }
  }

  /// The first sentence of a paragraph at least `words` words before `sentence`.
  private static func paragraphStart(_ script: Script, before sentence: Int, words: Int) -> Int {
    var first = sentence
    let here = script.sentences[sentence].tokens.lowerBound
    while first > 0 {
      let part = script.sentences[first]
      let passed = here - part.tokens.lowerBound
      // A paragraph without an end is begun in its middle.
      if passed >= words, part.startsParagraph || passed >= 2 * words { break }
      first -= 1
    }
    return first
  }

  private mutating func head(_ section: Script.Section) {
    guard !section.title.isEmpty else { return }
    breakParagraph()
    for text in wrap(section.title, to: columns) { lines.append(Line(runs: [Run(text: text, role: .title)])) }
    breakParagraph()
  }

  private mutating func breakParagraph() {
    beginsLine = true
    if isRoomy, let last = lines.last, !last.runs.isEmpty { lines.append(Line()) }
  }

  private mutating func note(_ text: String) {
    for line in wrap("> " + text, to: columns) { lines.append(Line(runs: [Run(text: line, role: .note)])) }
    breakParagraph()
  }

  private mutating func add(_ sentence: Script.Sentence, number: Int, isHere: Bool) {
    var isFirst = true
    var next: Int?
    for token in sentence.tokens {
      let written = prompter.script.tokens[token]
      let (role, sign) = look(token, isStressed: written.isStressed, isHere: isHere)
      put(written.text, role, sign)
      if isFirst {
        lines[lines.count - 1].sentence = lines[lines.count - 1].sentence ?? number
        if isHere { eyeLine = lines.count - 1 }
      }
      isFirst = false
      let isAhead = prompter.follower.words.place(ofToken: token).map { $0 >= prompter.place } ?? false
      if isAhead, next == nil { next = lines.count - 1 }
      if let pause = written.pauseAfter { put(pause.sign, .hint, .none) }
    }
    guard isHere, !sentence.tokens.isEmpty else { return }
    wordLine = next ?? lines.count - 1
    if lines[wordLine].sign.rawValue < Sign.here.rawValue { lines[wordLine].sign = .here }
  }

  private func look(_ token: Int, isStressed: Bool, isHere: Bool) -> (Role, Sign) {
    guard let place = prompter.follower.words.place(ofToken: token) else { return (isHere ? .current : .text, .none) }
    switch marks[place] {
    case .skipped: return (.skipped, .skipped)
    // Words that may still change come and go too fast to be shown as mistakes.
    case .altered: return settled[place] == .altered ? (.altered, .altered) : (.spoken, .none)
    case .spoken, .missed: return (.spoken, .none)
    case .ahead:
      if place < prompter.place { return (.spoken, .none) }
      return (isHere ? .current : isStressed ? .stress : .text, .none)
    }
  }

  private mutating func put(_ text: String, _ role: Role, _ sign: Sign) {
    let width = cellWidth(text)
    if beginsLine || lines[lines.count - 1].width + width + 1 > columns { lines.append(Line()) }
    beginsLine = false
    var line = lines[lines.count - 1]
    let spaced = line.runs.isEmpty ? text : " " + text
    if let last = line.runs.last, last.role == role {
      line.runs[line.runs.count - 1].text += spaced
    } else {
      line.runs.append(Run(text: spaced, role: role))
    }
    line.width += width + (line.runs.isEmpty ? 0 : 1)
    if sign.rawValue > line.sign.rawValue { line.sign = sign }
    lines[lines.count - 1] = line
  }
}
