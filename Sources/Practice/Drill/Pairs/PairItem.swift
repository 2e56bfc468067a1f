/// A word that is asked for, and the one it is to be held apart from.
package struct PairItem: Equatable, Sendable {
  package var word: String
  package var other: String
  /// The name of the contrast that the two stand for, `ship-sheep`; empty for a pair of the drill's own.
  package var contrast: String
  /// Whether the word asked for is the second of its pair.
  package var isTurned: Bool

  /// Makes an item.
  package init(_ word: String, _ other: String, contrast: String = "", isTurned: Bool = false) {
    self.word = word
    self.other = other
    self.contrast = contrast
    self.isTurned = isTurned
  }

  /// Pairs of a drill at most: forty words are as many as are told apart in time.
  package static let pairLimit = 20

  /// Reads `ship/sheep`, or `ship/sheep ship-sheep` with the name of its contrast, as `Contrasts.resolved` writes it.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    let words = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
    guard words.count == 2, words[0] != words[1], !words.contains("") else { return nil }
    self.init(words[0], words[1], contrast: parts.count > 1 ? String(parts[1]) : "")
  }

  /// As `init(_:)` reads it.
  package var text: String { "\(word)/\(other)" + (contrast.isEmpty ? "" : " " + contrast) }

  /// The pair the other way round.
  var turned: PairItem { PairItem(other, word, contrast: contrast, isTurned: !isTurned) }

  /// Asked where a drill names no pair that can be read.
  private static let standard = [PairItem("ship", "sheep"), PairItem("bit", "beat")]

  /// The pairs of a drill whose contrasts have been resolved; never empty.
  package static func pairs(of drill: Drill) -> [PairItem] {
    let pairs = drill.list("pairs").compactMap { PairItem($0) }.prefix(pairLimit)
    return pairs.isEmpty ? standard : Array(pairs)
  }

  /// The words that the recogniser of a drill has to tell apart, each once, in the order of the pairs.
  package static func words(of drill: Drill) -> [String] {
    var seen: Set<String> = []
    return pairs(of: drill).flatMap { [$0.word, $0.other] }.filter { seen.insert($0).inserted }
  }

  /// What is asked, in order: contrasts in turn, both words of a pair equally often, never one pair twice running
  /// where there are others. An odd number leaves one word out.
  package static func asked(_ start: DrillStart) -> [PairItem] {
    var random = SplitMix(state: UInt64(bitPattern: Int64(start.seed)))
    let count = max(1, min(Int(start.drill.number("items")), DrillRun.stepLimit))
    let first = chosen((count + 1) / 2, of: pairs(of: start.drill), &random).map { pair in
      random.next() % 2 == 0 ? pair : pair.turned
    }
    var items = first + shuffled(first.map(\.turned), &random)
    for place in items.indices.dropFirst() where items[place].isSame(as: items[place - 1]) {
      if let later = items[place...].firstIndex(where: { !$0.isSame(as: items[place - 1]) }) {
        items.swapAt(place, later)
      } else {
        // None is left behind it: it goes between two that are others, from the start on.
        let item = items.remove(at: place)
        let fit = items.indices.first { !items[$0].isSame(as: item) && ($0 == 0 || !items[$0 - 1].isSame(as: item)) }
        items.insert(item, at: fit ?? place)
      }
    }
    return Array(items.prefix(count))
  }

  /// Whether both are of one pair, whichever word is asked for.
  private func isSame(as item: PairItem) -> Bool { self == item || turned == item }

  /// So many pairs, contrast after contrast, each contrast's own in a random order and again from the start.
  private static func chosen(_ count: Int, of pairs: [PairItem], _ random: inout SplitMix) -> [PairItem] {
    var contrasts: [String] = []
    for pair in pairs where !contrasts.contains(pair.contrast) { contrasts.append(pair.contrast) }
    let groups = shuffled(contrasts, &random).map { name in
      shuffled(pairs.filter { $0.contrast == name }, &random)
    }
    return (0..<count).map { turn in
      let group = groups[turn % groups.count]
      return group[turn / groups.count % group.count]
    }
  }

  /// A permutation (Fisher & Yates 1938).
  static func shuffled<Value>(_ values: [Value], _ random: inout SplitMix) -> [Value] {
    var values = values
    for place in values.indices.dropFirst().reversed() {
      values.swapAt(place, Int(random.next() % UInt64(place + 1)))
    }
    return values
  }
}
