/// The text a screen, a listing or a report must equal, kept in a file a person can read.
///
/// The file lies in a folder `Golden` beside the test that asks for it, because a golden screen is reviewed together
/// with the test that draws it. `UPDATE_GOLDEN=1` rewrites the files instead of comparing; a missing file fails, so
/// that a new screen is looked at before it becomes the rule.
package import Testing
import Foundation

/// Expects `actual` to equal the golden file `name` of the test in `file`.
///
/// The comparison is exact, but for one line feed that every file ends with. The failure names the first line that
/// differs and shows both texts.
/// - Parameters:
///   - actual: the text as it is now.
///   - name: the file's name without ending: letters, digits, `-`, `.`, `_` and blanks, no folder.
///   - file: the test's own source file.
///   - sourceLocation: where a failure is reported.
package func expectGolden(
  _ actual: String, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
  let update = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
  if let problem = compareGolden(actual, name, folder: folder.path, update: update) {
    Issue.record(Comment(rawValue: problem), sourceLocation: sourceLocation)
  }
}

/// Compares `actual` with `folder/name.txt`, or writes it there, and returns what is wrong in sentences, nil if nothing.
package func compareGolden(_ actual: String, _ name: String, folder: String, update: Bool) -> String? {
  let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._ ".contains($0)) }
  guard allowed, !name.isEmpty, !name.hasPrefix(".") else { return "\"\(name)\" cannot name a golden file." }
  let path = folder + "/" + name + ".txt"
  let text = actual.hasSuffix("\n") ? actual : actual + "\n"
  if update {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      return nil
    } catch {
      return "\(path) could not be written: \(error)"
    }
  }
  guard let bytes = FileManager.default.contents(atPath: path) else {
    return "There is no golden file \(path). Look at this text, then run with UPDATE_GOLDEN=1:\n\(text)"
  }
  let kept = String(decoding: bytes, as: UTF8.self)
  return kept == text ? nil : goldenDifference(kept: kept, actual: text, path: path)
}

/// Says where two texts part, showing both in full.
private func goldenDifference(kept: String, actual: String, path: String) -> String {
  let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let same = zip(old, new).prefix { $0 == $1 }.count
  func line(_ lines: [Substring]) -> String { same < lines.count ? "\"\(lines[same])\"" : "the end" }
  return """
    \(path) differs from line \(same + 1): expected \(line(old)), got \(line(new)).
    --- expected
    \(kept)--- actual
    \(actual)--- UPDATE_GOLDEN=1 makes the actual text the expected one.
    """
}
