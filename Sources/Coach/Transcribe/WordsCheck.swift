import CLinux
import Glibc
import Practice
import Recognition

extension Checks {
  /// Whether the recogniser's model loads, how long that takes and how much memory it takes.
  static func words(_ surroundings: Surroundings) -> Finding {
    guard surroundings.settings.recogniser != .none else {
      return Finding("words", .good, "not listened for, by your settings (recogniser: none)")
    }
    do throws(RecognitionError) { try ModelProbe.check(places: surroundings.places, trusts: false) } catch {
      return refused(error)
    }
    let (began, before) = (rostrum_monotonic_nanoseconds(), residentBytes())
    do throws(RecognitionError) {
      let recogniser = try PocketSphinx()
      let seconds = Double(rostrum_monotonic_nanoseconds() - began) / 1e9
      let mebibytes = withExtendedLifetime(recogniser) { max(0, residentBytes() - before) >> 20 }
      return Finding(
        "words", .good, "English, loaded in \(Figures.decimal(seconds, 2)) s, \(mebibytes) MiB of memory")
    } catch { return refused(error) }
  }

  private static func refused(_ error: RecognitionError) -> Finding {
    Finding(
      "words", .fair, Messages.sentence(error), nextStep: "Without it everything is measured by sound alone.")
  }

  /// Whether the list of fillers in use can be read whole, and lists something.
  static func fillers(_ surroundings: Surroundings) -> Finding {
    guard surroundings.settings.recogniser != .none else {
      return Finding("fillers", .good, "not read, since words are not listened for")
    }
    let found = surroundings.fillers()
    guard found.notes.isEmpty else {
      return Finding(
        "fillers", .fair, found.notes.joined(separator: " "),
        nextStep: "Rehearsing goes on with what could be read.")
    }
    let count = Figures.count(found.rules.rules.count + found.rules.sounds.count, "filler")
    return Finding("fillers", .good, "\(count) in \(found.path ?? "no file")")
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
