package import Testing
import Foundation

/// Recordings of people, as far as this machine has them.
///
/// Debian's `pocketsphinx-testdata` holds five sentences of one LibriVox reading, 24.7 s in all. Whatever needs them
/// says `.enabled(if: Speech.isThere, Speech.whyNot)`.
package enum Speech {
  /// The folder of the LibriVox readings.
  package static let folder = "/usr/share/pocketsphinx/test/data/librivox"

  /// The readings' paths, in the order in which they are read.
  package static let paths: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".wav") }.sorted().map { "\(folder)/\($0)" }

  /// Whether the readings are installed.
  package static let isThere = paths.count == 5

  /// Why a test that needs them is skipped.
  package static let whyNot: Comment = "needs Debian's package pocketsphinx-testdata"

  /// The whole reading with a breath of room noise before, between and after, 16 kHz, about 28 s.
  /// - Throws: `SupportError` if a file cannot be read.
  package static func reading() throws -> Wave { try read.get() }

  private static let read = Result {
    try paths.reduce(room(seconds: 0.6)) { try $0 + Wave(path: $1) + room(seconds: 0.6) }
  }

  /// A reading over and over, for a session that a test ends: minutes longer than any test takes.
  /// - Throws: `SupportError` if a file cannot be read.
  package static func endless() throws -> Wave { try reading().looped(seconds: 300) }

  /// The first `seconds` of the reading.
  /// - Throws: `SupportError` if a file cannot be read.
  package static func reading(seconds: Double) throws -> Wave { try reading().cut(to: seconds) }

  /// The noise of a quiet room, at about -70 dBFS, the same every time.
  package static func room(seconds: Double) -> Wave {
    var state: UInt32 = 1
    let samples = (0..<Int(seconds * 16_000)).map { _ -> Int16 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int16(truncatingIfNeeded: Int32(bitPattern: state) >> 27)
    }
    return Wave(rate: 16_000, samples: samples)
  }

  /// More recordings, in a folder `shared/speech` beside the package; nil where there is none.
  package static let shared: String? = {
    let path = URL(fileURLWithPath: Machine.package).deletingLastPathComponent().path + "/shared/speech"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
}
