/// Something that happens to a conversation.
package enum ConversationStep: Equatable, Sendable {
  /// Time passes: seconds on a clock that never goes back.
  case clock(Double)
  /// The turn key: the learner begins to speak, or has spoken.
  case talk
  /// Text was typed.
  case type(String)
  /// The last character typed is taken back.
  case erase
  /// What was typed is sent.
  case send
  /// Breaks off what is under way, or leaves where nothing is.
  case escape
  /// The learner has begun to speak over the tutor.
  case bargeIn
  /// Something may only be sent once the learner has agreed.
  case consent(ConsentQuestion)
  /// The learner agrees, or does not.
  case decide(Bool)
  /// What has been heard so far of the learner's turn, and seconds of silence since.
  case hears(String, silence: Double)
  /// How loud the microphone is, in dBFS.
  case level(Double)
  /// All of the learner's turn; empty where nothing was understood.
  case heard(String)
  /// Nothing can be heard, and why.
  case cannotHear(String)
  /// Who is asked now: an endpoint's name, or "offline".
  case trying(String)
  /// More of the answer.
  case text(String)
  /// The answer broke off, and why; another one may follow.
  case broke(String)
  /// The answer is complete.
  case finished(AnswerReceipt)
  /// The tutor's voice has begun, or has ended.
  case aloud(Bool)
  /// The tutor cannot be heard, and why.
  case voiceFailed(String)
  /// Something that the learner should know, and that changes nothing else.
  case notice(String)
}

/// What must follow a step of a conversation.
package enum ConversationEffect: Equatable, Sendable {
  /// Opens the microphone.
  case listen
  /// Closes the microphone; what was spoken is wanted as text.
  case stopListening
  /// Closes the microphone; what was spoken is not wanted.
  case dropListening
  /// Puts the question to the tutor.
  case ask(String)
  /// Breaks off the answer.
  case cancel
  /// More text to speak aloud, as it comes.
  case say(String)
  /// All the text has come.
  case endOfText
  /// Silences the voice.
  case hush
  /// Keeps a turn.
  case record(Turn)
  /// Goes on with what the learner decided about an endpoint; nil puts it off to another time.
  case decided(String, Bool?)
  /// Leaves the conversation.
  case leave
}

/// What the learner is asked before something leaves the machine for the first time.
package struct ConsentQuestion: Equatable, Sendable {
  /// The endpoint's name in the settings.
  package var endpoint: String
  /// The host it is at.
  package var host: String
  /// What leaves, in words: "your question, the figures of this session and its transcript".
  package var what: String
  /// Exactly what would be sent now.
  package var text: String

  /// Makes a question.
  package init(endpoint: String, host: String, what: String, text: String) {
    self.endpoint = endpoint
    self.host = host
    self.what = what
    self.text = text
  }
}

/// What is known of an answer once it is complete.
package struct AnswerReceipt: Equatable, Sendable {
  /// An endpoint's name, or "offline".
  package var source: String
  package var model: String?
  package var tokensIn: Int?
  package var tokensOut: Int?
  package var isEstimated = false
  package var firstTokenSeconds: Double?
  package var seconds: Double?
  package var cost: Double?
  /// Whether the answer ended before its end: a limit of the model, a broken line.
  package var isCut = false

  /// A receipt of which nothing else is known.
  package init(source: String) { self.source = source }
}
