import Practice

/// How likely a word is right, from how the search rates it.
struct Confidence {
  static func of(_ source: Word.Source) -> Confidence { Confidence() }
  func of(_ word: String, posterior: Double) -> Double { posterior }
}
