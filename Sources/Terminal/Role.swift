/// What a cell means.
///
/// Views name meanings only; a theme says what a meaning looks like.
///
/// Each role also has a letter, so that a screen can be kept as text: the glyphs, then the letters. No meaning may rest
/// on the role alone, since there are terminals without colour and eyes that do not tell two colours apart.
package enum Role: UInt8, CaseIterable, Sendable {
  /// Running text.
  case text
  /// Text that may be overlooked: help, units, what comes second.
  case hint
  case title
  /// The name of a value.
  case label
  /// A value.
  case value
  /// Lines around and between.
  case border
  /// A key to press.
  case key
  /// What the key does.
  case keyLabel
  /// The one sentence that is for now; the only thing that may draw the eye.
  case cue
  /// Within the dead-band.
  case good
  /// Outside the dead-band, still usable.
  case watch
  /// Outside what is usable.
  case act
  /// The empty part of a meter.
  case track
  /// The dead-band drawn on a meter.
  case band
  /// Where the value is on a meter.
  case marker
  /// The filled part of a level.
  case level
  /// The input clipped.
  case clip
  /// A filler on the timeline.
  case tick
  /// A pause on the timeline.
  case pauseTick
  /// A remark on the timeline.
  case mark
  /// The timing light: the minimum is reached.
  case lightGreen
  /// The timing light: half-way from minimum to maximum.
  case lightAmber
  /// The timing light: the maximum is reached.
  case lightRed
  case warning
  case error
  /// The selected row.
  case selection
  /// The microphone is being recorded.
  case recording
  /// Silence, absence, nothing to say.
  case quiet
  /// A word of the script that was said.
  case spoken
  /// The words of the sentence to be said now.
  case current
  /// A word of the script that its author stresses.
  case stress
  /// A passage of the script that was passed over.
  case skipped
  /// A word of the script for which another was said.
  case altered
  /// A note in the script, for the speaker's eyes.
  case note

  /// The name in theme files.
  package var name: String { traits.name }

  /// The letter in golden screens; each role has its own.
  package var letter: Character { traits.letter }

  /// Whether it is read, and so owes its reader a contrast of 4.5:1 (WCAG 2.2, success criterion 1.4.3); what is not
  /// read are lines and fills.
  package var isText: Bool {
    switch self {
    case .border, .track, .band, .level: false
    default: true
    }
  }

  /// The role with that name in theme files.
  package init?(name: String) {
    guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  private var traits: (name: String, letter: Character) {
    switch self {
    case .text: ("text", ".")
    case .hint: ("hint", "h")
    case .title: ("title", "T")
    case .label: ("label", "l")
    case .value: ("value", "v")
    case .border: ("border", "b")
    case .key: ("key", "k")
    case .keyLabel: ("key.label", "K")
    case .cue: ("cue", "C")
    case .good: ("meter.good", "g")
    case .watch: ("meter.watch", "w")
    case .act: ("meter.act", "a")
    case .track: ("meter.track", "t")
    case .band: ("meter.band", "B")
    case .marker: ("meter.marker", "m")
    case .level: ("meter.level", "L")
    case .clip: ("meter.clip", "X")
    case .tick: ("timeline.filler", "f")
    case .pauseTick: ("timeline.pause", "p")
    case .mark: ("timeline.mark", "M")
    case .lightGreen: ("light.green", "G")
    case .lightAmber: ("light.amber", "A")
    case .lightRed: ("light.red", "R")
    case .warning: ("warning", "W")
    case .error: ("error", "E")
    case .selection: ("selection", "s")
    case .recording: ("recording", "r")
    case .quiet: ("quiet", "q")
    case .spoken: ("script.spoken", "S")
    case .current: ("script.current", "c")
    case .stress: ("script.stress", "^")
    case .skipped: ("script.skipped", "x")
    case .altered: ("script.altered", "~")
    case .note: ("script.note", "n")
    }
  }
}
