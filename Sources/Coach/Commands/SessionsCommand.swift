import ArgumentParser

/// `rostrum sessions`: what has been kept.
struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "List, search, print, compare and edit past sessions.",
    discussion: """
      Examples:
        rostrum sessions --tag work --sort score
        rostrum sessions show last
        rostrum sessions search "how much" hesita*
        rostrum sessions trends pace
        rostrum sessions edit last --tag work
      """,
    subcommands: [
      ListSessions.self, ShowSession.self, SearchSessions.self, TrendsOfSessions.self, ScoresOfSession.self,
      EditSession.self,
    ], defaultSubcommand: ListSessions.self)
}
