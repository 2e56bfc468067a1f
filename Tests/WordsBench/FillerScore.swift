import Practice

/// How many of the sounds that fill were found, and how many more.
struct FillerScore {
  var (truth, hits, falseOnes) = (0, 0, 0)

  static func + (left: FillerScore, right: FillerScore) -> FillerScore {
    FillerScore(
      truth: left.truth + right.truth, hits: left.hits + right.hits, falseOnes: left.falseOnes + right.falseOnes)
  }

  /// Harmonic mean of precision and recall.
  var f1: Double { Double(2 * hits) / Double(max(truth + hits + falseOnes, 1)) }

  var text: String { "\((f1 * 100).rounded() / 100) (\(hits)/\(truth), \(falseOnes) false)" }

  private init(truth: Int, hits: Int, falseOnes: Int) {
    (self.truth, self.hits, self.falseOnes) = (truth, hits, falseOnes)
  }

  /// Nothing was looked for.
  init() {}

  /// Judges `found` by the labels of `recording`: a filler is found where an event overlaps it by 30 % or 0.1 s; what
  /// is labelled with doubt, or is a word, counts neither way.
  init(_ recording: Corpus.Recording, _ found: [Filler]) {
    let sure = recording.fillers.filter { Corpus.fillers.contains($0.label) }
    let unsure = recording.fillers.filter { !Corpus.fillers.contains($0.label) }
    var used: Set<Int> = []
    truth = sure.count
    for filler in sure {
      let enough = min(0.3 * (filler.end - filler.start), 0.1)
      let index = found.indices.first {
        !used.contains($0) && min(found[$0].end, filler.end) - max(found[$0].start, filler.start) >= enough
      }
      guard let index else { continue }
      hits += 1
      used.insert(index)
    }
    falseOnes =
      found.indices.filter { index in
        !used.contains(index)
          && !(sure + unsure).contains { min(found[index].end, $0.end) > max(found[index].start, $0.start) }
      }.count
  }
}
