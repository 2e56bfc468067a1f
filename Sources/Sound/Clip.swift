import Glibc

/// A piece of a take as a file of its own.
package enum Clip {
  /// What a clip is written as; 16 bits, one channel either way.
  package enum Format: String, CaseIterable, Sendable {
    case flac, wav
  }

  /// The fade at both ends, seconds: long enough for no click, too short to be heard.
  static let fadeSeconds = 0.01
  private static let chunkFrames = 16_384

  /// Cuts a stretch of a take out into a new file, and returns the stretch as it was cut: held within the recordings.
  ///
  /// Samples are those that were kept, at the rate that the stretch begins with, but for a fade of 10 ms at both ends.
  /// The file is written beside its place under a name of its own, readable by its owner only, and put there whole;
  /// what is there already is never written over.
  ///
  /// Throws what opening the recordings throws, `.emptyFile` where they have nothing in the stretch, `.truncatedFile`
  /// where one ends early in it, `.cannotCreate` (with `EEXIST` where there is a file already), `.noPermission`,
  /// `.diskFull` or `.io`; nothing is left behind then.
  ///
  /// - Parameters:
  ///   - parts: The take's recordings.
  ///   - range: From which second of the take to which.
  ///   - path: The file to be made.
  ///   - format: What it is written as.
  @discardableResult
  package static func cut(
    _ parts: [TakePart], _ range: ClosedRange<Double>, to path: String, as format: Format
  ) throws(SoundError) -> ClosedRange<Double> {
    guard let rate = try TakeSound(parts).recordedRate(in: range) else {
      throw SoundError(.emptyFile, operation: "cut", name: parts.first?.path ?? path, detail: "no sound there")
    }
    let take = try TakeSound(parts, rate: rate)
    take.seek(to: range.lowerBound)
    let start = take.position
    let frames = Int(((min(range.upperBound, take.durationSeconds) - start) * Double(take.rate)).rounded())
    guard frames > 0 else {
      throw SoundError(.emptyFile, operation: "cut", name: parts.first?.path ?? path, detail: "no sound there")
    }
    var facts = stat()
    guard lstat(path, &facts) != 0 else { throw SoundError.file("open", path, code: EEXIST, otherwise: .cannotCreate) }
    let spare = "\(path).\(getpid()).part"
    let file = try FLACFile(creating: spare, rate: take.rate, as: format)
    do throws(SoundError) {
      try write(frames, of: take, to: file)
      try file.close()
      try place(spare, at: path)
    } catch {
      file.discard()
      throw error
    }
    return start...start + Double(frames) / Double(take.rate)
  }

  private static func write(_ frames: Int, of take: TakeSound, to file: FLACFile) throws(SoundError) {
    let fade = max(1, min(Int((fadeSeconds * Double(take.rate)).rounded()), frames / 2))
    let known = take.problems.count
    var (done, samples): (Int, [Float]) = (0, [])
    while done < frames {
      take.read(min(chunkFrames, frames - done), into: &samples)
      if let problem = take.problems.dropFirst(known).first { throw problem }
      let whole = samples.enumerated().map { index, sample in
        let edge = min(done + index, frames - 1 - done - index)
        return SampleConversion.int16(edge < fade ? sample * Float(edge) / Float(fade) : sample)
      }
      guard !whole.isEmpty else { return }
      try file.write(whole)
      done += whole.count
    }
  }

  /// Gives a finished file its name, unless there is one of that name.
  private static func place(_ spare: String, at path: String) throws(SoundError) {
    if link(spare, path) == 0 {
      unlink(spare)
      return
    }
    // A file system without a second name for a file, as on most cards and sticks.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS else {
      throw SoundError.file("link", path, code: errno, otherwise: .cannotCreate)
    }
    var facts = stat()
    guard lstat(path, &facts) != 0 else { throw SoundError.file("open", path, code: EEXIST, otherwise: .cannotCreate) }
    guard rename(spare, path) == 0 else { throw SoundError.file("rename", path, code: errno) }
  }
}
