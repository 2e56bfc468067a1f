/// Three of one filler within ten seconds: what listeners notice when they would forgive each of them alone.
package struct Cluster: Equatable, Sendable {
  /// What was said, as in the fillers' labels.
  package var label: String
  package var count: Int
  /// From the first of them to the last, in seconds of audio time.
  package var start: Double
  package var end: Double

  /// How many make a cluster, and within how many seconds.
  package static let leastCount = 3
  package static let spanSeconds = 10.0

  /// Makes a cluster.
  package init(label: String, count: Int, start: Double, end: Double) {
    self.label = label
    self.count = count
    self.start = start.rounded(places: 3)
    self.end = end.rounded(places: 3)
  }

  /// The cluster that `filler`, the latest of `fillers`, completes; nil while there are fewer, and for each one after it.
  package init?(completedBy filler: Filler, in fillers: [Filler]) {
    let same = fillers.filter {
      $0.label == filler.label && $0.start <= filler.start && filler.end - $0.start <= Cluster.spanSeconds
    }
    guard same.count == Cluster.leastCount, let first = same.first else { return nil }
    self.init(label: filler.label, count: same.count, start: first.start, end: filler.end)
  }
}
