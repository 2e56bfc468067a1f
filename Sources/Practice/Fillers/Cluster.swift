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

  /// The cluster that `filler` makes with others of `fillers`, which are in order of time; nil while there are fewer
  /// than three, and where it only makes one of `told` longer.
  package init?(with filler: Filler, in fillers: [Filler], after told: [Cluster]) {
    let free = told.last { $0.label == filler.label }?.end ?? -.infinity
    let same = fillers.filter {
      $0.label == filler.label && $0.start > free && abs($0.start - filler.start) <= Cluster.spanSeconds
    }
    guard same.count >= Cluster.leastCount else { return nil }
    for first in 0...(same.count - Cluster.leastCount) {
      let last = first + Cluster.leastCount - 1
      guard same[last].end - same[first].start <= Cluster.spanSeconds else { continue }
      self.init(label: filler.label, count: Cluster.leastCount, start: same[first].start, end: same[last].end)
      return
    }
    return nil
  }

  /// The clusters of `fillers`, which are in order of time: as they are told when one filler after another is heard.
  package static func all(in fillers: [Filler]) -> [Cluster] {
    var (told, first) = ([Cluster](), 0)
    for (index, filler) in fillers.enumerated() {
      while fillers[first].start < filler.start - spanSeconds { first += 1 }
      guard index - first + 1 >= leastCount else { continue }
      if let cluster = Cluster(with: filler, in: Array(fillers[first...index]), after: told) { told.append(cluster) }
    }
    return told
  }
}

extension Cluster {
  /// The clusters in `fillers`, which are in order of time, as they would have been told one after another.
  static func all(in fillers: [Filler]) -> [Cluster] {
    var found: [Cluster] = []
    for (label, same) in Dictionary(grouping: fillers, by: \.label) {
      var first = 0
      while first + leastCount <= same.count {
        let last = same[first + leastCount - 1]
        guard last.end - same[first].start <= spanSeconds else {
          first += 1
          continue
        }
        found.append(Cluster(label: label, count: leastCount, start: same[first].start, end: last.end))
        first += leastCount
        while first < same.count, same[first].start <= last.end { first += 1 }
      }
    }
    return found.sorted { ($0.start, $0.label) < ($1.start, $1.label) }
  }
}

extension Session {
  /// The clusters of the fillers as corrected; those that were told where nothing was corrected.
  package var correctedClusters: [Cluster] { corrections.isEmpty ? clusters : Cluster.all(in: fillers) }
}
