import ArgumentParser
import Glibc
import Network
import Tutor

/// `rostrum config`: every setting, its value, where it came from, and what it means.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "List settings, or change one.",
    discussion: "Examples:\n  rostrum config\n  rostrum config set theme daylight\n  rostrum config allow hearing",
    subcommands: [ListSettings.self, ChangeSetting.self, AllowEndpoint.self, ForbidEndpoint.self],
    defaultSubcommand: ListSettings.self)

  struct AllowEndpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "allow", abstract: "Allow an endpoint to be sent what it is for; says what that is, and asks.",
      discussion: "Example: rostrum config allow hearing")

    @Argument(help: "The endpoint's name in config.yaml.")
    var endpoint: String

    @Flag(help: "Answer yes.")
    var yes = false

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let endpoint = try ConfigCommand.endpoint(endpoint, surroundings)
      let host = HTTPAddress(endpoint.url)?.host ?? endpoint.url
      let leaves = Messages.leaves(endpoint.use.rawValue, hasTranscript: true)
      Printed.line(Printed.safe("\(endpoint.name) at \(host) would be sent \(leaves)."))
      if !yes {
        guard isatty(STDIN_FILENO) != 0 else { throw Failure(.usage, Messages.allowNeedsYes) }
        Printed.line("Allow that? y or n")
        guard ["y", "yes"].contains(readLine()?.lowercased() ?? "") else {
          return Printed.line("Nothing was changed; nothing is sent.")
        }
      }
      try Consents.decide(true, on: endpoint, surroundings.places)
      Printed.line(Printed.safe("Allowed. To take it back: rostrum config forbid \(endpoint.name)"))
    }
  }

  struct ForbidEndpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forbid", abstract: "Send an endpoint nothing more.",
      discussion: "Example: rostrum config forbid hearing")

    @Argument(help: "The endpoint's name in config.yaml.")
    var endpoint: String

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let endpoint = try ConfigCommand.endpoint(endpoint, surroundings)
      try Consents.decide(false, on: endpoint, surroundings.places)
      Printed.line(Printed.safe("\(endpoint.name) is sent nothing more."))
    }
  }

  /// The endpoint called `name`.
  static func endpoint(_ name: String, _ surroundings: Surroundings) throws(Failure) -> ChatEndpoint {
    let endpoints = surroundings.settings.endpoints
    guard let endpoint = endpoints.first(where: { $0.name == name }) else {
      throw Failure(.usage, Messages.noEndpoint(name, endpoints.map(\.name), surroundings.places.configFile))
    }
    return endpoint
  }

  struct ListSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List every setting with its value, where it came from and what it means.",
      discussion: "Example: rostrum config --json")

    @Flag(help: "One JSON object a setting.")
    var json = false

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let text = json ? surroundings.settings.jsonListing() : surroundings.settings.listing()
      Printed.line(String(text.reversed().drop { $0 == "\n" }.reversed()))
      try surroundings.insistOnSettings()
    }
  }

  struct ChangeSetting: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Change a setting in the file; comments stay.",
      discussion: "Example: rostrum config set pace-comfortable 130-150")

    @Argument(help: "The setting; rostrum config lists them.")
    var key: String

    @Argument(help: "Its new value.")
    var value: String

    mutating func run() throws {
      let surroundings = try Surroundings.gather()
      let path = surroundings.places.configFile
      var text = ""
      do throws(PlaceError) { text = try readText(path: path, limit: Limits.textBytes) } catch {
        guard error.isMissing else { throw Failure(error) }
      }
      let edited: String
      do throws(Complaint) { edited = try ConfigFile.set(key: key, value: value, in: text, file: path) } catch {
        guard error.line == nil else { throw Failure(.configuration, error.description) }
        var complaint = error
        complaint.file = "config set"
        throw Failure(.usage, complaint.description)
      }
      if key == "theme" { _ = try surroundings.theme(named: value) }
      do throws(PlaceError) {
        try makeFolder(surroundings.places.config)
        try writeText(edited, path: path)
      } catch { throw Failure(error) }
      Printed.line("\(key) is now \(value.isEmpty ? "unset" : Printed.safe(value)) (\(path))")
      if let setting = Setting.named(key), let set = surroundings.environment[setting.variable], !set.isEmpty {
        Printed.complain("\(setting.variable)=\(set) is set in the environment and goes before the file.")
      }
    }
  }
}
