import CLinux
import Network
import Practice
import Recognition
import Sound
import Tutor
import Voice

/// Performs what a conversation asks for: microphone, question, voice.
///
/// It belongs to the main thread and never waits: what takes time has threads of its own, and all that comes of it
/// reaches the conversation as steps, through `Backroom`. Steps of a question that was broken off are let by.
final class Dialogue {
  private(set) var desk: TutorDesk
  private let surroundings: Surroundings
  private let backroom: Backroom
  private let client: HTTPClient
  /// What is being asked or listened to; steps of any other are late.
  private var turn = 0
  private var asking: Asking?
  private var listening: Listening?
  /// What listens for the learner while the tutor is heard, and the turn that its steps belong to.
  private var guardian: (ear: Listening, turn: Listening.TurnNumber)?
  private let echo = EchoMemory()
  /// What masks private things in what an endpoint is given to speak; nil where none does.
  private let mask: Mask?
  private var speaker: Speaker?
  private var reply = SpokenReply()
  private var cutter = SentenceCutter()
  /// What the learner decided in this conversation, by endpoint.
  private var decided: [String: Bool] = [:]
  /// When the tutor was last heard, by the monotonic clock; 0 before.
  private(set) var lastHeard: Int64 = 0

  init(_ desk: TutorDesk, _ surroundings: Surroundings, backroom: Backroom) {
    self.desk = desk
    self.surroundings = surroundings
    self.backroom = backroom
    client = HTTPClient(isOffline: surroundings.settings.offline)
    mask = TutorVoice.endpoint(surroundings).flatMap { _ in Asking.mask(surroundings.settings) }
    makeSpeaker()
    warmUp()
  }

  /// Whether a step of `turn` still counts.
  func isCurrent(_ turn: Int) -> Bool { turn == self.turn || turn == Dialogue.always }
  /// The turn of steps that always count: those of the voice.
  static let always = -1

  /// Has a model that takes its time to load loaded while the learner still thinks; nothing of theirs is sent, and
  /// nothing at all to whom they have not allowed to be asked.
  private func warmUp() {
    guard !surroundings.settings.offline, let endpoint = desk.endpoints.first,
      Consents.read(surroundings.places).decision(on: endpoint) == true,
      case .success(let key) = KeyRing(environment: surroundings.environment).find(endpoint.key),
      let request = ChatRequest.warmUp(endpoint, key: key)
    else { return }
    _ = client.send(request) { _ in }
  }

  /// Puts `question` to the tutor.
  func ask(_ question: Asking.Question) {
    turn += 1
    let asking = Asking(question, client: client, isAloud: true, surroundings, tell: teller(turn))
    self.asking = asking
    beginReply()
    start(asking)
  }

  /// Keeps what the learner decided about an endpoint, and goes on with the question; what is put off holds for this
  /// conversation.
  func decide(_ isAllowed: Bool?, endpoint name: String) {
    decided[name] = isAllowed ?? false
    if isAllowed == true { desk.refused.remove(name) } else { desk.refused.insert(name) }
    let (places, asking, decided) = (surroundings.places, asking, decided)
    let endpoint = surroundings.settings.endpoints.first { $0.name == name }
    Worker.start("errand") {
      if let endpoint, let isAllowed { Consents.keep(isAllowed, on: endpoint, places) }
      asking?.start(decided: decided)
    }
  }

  private func start(_ asking: Asking) {
    let decided = decided
    if !Worker.start("errand", { asking.start(decided: decided) }) { asking.start(decided: decided) }
    speaker?.prepare()
  }

  /// Breaks off the answer.
  func cancel() {
    turn += 1
    asking?.cancel()
    asking = nil
  }

  /// Opens the microphone: in the background, for a sound server may take its time. Where the learner is speaking over
  /// the voice already, it is open.
  func listen(_ request: SourceRequest, vocabulary: Talk?) {
    turn += 1
    if let guardian {
      (self.guardian, listening) = (nil, guardian.ear)
      return guardian.turn.set(turn)
    }
    let (surroundings, tell, turn) = (surroundings, teller(turn), turn)
    if let question = consentToHear() { return tell(.consent(question)) }
    let load: Scribe.Loading
    switch Recognisers.forTurns(surroundings, vocabulary: vocabulary, client: client) {
    case .success(let loading): load = loading
    case .failure(let failure): return tell(.cannotHear(failure.sentence))
    }
    backroom.run {
      do throws(Failure) {
        let capture = try TakeParts.capture(request, surroundings)
        return .listening(turn, Listening(capture, load: load, tell: tell))
      } catch { return .step(turn, .cannotHear(error.sentence)) }
    }
  }

  /// What the learner is asked before sound is sent to an endpoint; nil where none is, or that was decided.
  private func consentToHear() -> ConsentQuestion? {
    let settings = surroundings.settings
    guard settings.recogniser == .http, !settings.offline,
      let endpoint = settings.endpoints.first(where: { $0.use == .transcription }), decided[endpoint.name] == nil,
      Consents.read(surroundings.places).decision(on: endpoint) == nil
    else { return nil }
    return ConsentQuestion(
      endpoint: endpoint.name, host: HTTPAddress(endpoint.url)?.host ?? "",
      what: Messages.leaves(endpoint.use.rawValue, hasTranscript: false), text: Messages.eachUtterance)
  }

  /// The microphone is open; one that is not wanted any more is closed again.
  func opened(_ turn: Int, _ listening: Listening) {
    guard turn == self.turn else { return listening.stop(isWanted: false) }
    self.listening = listening
  }

  /// Ends the learner's turn: what was spoken is wanted as words.
  func stopListening() {
    guard let listening else {
      // It was not open yet: there is nothing to make words of.
      let tell = teller(turn)
      return tell(.heard(""))
    }
    listening.stop(isWanted: true)
    self.listening = nil
  }

  /// Ends the learner's turn: what was spoken is let go.
  func dropListening() {
    turn += 1
    listening?.stop(isWanted: false)
    listening = nil
  }

  /// More of the answer, to be spoken as soon as a sentence of it is whole.
  func say(_ text: String) { for sentence in cutter.add(reply.add(text)) { speak(sentence) } }

  /// The answer is complete.
  func endOfText() {
    for sentence in cutter.add(reply.finish()) + cutter.finish() { speak(sentence) }
    speaker?.end()
  }

  /// Speaks a sentence; what is to be masked is so where an endpoint speaks.
  private func speak(_ sentence: String) { speaker?.say(mask?.masked(sentence) ?? sentence) }

  /// Silences the voice.
  func hush() {
    beginReply()
    speaker?.stop()
  }

  /// Forgets what was left of the answer before.
  private func beginReply() {
    reply = SpokenReply()
    cutter = SentenceCutter()
  }

  /// The tutor's voice has begun or ended: while it is heard, the learner may speak over it.
  func noteVoice(isOn: Bool, _ request: SourceRequest, vocabulary: Talk?) {
    lastHeard = rostrum_monotonic_nanoseconds()
    if isOn { watch(request, vocabulary: vocabulary) } else { dropGuardian() }
  }

  private func watch(_ request: SourceRequest, vocabulary: Talk?) {
    guard surroundings.settings.bargeIn == .voice, guardian == nil, listening == nil, let speaker,
      case .success(let load) = Recognisers.forTurns(surroundings, vocabulary: vocabulary, client: client)
    else { return }
    let (surroundings, backroom, turn) = (surroundings, backroom, Listening.TurnNumber(Dialogue.always))
    let watch = Listening.Guard(voiceLevel: { speaker.levelDecibels }, memory: echo)
    backroom.run {
      guard let capture = try? TakeParts.capture(request, surroundings) else { return .notice("") }
      let ear = Listening(capture, load: load, watch: watch) { backroom.put(.step(turn.value, $0)) }
      return .guarding(ear, turn)
    }
  }

  /// Somebody listens for the learner now; not wanted any more where the voice has ended meanwhile.
  func guarding(_ ear: Listening, _ turn: Listening.TurnNumber, isAloud: Bool) {
    guard isAloud, guardian == nil, listening == nil else { return ear.stop(isWanted: false) }
    guardian = (ear, turn)
  }

  private func dropGuardian() {
    guardian?.ear.stop(isWanted: false)
    guardian = nil
  }

  /// Goes on with the next tutor; nil where there is no other.
  func nextTutor() -> TutorProfile? {
    guard desk.profiles.count > 1, let here = desk.profiles.firstIndex(where: { $0.id == desk.profile.id }) else {
      return nil
    }
    desk.profile = desk.profiles[(here + 1) % desk.profiles.count]
    speaker?.close()
    makeSpeaker()
    return desk.profile
  }

  /// Lets go of microphone, question and voice.
  func close() {
    cancel()
    dropListening()
    dropGuardian()
    speaker?.close()
    speaker = nil
  }

  private func makeSpeaker() {
    let (settings, profile, backroom) = (surroundings.settings, desk.profile, backroom)
    guard settings.tutorVoice != "none" else { return }
    let voice = VoiceSettings(
      voice: profile.voice, wordsPerMinute: profile.wordsPerMinute, pitch: profile.pitch,
      volume: Float(settings.volume), balance: Float(settings.balance))
    speaker = Speaker(device: settings.speaker, settings: voice, making: TutorVoice.making(voice, surroundings, client))
    {
      news in
      for step in Dialogue.steps(news) { backroom.put(.step(Dialogue.always, step)) }
    }
  }

  /// What news of the voice mean for the conversation.
  private static func steps(_ news: Speaker.News) -> [ConversationStep] {
    switch news {
    case .speaking: []
    case .firstSound: [.aloud(true)]
    case .fellBack(let error): [.notice(Messages.fellBack(error))]
    case .finished, .stopped: [.aloud(false)]
    case .failed(let problem): [.voiceFailed(Messages.sentence(problem))]
    }
  }

  private func teller(_ turn: Int) -> @Sendable (ConversationStep) -> Void {
    let backroom = backroom
    return { backroom.put(.step(turn, $0)) }
  }
}
