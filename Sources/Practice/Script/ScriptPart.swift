/// A piece of a talk's text as an event, so that a replay and a watcher have the script that was spoken from.
///
/// An event line is bounded and a talk is not, so a long one travels in parts, each whole lines of the Markdown below
/// the front matter; budgets of the front matter are written into their headings as `{2m}` first.
package struct ScriptPart: Equatable, Sendable {
  /// 1 for the first of `parts`.
  package var part: Int
  package var parts: Int
  /// Markdown.
  package var text: String

  /// Bytes of UTF-8 in one part at most: escapes in JSON may make six of one, and a line holds 64 KiB.
  package static let byteLimit = 10_000

  /// Makes part `part` of `parts`.
  package init(part: Int, parts: Int, text: String) {
    self.part = part
    self.parts = parts
    self.text = text
  }
}
