import Practice

/// What `talk check` says, beside what it counted.
extension Messages {
  static let nothingHard = "Nothing was found that is hard to say or to follow."
  static let hardToFollow = "Hard to follow by ear"
  static let breathless = "Too long for a breath"
  static let hardToSay = "Hard to say"
  static let unknownWords = "Words that the recogniser has to guess the sound of"
  static let untitled = "before the first heading"
  static let otherLetters =
    "Most of it is not in Latin letters. The recogniser knows English only, so the prompter will go by pace instead of listening, and the lengths below are rough."
  static let otherLanguage =
    "Most of its words are not English ones. The recogniser knows English only, so the prompter will go by pace instead of listening."
  static let noDictionary =
    "The recogniser's dictionary is missing, so words could not be looked up. Install it: sudo apt install pocketsphinx-en-us"

  static let talkFromInput = "A talk is read from a file, not from standard input. Save it first, then name the file."
  static let deeperIncluded = "The figures of a section hold those of the sections below it."

  static func notText(_ file: String) -> String { "\(file) is not a text. Give a talk in Markdown." }

  static func rehearsingWithout(_ path: String) -> String {
    "Nothing to say in \(path.split(separator: "/").last ?? "it"); rehearsing without a script."
  }

  static func scriptNotEnglish(_ path: String) -> String {
    "\(path) is not in English, which is all the recogniser knows; it listens without the script."
  }

  static func nothingToSay(_ talk: Talk) -> String {
    let reason =
      if talk.body.allSatisfy(\.isWhitespace) {
        "is empty"
      } else if let first = talk.unsaid.first {
        "has nothing but \(unsaid(first.kind)) in it, from line \(first.lines.lowerBound + talk.firstLine - 1) on"
      } else if let (line, text) = firstSigns(talk) {
        "has no words in it; line \(line) is \(quoted(text))"
      } else { "has headings and notes only" }
    return "\(talk.path) \(reason): there is nothing to say. Write what you will say below the headings, as plain text."
  }

  /// The first line that is neither a heading nor a note, and its number in the file; nil without any.
  private static func firstSigns(_ talk: Talk) -> (Int, String)? {
    for (index, line) in talk.body.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let first = line.first(where: { !$0.isWhitespace }), !"#>=-<".contains(first) else { continue }
      return (index + talk.firstLine, String(line.drop(while: \.isWhitespace)))
    }
    return nil
  }

  static func unsaid(_ kind: Unsaid.Kind) -> String {
    switch kind {
    case .code: "code"
    case .html: "HTML"
    case .comment: "a comment that has no end (-->)"
    case .table: "a table"
    case .image: "a picture"
    case .footnote: "a footnote"
    }
  }
}
