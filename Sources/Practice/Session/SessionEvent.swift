package import SpeechSignals

/// Something that happened while practising.
///
/// Events are the only way anything changes. They carry their own time, counted in seconds of audio since the first
/// sample, so that a kept session replays to the same screen on any machine. `EventLine` writes and reads them.
package struct SessionEvent: Equatable, Sendable {
  /// Audio time at which this was known, in seconds since the first sample; never decreasing within a session.
  package var seconds: Double
  /// What happened.
  package var kind: Kind
  /// Fields of the line that this version does not know, kept and passed on.
  package var extra: [JSON.Field]

  /// Makes an event at `seconds` of audio time.
  package init(at seconds: Double, _ kind: Kind, extra: [JSON.Field] = []) {
    self.seconds = seconds.rounded(places: 3)
    self.kind = kind
    self.extra = extra
  }

  /// The kinds of events, one case each; a kind from a later version is carried as it came.
  package enum Kind: Equatable, Sendable {
    case began(Beginning)
    case second(SecondSummary)
    case phrase(Phrase)
    case pause(Pause)
    case filler(Filler)
    case word(Word)
    case script(ScriptPart)
    /// The speaker's own hand put the script at a sentence, counted from 0.
    case place(sentence: Int)
    case section(SectionStart)
    case restart(Restart)
    case cluster(Cluster)
    case cue(Cue)
    case mark(String?)
    case gap(Gap)
    case note(String)
    case turn(Turn)
    case correction(Correction)
    case comment(Comment)
    case guess(Guess)
    case assessed(Assessment)
    case scored(ScoreCard)
    case edited(Edit)
    /// The pitch of the whole take, decided once more when all of it was heard.
    case reviewed(ReviewedPitch)
    /// A drill begins: everything its attempt is judged by.
    case drill(DrillStart)
    /// The step of the drill at this place begins; one past the last ends the attempt.
    case step(Int)
    /// The learner tapped: a filler heard in a clip, say.
    case tap
    case choice(Choice)
    case contour(Contour)
    case model(ModelLine)
    /// What came of the drill, as it was judged then.
    case drilled(DrillResult)
    /// Somebody asked to look on, came, or went.
    case watcher(Watcher)
    case paused
    case resumed(awaySeconds: Double)
    case ended(Ending)
    case unknown(name: String, fields: [JSON.Field])
  }
}

/// How a session started: everything a replay needs to judge it as it was judged then.
package struct Beginning: Equatable, Sendable {
  package var id: String
  /// Start in milliseconds since 1970, and the offset of local time then, in seconds east of Greenwich.
  package var startedAtMilliseconds: Int
  package var utcOffsetSeconds: Int
  package var title: String?
  package var length: TalkLength?
  /// What was listened to: the name of a capture device or of a file.
  package var source: String
  /// Sample rate in hertz and channel count of the source.
  package var rate: Int
  package var channels: Int
  package var bands: Bands
  /// The speaker's own level in dBFS as a calibration of this source has it; nil without one.
  package var ownLevelDecibels: Double?
  /// The context whose bands the session is judged by; nil where none was chosen.
  package var context: String?
  /// How sure the ear must be of a filler for it to count, 0 to 1 by label, where corrections taught so.
  package var fillerThresholds: [String: Double]
  /// Whose session it is, where it is somebody else's that was watched and written down; nil for one's own.
  package var learner: String?
  /// Version of Rostrum that wrote the session.
  package var version: String

  /// Makes the beginning of a session.
  package init(
    id: String, startedAtMilliseconds: Int = 0, utcOffsetSeconds: Int = 0, title: String? = nil,
    length: TalkLength? = nil, source: String = "", rate: Int = 16_000, channels: Int = 1, bands: Bands = Bands(),
    ownLevelDecibels: Double? = nil, context: String? = nil, fillerThresholds: [String: Double] = [:],
    learner: String? = nil, version: String = Beginning.currentVersion
  ) {
    self.id = id
    self.startedAtMilliseconds = startedAtMilliseconds
    self.utcOffsetSeconds = utcOffsetSeconds
    self.title = title
    self.length = length
    self.source = source
    self.rate = rate
    self.channels = channels
    self.bands = bands
    self.ownLevelDecibels = ownLevelDecibels
    self.context = context
    self.fillerThresholds = fillerThresholds
    self.learner = learner.map(Afterwards.name)
    self.version = version
  }

  /// The version written into new sessions.
  package static let currentVersion = "0.1.0"
}

/// A stretch for which no sound arrived.
package struct Gap: Equatable, Sendable {
  /// Length in seconds by the monotonic clock.
  package var lostSeconds: Double
  /// Why: overrun, suspended, vanished, stalled, behind or changed.
  package var cause: String

  /// Makes a gap.
  package init(lostSeconds: Double, cause: String) {
    self.lostSeconds = lostSeconds
    self.cause = cause
  }
}

/// How a session ended, and what came of it.
package struct Ending: Equatable, Sendable {
  /// Why it ended.
  package enum Reason: String, Sendable { case finished, interrupted }
  package var reason: Reason
  package var summary: Summary

  /// Makes an ending.
  package init(reason: Reason, summary: Summary) {
    self.reason = reason
    self.summary = summary
  }
}

extension SessionEvent {
  /// An event for something the analyzer found; nil for single syllables, which the roll-up counts.
  ///
  /// Numbers are rounded here, once, to what the line keeps: so a live session and its replay are equal.
  package init?(_ found: Found) {
    switch found.finding {
    case .phrase(let phrase): self.init(at: found.at, .phrase(phrase))
    case .pause(let pause): self.init(at: found.at, .pause(pause))
    case .filledPause(let filled):
      let filler = Filler(
        start: filled.start, end: filled.end, label: filled.label, confidence: filled.confidence.rounded(places: 2))
      self.init(at: found.at, .filler(filler))
    case .second(let second): self.init(at: found.at, .second(second.rounded()))
    case .syllable: return nil
    }
  }
}

extension SecondSummary {
  /// This roll-up with every figure rounded to what an event line keeps.
  package func rounded() -> SecondSummary {
    var kept = self
    kept.speechSeconds = speechSeconds.rounded(places: 3)
    kept.pitchHertz = pitchHertz?.rounded(places: 2)
    kept.pitchSpreadSemitones = pitchSpreadSemitones.rounded(places: 3)
    kept.levelDecibels = levelDecibels.rounded(places: 2)
    kept.peakDecibels = peakDecibels.rounded(places: 2)
    kept.speechLevelDecibels = speechLevelDecibels?.rounded(places: 2)
    kept.momentaryLUFS = momentaryLUFS.rounded(places: 2)
    kept.shortTermLUFS = shortTermLUFS.rounded(places: 2)
    kept.integratedLUFS = integratedLUFS?.rounded(places: 2)
    kept.syllablesPerSecond = syllablesPerSecond?.rounded(places: 3)
    kept.silenceSeconds = silenceSeconds.rounded(places: 3)
    kept.runSeconds = runSeconds.rounded(places: 3)
    return kept
  }
}
