import Network
import Practice
import Recognition
import Tutor

/// Which recogniser hears a take, and how it is made ready.
enum Recognisers {
  /// How the recogniser for a take is made; nil where words are not wanted, or cannot be had and were not asked for.
  ///
  /// A talk that the recogniser can say becomes its language model; without one it listens with the general model. The
  /// model is tried out first, on the thread that makes it.
  static func loading(
    _ surroundings: Surroundings, talk: Talk?, isEnglish: Bool
  ) throws(Failure) -> Scribe.Loading? {
    let settings = surroundings.settings
    if settings.recogniser == .http { return try endpoint(surroundings) }
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
    if settings.recogniser == .http { return nil }
    if !isEnglish { return .otherLanguage }
    return SphinxModel.installed.missing() == nil ? nil : .noModel
  }

  /// How the recogniser for recordings of `talk`, or of anything, is made. Throws where there is no model, or a broken
  /// one.
  static func asked(for talk: Talk?, _ surroundings: Surroundings) throws(Failure) -> Scribe.Loading {
    if surroundings.settings.recogniser == .http { return try endpoint(surroundings) }
    do throws(RecognitionError) { try ModelProbe.check(places: surroundings.places) } catch { throw Failure(error) }
    return make(talk)
  }

  /// How the recogniser for a turn with the tutor is made; the failure says why words cannot be had.
  ///
  /// What learners ask of a tutor is much the same, so the questions in Prompts make its language model, and beside them
  /// what the talk is about. Whatever else is said falls to the general model.
  static func forTurns(
    _ surroundings: Surroundings, vocabulary: Talk?, client: HTTPClient
  ) -> Result<Scribe.Loading, Failure> {
    if surroundings.settings.recogniser == .http {
      return Result { () throws(Failure) in try endpoint(surroundings, client: client) }
    }
    guard let reason = reasonAgainst(surroundings.settings, isEnglish: true) else {
      let questions = (try? surroundings.prompt("tutors/questions.txt"))?.text ?? ""
      var talk = Talk(title: "", body: questions)
      if let vocabulary, GivenScript.obstacle(vocabulary, known: .whole) == nil {
        talk = Talk(title: "", body: questions + "\n\n" + vocabulary.body)
      }
      return .success(make(talk))
    }
    return .failure(Failure(.unavailable, Messages.noWordsForTurns(reason)))
  }

  /// How the recogniser that tells `words` apart, for minimal pairs, is made; nil where there is none. An endpoint
  /// cannot do it: it says what it heard, not how near the other word was.
  static func choosing(_ surroundings: Surroundings, words: [String]) -> Scribe.Loading? {
    guard surroundings.settings.recogniser != .none, SphinxModel.installed.missing(needsWords: false) == nil else {
      return nil
    }
    let places = surroundings.places
    return { () throws(RecognitionError) in
      try ModelProbe.check(places: places)
      return try WordChooser(words: words)
    }
  }

  /// How a recogniser that asks the endpoint for transcription is made. Throws where there is none, where the network is
  /// forbidden, and where the speaker has not allowed that sound is sent.
  static func endpoint(_ surroundings: Surroundings, client: HTTPClient? = nil) throws(Failure) -> Scribe.Loading {
    let settings = surroundings.settings
    guard !settings.offline else { throw Failure(.usage, Messages.httpOffline) }
    guard let endpoint = settings.endpoints.first(where: { $0.use == .transcription }) else {
      throw Failure(.configuration, Messages.noTranscription)
    }
    guard Consents.read(surroundings.places).decision(on: endpoint) == true else {
      throw Failure(.noPermission, Messages.allowFirst(endpoint.name, leaves: "transcription"))
    }
    let client = client ?? HTTPClient()
    let keys = KeyRing(environment: surroundings.environment)
    return { () throws(RecognitionError) in
      switch keys.find(endpoint.key) {
      case .failure(let problem):
        throw RecognitionError(.endpointRefused, operation: "key", detail: "\(endpoint.name): \(problem.sentence)")
      case .success(let key):
        return HTTPRecogniser(client: client, endpoint: TranscriptionEndpoint(endpoint, key: key))
      }
    }
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

extension TranscriptionEndpoint {
  /// An endpoint of the settings.
  init(_ endpoint: ChatEndpoint, key: String?) {
    self.init(
      name: endpoint.name, url: endpoint.address(of: "audio/transcriptions"), model: endpoint.model,
      secret: endpoint.secret(key), headers: endpoint.headers, patience: endpoint.patience, trust: endpoint.trust)
  }
}
