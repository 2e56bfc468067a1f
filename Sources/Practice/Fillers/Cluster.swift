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

  /// `clusters` in order of their beginnings, those that overlap joined into one: a listener notices one burst there,
  /// of whatever labels it is.
  package static func apart(_ clusters: [Cluster]) -> [[Cluster]] {
    var (bursts, end) = ([[Cluster]](), -Double.infinity)
    for cluster in clusters.sorted(by: { $0.start < $1.start }) {
      if cluster.start <= end { bursts[bursts.count - 1].append(cluster) } else { bursts.append([cluster]) }
      end = max(end, cluster.end)
    }
    return bursts
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
