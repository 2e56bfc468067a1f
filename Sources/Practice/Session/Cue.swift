/// One or two words for the speaker, shown for a few seconds and then gone.
///
/// A cue is an event, so that a replay shows what was shown and never makes up another.
package struct Cue: Equatable, Sendable {
  /// What the cue is about; also the name kept in the event line.
  package enum Topic: String, CaseIterable, Sendable {
    case clipping, pace, fillers, breath, loudness, praise
    /// What a tutor at the learner's side sent.
    case tutor
  }
  package var topic: Topic
  /// At most two words.
  package var words: String
  /// The tutor who sent it; nil for a cue of the program's own.
  package var by: String?

  /// Makes a cue.
  package init(_ topic: Topic, _ words: String, by: String? = nil) {
    self.topic = topic
    self.words = words
    self.by = by.map(Afterwards.name)
  }
}

extension Cue {
  /// The fields of its line.
  var fields: [JSON.Field] {
    [.init("topic", .string(topic.rawValue)), .init("text", .string(words))]
      + (by.map { [.init("by", .string($0))] } ?? [])
  }

  init?(_ json: JSON) {
    guard let topic = json["topic"]?.string.flatMap(Topic.init), let words = json["text"]?.string else { return nil }
    self.init(topic, words, by: json["by"]?.string)
  }
}

extension Cue {
  /// Characters of a cue that are shown: it is read in passing.
  package static let characterLimit = 24

  /// `words` as a cue may be: safe to show, on one line, cut at `characterLimit`.
  package static func brief(_ words: String) -> String { String(Afterwards.name(words).prefix(characterLimit)) }
}
