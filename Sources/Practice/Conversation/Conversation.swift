/// The talk with the AI tutor as a value: what was said, what is being said, and where the turn stands.
///
/// Everything that can happen to it is a `ConversationStep`, everything that must follow a `ConversationEffect`; time
/// comes in with the steps. So the whole turn, from the key to the last word aloud, is a pure function that tests can
/// walk through.
package struct Conversation: Equatable, Sendable {
  /// Where the turn under way stands.
  package enum Stage: Equatable, Sendable {
    /// Nobody's turn.
    case idle
    /// The learner speaks, the microphone is open.
    case listening
    /// What was spoken is made into words.
    case transcribing
    /// The learner is asked whether something may be sent.
    case consent(ConsentQuestion)
    /// The question was put; nothing has come back yet.
    case thinking
    /// The answer is coming in.
    case answering
    /// The answer is complete and still being spoken.
    case speaking
  }

  /// Turns that are over, the oldest first.
  package private(set) var turns: [Turn]
  /// The tutor's name.
  package var tutor: String
  package private(set) var stage = Stage.idle
  /// The clock when this stage began, and now; seconds on any clock that never goes back.
  package private(set) var since = 0.0
  package private(set) var now = 0.0
  /// What has been typed and not sent.
  package private(set) var draft = ""
  /// What has been heard of the question so far.
  package private(set) var hearing = ""
  /// What has come of the answer so far.
  package private(set) var answer = ""
  /// Who is being asked: an endpoint's name, or "offline".
  package private(set) var source = ""
  /// Whether the tutor has a voice at all.
  package var hasVoice = false
  /// Whether the tutor's voice is heard now.
  package private(set) var isAloud = false
  /// Whether the voice has said all it had to of this answer, or could not.
  private var isSaid = false
  /// How loud the microphone is while listening, in dBFS.
  package private(set) var levelDecibels = -100.0
  /// Seconds of silence since the last word while listening; what ends the turn by itself counts it.
  package private(set) var silence = 0.0
  /// Seconds of silence that end the learner's turn; nil where only the key does.
  package var silenceThatEnds: Double?
  /// Whether the consent that is asked for is for a turn by voice, so that no question waits behind it.
  private var asksForTurn = false
  /// One sentence for now: what could not be done, and the next step.
  package var notice: String?
  private var askedAt = 0.0
  /// Whether the answer is longer than a turn may be; what is beyond is neither shown nor spoken.
  private var isFull = false

  /// Bytes of a question; what is beyond is not taken.
  package static let questionLimit = 8_000

  /// A conversation that goes on after `turns`.
  package init(tutor: String, turns: [Turn] = []) {
    self.tutor = tutor
    self.turns = turns
  }

  /// Seconds this stage has lasted.
  package var stageSeconds: Double { max(0, now - since) }
  /// Seconds until silence ends the learner's turn; nil while nothing counts down.
  package var countdown: Double? {
    guard stage == .listening, let silenceThatEnds, !hearing.isEmpty, silence > 0.5 else { return nil }
    return max(0, silenceThatEnds - silence)
  }
  /// Whether the learner must do nothing but wait, or may break off.
  package var isBusy: Bool { stage != .idle }

  /// Whether the stage is one whose seconds are shown; an answer is seen to grow instead.
  package var showsClock: Bool { [.listening, .transcribing, .thinking].contains(stage) }

  /// Takes in what happened and says what must follow.
  package mutating func apply(_ step: ConversationStep) -> [ConversationEffect] {
    switch step {
    case .clock(let seconds):
      now = max(now, seconds)
      return []
    case .talk: return talk()
    case .type(let text):
      take(text)
      return []
    case .erase:
      if !draft.isEmpty { draft.removeLast() }
      return []
    case .send: return send()
    case .escape: return escape()
    case .bargeIn: return isAloud ? talk() : []
    case .consent(let question):
      asksForTurn = stage == .listening
      let effects: [ConversationEffect] = asksForTurn ? [.dropListening] : []
      if stage == .thinking || asksForTurn { go(to: .consent(question)) }
      return effects
    case .decide(let isAllowed): return decide(isAllowed)
    case .hears(let text, let seconds):
      guard stage == .listening else { return [] }
      (hearing, silence) = (text, seconds)
      guard let silenceThatEnds, !text.isEmpty, seconds >= silenceThatEnds else { return [] }
      return talk()
    case .level(let decibels):
      levelDecibels = decibels
      return []
    case .heard(let text): return heard(text)
    case .cannotHear(let sentence):
      guard stage == .listening || stage == .transcribing else { return [] }
      go(to: .idle)
      (hearing, notice) = ("", sentence)
      return [.dropListening]
    default: return answer(step)
    }
  }

  /// What comes from who was asked, and from the voice.
  private mutating func answer(_ step: ConversationStep) -> [ConversationEffect] {
    switch step {
    case .trying(let name):
      source = name
      return []
    case .text(let text): return receive(text)
    case .broke(let sentence):
      notice = sentence
      return keepAnswer(AnswerReceipt(source: source), isCut: true) + (isAloud ? [.hush] : [])
    case .finished(let receipt):
      guard stage == .thinking || stage == .answering else { return [] }
      let effects = keepAnswer(receipt, isCut: receipt.isCut) + [.endOfText]
      go(to: isAloud || hasVoice && !isSaid && effects.count > 1 ? .speaking : .idle)
      return effects
    case .aloud(let isOn):
      isAloud = isOn
      isSaid = !isOn
      if !isOn, stage == .speaking { go(to: .idle) }
      // The end of the voice before may be told late; what sounds now can be silenced all the same.
      if isOn, stage == .idle { go(to: .speaking) }
      return []
    case .notice(let sentence):
      notice = sentence
      return []
    case .voiceFailed(let sentence):
      (isAloud, isSaid, notice) = (false, true, sentence)
      if stage == .speaking { go(to: .idle) }
      return []
    default: return []
    }
  }

  private mutating func go(to next: Stage) {
    stage = next
    since = now
  }

  /// The turn key: begins the learner's turn, or ends it.
  private mutating func talk() -> [ConversationEffect] {
    notice = nil
    switch stage {
    case .listening:
      go(to: .transcribing)
      return [.stopListening]
    case .transcribing, .consent: return []
    case .idle, .thinking, .answering, .speaking:
      let effects = breakOff()
      (hearing, silence) = ("", 0)
      go(to: .listening)
      return effects + [.listen]
    }
  }

  /// Whether what is typed goes into the line: not while the learner speaks, or is asked something.
  private var mayType: Bool {
    switch stage {
    case .idle, .thinking, .answering, .speaking: true
    case .listening, .transcribing, .consent: false
    }
  }

  private mutating func take(_ text: String) {
    guard mayType else { return }
    let room = Conversation.questionLimit - draft.utf8.count
    if text.utf8.count > room {
      notice = "A question holds \(Conversation.questionLimit) characters, and this one is full."
    }
    draft += text.utf8.count <= room ? text : ""
  }

  private mutating func send() -> [ConversationEffect] {
    if stage == .listening { return talk() }
    let question = draft.trimmingSpaces()
    guard !question.isEmpty, stage != .listening, stage != .transcribing else { return [] }
    if case .consent = stage { return [] }
    notice = nil
    let effects = breakOff()
    draft = ""
    return effects + put(question, source: "typed", seconds: nil)
  }

  private mutating func heard(_ text: String) -> [ConversationEffect] {
    guard stage == .transcribing else { return [] }
    let question = text.trimmingSpaces()
    hearing = ""
    guard !question.isEmpty else {
      go(to: .idle)
      notice = "No words were heard. Press space and say it again, or type it."
      return []
    }
    return put(question, source: "voice", seconds: nil)
  }

  private mutating func put(_ question: String, source: String, seconds: Double?) -> [ConversationEffect] {
    let turn = Turn(.learner, question, source: source, seconds: seconds)
    turns.append(turn)
    (answer, isFull, self.source, askedAt, isSaid) = ("", false, "", now, false)
    go(to: .thinking)
    return [.record(turn), .ask(question)]
  }

  private mutating func receive(_ text: String) -> [ConversationEffect] {
    guard stage == .thinking || stage == .answering else { return [] }
    if stage == .thinking { go(to: .answering) }
    guard !isFull else { return [] }
    var room = Turn.byteLimit - answer.utf8.count
    let kept = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix { scalar in
          room -= UTF8.width(scalar)
          return room >= 0
        }))
    isFull = room < 0
    answer += kept
    return kept.isEmpty ? [] : [.say(kept)]
  }

  /// Makes what has come of the answer a turn of its own.
  private mutating func keepAnswer(_ receipt: AnswerReceipt, isCut: Bool) -> [ConversationEffect] {
    defer { (answer, isFull) = ("", false) }
    guard !answer.trimmingSpaces().isEmpty else { return [] }
    let turn = Turn(
      .tutor, answer.trimmingSpaces(), name: tutor, source: receipt.source, model: receipt.model,
      tokensIn: receipt.tokensIn, tokensOut: receipt.tokensOut, isEstimated: receipt.isEstimated,
      firstTokenSeconds: receipt.firstTokenSeconds, seconds: receipt.seconds ?? max(0, now - askedAt),
      cost: receipt.cost, isCut: isCut || isFull)
    turns.append(turn)
    return [.record(turn)]
  }

  /// Ends whatever the tutor is at; what had come of an answer is kept and marked as cut.
  private mutating func breakOff() -> [ConversationEffect] {
    var effects: [ConversationEffect] = []
    if stage == .thinking || stage == .answering {
      effects.append(.cancel)
      effects += keepAnswer(AnswerReceipt(source: source), isCut: true)
    }
    if isAloud || stage == .speaking || stage == .answering { effects.append(.hush) }
    isAloud = false
    return effects
  }

  private mutating func escape() -> [ConversationEffect] {
    notice = nil
    switch stage {
    case .idle where !draft.isEmpty:
      draft = ""
      return []
    case .idle: return [.leave]
    case .listening, .transcribing:
      hearing = ""
      go(to: .idle)
      return [.dropListening]
    case .consent: return decide(nil)
    case .thinking, .answering, .speaking:
      let effects = breakOff()
      go(to: .idle)
      return effects
    }
  }

  private mutating func decide(_ isAllowed: Bool?) -> [ConversationEffect] {
    guard case .consent(let question) = stage else { return [] }
    go(to: asksForTurn ? .idle : .thinking)
    if asksForTurn {
      notice = isAllowed == true ? "Allowed. Press space and speak." : "Nothing is sent. Type your question."
    }
    return [.decided(question.endpoint, isAllowed)]
  }
}

extension String {
  /// Without blanks and line breaks at both ends.
  fileprivate func trimmingSpaces() -> String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
