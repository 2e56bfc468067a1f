/// How a role looks: colours for terminals that have many, one of sixteen for those that have few, and attributes.
package struct Style: Equatable, Hashable, Sendable {
  /// What a terminal can do to a character besides colouring it.
  package struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits below.
    package let rawValue: UInt8

    /// From the bits below.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    // The names are those of ECMA-48, 8.3.117 (SGR).
    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
    package static let italic = Attributes(rawValue: 16)
  }

  /// Nil means the theme's text colour is the terminal's own.
  package var foreground: Colour?
  /// Nil means the theme's background.
  package var background: Colour?
  /// The colour among sixteen; nil means the one nearest to `foreground`.
  package var ansi: ANSIColour?
  /// The background among sixteen; nil means the one nearest to `background`, or the theme's.
  package var ansiBackground: ANSIColour?
  /// What else is done to the character.
  package var attributes: Attributes

  /// A style; what is left out is the terminal's own.
  package init(
    foreground: Colour? = nil, background: Colour? = nil, ansi: ANSIColour? = nil, ansiBackground: ANSIColour? = nil,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.ansi = ansi
    self.ansiBackground = ansiBackground
    self.attributes = attributes
  }
}

/// What every role looks like.
///
/// Kept in files (`Themes/`), one compiled in.
package struct Theme: Equatable, Sendable {
  /// The name it is asked for by.
  package var name: String
  /// One line for lists.
  package var summary: String
  /// Nil means the terminal's own.
  package var background: Colour?
  /// What it says of each role; what it leaves out `style(_:)` makes up.
  package var styles: [Role: Style]

  /// A theme, which need not style every role.
  package init(name: String, summary: String, background: Colour?, styles: [Role: Style]) {
    self.name = name
    self.summary = summary
    self.background = background
    self.styles = styles
  }

  /// How a role looks.
  ///
  /// A role the theme does not style looks like its text, with the attributes the compiled-in theme gives that role:
  /// its colours would be wrong on another background. A theme without text takes all from the compiled-in one.
  package func style(_ role: Role) -> Style {
    if let own = styles[role] { return own }
    let usual = Theme.fallback.styles[role] ?? Style()
    guard var text = styles[.text] else { return background == Theme.fallback.background ? usual : Style() }
    if role != .text { text.attributes.formUnion(usual.attributes) }
    return text
  }
}
