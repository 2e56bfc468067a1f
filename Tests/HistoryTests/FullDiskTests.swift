import Foundation
import Glibc
import Testing

@testable import History

/// A file system of one mebibyte, in memory, there as long as the value.
private final class SmallDisk: Sendable {
  let path: String

  /// Nil where this process may not mount anything.
  init?() {
    path = NSTemporaryDirectory() + "small-\(UUID().uuidString)"
    guard mkdir(path, 0o700) == 0 else { return nil }
    guard Self.run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", path) else {
      rmdir(path)
      return nil
    }
  }

  deinit {
    _ = Self.run("umount", "-l", path)
    rmdir(path)
  }

  /// Fills what is left, down to the last byte.
  func fill() {
    let descriptor = open(path + "/ballast", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    for size in [65_536, 4096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(descriptor, bytes, size) == size {}
    }
  }

  func free() { unlink(path + "/ballast") }

  func remount(_ options: String) -> Bool { Self.run("mount", "-o", "remount," + options, path) }

  private static func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  static let isPossible: Bool = SmallDisk() != nil
}

@Suite(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system in memory"), .serialized)
struct FullDiskTests {
  @Test func `a disk that fills up in the middle costs no event once there is room`() throws {
    let disk = try #require(SmallDisk())
    let writer = try SessionWriter(folder: disk.path + "/data", begin: .sample("aaaa0001"), limits: .hasty)
    events(100).forEach(writer.record)
    #expect(writer.reachesDisk())
    disk.fill()
    events(400, from: 100).forEach(writer.record)
    #expect(writer.reaches { $0.failure == .diskFull })
    #expect(!writer.finish(state: .finished, endedSeconds: 50, summary: "{}", timeoutSeconds: 0.05))
    #expect(writer.unsaved().events.last == events(500).last)
    #expect(try History(reading: disk.path + "/data").events(of: "aaaa0001").count < 500)
    disk.free()
    #expect(writer.finish(state: .finished, endedSeconds: 50, summary: "{}", timeoutSeconds: 10))
    #expect(try History(reading: disk.path + "/data").events(of: "aaaa0001") == events(500))
  }

  @Test func `a disk that is full at the start costs no event once there is room`() throws {
    let disk = try #require(SmallDisk())
    disk.fill()
    let writer = try SessionWriter(folder: disk.path + "/data", begin: .sample("aaaa0001"), limits: .hasty)
    events(200).forEach(writer.record)
    #expect(writer.reaches { $0.failure == .diskFull })
    #expect(kind { try History(folder: disk.path + "/data") } == .diskFull)
    #expect(try History(reading: disk.path + "/data").sessions(limit: 9).isEmpty)
    disk.free()
    #expect(writer.finish(state: .finished, endedSeconds: 20, summary: nil, timeoutSeconds: 10))
    #expect(try History(reading: disk.path + "/data").events(of: "aaaa0001") == events(200))
  }

  @Test func `sessions can be listed on a full disk, and where nothing may be written`() throws {
    let disk = try #require(SmallDisk())
    let folder = disk.path + "/data"
    try keep(.sample("aaaa0001"), events(100), in: folder)
    disk.fill()
    #expect(try History(reading: folder).events(of: "aaaa0001") == events(100))
    disk.free()
    #expect(disk.remount("ro"))
    #expect(try History(reading: folder).events(of: "aaaa0001") == events(100))
    #expect(kind { try History(folder: folder) } == .readOnly)
    let writer = try SessionWriter(folder: folder, begin: .sample("aaaa0002"), limits: .hasty)
    events(10).forEach(writer.record)
    #expect(writer.reaches { $0.failure == .readOnly })
    #expect(disk.remount("rw"))
    #expect(writer.finish(state: .finished, endedSeconds: 1, summary: nil, timeoutSeconds: 10))
    #expect(try History(reading: folder).events(of: "aaaa0002") == events(10))
  }
}
