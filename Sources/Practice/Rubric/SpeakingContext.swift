/// What kind of talking a session is: the same pace is lively in one and rushed in another.
///
/// Chosen by the speaker, kept with the session and changeable afterwards. A rubric may hold any of its measures against
/// another band in one of them, or leave it out.
package enum SpeakingContext: String, CaseIterable, Sendable {
  case conversation, talk, technical, ceremony
  /// Speaking a language that is not one's first: slower is fine, and so are longer pauses. An accent is scored in none.
  case secondLanguage = "second-language"

  /// What is taken where nobody chose.
  package static let standard = SpeakingContext.talk

  /// The context called `name`; the standard one for nil and for a name that is none.
  package init(named name: String?) {
    self = name.flatMap(SpeakingContext.init) ?? .standard
  }

  /// What people call it: `a technical talk`.
  package var words: String {
    switch self {
    case .conversation: "a conversation"
    case .talk: "a talk"
    case .technical: "a technical talk"
    case .ceremony: "a ceremony"
    case .secondLanguage: "a talk in a second language"
    }
  }
}

extension Bands {
  /// The bands of a context, for the live screen and for what is judged afterwards alike.
  ///
  /// Usable paces are those of the product study §3a: 120–175 words a minute for a talk, 110–140 for a technical one,
  /// about 100 for a ceremony. A conversation runs faster, as free talk does, and its words are shorter (signal study
  /// §2.2). For a second language the lower ends are a fifth lower and the upper ones a tenth.
  package static func of(context: SpeakingContext) -> Bands {
    switch context {
    case .talk: Bands()
    case .conversation:
      Bands(comfortable: 140...180, usable: 120...200, flagged: 105...220, syllablesPerWord: 1.35)
    case .technical: Bands(comfortable: 115...135, usable: 110...140, flagged: 95...165)
    case .ceremony: Bands(comfortable: 95...115, usable: 85...130, flagged: 70...150)
    case .secondLanguage: Bands(comfortable: 110...145, usable: 95...160, flagged: 80...175)
    }
  }
}
