/// What a relay says in words, to the learner's machine and so to the learner.
enum RelayWords {
  static let displaced = "another connection of yours took the place of this one"
}
