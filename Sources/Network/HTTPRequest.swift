/// One line of a head: its name and its value.
package struct HTTPHeader: Equatable, Sendable {
  /// The name as it was written; names are compared without regard to case.
  package var name: String
  /// The value, without blanks around it.
  package var value: String

  /// Makes a header.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether this is the header `name`.
  package func isNamed(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}

extension [HTTPHeader] {
  /// The value of the first header `name`, in whatever case; nil where there is none.
  package subscript(name: String) -> String? { first { $0.isNamed(name) }?.value }
}

/// A part of a form as browsers send them (`multipart/form-data`).
package struct FormPart: Equatable, Sendable {
  /// The field's name.
  package var name: String
  /// What the file is called, for a field that is one.
  package var fileName: String?
  /// The media type, as in `audio/wav`.
  package var type: String?
  /// What is in it.
  package var bytes: [UInt8]

  /// Makes a part.
  package init(name: String, fileName: String? = nil, type: String? = nil, bytes: [UInt8]) {
    self.name = name
    self.fileName = fileName
    self.type = type
    self.bytes = bytes
  }

  /// A part that is a line of text.
  package init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }
}

/// A request over HTTP, and how far its answer is waited for.
///
/// A key belongs into `secret` and nowhere else: what is in there is sent to the host of `url` alone, and shown by
/// nothing that describes a request.
package struct HTTPRequest: Sendable {
  /// What is sent along.
  package enum Body: Equatable, Sendable {
    case none
    /// These bytes, of this media type.
    case bytes([UInt8], type: String)
    /// A form of several parts.
    case form([FormPart])
  }

  /// How long is waited, in seconds; what is not a number from 0.01 to 86 400 is taken for the nearest, or the default.
  package struct Patience: Equatable, Sendable {
    /// For name, connection and TLS.
    package var connectSeconds: Double
    /// From all being sent to the first byte of the answer.
    package var firstByteSeconds: Double
    /// For the next byte, of what is sent or of the answer.
    package var stallSeconds: Double
    /// For everything, waiting for a turn and redirects too.
    package var totalSeconds: Double

    /// Makes a patience; the defaults suit an answer that a model has to think about.
    package init(
      connectSeconds: Double = 5, firstByteSeconds: Double = 60, stallSeconds: Double = 20, totalSeconds: Double = 300
    ) {
      self.connectSeconds = connectSeconds
      self.firstByteSeconds = firstByteSeconds
      self.stallSeconds = stallSeconds
      self.totalSeconds = totalSeconds
    }
  }

  /// Whom is believed. A certificate is verified always: there is no way to turn that off.
  package struct Trust: Equatable, Sendable {
    /// A file of certificates (PEM) that are believed instead of the system's.
    package var caFile: String?
    /// Hosts, without port, that are talked to without TLS; this machine is one anyway.
    package var plainHosts: Set<String>

    /// Makes a trust; by default the system's certificates, and plain text to nobody.
    package init(caFile: String? = nil, plainHosts: Set<String> = []) {
      self.caFile = caFile
      self.plainHosts = plainHosts
    }
  }

  /// Bytes of an answer when nothing else is said: 16 MiB.
  package static let standardByteLimit = 16 << 20

  /// `GET`, `POST` or another word of capitals.
  package var method: String
  /// `https://…`, or `http://…` where `trust` allows it; without a user's name in it.
  package var url: String
  package var headers: [HTTPHeader]
  /// The header that holds a key.
  package var secret: HTTPHeader?
  package var body: Body
  package var patience: Patience
  /// Bytes of the answer's body beyond which it is refused.
  package var byteLimit: Int
  package var trust: Trust

  /// Makes a request; all but the address has a default.
  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], secret: HTTPHeader? = nil, body: Body = .none,
    patience: Patience = Patience(), byteLimit: Int = standardByteLimit, trust: Trust = Trust()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.secret = secret
    self.body = body
    self.patience = patience
    self.byteLimit = byteLimit
    self.trust = trust
  }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Method and host, and nothing that could be a key or what somebody said.
  package var description: String { "\(method) \(HTTPAddress(url)?.origin ?? "an address that is none")" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Nothing but `description`, so that `dump` tells no more either.
  package var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}

/// What comes of a request, in this order: at most one head, bytes, and exactly one end.
package enum HTTPNews: Equatable, Sendable {
  /// The head of the answer, whatever its status; redirects that were followed are not told.
  case head(status: Int, headers: [HTTPHeader])
  /// The next bytes of the body, at least one.
  case bytes([UInt8])
  /// The answer is complete.
  case done
  /// There is no more to come; what came before this stands.
  case failed(NetworkError)
}
