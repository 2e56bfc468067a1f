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

  static func notText(_ file: String) -> String { "\(file) is not a text. Give a talk in Markdown." }

  static func nothingToSay(_ talk: Talk) -> String {
    let reason =
      if talk.body.allSatisfy(\.isWhitespace) { "is empty" } else if talk.unsaid.isEmpty {
        "has headings and notes only"
      } else { "has nothing but \(unsaid(talk.unsaid[0].kind)) in it" }
    return "\(talk.path) \(reason): there is nothing to say. Write what you will say below the headings, as plain text."
  }

  static func unsaid(_ kind: Unsaid.Kind) -> String {
    switch kind {
    case .code: "code"
    case .html: "HTML"
    case .table: "a table"
    case .image: "a picture"
    case .footnote: "a footnote"
    }
  }
}
