/// What a rubric can hold against a band: figures that come from how somebody spoke, never from who they are.
///
/// Nothing here asks a recogniser how sure it was of a word: that tells an accent from another, and accents are not
/// scored. `MeasureTable` says of each what it is.
package enum MeasureName: String, CaseIterable, Sendable {
  case pace
  case offPace = "off-pace"
  case paceVariation = "pace-variation"
  case articulation
  case pauseShare = "pause-share"
  case usefulPauses = "useful-pauses"
  case longPauses = "long-pauses"
  case breathless
  case fillers = "fillers-per-minute"
  case clusters
  case restarts
  case pitchSpread = "pitch-spread"
  case loudness
  case levelFall = "level-fall"
  case phraseFade = "phrase-fade"
  case clipped
  case lengthOff = "length-off"
  case sectionsOff = "sections-off"
}

/// What a measure is: a row of `MeasureTable`.
package struct MeasureKind: Sendable {
  package let name: MeasureName
  /// What it is called: `pace`.
  package let label: String
  /// The unit as it is said behind a number: `words a minute`, and behind the number one where that differs.
  package let unit: String
  package let unitOfOne: String
  /// Decimals that are shown.
  package let places: Int
  /// What it is, in a sentence.
  package let meaning: String
  /// The figure of `SessionFigures` that a personal baseline of it comes from; nil where there can be none.
  package let figure: String?
  /// How far from their own middle a speaker may be at least: what the microphone, the day and the detector make of it.
  package let ownMargin: Double

  init(
    _ name: MeasureName, _ label: String, _ unit: String, one: String? = nil, places: Int = 0, figure: String? = nil,
    ownMargin: Double = 0, _ meaning: String
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    unitOfOne = one ?? unit
    self.places = places
    self.figure = figure
    self.ownMargin = ownMargin
    self.meaning = meaning
  }

  /// The number with its unit: `201 words a minute`.
  package func said(_ value: Double) -> String {
    let number = decimal(value, places)
    return number + " " + (number == "1" ? unitOfOne : unit)
  }
}

/// The measures, a row each.
package enum MeasureTable {
  package static let rows: [MeasureKind] = [
    MeasureKind(
      .pace, "pace", "words a minute", figure: "pace", ownMargin: 10,
      "Words a minute over the whole talk, pauses included; counted where words were heard, else from syllables."),
    MeasureKind(
      .offPace, "time off the pace", "percent of the talk",
      "The share of the talk in which the pace of the last quarter of a minute was outside what a cue is given for."),
    MeasureKind(
      .paceVariation, "pace variety", "percent", figure: "pace-variation", ownMargin: 5,
      "How much the articulation rate differs from one run of speech to the next, as a share of it."),
    MeasureKind(
      .articulation, "articulation rate", "syllables a second", places: 1, figure: "articulation", ownMargin: 0.4,
      "Syllables a second of speech, pauses left out."),
    MeasureKind(
      .pauseShare, "time in pauses", "percent of the talk", figure: "pause-share", ownMargin: 4,
      "The share of the talk that is pauses of a quarter of a second and more."),
    MeasureKind(
      .usefulPauses, "pauses a listener can use", "a minute", places: 1,
      "Pauses of half a second to three seconds, a minute."),
    MeasureKind(.longPauses, "lost pauses", "a minute", places: 1, "Pauses of more than five seconds, a minute."),
    MeasureKind(
      .breathless, "speech without a breath", "percent of the speech",
      "The share of the speech in runs of more than 18 seconds without a pause."),
    MeasureKind(
      .fillers, "fillers", "a minute", places: 1, figure: "fillers-per-minute", ownMargin: 1,
      "Fillers a minute, as corrected."),
    MeasureKind(
      .clusters, "bursts of fillers", "a minute", places: 1, "Three of one filler within ten seconds, a minute."),
    MeasureKind(
      .restarts, "words said twice", "a minute", places: 1,
      "Words said twice in a row, a minute; known only where words were heard well."),
    MeasureKind(
      .pitchSpread, "pitch variety", "semitones", one: "semitone", places: 1, figure: "pitch-spread", ownMargin: 0.4,
      "The standard deviation of the pitch, in semitones."),
    MeasureKind(
      .loudness, "loudness", "LUFS", figure: "loudness", ownMargin: 3,
      "Loudness at the microphone after EBU R128; it rests on the microphone as much as on the voice."),
    MeasureKind(
      .levelFall, "fall of the voice", "decibels", one: "decibel", places: 1,
      "How much softer the last third of the speech is than the first."),
    MeasureKind(
      .phraseFade, "fading ends", "decibels", one: "decibel", places: 1, figure: "phrase-fade", ownMargin: 1,
      "How far the last half second of a run of speech lies under all of it, on average."),
    MeasureKind(
      .clipped, "time too loud", "percent of the talk", places: 1,
      "The share of seconds in which the microphone was overdriven."),
    MeasureKind(
      .lengthOff, "off the planned length", "percent of it",
      "How far the talk ended from its planned length, as a share of that."),
    MeasureKind(
      .sectionsOff, "off the sections' times", "percent of them",
      "How far sections were from the times written beside them, added up, as a share of those."),
  ]

  /// The row of a measure.
  package static func row(_ name: MeasureName) -> MeasureKind {
    rows.first { $0.name == name } ?? MeasureKind(name, name.rawValue, "", "")
  }
}
