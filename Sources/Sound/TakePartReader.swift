/// One recording, read from any frame on as one channel at the rate of its take's line.
final class TakePartReader {
  /// How long it is, frames at the line's rate.
  let frames: Int
  /// The rate it was recorded at, hertz.
  let recordedRate: Int

  private let path: String
  private var file: AudioFile
  private let rate: Int
  private var resampler: Resampler
  private var raw: [UInt8]
  private var block: [Float] = []
  /// What was converted and not yet asked for.
  private var ready: [Float] = []
  /// The frame at the line's rate that comes next, and whether the file has ended before it.
  private var next = 0
  private var isOver = false
  private var problem: SoundError?
  private var hasProblem = false
  /// Where the file was seen to end, in frames of its own.
  private var ownEnd = Int64.max

  /// A reader of `file` for a line of `rate` hertz. A file without a length in its header is read through once for it.
  init(_ file: AudioFile, path: String, rate: Int) {
    self.file = file
    self.path = path
    self.rate = rate
    recordedRate = file.format.rate
    resampler = Resampler(from: recordedRate, to: rate)
    raw = [UInt8](repeating: 0, count: resampler.blockFrames * file.format.frameBytes)
    let own = file.frames ?? Self.count(file, &raw)
    frames = Int((Double(own) * Double(rate) / Double(recordedRate)).rounded())
    // Where reading begins is not known after counting.
    if file.frames == nil { next = .max }
  }

  /// Why the file ends before its header says it would, once.
  func takeProblem() -> SoundError? {
    defer { problem = nil }
    return problem
  }

  /// Appends `count` frames from the `first` on; silence where the file has no more.
  func read(from first: Int, count: Int, into target: inout [Float]) {
    if first != next { go(to: first) }
    while ready.count < count, !isOver { refill() }
    let got = min(count, ready.count)
    target.append(contentsOf: ready[..<got])
    target.append(contentsOf: repeatElement(0, count: count - got))
    ready.removeFirst(got)
    next = first + count
  }

  private func go(to first: Int) {
    // A fresh converter: it takes what was before for silence, some milliseconds of it.
    resampler = Resampler(from: recordedRate, to: rate)
    ready.removeAll(keepingCapacity: true)
    let own = Int64((Double(first) * Double(recordedRate) / Double(rate)).rounded())
    isOver = own >= ownEnd || !(file.seek(to: own) || readUp(to: own))
  }

  /// Reads on to a frame where the file cannot be gone about in: it has no length, or ends early, after which the
  /// library goes nowhere in it any more.
  private func readUp(to frame: Int64) -> Bool {
    do throws(SoundError) {
      let again = try AudioFile(path: path)
      guard again.format == file.format else { return false }
      file = again
    } catch {
      fail(error)
      return false
    }
    var done: Int64 = 0
    while done < frame {
      guard let got = pull(Int(min(frame - done, Int64(resampler.blockFrames)))), got > 0 else {
        ownEnd = done
        return false
      }
      done += Int64(got)
    }
    return true
  }

  private func fail(_ error: SoundError) {
    if !hasProblem { (problem, hasProblem) = (error, true) }
  }

  private func refill() {
    guard let got = pull(resampler.blockFrames), got > 0 else {
      isOver = true
      resampler.append([], last: true, to: &ready)
      return
    }
    block.removeAll(keepingCapacity: true)
    raw.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      SampleConversion.appendMono(start, frames: got, format: file.format, to: &block)
    }
    resampler.append(block, last: false, to: &ready)
  }

  /// Reads frames into `raw`: how many; nil at the end.
  private func pull(_ count: Int) -> Int? {
    let reading = raw.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { file.read(into: $0, frames: count) } ?? .nothing
    }
    switch reading {
    case .frames(let got): return got
    case .nothing: return nil
    case .ended(let error):
      if let error { fail(error) }
      return nil
    }
  }

  private static func count(_ file: AudioFile, _ raw: inout [UInt8]) -> Int64 {
    var total: Int64 = 0
    let limit = raw.count / file.format.frameBytes
    while true {
      let reading = raw.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { file.read(into: $0, frames: limit) } ?? .nothing
      }
      guard case .frames(let got) = reading, got > 0 else { return total }
      total += Int64(got)
    }
  }
}
