package import Practice

/// A line from a learner to a watcher: control lines, and events as they are everywhere. docs/WIRE.md lists them.
package enum HubLine: Equatable, Sendable {
  /// The learner has been asked.
  case asked
  case welcome(Welcome)
  case refused(Refusal)
  /// The number of the event that comes next; each event after it counts one.
  case from(Int)
  case event(SessionEvent)
  /// Events of the past, many in a line.
  case past([SessionEvent])
  case glance(Glance)
  case presence(Presence)
  /// What became of a remark.
  case answer(number: Int, Remark.Answer)
  /// Sound of the microphone, 16 kHz mono, 16-bit little-endian samples, from a second of audio time on.
  case sound(seconds: Double, [UInt8])
  /// The watch is over.
  case over(Farewell)
  case ping
}

/// How a watch begins.
package struct Welcome: Equatable, Sendable {
  package var wire: Int
  package var version: String
  /// The session's id and the learner's account.
  package var session: String
  package var learner: String
  package var role: Watcher.Role
  package var shares: Shares
  /// Which kinds of remarks the learner's side takes.
  package var takes: Set<Capability>
  /// Seconds until the grant is over; nil where it ends with the talk.
  package var seconds: Double?
  /// What lets a broken watch in again.
  package var secret: String
  /// Whether the session is over already and offered for review.
  package var isPast: Bool

  /// Makes one.
  package init(
    session: String, learner: String, role: Watcher.Role, shares: Shares, seconds: Double? = nil, secret: String,
    isPast: Bool = false, wire: Int = Wire.version, version: String = Beginning.currentVersion,
    takes: Set<Capability> = Capability.learner
  ) {
    (self.session, self.learner, self.role, self.shares) = (session, learner, role, shares)
    (self.seconds, self.secret, self.isPast, self.takes) = (seconds, secret, isPast, takes)
    (self.wire, self.version) = (wire, version)
  }
}

/// Why somebody is not let in.
package enum Refusal: String, CaseIterable, Error, Sendable {
  /// The learner said no.
  case declined
  /// Nobody answered.
  case unanswered
  /// The invitation is unknown, used up, expired or taken back: which, is not said.
  case token
  /// A first line that is none, or that came too late.
  case greeting
  /// Another version of the wire.
  case version
  /// As many as there may be are here.
  case full
  /// Too many tries.
  case tries
}

/// Why a watch is over.
package enum Farewell: String, CaseIterable, Sendable {
  /// The session ended and everything of it was told.
  case finished
  /// The learner ended it.
  case ended
  case expired
  /// The watcher took lines too slowly.
  case slow
  /// The watcher sent what is no line, or too much of it.
  case flood
  /// The watcher sent what their role may not.
  case forbidden
}

/// The latest reading, as far as a watcher needs it: droppable, the latest wins.
package struct Glance: Equatable, Sendable {
  package var seconds: Double
  package var levelDecibels: Double
  package var shortTermLUFS: Double
  package var silenceSeconds: Double
  package var runSeconds: Double
  /// Syllables a second; nil where there is no pace yet.
  package var syllablesPerSecond: Double?
  package var isSpeech: Bool
  package var isTooNoisy: Bool

  /// Makes one; figures are rounded here, once, to what the line keeps, and what is no number is nothing.
  package init(
    seconds: Double, levelDecibels: Double = -100, shortTermLUFS: Double = -70, silenceSeconds: Double = 0,
    runSeconds: Double = 0, syllablesPerSecond: Double? = nil, isSpeech: Bool = false, isTooNoisy: Bool = false
  ) {
    func moment(_ value: Double) -> Double { Afterwards.number(value, within: 0...1e7, 2) ?? 0 }
    func level(_ value: Double, _ none: Double) -> Double { Afterwards.number(value, within: -200...100, 1) ?? none }
    self.seconds = moment(seconds)
    self.levelDecibels = level(levelDecibels, -100)
    self.shortTermLUFS = level(shortTermLUFS, -70)
    (self.silenceSeconds, self.runSeconds) = (moment(silenceSeconds), moment(runSeconds))
    self.syllablesPerSecond = syllablesPerSecond.flatMap { Afterwards.number($0, within: 0...100, 2) }
    (self.isSpeech, self.isTooNoisy) = (isSpeech, isTooNoisy)
  }
}

/// What is so with the learner at the moment and no event says.
package struct Presence: Equatable, Sendable {
  /// What the AI tutor is doing.
  package enum Tutor: String, CaseIterable, Sendable { case listening, thinking, speaking, waiting }
  /// Nil where there is no talk with the AI tutor.
  package var tutor: Tutor?
  /// Whether the microphone is away.
  package var isAway: Bool

  /// Makes one.
  package init(tutor: Tutor? = nil, isAway: Bool = false) { (self.tutor, self.isAway) = (tutor, isAway) }
}
