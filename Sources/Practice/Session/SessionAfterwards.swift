/// What is said afterwards, taken into the session: it may come after the end, and never changes what was heard.
extension Session {
  /// Takes in an event that may come after the end; every other one is passed over.
  mutating func takeAfterwards(_ kind: SessionEvent.Kind) {
    switch kind {
    case .turn(let turn): Session.keep(turn, in: &turns)
    case .correction(let correction):
      Session.keep(correction, in: &corrections)
      correct(correction)
    case .comment(let comment):
      comments.removeAll { $0.start == comment.start && $0.by == comment.by }
      if !comment.text.isEmpty { Session.keep(comment, in: &comments) }
      comments.sort { $0.start < $1.start }
    case .guess(let guess): if self.guess == nil { self.guess = guess }
    case .assessed(let assessment):
      assessments.removeAll {
        ($0.rubric, $0.criterion, $0.judge) == (assessment.rubric, assessment.criterion, assessment.judge)
          && $0.version == assessment.version && $0.name == assessment.name
      }
      if assessment.level != nil { Session.keep(assessment, in: &assessments) }
    case .scored(let card):
      scoreCards.removeAll { $0.rubric == card.rubric && $0.version == card.version }
      Session.keep(card, in: &scoreCards)
    case .edited(let edit):
      if let title = edit.title { editedTitle = .some(title.isEmpty ? nil : title) }
      if let tags = edit.tags { self.tags = tags }
      if let context = edit.context { editedContext = context }
    default: break
    }
  }

  /// What the session is called: as edited, else as its talk was.
  package var title: String? { editedTitle ?? beginning?.title }

  /// The context whose bands it is judged by, nil where none was chosen.
  package var context: String? { editedContext ?? beginning?.context }

  /// Makes fillers and words what a person says they are.
  private mutating func correct(_ correction: Correction) {
    let place = correction.start...correction.end
    let index =
      fillers.firstIndex { $0.start == correction.start && $0.end == correction.end }
      ?? fillers.firstIndex { place.contains(($0.start + $0.end) / 2) }
    switch correction.change {
    case .confirmed, .relabelled:
      guard let index else { return }
      if let text = correction.text, !text.isEmpty { fillers[index].label = text }
      fillers[index].confirm()
    case .added:
      guard fillers.count < Session.entryLimit else { return }
      let filler = Filler(
        start: correction.start, end: correction.end, label: correction.text ?? "um", evidence: [Filler.byPerson],
        confidence: 1)
      fillers.insert(filler, at: fillers.firstIndex { $0.start > filler.start } ?? fillers.count)
    case .removed:
      if let index { fillers.remove(at: index) }
    case .word:
      guard let first = words.firstIndex(where: { $0.start == correction.start && $0.end == correction.end })
      else { return }
      words.replaceSubrange(first...first, with: Word.spread(correction.text ?? "", like: words[first]))
    }
  }
}

extension Filler {
  /// The evidence of a filler that a person said is one.
  package static let byPerson = "person"

  /// Whether a person said that it is one.
  package var isConfirmed: Bool { evidence.contains(Filler.byPerson) }

  mutating func confirm() {
    if !isConfirmed { evidence.append(Filler.byPerson) }
    confidence = 1
  }
}

extension Word {
  /// The words of `text` in the place of `word`, each as long as its letters ask; none where there is no text.
  static func spread(_ text: String, like word: Word) -> [Word] {
    let texts = text.lowercased().split(separator: " ").map(String.init)
    let letters = max(texts.reduce(0) { $0 + $1.count }, 1)
    var start = word.start
    return texts.map { text in
      let end = start + (word.end - word.start) * Double(text.count) / Double(letters)
      defer { start = end }
      return Word(
        text, start: start.rounded(places: 3), end: min(end.rounded(places: 3), word.end), confidence: 1,
        source: word.source)
    }
  }
}
