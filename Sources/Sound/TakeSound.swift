/// A recording of a take, and where on the take's line of audio time it lies.
package struct TakePart: Equatable, Sendable {
  /// Where the recording is.
  package var path: String
  /// The second of the take that its first sample is; for a continuation, that of the recording it goes on with.
  package var startSeconds: Double
  /// Whether it goes on with a recording that a full disk ended: such a file says itself how far in it begins.
  package var isContinuation: Bool

  /// A recording that begins at a second of its take.
  package init(path: String, startSeconds: Double = 0, isContinuation: Bool = false) {
    self.path = path
    self.startSeconds = startSeconds
    self.isContinuation = isContinuation
  }
}

/// The kept sound of a take as one line of audio time: any second of it, one channel, at one rate.
///
/// A take has one recording for each device it was spoken into; those of another rate are converted to that of the
/// line. Where no recording lies there is silence: between two of them, and where one could not be opened or ends
/// before its time, which `problems` says. A recording that reaches into the next one ends there. For one thread.
package final class TakeSound {
  /// The rate of the line, hertz.
  package let rate: Int
  /// Where the last recording ends, in seconds of the take.
  package let durationSeconds: Double
  /// Why the sound is not whole: recordings that do not open, and those met so far that end early.
  package private(set) var problems: [SoundError] = []

  /// A recording from one frame of the line to another.
  private struct Section {
    let reader: TakePartReader
    let start: Int
    let end: Int
  }

  private var sections: [Section] = []
  /// The next frame to be read.
  private var frame = 0

  /// Opens the recordings of a take, in any order.
  ///
  /// - Parameters:
  ///   - parts: The recordings; none is `.noSuchFile`.
  ///   - rate: The rate of the line, hertz; that of the first recording unless told otherwise.
  ///
  /// Throws where none of them opens: `.noSuchFile`, `.noPermission`, `.notAudio` or `.emptyFile`, as of the first one.
  package init(_ parts: [TakePart], rate wanted: Int? = nil) throws(SoundError) {
    var opened: [(start: Double, file: AudioFile, path: String)] = []
    for part in parts where part.startSeconds.isFinite {
      do throws(SoundError) {
        let (start, file) = try Self.open(part)
        opened.append((start, file, part.path))
      } catch { problems.append(error) }
    }
    opened.sort { $0.start < $1.start }
    guard let first = opened.first else {
      throw problems.first ?? SoundError(.noSuchFile, operation: "open", name: parts.first?.path ?? "")
    }
    let rate = wanted ?? first.file.format.rate
    self.rate = rate
    for (index, (start, file, path)) in opened.enumerated() {
      let from = Self.frame(of: start, rate)
      let next = index + 1 < opened.count ? Self.frame(of: opened[index + 1].start, rate) : .max
      let reader = TakePartReader(file, path: path, rate: rate)
      sections.append(Section(reader: reader, start: from, end: min(next, from + reader.frames)))
    }
    durationSeconds = Double(sections.last?.end ?? 0) / Double(rate)
  }

  private static func open(_ part: TakePart) throws(SoundError) -> (start: Double, file: AudioFile) {
    let file = try AudioFile(path: part.path)
    guard part.isContinuation else { return (max(0, part.startSeconds), file) }
    guard let offset = file.startSeconds else {
      throw SoundError(.notAudio, operation: "sf_get_string", name: part.path, detail: "does not say where it begins")
    }
    return (max(0, part.startSeconds) + offset, file)
  }

  private static func frame(of seconds: Double, _ rate: Int) -> Int {
    // Years of sound: beyond any take, and far from where an integer ends.
    Int((max(0, min(seconds, 1e9)) * Double(rate)).rounded())
  }

  /// The rate, in hertz, that the first sound in a stretch of the take was recorded at; nil where there is none.
  package func recordedRate(in range: ClosedRange<Double>) -> Int? {
    let (first, last) = (Self.frame(of: range.lowerBound, rate), Self.frame(of: range.upperBound, rate))
    return sections.first { $0.start < last && first < $0.end }?.reader.recordedRate
  }

  /// The second of the take that is read next.
  package var position: Double { Double(frame) / Double(rate) }

  /// Goes to a second of the take, to the nearest frame; before its start counts as its start.
  package func seek(to seconds: Double) { frame = seconds.isNaN ? 0 : Self.frame(of: seconds, rate) }

  /// Replaces what is in `buffer` by the next `count` frames, floats at ±1; fewer at the end of the last recording, and
  /// none after it.
  package func read(_ count: Int, into buffer: inout [Float]) {
    buffer.removeAll(keepingCapacity: true)
    let end = min(frame + max(0, count), sections.last?.end ?? 0)
    while frame < end {
      if let section = sections.first(where: { $0.start <= frame && frame < $0.end }) {
        let piece = min(end, section.end) - frame
        section.reader.read(from: frame - section.start, count: piece, into: &buffer)
        if let problem = section.reader.takeProblem() { problems.append(problem) }
        frame += piece
      } else {
        let next = sections.first { $0.start > frame }?.start ?? end
        buffer.append(contentsOf: repeatElement(0, count: min(end, next) - frame))
        frame = min(end, next)
      }
    }
  }
}
