import Practice

/// Reads what a chat endpoint answers: a stream of events, or one JSON text where the server does not stream.
///
/// What it is, is seen by its first character and not by its content type, which proxies get wrong. A body that came with
/// a status other than 2xx is read as a complaint.
package struct ReplyReader: Sendable {
  /// Why a body is no reply.
  package enum Fault: Error, Equatable, Sendable {
    /// A line, or the whole of a JSON text, is longer than the bound.
    case tooLong
    /// It is something else; what it looks like, in a few words.
    case malformed(String)
  }

  private enum Kind {
    case unknown
    case events
    case json
    case page
  }

  /// The longest JSON text, in bytes.
  package static let jsonLimit = 4 << 20
  /// How much is read of a body that says why it failed, in bytes.
  package static let complaintLimit = 64 << 10

  /// Whether the server has said that this is all.
  package private(set) var isDone = false
  /// What is wrong, nil while nothing is; then nothing more is read.
  package private(set) var fault: Fault?
  /// Whether anything came that belongs to a reply.
  package private(set) var hasPieces = false

  private let isFailure: Bool
  private var kind = Kind.unknown
  private var stream = EventStream()
  private var body: [UInt8] = []
  private var thoughts = ThoughtFilter()

  /// Makes a reader for a response of this status.
  package init(status: Int) { isFailure = !(200..<300).contains(status) }

  /// Reads on, and returns what is new.
  package mutating func read(_ bytes: [UInt8]) -> [ChatPiece] {
    guard fault == nil, !isDone else { return [] }
    if isFailure {
      body += bytes.prefix(Self.complaintLimit - body.count)
      return []
    }
    if kind == .unknown {
      body += bytes
      guard let first = firstSign(of: body) else {
        if body.count > EventStream.lineLimit { fault = .tooLong }
        return []
      }
      kind = first
      if kind == .events {
        defer { body = [] }
        return events(stream.read(body))
      }
      return keep([])
    }
    return kind == .events ? events(stream.read(bytes)) : keep(bytes)
  }

  /// What was still missing when the last byte had come.
  package mutating func finish() -> [ChatPiece] {
    guard fault == nil, !isDone, !isFailure else { return [] }
    switch kind {
    case .unknown:
      fault = .malformed("nothing came")
      return []
    case .page:
      fault = .malformed("a web page came")
      return []
    case .json: return whole()
    case .events:
      // Half an event is no JSON, and is passed over.
      guard let last = stream.finish(), last.data == "[DONE]" || replyJSON(last.data) != nil else {
        return thoughts.finish().map { [.text($0)] } ?? []
      }
      return events([last]) + (thoughts.finish().map { [.text($0)] } ?? [])
    }
  }

  /// What the server says about its failure, where the status is one of failure.
  package var complaint: ServerComplaint {
    let text = String(decoding: body, as: UTF8.self)
    if let json = replyJSON(text) {
      return ServerComplaint(json, isFailure: true) ?? ServerComplaint(message: "")
    }
    let isPage = text.drop(while: \.isWhitespace).hasPrefix("<")
    return ServerComplaint(message: isPage ? "" : text)
  }

  private func firstSign(of bytes: [UInt8]) -> Kind? {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    guard let first = rest.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return nil }
    if first == 0xEF, rest.count < 3 { return nil }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    case UInt8(ascii: "<"): return .page
    default: return .events
    }
  }

  private mutating func keep(_ bytes: [UInt8]) -> [ChatPiece] {
    if kind == .page {
      fault = .malformed("a web page came")
    } else if body.count + bytes.count > Self.jsonLimit {
      fault = .tooLong
    } else {
      body += bytes
    }
    return []
  }

  private mutating func whole() -> [ChatPiece] {
    guard let json = replyJSON(withoutMark(body)), let pieces = ChatPiece.pieces(of: json) else {
      fault = .malformed("no reply, but something else in JSON")
      return []
    }
    isDone = true
    return passed(pieces) + (thoughts.finish().map { [.text($0)] } ?? [])
  }

  private func withoutMark(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
  }

  private mutating func events(_ events: [EventStream.Event]) -> [ChatPiece] {
    var pieces: [ChatPiece] = []
    for event in events where fault == nil && !isDone {
      let data = event.data.drop(while: \.isWhitespace)
      if data.isEmpty { continue }
      if data.hasPrefix("[DONE]") {
        isDone = true
        pieces += thoughts.finish().map { [.text($0)] } ?? []
        continue
      }
      guard let json = replyJSON(String(data)) else {
        if event.name == "error" {
          pieces.append(.refused(ServerComplaint(message: String(data))))
        } else {
          fault = .malformed("an event that is no JSON")
        }
        continue
      }
      if event.name == "error" {
        pieces.append(.refused(ServerComplaint(json, isFailure: true) ?? ServerComplaint(message: "")))
      } else if let read = ChatPiece.pieces(of: json) {
        pieces += passed(read)
      } else {
        fault = .malformed("an event that is no part of a reply")
      }
    }
    if stream.isTooLong { fault = .tooLong }
    return pieces
  }

  private mutating func passed(_ pieces: [ChatPiece]) -> [ChatPiece] {
    hasPieces = true
    return pieces.flatMap { piece -> [ChatPiece] in
      switch piece {
      case .text(let text): thoughts.pass(text).map { [.text($0)] } ?? [.reasoning]
      // What is held back belongs before the end.
      case .finished: (thoughts.finish().map { [.text($0)] } ?? []) + [piece]
      default: [piece]
      }
    }
  }
}

/// The JSON in `text`, nil where it is none.
///
/// A character outside the basic plane is two halves in JSON, and some servers send half a one where a token ends in the
/// middle of an emoji. It is no JSON any more, but no reason to throw an answer away: such a half is a U+FFFD.
func replyJSON(_ text: String) -> JSON? {
  if let json = JSON(parsing: text) { return json }
  let bytes = Array(text.utf8)
  func half(at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    let value = UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    return value.flatMap { (0xD800...0xDFFF).contains($0) ? $0 : nil }
  }
  var (mended, index) = ([UInt8](), 0)
  while index < bytes.count {
    guard bytes[index] == UInt8(ascii: "\\") else {
      mended.append(bytes[index])
      index += 1
      continue
    }
    let first = half(at: index)
    let isPair = first.map { $0 < 0xDC00 } == true && half(at: index + 6).map { $0 >= 0xDC00 } == true
    if first != nil, !isPair {
      mended += "\\ufffd".utf8
      index += 6
    } else {
      let end = min(index + (isPair ? 12 : 2), bytes.count)
      mended += bytes[index..<end]
      index = end
    }
  }
  return mended == bytes ? nil : JSON(parsing: String(decoding: mended, as: UTF8.self))
}

/// Leaves out what a model thinks aloud at the head of its answer, between `<think>` and `</think>`.
///
/// Servers that know the model send thoughts in a field of their own; those that do not send them as text.
struct ThoughtFilter: Equatable, Sendable {
  private enum Place { case head, inside, past }
  private var place = Place.head
  private var held = ""

  /// The part of `text` that is answer, nil where none of it is.
  mutating func pass(_ text: String) -> String? {
    switch place {
    case .past: return text.isEmpty ? nil : text
    case .head:
      held += text
      let start = held.drop(while: \.isWhitespace)
      if start.hasPrefix("<think>") {
        place = .inside
        held = String(start.dropFirst("<think>".count))
        return pass("")
      }
      if "<think>".hasPrefix(start) { return nil }
      place = .past
      return finish()
    case .inside:
      held += text
      guard let end = held.firstRange(of: "</think>") else {
        held = String(held.suffix("</think>".count - 1))
        return nil
      }
      place = .past
      held = String(held[end.upperBound...].drop(while: \.isWhitespace))
      return finish()
    }
  }

  /// What is held back and turned out to be answer.
  mutating func finish() -> String? {
    defer { held = "" }
    let isAnswer = place == .past || place == .head && !held.allSatisfy(\.isWhitespace)
    return isAnswer && !held.isEmpty ? held : nil
  }
}
