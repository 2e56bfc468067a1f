/// Questions about places in a script: which sentence, which section, how many words, how long.
///
/// A place that does not exist is answered by the nearest one that does, or by nothing, never by a trap.
extension Script {
  /// Seconds of a `/` and a `//`, beside the pauses that a pace holds anyway: one of the usual pauses between phrases
  /// (0.2–1 s), and one long enough to be noticed (above 1 s; Campione & Véronis 2002).
  package static let pauseSeconds: [PauseMark: Double] = [.short: 0.5, .long: 1.5]

  /// Words to say in all of it, numbers and abbreviations as they are spoken.
  package var spokenWords: Int { spokenWords(in: tokens.indices) }

  /// Words to say in the tokens at `range`.
  package func spokenWords(in range: Range<Int>) -> Int {
    tokens[range.clamped(to: tokens.indices)].reduce(0) { $0 + ($1.readings.first?.count ?? 0) }
  }

  /// The tokens of these sentences.
  package func tokens(ofSentences range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: sentences.indices)
    guard let first = range.first, let last = range.last else { return 0..<0 }
    return sentences[first].tokens.lowerBound..<sentences[last].tokens.upperBound
  }

  /// The sentence at `index` as written, without its pause marks.
  package func text(ofSentence index: Int) -> String {
    sentences.indices.contains(index) ? text(of: sentences[index].tokens) : ""
  }

  /// The tokens at `range` as written.
  package func text(of range: Range<Int>) -> String {
    tokens[range.clamped(to: tokens.indices)].map(\.text).joined(separator: " ")
  }

  /// The sentence that holds the token at `index`; nil where there is no such token.
  package func sentence(ofToken index: Int) -> Int? {
    guard tokens.indices.contains(index) else { return nil }
    var (low, high) = (0, sentences.count)
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].tokens.upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low < sentences.count ? low : nil
  }

  /// The sentences below the heading at `index` and below all deeper headings that follow it.
  package func extent(ofSection index: Int) -> Range<Int> {
    guard sections.indices.contains(index) else { return 0..<0 }
    let section = sections[index]
    // What stands above the first heading is nobody's parent.
    guard section.level > 0 else { return section.sentences }
    let next = sections[(index + 1)...].firstIndex { $0.level <= section.level } ?? sections.count
    return section.sentences.lowerBound..<max(sections[next - 1].sentences.upperBound, section.sentences.upperBound)
  }

  /// The section that gives the time for a sentence: its own, else the nearest heading above with a budget; nil without.
  package func budgetedSection(ofSentence index: Int) -> Int? {
    guard sentences.indices.contains(index) else { return nil }
    var (section, level) = (sentences[index].section, Int.max)
    while sections.indices.contains(section) {
      if sections[section].level < level {
        if sections[section].budgetSeconds != nil { return section }
        level = sections[section].level
      }
      guard level > 1 else { return nil }
      section -= 1
    }
    return nil
  }

  /// Seconds of the pauses that are asked for in these tokens.
  package func pauseSeconds(in range: Range<Int>) -> Double {
    tokens[range.clamped(to: tokens.indices)].reduce(0) {
      $0 + ($1.pauseAfter.flatMap { Script.pauseSeconds[$0] } ?? 0)
    }
  }

  /// Seconds that these tokens take at a pace above 0, the pauses asked for with them.
  package func seconds(of range: Range<Int>, wordsPerMinute: Double) -> Double {
    guard wordsPerMinute > 0 else { return 0 }
    return Double(spokenWords(in: range)) / wordsPerMinute * 60 + pauseSeconds(in: range)
  }

  /// The share, 0 to 1, of the words with letters that are written in other letters than Latin ones.
  package var foreignShare: Double {
    var (foreign, all) = (0, 0)
    for token in tokens {
      guard let letter = token.text.first(where: \.isLetter)?.unicodeScalars.first?.value else { continue }
      all += 1
      if letter > 0x24F { foreign += 1 }
    }
    return all == 0 ? 0 : Double(foreign) / Double(all)
  }
}
