package import Practice

/// The words of a recording as text and as JSON, schema `rostrum.transcript/1`.
package struct Transcript: Equatable, Sendable {
  /// The name of the format.
  package static let schema = "rostrum.transcript/1"

  package let file: String
  package let source: Word.Source
  package let words: [Word]

  /// The words of the recording called `file`, in order of time.
  package init(file: String, source: Word.Source, words: [Word]) {
    (self.file, self.source, self.words) = (file, source, words)
  }

  /// One object on one line, without a line break after it.
  package var json: JSON {
    .object([
      .init("schema", .string(Self.schema)), .init("file", .string(file)), .init("source", .string(source.rawValue)),
      .init("words", .array(words.map(Self.json))),
      .init("transcript", .string(words.map(\.text).joined(separator: " "))),
    ])
  }

  /// A word as `analyze` and `transcribe` write it.
  package static func json(_ word: Word) -> JSON {
    .object([
      .init("text", .string(word.text)), .init("start", .rounded(word.start)), .init("end", .rounded(word.end)),
      .init("confidence", .rounded(word.confidence, 2)),
    ])
  }

  /// The text, a line for each stretch between pauses, each line ended; empty without words.
  package var text: String { SpokenLines(words).text }
}
