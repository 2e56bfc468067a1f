import Network
import Practice
package import Tutor

/// What the learner decided about endpoints: asked once each, kept in `consents.json`, for its owner alone.
///
/// A decision holds for one use of one endpoint at one host; where any of them changes, the question is put again.
package struct Consents: Equatable, Sendable {
  /// One decision.
  package struct Decision: Equatable, Sendable {
    package var endpoint: String
    package var use: String
    package var host: String
    package var isAllowed: Bool
    /// When it was made, in milliseconds since 1970.
    package var atMilliseconds: Int
  }

  package private(set) var decisions: [Decision] = []

  /// Nothing decided yet.
  package init() {}

  /// What was decided about `endpoint` at `host`; nil where nothing was.
  package func decision(on endpoint: ChatEndpoint, host: String) -> Bool? {
    decisions.last { $0.endpoint == endpoint.name && $0.use == endpoint.use.rawValue && $0.host == host }?.isAllowed
  }

  /// What was decided about `endpoint` where it is now.
  package func decision(on endpoint: ChatEndpoint) -> Bool? {
    HTTPAddress(endpoint.url).flatMap { decision(on: endpoint, host: $0.host) }
  }

  /// Keeps a decision in place of the one before.
  package mutating func decide(_ isAllowed: Bool, on endpoint: ChatEndpoint, host: String, atMilliseconds: Int) {
    decisions.removeAll { $0.endpoint == endpoint.name && $0.use == endpoint.use.rawValue }
    decisions.append(
      Decision(
        endpoint: endpoint.name, use: endpoint.use.rawValue, host: host, isAllowed: isAllowed,
        atMilliseconds: atMilliseconds))
  }

  /// The text of the file.
  package var text: String {
    let list = decisions.map { decision in
      JSON.object([
        .init("endpoint", .string(decision.endpoint)), .init("use", .string(decision.use)),
        .init("host", .string(decision.host)), .init("allowed", .bool(decision.isAllowed)),
        .init("at_ms", .count(decision.atMilliseconds)),
      ])
    }
    return JSON.object([.init("v", .count(1)), .init("consents", .array(list))]).text
  }

  /// Reads the text of the file; nil where it is damaged. What is no decision in it is left out: then it is asked again.
  package init?(_ text: String) {
    guard let json = JSON(parsing: text), case .array(let list)? = json["consents"] else { return nil }
    decisions = list.compactMap { entry in
      guard let endpoint = entry["endpoint"]?.string, let use = entry["use"]?.string, let host = entry["host"]?.string,
        case .bool(let isAllowed)? = entry["allowed"]
      else { return nil }
      return Decision(
        endpoint: endpoint, use: use, host: host, isAllowed: isAllowed, atMilliseconds: entry["at_ms"]?.integer ?? 0)
    }
  }
}

extension Consents {
  /// What is kept at `places`. A file that is missing or damaged means that nothing was decided.
  package static func read(_ places: Places) -> Consents {
    (try? readText(path: places.consents, limit: Limits.textBytes)).flatMap(Consents.init) ?? Consents()
  }

  /// Keeps a decision in the file; where it cannot be written, it holds for this run alone and is asked again.
  package static func keep(_ isAllowed: Bool, on endpoint: ChatEndpoint, _ places: Places) {
    do throws(Failure) { try decide(isAllowed, on: endpoint, places) } catch {
      Log.warning("a consent was not kept", ["reason": error.sentence])
    }
  }

  /// The same; throws where the file cannot be written.
  package static func decide(_ isAllowed: Bool, on endpoint: ChatEndpoint, _ places: Places) throws(Failure) {
    guard let host = HTTPAddress(endpoint.url)?.host else { return }
    var consents = read(places)
    consents.decide(isAllowed, on: endpoint, host: host, atMilliseconds: wallMilliseconds())
    do throws(PlaceError) {
      try makeFolder(places.data)
      try writeText(consents.text + "\n", path: places.consents)
    } catch { throw Failure(error) }
  }
}
