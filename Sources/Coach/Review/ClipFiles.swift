import Practice
import Report
import Sound

/// A piece of a session as files: its sound, and captions beside it where words were heard.
enum ClipFiles {
  /// Writes the piece into `folder` under a name that is not there yet; returns the sound's path.
  static func write(
    _ range: ClosedRange<Double>, of session: Session, id: String, _ parts: [TakePart], as format: Clip.Format,
    to folder: String
  ) throws(Failure) -> String {
    guard !parts.isEmpty else { throw Failure(.noInput, Messages.noSoundToCut) }
    let path = FreeName.path("\(folder)/rostrum-\(id)-\(clock(range.lowerBound))", format.rawValue)
    let kept: ClosedRange<Double>
    do throws(SoundError) { kept = try Clip.cut(parts, range, to: path, as: format) } catch { throw Failure(error) }
    guard TakeReview.isReadable(session), let captions = try? Captions.of(session, range: kept) else { return path }
    let stem = path.dropLast(format.rawValue.count + 1)
    do throws(PlaceError) {
      try writeText(captions.text(.vtt), path: FreeName.path(String(stem), "vtt"))
      try writeText(captions.text(.srt), path: FreeName.path(String(stem), "srt"))
    } catch { throw Failure(error) }
    return path
  }

  /// A moment as a part of a file's name: `1m20`.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(max(seconds, 0))
    return "\(whole / 60)m\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
  }
}
