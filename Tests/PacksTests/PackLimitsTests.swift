import Glibc
import Testing

@testable import Packs

/// Packs that are damaged, or made to cost memory and time.
struct PackLimitsTests {
  typealias Entry = MadeArchive.Entry

  private func reason(_ bytes: [UInt8], limits: PackLimits = PackLimits()) -> PackError.Reason? {
    do throws(PackError) {
      _ = try PackReader.read(archive: bytes, called: "p", limits: limits)
      return nil
    } catch { return error.reason }
  }

  @Test func `a bomb ends at the limit`() throws {
    let zeros = [UInt8](repeating: 0, count: 60_000)
    let bomb = try PackWriter.archive((0..<40).map { PackedFile(name: "\($0).md", bytes: zeros) }, folder: "p")
    #expect(bomb.count < 12_000)
    #expect(reason(bomb) == .bomb(ratio: 200))
    var limits = PackLimits()
    limits.ratio = 100_000
    #expect(reason(bomb, limits: limits) == nil)
    (limits.totalBytes, limits.entries) = (1 << 20, 40)
    #expect(reason(bomb, limits: limits) == .unpacksTooLarge(limitBytes: 1 << 20))
    // One packing around another is not unpacked twice.
    #expect(reason(MadeArchive.gzip(bomb, sum: GzipTrailer.sum(of: bomb))) == .notAPack)
  }

  @Test func `files that are passed over count as well`() {
    var limits = PackLimits()
    limits.totalBytes = 3_000
    let entries = (0..<4).map { Entry("\($0).png", String(repeating: "x", count: 1_000)) }
    #expect(reason(MadeArchive.tar(entries + [Entry("a.md")]), limits: limits) == .unpacksTooLarge(limitBytes: 3_000))
    limits = PackLimits()
    limits.entries = 3
    #expect(reason(MadeArchive.tar(entries), limits: limits) == .tooManyEntries(limit: 3))
    limits = PackLimits()
    limits.archiveBytes = 100
    #expect(reason(MadeArchive.tar([Entry("a.md")]), limits: limits) == .archiveTooLarge(limitBytes: 100))
  }

  @Test func `a hole in a file is no way around the limit`() {
    // A GNU sparse file of 8 GiB with nothing in it.
    var bytes = MadeArchive.tar([Entry("a.md", "", kind: "S", size: 0)])
    for (at, byte) in "ustar  \0".utf8.enumerated() { bytes[257 + at] = byte }
    for (at, byte) in "77777777777".utf8.enumerated() { bytes[483 + at] = byte }
    let sum = bytes[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    for (at, byte) in ("0" + String(sum, radix: 8) + "\0 ").utf8.enumerated() { bytes[148 + at] = byte }
    #expect(reason(bytes) == .refused([PackRefusal(entry: "a.md", reason: .tooLarge(limitBytes: 65_536))]))
  }

  @Test func `what is cut off or wrong is damaged, wherever that is`() throws {
    let whole = try PackWriter.archive(
      (0..<20).map { PackedFile(name: "d\($0).md", bytes: Array("Drill \($0 * 7_919)".utf8)) }, folder: "p")
    #expect(reason(whole) == nil)
    for end in stride(from: 0, to: whole.count, by: 7) {
      let reason = reason(Array(whole[..<end]))
      #expect(reason != nil, "\(end) of \(whole.count) bytes")
    }
    var wrong = whole
    wrong[wrong.count - 6] ^= 1
    #expect(reason(wrong) == .damaged("its check sum is wrong"))
    let tape = MadeArchive.tar([Entry("a.md"), Entry("b.md")], isWhole: false)
    #expect(reason(tape) == .damaged("its end is missing"))
  }

  @Test(arguments: [
    [], [0], Array("# A talk\n".utf8), Array("PK".utf8), [0x1F, 0x8B], [UInt8](repeating: 255, count: 9_999),
  ])
  func `what is no archive is none`(bytes: [UInt8]) { #expect(reason(bytes) != nil) }

  @Test func `an archive of nothing says so`() {
    #expect(reason(MadeArchive.tar([])) == .nothingInIt)
    #expect(reason(MadeArchive.tar([Entry("a.png")])) == .nothingInIt)
  }

  @Test func `the check sum is that of the standard`() {
    #expect(GzipTrailer.sum(of: Array("123456789".utf8)) == 0xCBF4_3926 && GzipTrailer.sum(of: []) == 0)
  }
}
