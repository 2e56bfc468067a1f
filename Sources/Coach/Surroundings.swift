import Glibc
import Screen
package import Terminal

/// What a command finds itself in: environment, places, settings, themes.
package struct Surroundings: Sendable {
  package let environment: [String: String]
  package let places: Places
  package let settings: Settings
  /// What was wrong with the settings; commands that change how a talk is judged refuse to go on.
  package let complaints: [Complaint]
  package let shelf: ThemeShelf

  /// Reads environment and settings; `flags` are the values given on the command line, by setting key.
  package static func gather(flags: [String: String] = [:]) throws(Failure) -> Surroundings {
    let environment = Surroundings.processEnvironment()
    let places = Places.resolve(environment: environment, home: environment["HOME"] ?? "/")
    var file: (path: String, text: String)?
    do throws(PlaceError) {
      file = (places.configFile, try readText(path: places.configFile, limit: Limits.textBytes))
    } catch {
      guard error.isMissing else { throw Failure(error) }
    }
    let (settings, complaints) = Settings.resolve(flags: flags, environment: environment, file: file)
    return Surroundings(
      environment: environment, places: places, settings: settings, complaints: complaints,
      shelf: ThemeShelf(places: places, shipped: shippedData()))
  }

  /// Refuses to go on with settings that could not be understood.
  package func insistOnSettings() throws(Failure) {
    // A malformed endpoint is left out and named; the others are read, and nobody is kept from speaking by it.
    let aboutEndpoints = complaints.filter(\.isAboutEndpoint)
    for complaint in aboutEndpoints { Printed.complain("\(complaint). It is left out.") }
    let complaints = complaints.filter { !$0.isAboutEndpoint }
    guard complaints.isEmpty else {
      let failure = Failure(complaints)
      throw failure.status == .usage
        ? failure : Failure(failure.status, failure.sentence + "\n" + Messages.mendSettings)
    }
  }

  /// The theme in use; refuses a name that is unknown and a file that is malformed.
  package func theme(named name: String? = nil) throws(Failure) -> Theme {
    let (theme, complaints) = shelf.theme(named: name ?? settings.theme)
    guard complaints.isEmpty else {
      // A name that no theme has is complained about where it was given.
      guard name == nil, shelf.path(of: settings.theme) == nil else { throw Failure(complaints) }
      throw Failure(complaints.map { $0.placed(by: settings.origin(of: "theme"), key: "theme") })
    }
    return theme
  }

  /// A file of the user's own Prompts folder, or the shipped one of that name; nil where there is neither.
  package func prompt(_ name: String) throws(Failure) -> (path: String, text: String)? {
    for folder in [places.userPrompts] + [shippedData()].compactMap({ $0.map { $0 + "/Prompts" } }) {
      let path = folder + "/" + name
      do throws(PlaceError) { return (path, try readText(path: path, limit: Limits.textBytes)) } catch {
        guard error.isMissing else { throw Failure(error) }
      }
    }
    return nil
  }

  /// Whether the locale takes UTF-8.
  static var isUTF8: Bool { Screen.localeIsUTF8 }

  /// The environment as the process was given it.
  static func processEnvironment() -> [String: String] {
    var values: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let pair = String(cString: pointer)
      if let equals = pair.firstIndex(of: "=") {
        values[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
      }
      entry += 1
    }
    return values
  }
}
