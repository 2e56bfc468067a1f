import Network
import Tutor

/// Reads the `endpoints:` of the configuration: servers that may be asked, in the order in which they are tried.
///
/// A key is never written into the configuration: it is named, as a variable or a file. An endpoint that is malformed
/// is named with its line and left out; the others are read.
struct EndpointsReader {
  let file: String
  /// What a path that begins with `~/` begins with instead.
  let home: String
  private(set) var endpoints: [ChatEndpoint] = []
  private(set) var complaints: [Complaint] = []

  /// Prepares to read from `file`; `home` is the learner's own folder.
  init(file: String, home: String) {
    self.file = file
    self.home = home
  }

  /// How long an endpoint is waited for when nothing is said: a voice and a listener are needed while somebody waits.
  private static func patience(_ use: ChatEndpoint.Use) -> HTTPRequest.Patience? {
    switch use {
    case .chat: nil
    case .transcription: .init(firstByteSeconds: 20, stallSeconds: 10, totalSeconds: 30)
    case .speech: .init(connectSeconds: 3, firstByteSeconds: 10, stallSeconds: 5, totalSeconds: 30)
    }
  }

  /// The keys an endpoint may have, with what they mean.
  static let keys: [(key: String, meaning: String)] = [
    ("name", "what you call it"), ("use", "chat, transcription or speech; chat when nothing is said"),
    ("kind", "openai, azure or ollama; told by the address when nothing is said"),
    ("url", "the base of its interface, such as http://127.0.0.1:11434/v1"), ("model", "the model's name there"),
    ("key-env", "the environment variable that holds the key"),
    ("key-file", "a file that holds the key and that only you can read"),
    ("key-header", "the header that carries the key; Authorization when nothing is said"),
    ("headers", "further headers, name: value"), ("voice", "the voice, for speech"),
    ("connect-seconds", "how long a connection may take"), ("first-byte-seconds", "how long the first answer may take"),
    ("stall-seconds", "how long nothing may come"), ("total-seconds", "how long all of it may take"),
    ("ca-file", "certificates that are believed instead of the system's"),
    ("allow-plain-http", "yes to talk without encryption to another machine"),
    ("price-in", "what a million tokens of questions cost"), ("price-out", "what a million tokens of answers cost"),
    ("currency", "as in USD"), ("api-version", "Azure's version of its interface"),
  ]

  /// Endpoints that are read; more are complained about.
  static let limit = 32

  /// Takes in what stands behind `endpoints:`.
  mutating func take(_ entry: MarkedYAML.Entry) {
    guard case .list(let items) = entry.value else {
      guard entry.value != .none else { return }
      return complain(entry.line, "endpoints", "is not a list of endpoints", "Begin each with: - name: local")
    }
    for (index, item) in items.enumerated() {
      let place = "endpoints[\(index + 1)]"
      guard index < EndpointsReader.limit else {
        return complain(entry.line, place, "is one too many; \(EndpointsReader.limit) are read")
      }
      guard case .mapping(let entries) = item, let first = entries.first else {
        complain(entry.line, place, "is not an endpoint", "It takes at least name, url and model.")
        continue
      }
      if let endpoint = read(entries, place, line: first.line) { endpoints.append(endpoint) }
    }
  }

  /// One endpoint; nil where something it cannot do without is missing or malformed.
  private mutating func read(_ entries: [MarkedYAML.Entry], _ place: String, line: Int) -> ChatEndpoint? {
    let before = complaints.count
    complaints += MarkedYAML.unknown(
      entries.filter { $0.key != "key" }, known: EndpointsReader.keys.map(\.key), file: file,
      what: "key of an endpoint", prefix: place + ".")
    if let key = entries.first(where: { $0.key == "key" }) {
      complain(
        key.line, place + ".key", "must not be in this file",
        "Put it into an environment variable and write key-env: NAME, or into a file of your own and write key-file: PATH."
      )
    }
    var fields = Fields(entries: entries, place: place, file: file, home: home)
    let name = fields.text("name", required: true) ?? ""
    let url = fields.text("url", required: true) ?? ""
    let model = fields.text("model", required: true) ?? ""
    if !name.isEmpty, !isThemeName(name) || name == "offline" {
      fields.complain("name", "\(quoted(name)) is not a name: letters, digits, - and _ only, and not offline")
    }
    if endpoints.contains(where: { $0.name == name }) { fields.complain("name", "\(quoted(name)) is taken already") }
    let address = HTTPAddress(url)
    if !url.isEmpty, address == nil {
      fields.complain("url", "\(quoted(url)) is not an address such as https://api.openai.com/v1")
    }
    let use = fields.choice("use", ChatEndpoint.Use.self)
    let kind = fields.choice("kind", ChatEndpoint.Kind.self)
    var endpoint = ChatEndpoint(
      name: name, use: use ?? .chat, kind: kind, url: url, model: model, patience: Self.patience(use ?? .chat))
    fields.fill(&endpoint, host: address?.host)
    complaints += fields.complaints
    return complaints.count == before ? endpoint : nil
  }

  private mutating func complain(_ line: Int, _ key: String, _ problem: String, _ nextStep: String? = nil) {
    complaints.append(Complaint(file: file, line: line, key: key, problem: problem, nextStep: nextStep))
  }
}

/// The fields of one endpoint as they are asked for, and what is wrong with them.
private struct Fields {
  let entries: [MarkedYAML.Entry]
  let place: String
  let file: String
  let home: String
  var complaints: [Complaint] = []

  mutating func complain(_ key: String, _ problem: String) {
    let line = entries.first { $0.key == key }?.line ?? entries.first?.line
    complaints.append(Complaint(file: file, line: line, key: "\(place).\(key)", problem: problem))
  }

  /// The text of `key`; nil where there is none.
  mutating func text(_ key: String, required: Bool = false) -> String? {
    switch entries.first(where: { $0.key == key })?.value {
    case .scalar(let text)? where !text.trimmingBlanks().isEmpty:
      guard text.utf8.count <= 2_048, controlProblem(text) == nil else {
        complain(key, "is longer than 2048 bytes or contains a control character")
        return nil
      }
      return text.trimmingBlanks()
    case nil, .some(.none), .scalar?:
      if required { complain(key, "is missing") }
      return nil
    case .list?, .mapping?:
      complain(key, "is not a single value")
      return nil
    }
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) -> Choice? {
    guard let text = text(key) else { return nil }
    guard let value = Choice(rawValue: text.lowercased()) else {
      complain(key, "\(quoted(text)) is not \(Choice.allCases.map(\.rawValue).joined(separator: " or "))")
      return nil
    }
    return value
  }

  mutating func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
    guard let text = text(key) else { return nil }
    guard isPlainNumber(text), let value = Double(text), range.contains(value) else {
      complain(
        key, "\(quoted(text)) is not a number from \(decimal(range.lowerBound)) to \(decimal(range.upperBound))")
      return nil
    }
    return value
  }

  mutating func fill(_ endpoint: inout ChatEndpoint, host: String?) {
    switch (text("key-env"), text("key-file")) {
    case (_?, _?): complain("key-file", "cannot be given beside key-env; choose one")
    case (let name?, nil): endpoint.key = .environment(name)
    case (nil, let path?): endpoint.key = .file(expanded(path))
    case (nil, nil): break
    }
    if let header = text("key-header") {
      endpoint.keyHeader = header.lowercased() == "authorization" ? .bearer : .named(header)
    }
    headers(&endpoint)
    if let seconds = number("connect-seconds", 0.1...600) { endpoint.patience.connectSeconds = seconds }
    if let seconds = number("first-byte-seconds", 0.1...3_600) { endpoint.patience.firstByteSeconds = seconds }
    if let seconds = number("stall-seconds", 0.1...3_600) { endpoint.patience.stallSeconds = seconds }
    if let seconds = number("total-seconds", 0.1...86_400) { endpoint.patience.totalSeconds = seconds }
    endpoint.trust.caFile = text("ca-file").map(expanded)
    if let text = text("allow-plain-http") {
      switch truth(text) {
      case true?: endpoint.trust.plainHosts = host.map { [$0] } ?? []
      case false?: break
      case nil: complain("allow-plain-http", "\(quoted(text)) is not yes or no")
      }
    }
    endpoint.pricePerMillionIn = number("price-in", 0...1_000_000)
    endpoint.pricePerMillionOut = number("price-out", 0...1_000_000)
    endpoint.currency = text("currency")
    endpoint.voice = text("voice")
    if let version = text("api-version") { endpoint.apiVersion = version }
  }

  private func expanded(_ path: String) -> String { path.hasPrefix("~/") ? home + path.dropFirst() : path }

  private mutating func headers(_ endpoint: inout ChatEndpoint) {
    guard let entry = entries.first(where: { $0.key == "headers" }), entry.value != .none else { return }
    guard case .mapping(let lines) = entry.value else { return complain("headers", "is not a list of name: value") }
    for line in lines {
      guard case .scalar(let value) = line.value, controlProblem(value) == nil, !line.key.isEmpty,
        line.key.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 58 })
      else {
        complain("headers", "\(quoted(line.key)) is not a header with its value")
        continue
      }
      if ["authorization", "api-key", "x-api-key", "cookie", "proxy-authorization"].contains(line.key.lowercased()) {
        complain("headers", "\(line.key) holds a key, which must not be in this file; use key-env or key-file")
      } else {
        endpoint.headers.append(HTTPHeader(line.key, value))
      }
    }
  }
}

extension Complaint {
  /// Whether it is about an endpoint, without which everything else works.
  var isAboutEndpoint: Bool { key?.hasPrefix("endpoints[") == true || key == "endpoints" }
}
