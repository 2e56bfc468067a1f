import Practice
import Recognition

/// Which recogniser hears a take, and how it is made ready.
enum Recognisers {
  /// How the recogniser for a take is made; nil where words are not wanted, or cannot be had and were not asked for.
  ///
  /// A talk that the recogniser can say becomes its language model; without one it listens with the general model. The
  /// model is tried out first, on the thread that makes it.
  static func loading(_ surroundings: Surroundings, talk: Talk?, isEnglish: Bool) -> Scribe.Loading? {
    let settings = surroundings.settings
    switch reasonAgainst(settings, isEnglish: isEnglish) {
    case nil: break
    // Who asks for it by name is told by the recogniser itself what it lacks.
    case .noModel? where settings.recogniser == .pocketsphinx: break
    case _?: return nil
    }
    let (make, places) = (make(talk), surroundings.places)
    return { () throws(RecognitionError) in
      try ModelProbe.check(places: places)
      return try make()
    }
  }

  /// Why no words are to be expected; nil where they are.
  ///
  /// Words that are found in a talk in another language would be nonsense.
  static func reasonAgainst(_ settings: Settings, isEnglish: Bool) -> Prompter.Reason? {
    if settings.recogniser == .none { return .noRecogniser }
    if !isEnglish { return .otherLanguage }
    return SphinxModel.installed.missing() == nil ? nil : .noModel
  }

  /// How the recogniser for recordings of `talk`, or of anything, is made. Throws where there is no model, or a broken
  /// one.
  static func asked(for talk: Talk?, _ places: Places) throws(Failure) -> Scribe.Loading {
    do throws(RecognitionError) { try ModelProbe.check(places: places) } catch { throw Failure(error) }
    return make(talk)
  }

  private static func make(_ talk: Talk?) -> Scribe.Loading {
    { () throws(RecognitionError) in
      guard let talk, !talk.script.isEmpty, let language = try SphinxLanguage.of(talk) else {
        return try PocketSphinx()
      }
      do throws(RecognitionError) { return try PocketSphinx(language: language) } catch {
        guard error.kind == .scriptRefused else { throw error }
        return try PocketSphinx()
      }
    }
  }

  /// How the recogniser for a talk that was changed while it is spoken is made.
  static func renewal(_ talk: Talk) -> Scribe.Loading { make(talk) }
}
