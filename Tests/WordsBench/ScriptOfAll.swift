import Practice
import Recognition

/// All that is said in some recordings as one talk, so that its model is as large as a real one's.
enum ScriptOfAll {
  /// A section a recording, sentences of twelve words; what is said twice stands there once.
  static func markdown(_ recordings: [Corpus.Recording]) -> String {
    var (text, seen): (String, Set<[String]>) = ("", [])
    for recording in recordings where seen.insert(recording.words).inserted {
      text += "## \(recording.name.prefix { $0 != "." })\n\n"
      for start in stride(from: 0, to: recording.words.count, by: 12) {
        let words = recording.words[start..<min(start + 12, recording.words.count)].joined(separator: " ")
        text += words.prefix(1).uppercased() + words.dropFirst() + ".\n"
      }
      text += "\n"
    }
    return text
  }

  /// Its language model.
  static func language(_ markdown: String) throws -> SphinxLanguage {
    let dictionary = try PronouncingDictionary()
    return ScriptModel.make(
      script: Script(markdown: markdown), dictionary: dictionary, general: try GeneralLanguage(dictionary: dictionary)
    ).language
  }
}
