extension Theme {
  /// The theme that is compiled in, the same as `Themes/dusk.yaml`: always there, and complete.
  package static let fallback = Theme(
    name: "dusk", summary: "Quiet colours on a dark ground; the cue is the one warm light.",
    background: Colour(0x1B1E2B),
    styles: [
      .text: plain(0xC9CFE0, .white), .hint: plain(0x98A1BB, .white), .title: plain(0xE2E6F2, .brightWhite, .bold),
      .label: plain(0xA3ACC6, .white), .value: plain(0xE2E6F2, .brightWhite), .border: plain(0x4A5270, .brightBlack),
      .key: plain(0x9DB8E8, .cyan, .bold), .keyLabel: plain(0x9AA3BD, .white),
      .cue: plain(0xF4C98B, .brightYellow, .bold),
      .good: plain(0x8FD0A8, .green), .watch: plain(0xD9C27E, .yellow), .act: plain(0xE89A8E, .brightRed, .bold),
      .track: plain(0x454C66, .brightBlack), .band: plain(0x5F8F78, .green),
      .marker: plain(0xE2E6F2, .brightWhite, .bold),
      .level: plain(0x7FA6D6, .cyan), .clip: plain(0xF2A097, .brightRed, [.bold, .reverse]),
      .tick: plain(0xE3B48C, .yellow, .bold), .pauseTick: plain(0x86A3C9, .cyan),
      .mark: plain(0xC9A8E8, .brightMagenta),
      .lightGreen: plain(0x8FD0A8, .green, .bold), .lightAmber: plain(0xEBC36E, .brightYellow, .bold),
      .lightRed: plain(0xF2A097, .brightRed, [.bold, .reverse]), .warning: plain(0xEBC36E, .brightYellow),
      .error: plain(0xF2A097, .brightRed, .bold),
      .selection: Style(
        foreground: Colour(0xF0F3FA), background: Colour(0x39415E), ansi: .black, ansiBackground: .white,
        attributes: .bold),
      .recording: plain(0xF2A097, .brightRed, .bold), .quiet: plain(0x8F98B3, .white),
      .spoken: plain(0x8F98B3, .white), .current: plain(0xF4F6FC, .brightWhite, .bold),
      .stress: plain(0xC9CFE0, .white, .underline), .skipped: plain(0xD9C27E, .yellow),
      .altered: plain(0xD9C27E, .yellow), .note: plain(0x86A3C9, .cyan, .italic),
    ])

  private static func plain(_ colour: UInt32, _ ansi: ANSIColour, _ attributes: Style.Attributes = []) -> Style {
    Style(foreground: Colour(colour), ansi: ansi, attributes: attributes)
  }
}
