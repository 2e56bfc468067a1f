/// A line that is being typed over a room, and what becomes of it.
package struct LineEntry: Equatable, Sendable {
  /// What the line is for.
  package enum Purpose: Equatable, Sendable {
    /// How many fillers there were, before any number is shown.
    case guess
    /// A note at a second.
    case comment(at: Double)
    /// Another label for the filler at a place.
    case relabel(start: Double, end: Double)
    /// A filler at a second that the machine missed.
    case add(at: Double)
    /// Other words for the one at a place.
    case word(start: Double, end: Double)
    case title, tags
    /// Which sessions are listed.
    case filter
    /// Who judges from now on.
    case judge
    /// Which kind of talking a session is judged as.
    case context
    /// A note to a learner, by the name of their seat, at the second when the key was pressed.
    case remark(seat: String, at: Double)
    /// What to mind in a drill that is assigned, and in how many days it is due.
    case assignment(seat: String, drill: String)
  }

  package var purpose: Purpose
  package var text: String
  /// What is asked for, one line.
  package var question: String
  /// What is wrong with what was typed, nil where nothing is.
  package var complaint: String?

  /// A line for `purpose` that begins with `text`.
  package init(_ purpose: Purpose, _ question: String, text: String = "") {
    self.purpose = purpose
    self.question = question
    self.text = text
  }

  /// Bytes that may be typed.
  static let byteLimit = 2_000

  /// Takes in a character.
  mutating func type(_ character: Character) {
    complaint = nil
    if text.utf8.count + character.utf8.count <= LineEntry.byteLimit, !character.isNewline { text.append(character) }
  }
}
