import Glibc
package import Practice
package import Sound

/// The file that baselines are kept in: `baseline.json` in the data folder, for its owner alone, replaced in one step.
package enum BaselineFile {
  /// What is kept; none where there is no file. Throws where the file is damaged or from a newer version.
  package static func read(_ places: Places) throws(Failure) -> Baselines {
    let text: String
    do throws(PlaceError) { text = try readText(path: places.baselines, limit: Limits.textBytes) } catch {
      if error.isMissing { return Baselines() }
      throw Failure(error)
    }
    do throws(Baselines.Problem) { return try Baselines.read(text) } catch {
      throw Failure(.badData, Messages.sentence(error, places.baselines))
    }
  }

  /// The baseline of a source; nil without one, and where the file cannot be read, for that keeps nobody from speaking.
  package static func find(_ source: SourceDescription, _ places: Places) -> Baseline? {
    do throws(Failure) {
      return try read(places).of(source: source.name, rate: source.format.rate)
    } catch {
      Log.warning("no baseline", ["reason": error.sentence])
      return nil
    }
  }

  /// Adds `baseline` to the file; two calibrations that end together are both kept.
  package static func keep(_ baseline: Baseline, _ places: Places) throws(Failure) {
    do throws(PlaceError) { try makeFolder(places.data) } catch { throw Failure(error) }
    // The folder, for the file is replaced; where it cannot be locked the other calibration is the less likely trouble.
    let folder = open(places.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if folder >= 0 { close(folder) } }
    while folder >= 0, flock(folder, LOCK_EX) != 0, errno == EINTR {}
    var baselines = try read(places)
    baselines.keep(baseline)
    try write(baselines, places)
  }

  /// Replaces the file.
  package static func write(_ baselines: Baselines, _ places: Places) throws(Failure) {
    do throws(PlaceError) { try writeText(baselines.text + "\n", path: places.baselines) } catch {
      throw Failure(error)
    }
  }

  /// Makes sure, before anybody reads aloud for it, that the file can be replaced.
  package static func check(_ places: Places) throws(Failure) {
    _ = try read(places)
    do throws(PlaceError) { try makeFolder(places.data) } catch { throw Failure(error) }
    guard access(places.data, W_OK) == 0 else {
      throw Failure(PlaceError(operation: "write in", path: places.data, cause: .system(errno)))
    }
  }

  /// Removes the file; false where there was none.
  package static func forget(_ places: Places) throws(Failure) -> Bool {
    if unlink(places.baselines) == 0 { return true }
    let code = errno
    guard code == ENOENT || code == ENOTDIR else {
      throw Failure(PlaceError(operation: "remove", path: places.baselines, cause: .system(code)))
    }
    return false
  }
}

extension SourceRequest {
  /// Whether the same sound comes each time: then the events must be the same too, whatever was calibrated.
  package var isRepeatable: Bool {
    switch self {
    case .device, .stream, .fifo: false
    case .file, .generated: true
    }
  }

  /// A quiet room without an end, for what is not listened to: no microphone is opened.
  package static var quiet: SourceRequest {
    .generated(name: "no microphone", rate: 16_000, fast: false) { Demo.room(1_600) }
  }

  /// Whether it is a recording that is read as fast as it goes.
  package var isHurried: Bool { if case .file(_, fast: true) = self { true } else { false } }
}
