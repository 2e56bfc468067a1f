import Glibc
package import Practice
package import Sound

/// Where the kept sound of a session lies, and which second of the session each recording begins at.
///
/// A take's first recording is `ID.flac` and begins at second 0. Each device it was changed to has one of its own,
/// `ID-2.flac` and so on, which begins where the gap that the change made ends: a `gap` event whose cause is `changed`
/// stands there. A recording that a full disk ended goes on in `ID-part2.flac`, `ID-2-part2.flac` and so on, which say
/// themselves how far in they begin. Gaps within a recording are silence in it, and a pause of the session is in neither.
package enum KeptTake {
  /// Devices and parts looked for, at most.
  private static let deviceLimit = 99

  /// The recordings of session `id` in the folder `takes`, in order; empty where none was kept.
  package static func parts(of id: String, _ session: Session, in takes: String) -> [TakePart] {
    let numbers = (1...deviceLimit).filter { (number: Int) in access(path(id, number, in: takes), F_OK) == 0 }
    let starts = starts(of: numbers, session) { number in
      (try? TakeSound([TakePart(path: path(id, number, in: takes))]))?.durationSeconds ?? 0
    }
    return zip(numbers, starts).flatMap { number, start in
      let own = path(id, number, in: takes)
      let names = (2...deviceLimit).map { "\(own.dropLast(5))-part\($0).flac" }
      let parts = names.prefix { (name: String) in access(name, F_OK) == 0 }
      return [TakePart(path: own, startSeconds: start)]
        + parts.map { TakePart(path: $0, startSeconds: start, isContinuation: true) }
    }
  }

  private static func path(_ id: String, _ number: Int, in takes: String) -> String {
    "\(takes)/\(id)\(number > 1 ? "-\(number)" : "").flac"
  }

  /// The second that each recording begins at.
  ///
  /// The number of a recording is that of its device, but for a device whose recording could not be begun: its number
  /// goes to the next one. Where there are fewer recordings than devices, each goes to the device that was listened to
  /// for as long as it lasts, in order.
  static func starts(of numbers: [Int], _ session: Session, lasting: (Int) -> Double) -> [Double] {
    let changes = session.gaps.filter { $0.gap.cause == "changed" }
    let starts = [0] + changes.map(\.seconds)
    let ends = changes.map { $0.seconds - $0.gap.lostSeconds } + [session.seconds]
    if numbers.last ?? 1 >= starts.count { return numbers.map { starts[min($0, starts.count) - 1] } }
    var next = 0
    return numbers.enumerated().map { index, number in
      // The take does not begin without its first recording, and later ones need a device each.
      let last = starts.count - (numbers.count - index)
      let choice = number == 1 ? 0 : nearest(lasting(number), in: max(1, next)...max(1, next, last), starts, ends)
      next = choice + 1
      return starts[choice]
    }
  }

  private static func nearest(
    _ seconds: Double, in devices: ClosedRange<Int>, _ starts: [Double], _ ends: [Double]
  ) -> Int {
    func difference(_ device: Int) -> Double { abs(ends[device] - starts[device] - seconds) }
    let known = devices.clamped(to: 0...starts.count - 1)
    return known.min { difference($0) < difference($1) } ?? 0
  }
}
