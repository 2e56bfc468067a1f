/// Text as an argument of a test: a log shows it on one line, with line breaks and control characters written out.
package struct Written: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The text.
  package let text: String

  /// Wraps `text`.
  package init(_ text: String) { self.text = text }

  /// Wraps a literal.
  package init(stringLiteral text: String) { self.text = text }

  /// The text in quotation marks.
  package var description: String { text.debugDescription }
}
