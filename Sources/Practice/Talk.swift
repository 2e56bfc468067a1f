/// A talk as its author wrote it: what it is called, how long it should be, and the words to say.
///
/// The body is the Markdown below the front matter with line ends as LF and nothing else changed, since it is the
/// author's.
package struct Talk: Equatable, Sendable {
  /// One line.
  package var title: String
  /// Nil when the author set none.
  package var length: TalkLength?
  /// Words to be said in `body`, headings and Markdown signs left out.
  package var words: Int
  /// Markdown.
  package var body: String
  /// The file it came from.
  package var path: String

  /// Makes a talk.
  package init(title: String, length: TalkLength? = nil, words: Int = 0, body: String = "", path: String = "") {
    self.title = title
    self.length = length
    self.words = words
    self.body = body
    self.path = path
  }
}
