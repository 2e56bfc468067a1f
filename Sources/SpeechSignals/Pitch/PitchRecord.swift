import Glibc

/// What pitch each frame of a stretch may have had, and what speaks for it having none.
///
/// It grows with the stretch, some 300 kB a minute; who keeps a record sees to it that it ends.
struct PitchRecord {
  /// Frequencies of all candidates in octaves over 1 Hz, frame after frame.
  private(set) var octaves: [Float] = []
  private var strengths: [Float] = []
  /// Where the candidates of a frame begin, and one entry more.
  private var starts = [0]
  private var peaks: [Float] = []
  private var overtones: [Float] = []
  private var background: [Bool] = []

  /// Frames in it.
  var count: Int { peaks.count }

  /// Takes in one frame; `peak` is the largest high-passed sample around it.
  mutating func append(_ candidates: borrowing PitchCandidates, peak: Float, isBackground: Bool) {
    for slot in 0..<candidates.count {
      octaves.append(log2f(candidates.hertz[slot]))
      strengths.append(candidates.strengths[slot])
    }
    starts.append(octaves.count)
    peaks.append(peak)
    overtones.append(candidates.overtone)
    background.append(isBackground)
  }

  /// Forgets the first frames.
  mutating func removeFirst(_ frames: Int) {
    let gone = starts[frames]
    octaves.removeFirst(gone)
    strengths.removeFirst(gone)
    starts.removeFirst(frames)
    for index in starts.indices { starts[index] -= gone }
    peaks.removeFirst(frames)
    overtones.removeFirst(frames)
    background.removeFirst(frames)
  }

  /// Which of all candidates a path takes in a frame; nil where it is unvoiced.
  typealias Choice = Int?

  /// How well a chosen candidate repeats, 0 to 1.
  func strength(_ candidate: Int) -> Float { strengths[candidate] }

  /// The peak of the loudest voice: of frames that stand out and repeat, so that a knock is none, the sixth loudest.
  var loudest: Float {
    let voiced = peaks.indices.filter { frame in
      !background[frame] && strengths[starts[frame]..<starts[frame + 1]].contains { $0 > PitchTrack.voiced }
    }
    let sorted = voiced.map { peaks[$0] }.sorted(by: >)
    return sorted.isEmpty ? 1e-4 : max(1e-4, sorted[min(5, sorted.count - 1)])
  }

  /// The cheapest path through all frames (Boersma 1993, section 3), by the costs of `PitchTrack`.
  ///
  /// Only candidates that `admits` says yes to, by frame and place among all candidates, may be on it. What does not
  /// stand out from the background needs to repeat better by `backgroundCost`.
  func path(loudest: Float, backgroundCost: Float, admits: (Int, Int) -> Bool) -> [Choice] {
    let width = PitchCandidates.most + 1
    var cameFrom = [UInt8](repeating: 0, count: count * width)
    var scores = [Float](repeating: -.infinity, count: width)
    var next = scores
    scores[0] = 0
    var before = 0..<0
    for frame in 0..<count {
      let here = starts[frame]..<starts[frame + 1]
      for slot in 0...here.count {
        let place = here.lowerBound + slot - 1
        guard slot == 0 || admits(frame, place) else {
          next[slot] = -.infinity
          continue
        }
        var (best, from) = (slot == 0 ? scores[0] : scores[0] - PitchTrack.transitionCost, 0)
        for old in 0..<before.count {
          let cost =
            slot == 0
            ? PitchTrack.transitionCost
            : PitchTrack.jumpCost * abs(octaves[before.lowerBound + old] - octaves[place])
          if scores[old + 1] - cost > best { (best, from) = (scores[old + 1] - cost, old + 1) }
        }
        cameFrom[frame * width + slot] = UInt8(from)
        next[slot] = best + (slot == 0 ? unvoiced(frame, loudest, backgroundCost) : voiced(place))
      }
      let top = next[0...here.count].max() ?? 0
      for slot in 0...here.count { scores[slot] = next[slot] - top }
      before = here
    }
    let last = (0...before.count).max { scores[$0] < scores[$1] } ?? 0
    return readBack(from: last, cameFrom, width)
  }

  private func readBack(from last: Int, _ cameFrom: [UInt8], _ width: Int) -> [Choice] {
    var choices = [Choice](repeating: nil, count: count)
    var slot = last
    for frame in stride(from: count - 1, through: 0, by: -1) {
      if slot > 0 { choices[frame] = starts[frame] + slot - 1 }
      slot = Int(cameFrom[frame * width + slot])
    }
    return choices
  }

  private func voiced(_ place: Int) -> Float {
    strengths[place] + PitchCandidates.preference(octaves: octaves[place])
  }

  private func unvoiced(_ frame: Int, _ loudest: Float, _ backgroundCost: Float) -> Float {
    PitchTrack.unvoicedStrength(
      peak: peaks[frame], loudest: loudest, overtone: overtones[frame],
      backgroundCost: background[frame] ? backgroundCost : 0)
  }
}
