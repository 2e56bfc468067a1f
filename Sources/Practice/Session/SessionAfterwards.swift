/// What is said afterwards, taken into the session: it may come after the end, and never changes what was heard.
extension Session {
  /// Takes in an event that may come after the end; every other one is passed over.
  mutating func takeAfterwards(_ kind: SessionEvent.Kind) {
    switch kind {
    case .turn(let turn): Session.keep(turn, in: &turns)
    case .correction(let correction):
      if !corrections.suffix(Afterwards.entryLimit).contains(correction) {
        Session.keep(correction, in: &corrections)
      }
      correct(correction)
    case .comment(let comment): take(comment)
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
    case .watcher(let watcher): take(watcher)
    default: break
    }
  }

  /// What the session is called: as edited, else as its talk was.
  package var title: String? { editedTitle ?? beginning?.title }

  /// The context whose bands it is judged by, nil where none was chosen.
  package var context: String? { editedContext ?? beginning?.context }

  /// Puts a comment in its place, instead of an earlier one of the same moment and person.
  private mutating func take(_ comment: Comment) {
    comments.removeAll { $0.start == comment.start && $0.by == comment.by }
    guard !comment.text.isEmpty, comments.count < Session.entryLimit else { return }
    comments.insert(comment, at: comments.firstIndex { $0.start > comment.start } ?? comments.count)
  }

  /// Makes fillers and words what a person says they are; done twice it is as done once.
  mutating func correct(_ correction: Correction) {
    let before = correction.change == .word ? [] : fillers
    switch correction.change {
    case .confirmed, .relabelled:
      guard let index = filler(of: correction) else { return }
      fillers[index].label = Filler.label(correction.text) ?? fillers[index].label
      fillers[index].confirm()
    case .added:
      let label = Filler.label(correction.text) ?? "um"
      let filler = Filler(
        start: correction.start, end: correction.end, label: label, evidence: [Filler.byPerson], confidence: 1)
      // What was added earlier gives way to what it stands on, in whichever order the two became known.
      fillers.removeAll { $0.isSamePlace(as: filler) && $0.evidence == [Filler.byPerson] }
      if let index = fillers.firstIndex(where: filler.isSamePlace) ?? fillers.overlapped(by: filler) {
        fillers[index].label = label
        fillers[index].confirm()
      } else if fillers.count < Session.entryLimit {
        fillers.insert(filler, at: fillers.firstIndex { $0.start > filler.start } ?? fillers.count)
      }
    case .removed:
      guard let index = filler(of: correction) else { return }
      fillers.remove(at: index)
    case .word:
      if let first = words.firstIndex(where: { $0.start == correction.start && $0.end == correction.end }) {
        words.replaceSubrange(first...first, with: Word.spread(correction.text ?? "", like: words[first]))
      }
      return
    }
    if fillers != before { clusters = Cluster.all(in: fillers) }
  }

  /// Where the filler is that a correction is about: at its place, or else in it and of the kind that it was.
  private func filler(of correction: Correction) -> Int? {
    let place = correction.start...correction.end
    return fillers.firstIndex { $0.start == correction.start && $0.end == correction.end }
      ?? fillers.firstIndex {
        place.contains(($0.start + $0.end) / 2) && (correction.was == nil || $0.label == correction.was)
      }
  }
}

extension Filler {
  /// The evidence of a filler that a person said is one.
  package static let byPerson = "person"

  /// Whether a person said that it is one.
  package var isConfirmed: Bool { evidence.contains(Filler.byPerson) }

  /// A label as a person writes it; nil where nothing is left of it.
  static func label(_ text: String?) -> String? {
    text.map { Afterwards.name($0.lowercased()) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  mutating func confirm() {
    if !isConfirmed { evidence.append(Filler.byPerson) }
    confidence = 1
  }

  fileprivate func isSamePlace(as other: Filler) -> Bool { start == other.start && end == other.end }
}

extension [Filler] {
  /// The one that `filler` overlaps most; nil where it stands by itself.
  fileprivate func overlapped(by filler: Filler) -> Int? {
    func overlap(_ index: Int) -> Double {
      Swift.min(self[index].end, filler.end) - Swift.max(self[index].start, filler.start)
    }
    return indices.filter { overlap($0) > 0 }.max { overlap($0) < overlap($1) }
  }
}

extension Word {
  /// Words that may stand in the place of one.
  private static let spreadLimit = 20

  /// The words of `text` in the place of `word`, each as long as its letters ask; none where there is no text.
  static func spread(_ text: String, like word: Word) -> [Word] {
    let texts = text.lowercased().split(separator: " ").prefix(spreadLimit)
      .map { $0.filter { $0.isLetter || $0.isNumber || $0 == "'" } }.filter { !$0.isEmpty }
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
