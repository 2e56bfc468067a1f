import Foundation
import Terminal
import Testing

/// The themes we ship, read with a reader that knows just the form they are written in; what users write is read, and
/// complained about, elsewhere.
@Suite struct ThemeFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Themes")
  private static let names = ["colour-safe", "daylight", "dusk", "high-contrast", "mono", "terminal"]

  private func theme(_ name: String) throws -> Theme {
    var theme = Theme(name: "", summary: "", background: nil, styles: [:])
    let text = try String(contentsOf: Self.folder.appending(path: name + ".yaml"), encoding: .utf8)
    for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("#") {
      let match = try #require(line.wholeMatch(of: /( *)([a-z.]+):\s*(.*)/), "\(line)")
      let value = String(match.3.replacing("\"", with: ""))
      switch (String(match.1), String(match.2)) {
      case ("", "name"): theme.name = value
      case ("", "summary"): theme.summary = value
      case ("", "background"):
        theme.background = value == "terminal" ? nil : try colour(value)
      case ("", "styles"): #expect(value == "")
      case ("  ", let role): theme.styles[try #require(Role(name: role), "\(line)")] = try style(value)
      default: Issue.record("\(name): \(line)")
      }
    }
    return theme
  }

  private func colour(_ text: String) throws -> Colour { try #require(Colour(hex: text), "\(text)") }
  private func ansi(_ text: String) throws -> ANSIColour { try #require(ANSIColour(rawValue: text), "\(text)") }

  private func style(_ text: String) throws -> Style {
    var style = Style()
    for part in text.trimmingCharacters(in: ["{", "}"]).split(separator: ", ") {
      let pair = part.split(separator: ": ").map(String.init)
      switch try #require(pair.first) {
      case "fg": style.foreground = try colour(pair[1])
      case "bg": style.background = try colour(pair[1])
      case "ansi": style.ansi = try ansi(pair[1])
      case "ansi-bg": style.ansiBackground = try ansi(pair[1])
      case "bold": style.attributes.insert(.bold)
      case "dim": style.attributes.insert(.dim)
      case "underline": style.attributes.insert(.underline)
      case "reverse": style.attributes.insert(.reverse)
      case "italic": style.attributes.insert(.italic)
      case let other: Issue.record("\(other)")
      }
    }
    return style
  }

  @Test func `the folder holds the themes we test`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(files == Self.names.map { $0 + ".yaml" })
  }

  @Test(arguments: names) func `a theme styles every role and says what it is`(name: String) throws {
    let theme = try theme(name)
    #expect(theme.name == name && !theme.summary.isEmpty)
    #expect(Set(theme.styles.keys) == Set(Role.allCases))
  }

  @Test(arguments: names) func `every text role reaches 4,5 to 1, with 256 colours too`(name: String) throws {
    let theme = try theme(name)
    for role in Role.allCases where role.isText {
      let style = theme.style(role)
      guard let ground = style.background ?? theme.background else {
        // Where the ground is the terminal's own, so are the colours, and nothing may be fixed against it.
        #expect(style.foreground == nil && style.background == nil, "\(name) \(role)")
        continue
      }
      let front = try #require(style.foreground, "\(name) \(role)")
      #expect(contrast(front, ground) >= 4.5, "\(name) \(role)")
      let (few, fewGround) = (Colour(indexed256: front.indexed256), Colour(indexed256: ground.indexed256))
      #expect(contrast(few, fewGround) >= 4.5, "\(name) \(role) with 256 colours")
      #expect(!style.attributes.contains(.dim), "\(name) \(role): dim takes contrast away")
    }
  }

  @Test(arguments: names) func `with sixteen colours text stays legible`(name: String) throws {
    let theme = try theme(name)
    for role in Role.allCases where role.isText {
      let ink = theme.ink(role, .ansi16)
      guard ink.foreground >= 0, ink.background >= 0 else { continue }
      let ratio = contrast(Colour(indexed256: ink.foreground), Colour(indexed256: ink.background))
      #expect(ratio >= 4.5, "\(name) \(role)")
    }
  }

  @Test func `the compiled-in theme is the file of its name`() throws {
    #expect(try theme("dusk") == .fallback)
  }

  @Test func `a theme without colours tells the standings apart all the same`() throws {
    let mono = try theme("mono")
    #expect(Set([Role.good, .watch, .act].map { mono.style($0).attributes.rawValue }).count == 3)
    #expect(Role.allCases.allSatisfy { mono.ink($0, .truecolor).foreground == -1 })
  }
}
