import Foundation
import Glibc

/// What the kernel says a process has cost so far.
///
/// Read from `/proc/PID/stat` and `/proc/PID/status` (proc(5)), which is what `top` shows.
package struct ProcessFigures: Sendable {
  /// Seconds of processor time, in user and kernel mode, of all threads.
  package let processorSeconds: Double
  /// The most memory the process ever had resident, in MiB.
  package let peakMebibytes: Double
  /// The number of threads.
  package let threads: Int

  /// Reads the figures of a process; nil when it is gone, or dead and only not yet collected by its parent.
  package init?(pid: Int32) {
    guard let stat = ProcessFigures.text("/proc/\(pid)/stat"), let name = stat.lastIndex(of: ")"),
      let status = ProcessFigures.text("/proc/\(pid)/status")
    else { return nil }
    let fields = stat[name...].split(separator: " ")
    guard fields.count > 18, fields[1] != "Z", let user = Double(fields[12]), let kernel = Double(fields[13]) else {
      return nil
    }
    processorSeconds = (user + kernel) / Double(sysconf(Int32(_SC_CLK_TCK)))
    threads = Int(fields[18]) ?? 0
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    peakMebibytes = Double(peak.split(whereSeparator: { !$0.isNumber }).first ?? "0").map { $0 / 1_024 } ?? 0
  }

  /// The process named `name` among the descendants of `ancestor`, nil if there is none.
  package static func descendant(of ancestor: Int32, named name: String) -> Int32? {
    for child in text("/proc/\(ancestor)/task/\(ancestor)/children")?.split(separator: " ").compactMap({ Int32($0) })
      ?? []
    {
      if text("/proc/\(child)/comm")?.trimmingCharacters(in: .newlines) == name { return child }
      if let found = descendant(of: child, named: name) { return found }
    }
    return nil
  }

  /// The nice-to-read share of a core between two looks, in percent.
  package static func percent(from first: ProcessFigures, to last: ProcessFigures, seconds: Double) -> Double {
    (last.processorSeconds - first.processorSeconds) / seconds * 100
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
