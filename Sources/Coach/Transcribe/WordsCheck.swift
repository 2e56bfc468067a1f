import CLinux
import Glibc
import Recognition

extension Checks {
  /// Whether the recogniser's model loads, how long that takes and how much memory it takes.
  static func words(_ surroundings: Surroundings) -> Finding {
    guard surroundings.settings.recogniser != .none else {
      return Finding("words", .good, "not listened for, by your settings (recogniser: none)")
    }
    let (began, before) = (rostrum_monotonic_nanoseconds(), residentBytes())
    do throws(RecognitionError) {
      let recogniser = try PocketSphinx()
      let seconds = Double(rostrum_monotonic_nanoseconds() - began) / 1e9
      let mebibytes = withExtendedLifetime(recogniser) { max(0, residentBytes() - before) >> 20 }
      return Finding(
        "words", .good, "English, loaded in \(Figures.decimal(seconds, 2)) s, \(mebibytes) MiB of memory")
    } catch {
      return Finding(
        "words", .fair, Messages.sentence(error),
        nextStep: "Without it everything is measured by sound alone.")
    }
  }

  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let fields = line.split(separator: 32)
    let digits = fields.count > 1 ? fields[1].map { Character(Unicode.Scalar(UInt8(bitPattern: $0))) } : []
    return (Int(String(digits)) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
  }
}
