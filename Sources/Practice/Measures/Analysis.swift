package import SpeechSignals

/// What is known of one recording: a fold over what the analyzer found in it.
///
/// What a session has goes through the session's own reducer, so that a recording has the same numbers analysed as
/// rehearsed with. Beside it stand the few things that a session does not keep. How the sound was chunked leaves no
/// trace: two analyses of one recording are equal.
package struct Analysis: Equatable, Sendable {
  /// Pitch as the analyzer sums it up; nil where it does not say.
  package struct PitchFigures: Equatable, Sendable {
    /// The speaker's median, in hertz.
    package var medianHertz: Double?
    /// The mean, in hertz.
    package var meanHertz: Double?
    /// Standard deviation in semitones.
    package var spreadSemitones: Double?
    /// The 5th and 95th percentile, in hertz.
    package var lowHertz: Double?
    package var highHertz: Double?
    /// Voiced frames as a share of speech, 0 to 1.
    package var voicedShare: Double?
  }

  /// Voice quality; nil where nothing measures it. Not for clinical use.
  package struct VoiceFigures: Equatable, Sendable {
    /// Local jitter, 0.01 is 1 %.
    package var jitter: Double?
    /// Local shimmer, 0.01 is 1 %.
    package var shimmer: Double?
    /// Harmonics-to-noise ratio in dB.
    package var harmonicsToNoiseDecibels: Double?
  }

  /// Loudness after EBU R128.
  package struct LoudnessFigures: Equatable, Sendable {
    /// Integrated, in LUFS.
    package var integratedLUFS: Double?
    /// Loudness range in LU.
    package var rangeUnits: Double?
    /// The largest momentary loudness in LUFS.
    package var maxMomentaryLUFS: Double?
  }

  /// Pace as the analyzer sums it up; nil where it does not say.
  package struct PaceFigures: Equatable, Sendable {
    /// Coefficient of variation of the articulation rate over runs of speech.
    package var variation: Double?
  }

  /// The recording.
  package var recording: Recording
  /// What a session keeps: roll-ups, phrases, pauses, fillers, sums.
  package private(set) var session = Session()
  /// When each syllable nucleus was, in seconds; at most `syllableLimit`.
  package private(set) var syllables: [Double] = []
  /// The course of the level.
  package private(set) var envelope = Envelope()
  /// The 10 ms contours; nil where they were not asked for.
  package private(set) var contours: Contours?
  package private(set) var pitch = PitchFigures()
  package private(set) var voice = VoiceFigures()
  package private(set) var loudness = LoudnessFigures()
  package private(set) var pace = PaceFigures()
  /// The share of time in which too much noise hides whether anybody speaks, 0 to 1; nil where nobody looks.
  package private(set) var tooNoisyShare: Double?

  /// Syllables listed one by one; later ones are counted only.
  package static let syllableLimit = 1_000_000

  /// A recording of which nothing was heard yet; `bands` are what its pace is judged by.
  ///
  /// With `fillers` filler words are looked for among the words that are heard.
  package init(
    of recording: Recording, bands: Bands = Bands(), keepsContours: Bool = false, fillers: FillerRules? = nil
  ) {
    self.recording = recording
    session = Session(fillers: fillers)
    contours = keepsContours ? Contours() : nil
    let beginning = Beginning(
      id: "", source: recording.name, rate: recording.rate, channels: recording.channels, bands: bands)
    _ = session.apply(SessionEvent(at: 0, .began(beginning)))
  }

  /// Takes in what the analyzer said about the next samples.
  package mutating func add(_ results: Results) {
    for reading in results.readings { envelope.add(reading.levelDecibels) }
    contours?.add(results)
    for found in results.found {
      if case .syllable(let seconds) = found.finding, syllables.count < Self.syllableLimit {
        syllables.append(seconds.rounded(places: 2))
      }
      if let event = SessionEvent(found) { apply(event) }
    }
  }

  /// Takes in a final word; words come in order.
  package mutating func add(_ word: Word) {
    apply(SessionEvent(at: max(word.end, session.lastEventSeconds), .word(word)))
  }

  /// Takes in the talk that was spoken from, before anything is heard.
  package mutating func add(_ talk: Talk) {
    for part in ScriptPart.parts(of: talk.body) { apply(SessionEvent(at: 0, .script(part))) }
  }

  private mutating func apply(_ event: SessionEvent) {
    for case .raise(let next) in session.apply(event) {
      // A cue is for somebody who is still speaking.
      if case .cue = next.kind { continue }
      apply(next)
    }
  }

  /// Takes in the figures that the analyzer sums up itself, after its `finish`.
  package mutating func close(_ analyzer: borrowing Analyzer) {
    for event in session.finishWords() { apply(event) }
    if let pitch = ReviewedPitch(analyzer) { apply(SessionEvent(at: session.lastEventSeconds, .reviewed(pitch))) }
    close(
      pitch: analyzer.pitchStatistics, voice: analyzer.voiceQuality, rangeUnits: analyzer.loudnessRange,
      maxMomentaryLUFS: analyzer.maximumMomentaryLUFS)
    tooNoisyShare = analyzer.tooNoisyShare
  }

  mutating func close(
    pitch statistics: PitchStatistics?, voice quality: VoiceQuality?, rangeUnits: Double?, maxMomentaryLUFS: Double?
  ) {
    loudness.integratedLUFS = session.tally.integratedLUFS
    loudness.rangeUnits = loudness.integratedLUFS == nil ? nil : rangeUnits
    loudness.maxMomentaryLUFS = maxMomentaryLUFS
    pace.variation = session.tally.paceVariation.coefficient
    if let figures = statistics {
      pitch.medianHertz = figures.medianHertz
      pitch.meanHertz = figures.meanHertz
      pitch.spreadSemitones = figures.spreadSemitones
      (pitch.lowHertz, pitch.highHertz) = (figures.lowHertz, figures.highHertz)
      pitch.voicedShare = figures.voicedShare
    }
    if let quality {
      (voice.jitter, voice.shimmer) = (quality.jitter, quality.shimmer)
      voice.harmonicsToNoiseDecibels = quality.harmonicsToNoise
    }
  }

  /// Runs of speech between pauses.
  package var phrases: [Phrase] { session.phrases }

  /// Seconds of speech: the runs between pauses, added up (phonation time).
  package var speechSeconds: Double { session.tally.phonationSeconds }

  /// Whether speech was heard: the same fifth of a second that the summary of a session asks for.
  package var heardSpeech: Bool { speechSeconds > 0.2 }

  /// How far the lists reach, in seconds, where there was too much to keep; nil where all is there.
  package var cutSeconds: Double? {
    let ends = [
      syllables.count >= Self.syllableLimit ? syllables.last : nil,
      session.phrases.count >= Session.entryLimit ? session.phrases.last?.end : nil,
      session.pauses.count >= Session.entryLimit ? session.pauses.last?.end : nil,
      session.rollups.count >= Session.entryLimit ? session.rollups.last?.end : nil,
    ]
    return ends.compactMap { $0 }.min()
  }
}

/// The file behind an analysis, as far as it was read.
package struct Recording: Equatable, Sendable {
  /// The path as it was given.
  package var name: String
  /// Sample rate of the file in hertz.
  package var rate: Int
  /// Channels of the file.
  package var channels: Int
  /// The one that was listened to, counted from 1; nil for all of them, mixed.
  package var channel: Int?
  /// Seconds that were heard.
  package var seconds = 0.0
  /// What was wrong with the file, in sentences for people.
  package var warnings: [String] = []

  /// A file before it is read.
  package init(name: String, rate: Int, channels: Int, channel: Int? = nil) {
    self.name = name
    self.rate = rate
    self.channels = channels
    self.channel = channel
  }
}
