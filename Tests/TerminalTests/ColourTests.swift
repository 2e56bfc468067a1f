import Terminal
import Testing

@Suite struct ColourTests {
  @Test(arguments: [
    ("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59), ("#123456", "#123456", 1),
    ("#ff0000", "#ffffff", 4.00), ("#808080", "#000000", 5.32),
  ])
  func `contrast is what WCAG says`(one: String, two: String, ratio: Double) throws {
    let (first, second) = (try #require(Colour(hex: one)), try #require(Colour(hex: two)))
    #expect(abs(contrast(first, second) - ratio) < 0.01)
    #expect(contrast(first, second) == contrast(second, first))
  }

  @Test(arguments: ["", "#", "ffffff", "#fffff", "#fffffff", "#+fffff", "#-12345", "#gggggg", "#ffff\u{E9}"])
  func `what is no colour is none`(text: String) { #expect(Colour(hex: text) == nil) }

  @Test func `a colour keeps its hex`() { #expect(Colour(hex: "#0a0B0c")?.hex == "#0a0b0c") }

  @Test(arguments: [
    ("#000000", 16), ("#ffffff", 231), ("#ff0000", 196), ("#5f87af", 67), ("#808080", 244), ("#1b1e2b", 235),
    ("#8fd0a8", 115),
  ])
  func `a colour becomes the nearest of 256, never of the first sixteen`(hex: String, index: Int) throws {
    #expect(try #require(Colour(hex: hex)).indexed256 == index)
  }

  @Test func `each of the 256 is its own nearest`() {
    for index in 16...255 {
      let colour = Colour(indexed256: index)
      #expect(Colour(indexed256: colour.indexed256) == colour)
    }
    #expect(Colour(indexed256: -9) == Colour(indexed256: 0) && Colour(indexed256: 999) == Colour(indexed256: 255))
  }

  @Test(arguments: [
    (["TERM": "xterm-256color", "COLORTERM": "truecolor"], 256, ColourDepth.truecolor),
    (["TERM": "xterm-256color", "COLORTERM": "24BIT"], 256, .truecolor), (["TERM": "xterm-256color"], 256, .indexed256),
    (["TERM": "xterm-256color", "COLORTERM": "yes"], 256, .indexed256), (["TERM": "xterm"], 8, .ansi8),
    (["TERM": "xterm-direct"], 1 << 24, .truecolor), (["TERM": "xterm-16color"], 16, .ansi16),
    (["TERM": "linux"], 8, .ansi8),
    (["TERM": "vt100"], -1, .none), (["TERM": "dumb", "COLORTERM": "truecolor"], 8, .none), ([:], 256, .none),
    (["TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"], 256, .none),
    (["TERM": "xterm-256color", "NO_COLOR": ""], 256, .indexed256),
    (["TERM": "screen-256color", "COLORTERM": "truecolor"], 256, .indexed256),
    (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x,1,0"], 256, .truecolor),
    (["TERM": "screen", "COLORTERM": "truecolor"], 8, .ansi8),
  ])
  func `colours are believed as far as the environment can be`(
    environment: [String: String], colours: Int, depth: ColourDepth
  ) {
    #expect(ColourDepth.detect(environment: environment, terminfoColours: colours) == depth)
  }
}

@Suite struct ThemeTests {
  private let light = Theme(
    name: "light", summary: "", background: Colour(hex: "#ffffff"),
    styles: [.text: Style(foreground: Colour(hex: "#111111"), ansi: .black)])

  @Test func `the compiled-in theme is complete and legible, also with 256 colours`() throws {
    let background = try #require(Theme.fallback.background)
    for role in Role.allCases {
      let style = try #require(Theme.fallback.styles[role], "\(role)")
      let foreground = try #require(style.foreground)
      let ground = style.background ?? background
      guard role.isText else { continue }
      #expect(contrast(foreground, ground) >= 4.5, "\(role)")
      let shown = (Colour(indexed256: foreground.indexed256), Colour(indexed256: ground.indexed256))
      #expect(contrast(shown.0, shown.1) >= 4.5, "\(role)")
    }
  }

  @Test func `a role that a theme leaves out looks like its text`() {
    #expect(light.style(.cue).foreground == light.style(.text).foreground)
    #expect(light.style(.cue).attributes == .bold)
    #expect(Theme(name: "", summary: "", background: nil, styles: [:]).style(.cue) == Style())
  }

  @Test(arguments: [
    (ColourDepth.truecolor, 0xF4C98B, 0x1B1E2B), (.indexed256, 222, 235), (.ansi16, 11, 0), (.ansi8, 3, 0),
    (.none, -1, -1),
  ])
  func `a style becomes the colours of each depth`(depth: ColourDepth, foreground: Int, background: Int) {
    let ink = Theme.fallback.ink(.cue, depth)
    #expect(ink.foreground == foreground && ink.background == background && ink.attributes.contains(.bold))
  }

  @Test func `the selected row is reversed where there are no colours`() {
    #expect(Theme.fallback.ink(.selection, .none).attributes.contains(.reverse))
  }

  @Test func `a light theme stays on a light ground with few colours`() {
    #expect(light.ink(.text, .ansi16) == Ink(foreground: 0, background: 15, attributes: []))
    #expect(light.ink(.text, .ansi8) == Ink(foreground: 0, background: 7, attributes: []))
  }

  @Test func `colours below eight keep out of the way of the first sixteen`() {
    var theme = light
    theme.background = Colour(hex: "#000000")
    theme.styles[.text] = Style(foreground: Colour(hex: "#000007"))
    #expect(theme.ink(.text, .truecolor) == Ink(foreground: 0x010007, background: 0x010000, attributes: []))
  }

  @Test func `one of sixteen colours alone is folded into eight and an attribute`() {
    var theme = Theme(name: "", summary: "", background: nil, styles: [.text: Style(ansi: .brightRed)])
    #expect(theme.ink(.text, .truecolor) == Ink(foreground: 1, background: -1, attributes: .bold))
    #expect(theme.ink(.text, .indexed256) == Ink(foreground: 9, background: -1, attributes: []))
    theme.styles[.text] = Style(ansi: .brightBlack)
    #expect(theme.ink(.text, .ansi8) == Ink(foreground: -1, background: -1, attributes: .dim))
  }
}
