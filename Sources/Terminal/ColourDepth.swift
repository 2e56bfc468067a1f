/// How many colours a terminal is given.
package enum ColourDepth: String, CaseIterable, Sendable {
  case truecolor
  case indexed256 = "256"
  case ansi16 = "16"
  case ansi8 = "8"
  case none

  /// What the environment promises, checked against what terminfo says of the terminal (-1 or 0: no colours).
  ///
  /// `NO_COLOR` set to anything asks for none (no-color.org). 24-bit colour needs `COLORTERM` to say so, or a `TERM`
  /// that ends in `-direct`: guessing it garbles the screen of a plain xterm. GNU screen hands on the `COLORTERM` of
  /// the terminal around it without understanding such colours, so it is not believed there; tmux understands them.
  package static func detect(environment: [String: String], terminfoColours: Int) -> ColourDepth {
    let term = environment["TERM"] ?? ""
    if environment["NO_COLOR"]?.isEmpty == false || term.isEmpty || term == "dumb" || terminfoColours < 8 {
      return .none
    }
    let promise = environment["COLORTERM"]?.lowercased() ?? ""
    let isScreen = term.hasPrefix("screen") && environment["TMUX"]?.isEmpty != false
    if term.hasSuffix("-direct") || terminfoColours >= 1 << 24 { return .truecolor }
    if !isScreen, promise == "truecolor" || promise == "24bit" { return .truecolor }
    if term.hasSuffix("-256color") || terminfoColours >= 256 { return .indexed256 }
    return terminfoColours >= 16 ? .ansi16 : .ansi8
  }
}

/// A style as a terminal of a given depth shows it: colour numbers and attributes.
package struct Ink: Equatable, Hashable, Sendable {
  /// -1 for the terminal's own.
  ///
  /// With 24-bit colours `0xRRGGBB`, of which 0 to 7 mean the first eight of sixteen; else the number of the colour.
  package var foreground: Int
  /// Like `foreground`.
  package var background: Int
  /// What else is done to the character.
  package var attributes: Style.Attributes

  /// Colour numbers and attributes.
  package init(foreground: Int, background: Int, attributes: Style.Attributes) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

extension Theme {
  /// How a role is to be shown at a depth.
  ///
  /// With sixteen colours or eight a theme's background becomes the nearer of black and white, so that a light theme
  /// stays legible on a dark terminal. Without colours a style that has a background of its own is shown reversed.
  package func ink(_ role: Role, _ depth: ColourDepth) -> Ink {
    let style = style(role)
    var ink = Ink(foreground: -1, background: -1, attributes: style.attributes)
    switch depth {
    case .truecolor:
      ink.foreground = style.foreground.map(Ink.direct) ?? ink.fold(style.ansi)
      ink.background = (style.background ?? style.ansiBackground.map { $0.usual } ?? background).map(Ink.direct) ?? -1
      if style.background == nil, background == nil, let own = style.ansiBackground { ink.background = own.number % 8 }
    case .indexed256:
      ink.foreground = style.foreground?.indexed256 ?? style.ansi?.number ?? -1
      ink.background = style.background?.indexed256 ?? style.ansiBackground?.number ?? background?.indexed256 ?? -1
    case .ansi16:
      ink.foreground = (style.ansi ?? style.foreground?.nearestANSI)?.number ?? -1
      ink.background = (style.ansiBackground ?? style.background?.nearestANSI)?.number ?? ground(15)
    case .ansi8:
      ink.foreground = ink.fold(style.ansi ?? style.foreground?.nearestANSI)
      ink.background = (style.ansiBackground ?? style.background?.nearestANSI).map { $0.number % 8 } ?? ground(7)
    case .none:
      let isFilled = style.background != nil || style.ansiBackground != nil
      if isFilled, !ink.attributes.contains(.reverse) { ink.attributes.insert(.reverse) }
    }
    return ink
  }

  private func ground(_ white: Int) -> Int { background.map { $0.luminance > 0.18 ? white : 0 } ?? -1 }
}

extension Ink {
  /// A colour as a direct number; 0 to 7 would mean the terminal's own first colours, so those get a trace of red.
  static func direct(_ colour: Colour) -> Int {
    let number = Int(colour.red) << 16 | Int(colour.green) << 8 | Int(colour.blue)
    return number < 8 ? 0x010000 | number : number
  }

  /// One of sixteen among eight: the bright ones become bold, and bright black, a grey, dim.
  mutating func fold(_ colour: ANSIColour?) -> Int {
    guard let colour else { return -1 }
    if colour == .brightBlack {
      attributes.insert(.dim)
      return -1
    }
    if colour.number >= 8 { attributes.insert(.bold) }
    return colour.number % 8
  }
}
