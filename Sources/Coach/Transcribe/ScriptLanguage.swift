import Practice
import Recognition

extension SphinxLanguage {
  /// What is searched with where `talk` is spoken: its script's own language model, and beside it what may be said
  /// without a script. Nil for a talk in which nothing can be said in English.
  static func of(_ talk: Talk) throws(RecognitionError) -> SphinxLanguage? {
    let model: ScriptModel
    do {
      let dictionary = try PronouncingDictionary()
      model = ScriptModel.make(
        script: talk.script, dictionary: dictionary, general: try GeneralLanguage(dictionary: dictionary))
    } catch let error as PronouncingDictionary.LoadError {
      throw RecognitionError(error.code == 0 ? .modelBroken : .modelMissing, operation: "open", detail: error.path)
    } catch let error as GeneralLanguage.LoadError {
      throw RecognitionError(.modelBroken, operation: "open", detail: error.path)
    } catch {
      throw RecognitionError(.failed, operation: "make", complaint: "\(error)")
    }
    guard talk.script.tokens.contains(where: { $0.readings.contains { !$0.isEmpty } }) else { return nil }
    let entries = model.entries.map { Entry(word: $0.word, phones: $0.phones) }
    return .script(arpa: model.arpa, entries: entries)
  }
}
