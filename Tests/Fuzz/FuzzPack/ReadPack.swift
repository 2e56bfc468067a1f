import Fuzzing
import Packs

@testable import Coach

/// Any bytes, read as an archive of drills.
///
/// What must hold: it ends within its limits, with names that stay inside a folder and each of which is there once, or
/// with a reason; what was read can be packed and read again.
func readPack(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  _ = packIsTaken(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

/// Reads `bytes` as a pack; nil where it is taken, else why not.
func packIsTaken(_ bytes: [UInt8]) -> PackError? {
  var limits = PackLimits()
  (limits.totalBytes, limits.entries) = (1 << 20, 200)
  do throws(PackError) {
    let pack = try PackReader.read(archive: bytes, called: "pack", limits: limits)
    must(!pack.files.isEmpty && pack.files.count <= limits.entries, "too many or none")
    must(pack.files.reduce(0) { $0 + $1.bytes.count } <= limits.totalBytes, "too large")
    must(Set(pack.files.map { $0.name.lowercased() }).count == pack.files.count, "a name twice")
    for file in pack.files {
      let parts = file.name.split(separator: "/", omittingEmptySubsequences: false)
      must(parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }, "a way out: \(file.name)")
      must(!file.name.unicodeScalars.contains { $0.value < 32 || $0.value == 92 }, "a bad name: \(file.name)")
    }
    let packed = try PackWriter.archive(pack.files + [PackedFile(name: "zz/zz.md", bytes: [1])], folder: "p")
    let again = try PackReader.read(archive: packed, called: "again")
    must(again.files.count == pack.files.count + 1, "lost on the way")
    for complaint in DrillPack(pack, path: "pack").complaints {
      must(complaint.file.hasPrefix("pack/") && !complaint.problem.isEmpty, "a complaint about nothing")
    }
    return nil
  } catch {
    must(error.path == "pack", "\(error) while packing again")
    must(!error.clause.isEmpty && error.refusals.allSatisfy { !$0.reason.clause.isEmpty }, "refused without a reason")
    if case .refused(let refusals) = error.reason { must(!refusals.isEmpty, "refused for nothing") }
    return error
  }
}
