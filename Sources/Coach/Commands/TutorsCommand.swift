import ArgumentParser
import Glibc
import History
import Practice
import Tutor

/// `rostrum tutors`: who there is to talk a take over with.
struct TutorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutors", abstract: "List the tutors, or show what one would be sent.",
    discussion: """
      Examples:
        rostrum tutors
        rostrum tutors preview coach --session last --question "How was my pace?"

      A tutor is a file, Prompts/tutors/NAME.md; one of your own in the settings folder
      goes before a shipped one of that name.
      """,
    subcommands: [ListTutors.self, PreviewTutor.self], defaultSubcommand: ListTutors.self)

  struct ListTutors: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tutors.", discussion: "Example: rostrum tutors --json | jq .id")

    @Flag(help: "One JSON object a tutor.")
    var json = false

    mutating func run() throws {
      let shelf = try Surroundings.gather().tutors()
      for complaint in shelf.complaints { Printed.complain(Messages.tutorLeftOut(complaint)) }
      if json {
        for tutor in shelf.tutors { Printed.line(JSON.object(tutor.fields).text) }
      } else if !shelf.tutors.isEmpty {
        Printed.table(
          [["tutor", "name", "language", ""]]
            + shelf.tutors.map { [$0.id, $0.name, $0.language, $0.summary] },
          columns: Terminals.columns(STDOUT_FILENO))
      }
      if shelf.tutors.isEmpty { throw Failure(.noInput, Messages.noTutors) }
    }
  }

  struct PreviewTutor: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "preview", abstract: "Print exactly what would be sent to a model; nothing is sent.",
      discussion: """
        Examples:
          rostrum tutors preview coach
          rostrum tutors preview examiner --session last --question "Was I on time?"
        """)

    @Argument(help: "The tutor, by its file's name or its own.")
    var name: String

    @Option(help: "An id, the beginning of one, or last.")
    var session = "last"

    @Option(help: "What is asked; how it went, if left out.")
    var question = ""

    @Flag(help: "One JSON object a message.")
    var json = false

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let shelf = surroundings.tutors()
      guard let tutor = shelf.tutor(name) else {
        for complaint in shelf.complaints { Printed.complain(Messages.tutorLeftOut(complaint)) }
        throw Failure(.noInput, shelf.missing(name))
      }
      let history = try KeptSessions.history()
      let row = try KeptSessions.find(session, in: history)
      let session: Session
      do { session = try Archive.session(row.id, in: history) } catch { throw Failure(error) }
      let facts = TutorFacts(of: session, rules: surroundings.fillers().rules)
      let messages = Asking.messages(
        to: tutor, question, facts: facts, turns: session.turns, surroundings.settings)
      for line in TutorPreview.lines(messages, json: json) { Printed.line(json ? line : Printed.safe(line)) }
    }
  }
}

/// What is sent, as lines to be read before it is.
enum TutorPreview {
  /// Each message with a line above it that says whose it is, or as a JSON object of `role` and `content`.
  static func lines(_ messages: [ChatMessage], json: Bool = false) -> [String] {
    guard !json else {
      return messages.map {
        JSON.object([.init("role", .string($0.role.rawValue)), .init("content", .string($0.text))]).text
      }
    }
    let tokens = messages.reduce(0) { $0 + TutorPrompt.estimatedTokens($1.text) }
    let parts = messages.flatMap { message in
      ["--- \(message.role.rawValue)"]
        + message.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        + [""]
    }
    return parts + ["--- \(Figures.count(messages.count, "message")), about \(Figures.count(tokens, "token"))"]
  }
}

extension TutorProfile {
  /// The fields of `tutors --json`.
  fileprivate var fields: [JSON.Field] {
    [
      .init("id", .string(id)), .init("name", .string(name)), .init("summary", .string(summary)),
      .init("language", .string(language)), .init("voice", .string(voice)),
      .init("words_per_minute", .count(wordsPerMinute)), .init("pitch", .count(pitch)),
      .init("temperature", .rounded(settings.temperature)),
      .init("longest_tokens", settings.longestTokens.map(JSON.count) ?? .null),
      .init("longest_sentences", .count(longestSentences)),
      .init(
        "traits",
        .object(TutorProfile.traitNames.compactMap { name in traits[name].map { .init(name, .rounded($0)) } })),
    ]
  }
}

extension Messages {
  /// What is said of a tutor with a mistake in it.
  static func tutorLeftOut(_ complaint: Complaint) -> String {
    let text = "\(complaint)"
    return text + (text.hasSuffix(".") || text.hasSuffix("?") ? "" : ".") + " This tutor is left out."
  }

  /// What is said where there is no tutor at all.
  static let noTutors =
    "There is no tutor. Put one into Prompts/tutors in the settings folder, or install Rostrum anew."
}
