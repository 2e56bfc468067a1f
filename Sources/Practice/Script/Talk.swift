/// A talk as its author wrote it: what it is called, how long it should be, and the words to say.
package struct Talk: Equatable, Sendable {
  /// One line.
  package var title: String
  /// Nil when the author set none.
  package var length: TalkLength?
  /// The name of the context it is judged by; nil when the author set none.
  package var context: String?
  /// The Markdown below the front matter, line ends as LF, budgets of the front matter written into their headings as
  /// `{2m}`, and nothing else changed, since it is the author's.
  package var body: String
  /// What `body` says.
  package var script: Script
  /// What in `body` is not said.
  package var unsaid: [Unsaid]
  /// The line of the file, from 1, that the first line of `body` is.
  package var firstLine: Int
  /// The file it came from.
  package var path: String

  /// Makes a talk, reading its body.
  package init(title: String, length: TalkLength? = nil, body: String = "", firstLine: Int = 1, path: String = "") {
    self.title = title
    self.length = length
    self.body = body
    self.firstLine = firstLine
    self.path = path
    (script, unsaid) = (Script(), [])
    understand()
  }

  /// Words to be said as they are written; headings, notes and Markdown signs are none.
  package var words: Int { script.tokens.count }

  /// Exchanges the body.
  package mutating func exchange(body: String) {
    self.body = body
    understand()
  }

  private mutating func understand() {
    let reading = ScriptReader.read(body)
    (script, unsaid) = (reading.script, reading.unsaid)
  }
}
