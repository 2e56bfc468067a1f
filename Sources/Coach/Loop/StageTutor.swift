import CLinux
import History
import Practice
import Sound
import Terminal
import Tutor

/// The talk with the AI tutor on the stage: what a conversation asks for, done.
extension Stage {
  /// The session that is talked over: a past one that is looked at, or the one of this stage.
  var subject: Session { desk.past?.session ?? desk.session }

  /// Opens the conversation: prompts and tutors, and the last session where none is at hand, come in the background.
  func openConversation() {
    guard dialogue == nil else { return }
    let isAtHand = subject.beginning != nil
    errands.run(TutorErrands.opening(surroundings, findsLast: !isAtHand))
  }

  /// What a conversation needs has come.
  func opened(_ tutors: TutorDesk, _ past: PastSession?) {
    guard dialogue == nil else { return }
    if let past { desk.past = past }
    guard let beginning = subject.beginning else {
      desk.notice = Messages.nothingToTalkOver
      return
    }
    dialogue = Dialogue(tutors, surroundings, backroom: errands)
    var talk = Conversation(tutor: tutors.profile.name, turns: subject.turns)
    let silence = surroundings.settings.turnEndSeconds
    talk.silenceThatEnds = silence > 0 ? silence : nil
    talk.hasVoice = surroundings.settings.tutorVoice != "none"
    talk.notice = tutors.notes.first
    var state = ConversationState(talk, subject: beginning.title ?? beginning.source)
    state.summary = tutors.profile.summary
    state.reach = reach(tutors)
    desk.conversation = state
    desk.offset = 0
    desk.rooms.append(.conversation)
    askWhatIsJudged()
    needsFrame = true
  }

  /// Who is told something in this conversation.
  private func reach(_ tutors: TutorDesk) -> String {
    let settings = surroundings.settings
    func asked(_ name: String?) -> String? {
      name.flatMap { settings.offline || tutors.refused.contains($0) ? nil : $0 }
    }
    let hearing = settings.recogniser == .http ? settings.endpoints.first { $0.use == .transcription }?.name : nil
    return Messages.reach(
      chat: tutors.endpoints.compactMap { asked($0.name) }, hearing: asked(hearing),
      speaking: asked(TutorVoice.endpoint(surroundings)?.name))
  }

  /// Leaves the conversation; what was said is kept.
  func leaveConversation() {
    judging = nil
    lastVoice = desk.conversation?.talk.isAloud == true ? rostrum_monotonic_nanoseconds() : dialogue?.lastHeard ?? 0
    dialogue?.close()
    dialogue = nil
    desk.conversation = nil
    if desk.rooms.count > 1 {
      desk.rooms.removeLast()
    } else {
      leaveAfterTake = true
      leaveWhenSafe()
    }
    if desk.room == .home { desk.past = nil }
  }

  /// Takes in a step of the conversation.
  func take(_ step: ConversationStep, of turn: Int) {
    guard let dialogue, dialogue.isCurrent(turn) else { return }
    if case .aloud(let isOn) = step { dialogue.noteVoice(isOn: isOn, turnSource, vocabulary: plan.talk) }
    if case .consent = step { desk.offset = 0 }
    converse(step)
  }

  /// Applies a step, and does what must follow.
  func converse(_ step: ConversationStep) {
    guard var state = desk.conversation else { return }
    let effects = state.talk.apply(step)
    desk.conversation = state
    for effect in effects { perform(effect) }
    needsFrame = true
  }

  /// Keeps the clock of the conversation. A frame that shows nothing new would only keep the next word waiting.
  func tickConversation() {
    guard let talk = desk.conversation?.talk, talk.isBusy else { return }
    let neededFrame = needsFrame
    converse(.clock(Stage.clock))
    needsFrame = neededFrame || talk.showsClock
  }

  /// The clock that conversations go by, in seconds.
  static var clock: Double { Double(rostrum_monotonic_nanoseconds()) / 1e9 }

  /// Does what a step of the conversation asks for.
  func perform(_ effect: ConversationEffect) {
    guard let dialogue else { return }
    switch effect {
    case .listen:
      dialogue.listen(turnSource, vocabulary: plan.talk)
    case .stopListening: dialogue.stopListening()
    case .dropListening: dialogue.dropListening()
    case .ask(let text):
      // The question itself is among the turns already.
      let turns = desk.conversation?.talk.turns.dropLast() ?? []
      dialogue.ask(question(text, of: dialogue, after: Array(turns)))
    case .cancel: dialogue.cancel()
    case .say(let text): dialogue.say(text)
    case .endOfText: dialogue.endOfText()
    case .hush: dialogue.hush()
    case .record(let turn): keep(turn)
    case .decided(let endpoint, let isAllowed):
      dialogue.decide(isAllowed, endpoint: endpoint)
      desk.conversation?.reach = reach(dialogue.desk)
    case .leave: leaveConversation()
    }
  }

  /// What is put to the tutor for `text`, after `turns`.
  private func question(_ text: String, of dialogue: Dialogue, after turns: [Turn]) -> Asking.Question {
    Asking.Question(
      text: text, facts: TutorFacts(of: subject, rules: dialogue.desk.fillers), turns: turns, desk: dialogue.desk)
  }

  /// The microphone that a turn is spoken into.
  private var turnSource: SourceRequest {
    if case .device = plan.request { return .device(chosenDevice ?? surroundings.settings.device) }
    return .device(surroundings.settings.device)
  }

  /// Shows exactly what would be sent with the next question.
  func showSent() {
    guard let state = desk.conversation, let dialogue else { return }
    let question = question(state.talk.draft, of: dialogue, after: state.talk.turns)
    let messages = Asking.messages(question, surroundings.settings)
    desk.conversation?.sent = Asking.text(of: messages)
    desk.offset = 0
    desk.rooms.append(.sent)
  }

  /// Goes on with the next tutor.
  func nextTutor() {
    guard let profile = dialogue?.nextTutor() else {
      desk.conversation?.talk.notice = Messages.onlyTutor
      return
    }
    desk.conversation?.talk.tutor = profile.name
    desk.conversation?.summary = profile.summary
    desk.conversation?.talk.notice = Messages.nowTalking(to: profile.name)
  }

  /// Keeps a turn with its session: as an event of the take under way, or behind those of one that is over.
  private func keep(_ turn: Turn) {
    keep(.turn(turn))
    judge(by: turn)
  }

  /// Writes turns behind their sessions, once those are over and safe.
  func keepLateEvents() {
    let due = lateEvents.filter { take == nil || $0.id != take?.beginning.id }
    guard !due.isEmpty, !isKeepingEvents else { return }
    lateEvents.removeAll { turn in due.contains { $0.id == turn.id } }
    isKeepingEvents = true
    errands.run(TutorErrands.keeping(due.map { ($0.id, $0.event) }, surroundings))
  }
}
