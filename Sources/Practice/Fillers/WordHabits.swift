/// Habits that show only over a whole talk: hedges, and words that come too often.
package struct WordHabits: Equatable, Sendable {
  /// A word or phrase and how often it was said.
  package struct Habit: Equatable, Sendable {
    package var text: String
    package var count: Int
  }

  /// Phrases that take back what is said, the most frequent first.
  package var hedges: [Habit] = []
  /// Words said again and again, the most frequent first.
  package var overused: [Habit] = []

  /// A word is overused from this often on, and from this share of all words.
  package static let overusedCount = 4
  package static let overusedShare = 0.015

  /// Counts in `words`; a word that the talk is about, by how often `script` has it, is not overused.
  package init(in words: [String], rules: FillerRules, script: ScriptWords? = nil) {
    var hedges: [String: Int] = [:]
    var index = 0
    while index < words.count {
      // "A little bit" is one hedge, not "a little" and "a bit".
      let hedge = rules.hedges.filter { words[index...].starts(with: $0) }.max { $0.count < $1.count }
      if let hedge { hedges[hedge.joined(separator: " "), default: 0] += 1 }
      index += max(hedge?.count ?? 1, 1)
    }
    self.hedges = WordHabits.sorted(hedges)
    var counts: [String: Int] = [:]
    for word in words where word.count > 2 && !rules.common.contains(word) && !rules.sounds.contains(word) {
      counts[word, default: 0] += 1
    }
    let least = max(Double(WordHabits.overusedCount), WordHabits.overusedShare * Double(words.count))
    overused = WordHabits.sorted(
      counts.filter { word, count in
        let planned = script?.number(ofKnown: word).map { Int(script?.counts[Int($0)] ?? 0) } ?? 0
        return Double(count - planned) >= least
      })
  }

  private static func sorted(_ counts: [String: Int]) -> [Habit] {
    counts.map { Habit(text: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.text) > ($1.count, $0.text) }
  }
}
