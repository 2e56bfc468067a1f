import Glibc
import Support
import Testing

extension EndToEnd {
  /// What goes to terminals of each kind: their own colours, their own characters, nothing that outlasts the program.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot))
  struct TerminalKindTests {
    @Test(arguments: [
      "xterm", "xterm-16color", "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "xterm-direct",
    ])
    func `every kind of terminal is drawn on in its own colours`(term: String) throws {
      let world = try World()
      let terminal = try shown(world, term: term, [:])
      let codes = Set(terminal.text.matches(of: /\u{1b}\[([0-9;:]*)m/).map { String($0.1) })
      let isDirect = codes.contains { $0.contains("38;2") || $0.contains("38:2") || $0.contains("48:2") }
      let is256 = codes.contains { $0.contains("38;5") || $0.contains("48;5") || $0.contains("38:5") }
      switch term {
      case "xterm-direct": #expect(isDirect, "\(codes)")
      case "xterm-256color", "tmux-256color": #expect(is256, "\(codes)")
      case "vt100": #expect(!isDirect && !is256 && !terminal.text.contains(coloured), "\(codes)")
      case "xterm-16color": expectSixteen(terminal)
      default: #expect(!isDirect && !is256 && terminal.text.contains(coloured), "\(codes)")
      }
      for change in ["\u{1b}]4;", "\u{1b}]10;", "\u{1b}]11;", "\u{1b}]P"] {
        #expect(!terminal.text.contains(change), "the user's palette was changed: \(change.dropFirst())")
      }
    }

    @Test func `COLORTERM brings truecolor, NO_COLOR none, and the flagless mono theme none`() throws {
      let world = try World()
      let full = try shown(world, term: "xterm-256color", ["COLORTERM": "truecolor"])
      #expect(full.text.contains(/\u{1b}\[[0-9;:]*[34]8[;:]2/), "no truecolor")
      let none = try shown(world, term: "xterm-256color", ["NO_COLOR": "1", "COLORTERM": "truecolor"])
      #expect(!none.text.contains(coloured), "NO_COLOR is not respected")
    }

    @Test(arguments: ["C", "POSIX"]) func `without a UTF-8 locale the screen is ASCII`(locale: String) throws {
      let world = try World()
      let terminal = try shown(world, term: "xterm-256color", ["LANG": locale, "LC_ALL": locale])
      #expect(terminal.bytes.allSatisfy { $0 < 0x80 })
      let unicode = try shown(world, term: "xterm-256color", ["LANG": "C.UTF-8"])
      #expect(unicode.bytes.contains { $0 >= 0x80 })
    }

    @Test func `every theme that is shipped can be worn`() throws {
      let names = SourceNames.themes
      #expect(names.count >= 5, "\(names)")
      for name in names {
        let world = try World()
        let terminal = try shown(world, term: "xterm-256color", [:], ["--theme", name])
        if name == "mono" { #expect(!terminal.text.contains(coloured), "mono has colours") }
      }
    }

    /// A colour in an escape sequence, of whatever depth.
    private var coloured: Regex<Substring> {
      /\u{1b}\[(?:[0-9;:]*[;:])?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m/
    }

    /// Colours there are, and each is one of the sixteen that `xterm-16color` names.
    private func expectSixteen(_ terminal: Pty) {
      var seen: Set<Int> = []
      for match in terminal.text.matches(of: /\u{1b}\[([0-9;:]*)m/) {
        for parameter in match.1.split(whereSeparator: { ";:".contains($0) }).compactMap({ Int($0) }) {
          if parameter >= 30, ![39, 49].contains(parameter) { seen.insert(parameter) }
        }
      }
      let sixteen = Set(30...37).union(40...47).union(90...97).union(100...107)
      #expect(!seen.isEmpty && seen.isSubset(of: sixteen), "\(seen.sorted())")
      #expect(!seen.isDisjoint(with: Set(30...37).union(90...97)), "no colour of text: \(seen.sorted())")
    }

    /// A rehearsal of one second on a terminal, ended again.
    private func shown(
      _ world: World, term: String, _ environment: [String: String], _ arguments: [String] = []
    ) throws -> Pty {
      let path = try world.file(try Speech.endless())
      let terminal = try Pty(
        [RostrumBinary.path, "rehearse", "--input", path] + arguments,
        environment: world.environment.merging(environment) { $1 }, term: term)
      #expect(terminal.wait { $0.count > 400 }, "\(term): \(terminal.text)")
      let before = terminal.chunks.count
      #expect(eventually { terminal.chunks.count >= before + 5 }, "\(term): the meters stand still")
      terminal.child.send(SIGTERM)
      #expect(terminal.ending() == .exited(143), "\(term)")
      #expect(terminal.hasItsModesBack, "\(term)")
      return terminal
    }
  }
}
