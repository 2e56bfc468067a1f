import Practice
import Recognition

/// Which recogniser hears a take, and how it is made ready.
enum Recognisers {
  /// How the recogniser for a take is made; nil where words are not wanted, or cannot be had and were not asked for.
  ///
  /// A talk that the recogniser can say becomes its language model; without one it listens with the general model.
  static func loading(_ settings: Settings, talk: Talk?) -> Scribe.Loading? {
    switch reasonAgainst(settings, talk) {
    case nil: make(talk)
    // Who asks for it by name is told by the recogniser itself what it lacks.
    case .noModel? where settings.recogniser == .pocketsphinx: make(talk)
    case _?: nil
    }
  }

  /// Why no words are to be expected; nil where they are.
  ///
  /// A talk in other letters is no English: words that are found in it all the same would be nonsense.
  static func reasonAgainst(_ settings: Settings, _ talk: Talk?) -> Prompter.Reason? {
    if settings.recogniser == .none { return .noRecogniser }
    if let talk, talk.script.foreignShare > Limits.foreignShare { return .otherLanguage }
    return SphinxModel.installed.missing() == nil ? nil : .noModel
  }

  /// How the recogniser for recordings of `talk`, or of anything, is made. Throws where there is no model.
  static func asked(for talk: Talk?) throws(Failure) -> Scribe.Loading {
    if let missing = SphinxModel.installed.missing() {
      throw Failure(RecognitionError(.modelMissing, operation: "open", detail: missing))
    }
    return make(talk)
  }

  private static func make(_ talk: Talk?) -> Scribe.Loading {
    { () throws(RecognitionError) in
      guard let talk, !talk.script.isEmpty, talk.script.foreignShare <= Limits.foreignShare,
        let language = try SphinxLanguage.of(talk)
      else { return try PocketSphinx() }
      return try PocketSphinx(language: language)
    }
  }
}
