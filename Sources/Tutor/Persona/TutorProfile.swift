/// A tutor as its file in Prompts/tutors describes it: who speaks, how, and what it is told.
package struct TutorProfile: Equatable, Sendable {
  /// What commands call it: the name of its file without the ending.
  package var id: String
  /// What it is called.
  package var name: String
  /// Who it is and what it is good for, in one line.
  package var summary: String
  /// The language it answers in, as in `en` or `pt-br`.
  package var language = "en"
  /// The espeak-ng voice it speaks with.
  package var voice = "en-us"
  /// How fast that voice speaks, in words a minute.
  package var wordsPerMinute = 165
  /// How high that voice is, 0 to 99, where 50 is its own pitch.
  package var pitch = 50
  /// How the model is to answer.
  package var settings = ChatSettings()
  /// Character, each trait from 0 to 1; those of `traitNames`, 0.5 where nothing is said.
  package var traits: [String: Double] = [:]
  /// Sentences of an answer at most.
  package var longestSentences = 4
  /// What it is told about itself and its job.
  package var body: TutorTemplate

  /// Makes a tutor; what is not given is as the properties say.
  package init(id: String, name: String, summary: String, body: TutorTemplate) {
    self.id = id
    self.name = name
    self.summary = summary
    self.body = body
  }

  /// The traits there are; docs/FORMATS.md says what each is told to a model as.
  package static let traitNames = ["warmth", "directness", "humour", "challenge", "patience", "formality"]
  /// From here on a trait is high, and up to there it is low.
  package static let high = 0.67, low = 0.33
  /// What the numbers may be.
  package static let wordsPerMinuteRange = 80...400, pitchRange = 0...99, sentencesRange = 1...12
  package static let efforts = ["none", "minimal", "low", "medium", "high"]
  package static let temperatureRange = 0.0...2.0, tokensRange = 16...8_192

  /// Every name that the body of a tutor may use.
  package static let templateNames: Set<String> = TutorFacts.templateNames.union(
    ["tutor", "language", "longest-sentences"] + traitNames.flatMap { ["\($0)-high", "\($0)-low"] })

  /// The values of those of these names that are its own.
  package var values: TemplateValues {
    var values = TemplateValues()
    values.set("tutor", name)
    values.set("language", Self.languages[language.lowercased().prefix { $0 != "-" }.description] ?? language)
    values.set("longest-sentences", "\(longestSentences)")
    for trait in Self.traitNames {
      let degree = traits[trait] ?? 0.5
      values.set("\(trait)-high", degree >= Self.high)
      values.set("\(trait)-low", degree <= Self.low)
    }
    return values
  }

  private static let languages = [
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "tr": "Turkish", "ja": "Japanese", "zh": "Chinese", "ko": "Korean",
    "ar": "Arabic", "hi": "Hindi", "ru": "Russian", "uk": "Ukrainian",
  ]
}
