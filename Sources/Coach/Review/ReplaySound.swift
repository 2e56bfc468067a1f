import Sound

/// A take on its way to a device: read, stretched, and what of it is heard known from what is not heard yet.
struct ReplaySound {
  /// Up to which frame written the take's second is known.
  private struct WrittenPiece {
    var frame: Int
    var second: Double
    var speed: Double
  }

  /// Milliseconds of the take that are read at a time.
  private static let pieceMilliseconds = 20

  /// Samples a second.
  let rate: Int
  /// Whether all of it was made.
  private(set) var isOver = false

  private let take: TakeSound
  private let stretcher: Stretcher
  private let start: Double
  private let end: Double
  /// Frames of the take still to be read.
  private var left: Int
  /// The second of the take that what was made reaches to.
  private var second: Double
  private var written = 0
  /// The latest pieces written; as many as a second holds.
  private var marks: [WrittenPiece]

  /// The sound of a take from one second of it to another; where its recordings have none it is silent.
  init(of take: TakeSound, from start: Double, to end: Double) {
    (self.take, rate, self.start, self.end, second) = (take, take.rate, start, end, start)
    stretcher = Stretcher(rate: take.rate)
    left = Int((max(0, end - start) * Double(take.rate)).rounded())
    marks = [WrittenPiece(frame: 0, second: start, speed: 1)]
    take.seek(to: start)
  }

  /// Replaces what is in `output` by the next piece, which may be empty.
  mutating func make(speed: Double, _ samples: inout [Float], into output: inout [Float]) {
    output.removeAll(keepingCapacity: true)
    stretcher.speed = speed
    if left > 0 {
      let wanted = min(left, max(1, rate * Self.pieceMilliseconds / 1_000))
      take.read(wanted, into: &samples)
      samples.append(contentsOf: repeatElement(0, count: wanted - samples.count))
      left -= wanted
      stretcher.process(samples, into: &output)
      second = start + stretcher.position / Double(rate)
    } else if !isOver {
      stretcher.finish(into: &output)
      (isOver, second) = (true, end)
    }
  }

  /// Notes a piece that is written next; true for the first.
  mutating func note(_ frames: Int) -> Bool {
    let isFirst = written == 0
    written += frames
    let speed = (second - marks[marks.count - 1].second) * Double(rate) / Double(max(1, frames))
    marks.append(WrittenPiece(frame: written, second: second, speed: speed))
    let old = marks.firstIndex { $0.frame >= written - rate } ?? 0
    if old > 1 { marks.removeFirst(old - 1) }
    return isFirst
  }

  /// What is heard while `delaySeconds` of what was written are not: the second of the take, how fast it goes on, and
  /// how far.
  func heard(delaySeconds: Double) -> (heard: (second: Double, speed: Double), limit: Double) {
    let frame = Double(written) - delaySeconds * Double(rate)
    let limit = marks[marks.count - 1].second
    let next = marks.dropFirst().first { Double($0.frame) >= frame } ?? marks[marks.count - 1]
    return ((next.second - (Double(next.frame) - frame) / Double(rate) * next.speed, next.speed), limit)
  }
}
