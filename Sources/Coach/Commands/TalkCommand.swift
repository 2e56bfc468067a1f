import ArgumentParser
import Practice
import Terminal

/// `rostrum talk`: what can be done with a talk without speaking it.
struct TalkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "talk", abstract: "Check a talk before it is spoken.",
    discussion: "Example: rostrum talk check talk.md", subcommands: [CheckTalk.self])

  struct CheckTalk: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "How long a talk takes, and where it is hard to say or to follow.",
      discussion: """
        Examples:
          rostrum talk check talk.md
          rostrum talk check talk.md --json

        The talk is Markdown: headings are sections, {2m} at the end of a heading is
        the time for it, / and // behind a word are pauses, > lines are notes.
        """)

    @Argument(help: "A talk in Markdown.", completion: .file(extensions: ["md", "markdown", "txt"]))
    var file: String

    @Flag(help: "One JSON object.")
    var json = false

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let (talk, complaints) = try GivenScript.read(file)
      guard !talk.body.contains("\0") else { throw Failure(.badData, Messages.notText(file)) }
      guard !talk.script.isEmpty else { throw Failure(.badData, Messages.nothingToSay(talk)) }
      let ownPace = (try? BaselineFile.read(surroundings.places))?.all.first.map(\.wordsPerMinute)
      let checked = CheckedTalk(
        talk, known: KnownWords.phones(of: talk.script), ownPace: ownPace, complaints: complaints.map(\.description))
      if json { return Printed.line(checked.json.text) }
      var (rows, columns): (Int32, Int32) = (24, 80)
      _ = Terminals.size(&rows, &columns)
      for line in TalkPage(checked, glyphs: Glyphs.of(utf8: Surroundings.isUTF8)).lines(columns: Int(columns)) {
        Printed.line(line)
      }
    }
  }
}
