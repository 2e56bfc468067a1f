import Practice

/// A whole session as one JSON object, schema `rostrum.session/1`: what is exported, and can be imported without a loss.
///
/// `session` has the facts of its row as `sessions --json` has them, `events` its event lines as they are, byte by byte;
/// kinds and fields that a version does not know go with them. Several sessions are one object a line.
package enum SessionDocument {
  /// The name of the format.
  package static let schema = "rostrum.session/1"

  /// Writes a session on one line, without a line break after it, in pieces; `lines` are its event lines in order.
  ///
  /// A line that is no JSON object would make an object that nobody can read, so it is left out: returns how many were.
  package static func write<Lines: Sequence, Failure: Error>(
    _ facts: SessionFacts, lines: Lines, _ put: (String) throws(Failure) -> Void
  ) throws(Failure) -> Int where Lines.Element == String {
    try put("{\"schema\":\"\(schema)\",\"session\":\(JSON.object(facts.fields).text),\"events\":[")
    var (isFirst, leftOut) = (true, 0)
    for line in lines {
      guard JSONGrammar.isObject(line) else {
        leftOut += 1
        continue
      }
      try put(isFirst ? line : "," + line)
      isFirst = false
    }
    try put("]}")
    return leftOut
  }

  /// All of it as one text; see `write`.
  package static func text(_ facts: SessionFacts, lines: [String]) -> String {
    var out = ""
    _ = SessionDocument.write(facts, lines: lines) { out += $0 }
    return out
  }
}

/// What a file of sessions holds, piece by piece, in order.
package enum SessionPiece: Equatable, Sendable {
  /// A session begins; its events follow.
  case session(SessionFacts)
  /// An event: its line as it is kept, its time and the name of its kind.
  case event(seconds: Double, kind: String, line: String)
  /// The session is complete.
  case end
}

/// Why a file is not read any further.
package struct SessionDocumentError: Error, Equatable, Sendable {
  /// What is wrong with it.
  package enum Cause: Equatable, Sendable {
    /// The file ends in the middle.
    case cutOff
    /// It is no JSON, or not the JSON of this format.
    case malformed(String)
    /// It is of another format, or of a version that this one does not know.
    case schema(String)
    /// An event is longer than any that is kept, or nested more deeply, or there are more than are kept.
    case tooLarge(String)
  }

  package var cause: Cause
  /// The byte, counted from 0, and the line, counted from 1, where reading stopped.
  package var byte: Int
  package var line: Int
  /// The session, counted from 1, and the events of it that were read before.
  package var session: Int
  package var events: Int

  /// A sentence for people, without a name of the file.
  package var words: String {
    let place = "byte \(byte), line \(line)"
    let before = session > 0 ? ", after \(events) events of session \(session)" : ""
    return switch cause {
    case .cutOff: "the file ends in the middle (\(place)\(before))"
    case .malformed(let what): "\(what) (\(place)\(before))"
    case .schema(let name):
      name.isEmpty
        ? "this is no session that Rostrum wrote: it has no schema"
        : "this is of the format \"\(printed(name, limit: 80))\", not \(SessionDocument.schema)"
    case .tooLarge(let what): "\(what) (\(place)\(before))"
    }
  }
}
