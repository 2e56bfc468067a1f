/// A talk's text as its speaker meets it: sections, sentences, and the words to say in each.
///
/// A value made once from Markdown, and the same for the prompter, the recogniser's language model and the review.
/// `Talk` is the file, this is what is in it.
package struct Script: Equatable, Sendable {
  /// A heading and what stands below it; the text above the first heading is a section without a title.
  package struct Section: Equatable, Sendable {
    /// Empty for what stands above the first heading.
    package var title: String
    /// 1 to 6, 0 above the first heading.
    package var level: Int
    /// Seconds that the author gives it; nil where none were given.
    package var budgetSeconds: Double?
    /// Its sentences, as places in `sentences`; empty for a heading with nothing below it.
    package var sentences: Range<Int>
    /// Line of the Markdown that its heading is, from 1.
    package var line: Int

    /// Makes a section.
    package init(
      title: String = "", level: Int = 0, budgetSeconds: Double? = nil, sentences: Range<Int>, line: Int = 1
    ) {
      self.line = line
      self.title = title
      self.level = level
      self.budgetSeconds = budgetSeconds
      self.sentences = sentences
    }
  }

  /// What is said in one breath of thought; the prompter holds one at eye height.
  package struct Sentence: Equatable, Sendable {
    /// Its words, as places in `tokens`; never empty.
    package var tokens: Range<Int>
    /// Place in `sections`.
    package var section: Int
    /// Whether a paragraph or an item of a list begins with it.
    package var startsParagraph: Bool
    /// Notes for the speaker's eyes that stand above it, one line each.
    package var notes: [String]
    /// Line of the Markdown that it begins in, from 1.
    package var line: Int

    /// Makes a sentence.
    package init(
      tokens: Range<Int>, section: Int, startsParagraph: Bool = false, notes: [String] = [], line: Int = 1
    ) {
      self.line = line
      self.tokens = tokens
      self.section = section
      self.startsParagraph = startsParagraph
      self.notes = notes
    }
  }

  /// A pause that the author asks for.
  package enum PauseMark: Int, Equatable, Sendable, Comparable {
    /// `/`: a breath.
    case short = 1
    /// `//`: long enough to be noticed.
    case long = 2

    /// As it is written: / or //.
    package var sign: String { String(repeating: "/", count: rawValue) }

    package static func < (left: PauseMark, right: PauseMark) -> Bool { left.rawValue < right.rawValue }
  }

  /// A written word with the signs around it.
  package struct Token: Equatable, Sendable {
    /// As written, its punctuation with it: "1945," or "“Dr.".
    package var text: String
    /// The ways to say it, each as lower-case words of letters and apostrophes, the likeliest first: "1945" is said
    /// "nineteen forty five" or "one thousand nine hundred and forty five". Never empty, and no way is.
    package var readings: [[String]]
    package var isStressed: Bool
    /// A pause asked for after it.
    package var pauseAfter: PauseMark?

    /// Makes a token said in one of `readings`.
    package init(
      _ text: String, readings: [[String]], isStressed: Bool = false, pauseAfter: PauseMark? = nil
    ) {
      self.text = text
      self.readings = readings
      self.isStressed = isStressed
      self.pauseAfter = pauseAfter
    }
  }

  package var sections: [Section]
  package var sentences: [Sentence]
  package var tokens: [Token]
  /// Notes below the last sentence.
  package var closingNotes: [String]

  /// Makes a script from its parts.
  package init(
    sections: [Section] = [], sentences: [Sentence] = [], tokens: [Token] = [], closingNotes: [String] = []
  ) {
    self.sections = sections
    self.sentences = sentences
    self.tokens = tokens
    self.closingNotes = closingNotes
  }

  /// Notes above one sentence; more are left out.
  static let noteLimit = 1_000

  /// Whether there is nothing to say in it.
  package var isEmpty: Bool { tokens.isEmpty }
}
