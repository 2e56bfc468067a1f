import Network
import Tutor
import Voice

/// Which voice speaks the tutor's answers.
enum TutorVoice {
  /// How it is made: espeak-ng, or the endpoint that the settings name where the learner allowed it; where that fails,
  /// espeak-ng goes on.
  static func making(
    _ voice: VoiceSettings, _ surroundings: Surroundings, _ client: HTTPClient
  ) -> Speaker.Making {
    guard let endpoint = endpoint(surroundings), !surroundings.settings.offline else { return { EspeakVoice(voice) } }
    let (keys, places) = (KeyRing(environment: surroundings.environment), surroundings.places)
    return {
      guard Consents.read(places).decision(on: endpoint) == true, case .success(let key) = keys.find(endpoint.key)
      else { return EspeakVoice(voice) }
      return FallbackVoice(HTTPVoice(SpeechEndpoint(endpoint, key: key), client: client), else: EspeakVoice(voice))
    }
  }

  /// The endpoint for speech that the settings name; nil without one.
  static func endpoint(_ surroundings: Surroundings) -> ChatEndpoint? {
    let settings = surroundings.settings
    return settings.endpoints.first { $0.use == .speech && $0.name == settings.tutorVoice }
  }
}

extension SpeechEndpoint {
  /// An endpoint of the settings.
  init(_ endpoint: ChatEndpoint, key: String?) {
    self.init(
      name: endpoint.name, url: endpoint.address(of: "audio/speech"), model: endpoint.model,
      voice: endpoint.voice ?? "alloy", secret: endpoint.secret(key), headers: endpoint.headers,
      patience: endpoint.patience, trust: endpoint.trust)
  }
}
