/// Two sounds that many people mix up, and words that differ in them alone.
package struct Contrast: Equatable, Sendable {
  /// As drills name it: `ship-sheep`.
  package var name: String
  /// What is held apart, in plain words: `short i and long ee`.
  package var sounds: String
  /// What the mouth does for it, a sentence or two; empty for nothing.
  package var hint: String
  /// Its words, the first sound first.
  package var pairs: [PairItem]

  /// Makes a contrast.
  package init(name: String, sounds: String, hint: String = "", pairs: [PairItem]) {
    self.name = name
    self.sounds = sounds
    self.hint = hint
    self.pairs = pairs
  }
}

/// The contrasts of a language, as `Prompts/contrasts` has them.
package struct Contrasts: Equatable, Sendable {
  /// As in `en`.
  package var language: String
  package var all: [Contrast]
  /// Names of contrasts by the first language of those who find them hard, the most useful first; `other` is for
  /// every language that has no row.
  package var order: [String: [String]]

  /// Makes a table.
  package init(language: String = "en", all: [Contrast] = [], order: [String: [String]] = [:]) {
    self.language = language
    self.all = all
    self.order = order
  }

  /// Stands for the contrasts of the learner's first language.
  package static let auto = "auto"
  /// The row of `order` for languages without one.
  package static let anyLanguage = "other"
  /// Contrasts that `auto` takes for one attempt: each needs enough words for its own rate.
  static let autoCount = 2

  /// The contrast called `name`.
  package func contrast(_ name: String) -> Contrast? { all.first { $0.name == name } }

  /// `drill` with its pairs chosen: an attempt carries its words itself, so that it can be replayed when this table has
  /// changed.
  ///
  /// Other attempts take other words: `turn` moves on through the contrasts that `auto` stands for, and through the
  /// pairs of each. A drill with pairs of its own, and one of another kind, stays as it is.
  package func resolved(_ drill: Drill, firstLanguage: String?, turn: Int = 0) -> Drill {
    guard drill.kind == .minimalPairs, drill.list("pairs").isEmpty else { return drill }
    let turn = max(0, turn)
    var chosen: [Contrast] = []
    for name in drill.list("contrasts") {
      let meant = name == Contrasts.auto ? automatic(firstLanguage, turn: turn) : [contrast(name)].compactMap(\.self)
      for contrast in meant where !chosen.contains(contrast) { chosen.append(contrast) }
    }
    if chosen.isEmpty { chosen = automatic(nil, turn: 0) }
    var drill = drill
    let each = PairItem.pairLimit / max(1, chosen.count)
    let pairs = chosen.flatMap { contrast in
      let count = contrast.pairs.count
      return (0..<min(each, count)).map { contrast.pairs[($0 + turn * each) % count].text }
    }
    drill.values["contrasts"] = .list(chosen.map(\.name))
    drill.values["pairs"] = .list(pairs)
    return drill
  }

  /// Names in `drill` that are no contrasts, for a complaint.
  package func unknown(in drill: Drill) -> [String] {
    guard drill.kind == .minimalPairs else { return [] }
    return drill.list("contrasts").filter { $0 != Contrasts.auto && contrast($0) == nil }
  }

  private func automatic(_ firstLanguage: String?, turn: Int) -> [Contrast] {
    let code = firstLanguage?.lowercased().split { $0 == "-" || $0 == "_" }.first.map(String.init)
    let names = code.flatMap { order[$0] } ?? order[Contrasts.anyLanguage] ?? all.map(\.name)
    let known = names.compactMap(contrast)
    guard !known.isEmpty else { return [] }
    return (0..<min(Contrasts.autoCount, known.count)).map { known[(turn * Contrasts.autoCount + $0) % known.count] }
  }
}
