import Foundation
import Testing

@testable import Coach

@Suite struct PlacesTests {
  @Test func `places follow XDG, and its defaults`() {
    let plain = Places.resolve(environment: [:], home: "/home/ada/")
    #expect(plain.configFile == "/home/ada/.config/rostrum/config.yaml")
    #expect(plain.database == "/home/ada/.local/share/rostrum/history.sqlite")
    #expect(
      plain.takes == "/home/ada/.local/share/rostrum/takes" && plain.live == "/home/ada/.local/share/rostrum/live")
    #expect(
      plain.logs == "/home/ada/.local/state/rostrum/logs" && plain.runtime == "/home/ada/.local/state/rostrum/run")
    let set = Places.resolve(
      environment: [
        "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "relative", "XDG_STATE_HOME": "", "XDG_RUNTIME_DIR": "/run/user/1000",
      ], home: "/h")
    #expect(
      set.config == "/c/rostrum" && set.data == "/h/.local/share/rostrum" && set.runtime == "/run/user/1000/rostrum")
    #expect(set.state == "/h/.local/state/rostrum" && set.userThemes == "/c/rostrum/Themes")
  }

  @Test func `one variable moves all places under one folder`() {
    let places = Places.resolve(environment: ["ROSTRUM_HOME": "/t/", "XDG_DATA_HOME": "/d"], home: "/h")
    #expect(places.folders.allSatisfy { $0.hasPrefix("/t/") })
    #expect(Places.resolve(environment: ["ROSTRUM_HOME": ""], home: "/h").data.hasPrefix("/h/"))
  }

  @Test(arguments: [
    ("/usr/local/bin/rostrum", ["/usr/local/share/rostrum", "/usr/local/bin", "/usr/local", "/usr", "/"]),
    ("/rostrum", ["/share/rostrum", "/"]), ("/bin/rostrum", ["/share/rostrum", "/bin", "/"]),
  ])
  func `shipped data is looked for beside the program, then above it`(binary: String, candidates: [String]) {
    #expect(Places.shareCandidates(binary: binary) == candidates)
  }

  @Test(arguments: ["", "rostrum", ".", "..", "//", "a/b"])
  func `odd program paths give a bounded list`(binary: String) {
    #expect((2...65).contains(Places.shareCandidates(binary: binary).count))
  }

  @Test func `folders are made for their owner only, and what exists is left alone`() throws {
    let root = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: root.path + "/data", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    let places = Places.resolve(environment: ["ROSTRUM_HOME": root.path], home: "/h")
    try places.make()
    try places.make()
    #expect(try root.mode("data") == 0o755)
    for folder in ["config", "data/takes", "data/live", "state/logs", "run"] { #expect(try root.mode(folder) == 0o700) }
  }

  @Test func `a file in a folder's place is named`() throws {
    let root = try TemporaryFolder()
    try writeText("x", path: root.path + "/data")
    let places = Places.resolve(environment: ["ROSTRUM_HOME": root.path], home: "/h")
    #expect(throws: PlaceError(operation: "create the folder", path: root.path + "/data", cause: .notAFolder)) {
      try places.make()
    }
    #expect(throws: PlaceError(operation: "create the folder", path: root.path + "/data", cause: .notAFolder)) {
      try makeFolder(root.path + "/data/x")
    }
  }

  @Test func `a file is replaced whole, privately, through its link`() throws {
    let root = try TemporaryFolder()
    let (path, link) = (root.path + "/a/real.yaml", root.path + "/config.yaml")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a/real.yaml")
    try writeText("one\n", path: link)
    try writeText("two\n", path: link)
    #expect(try readText(path: path, limit: 100) == "two\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a/real.yaml")
    #expect(try root.mode("a/real.yaml") == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/a") == ["real.yaml"])
    try FileManager.default.createSymbolicLink(atPath: root.path + "/loop", withDestinationPath: "loop")
    #expect(throws: PlaceError.self) { try writeText("x", path: root.path + "/loop") }
    #expect(throws: PlaceError.self) { try writeText("x", path: root.path + "/a") }
  }

  @Test func `what cannot be read says why`() throws {
    let root = try TemporaryFolder()
    func cause(_ name: String, limit: Int = 100) -> PlaceError.Cause? {
      do throws(PlaceError) { _ = try readText(path: root.path + "/" + name, limit: limit) } catch {
        return error.cause
      }
      return nil
    }
    try Data([0x61, 0x0A, 0xFF, 0x0A]).write(to: URL(fileURLWithPath: root.path + "/latin"))
    try writeText(String(repeating: "x", count: 101), path: root.path + "/large")
    mkfifo(root.path + "/pipe", 0o600)
    #expect(cause("none") == .system(ENOENT))
    #expect(cause("latin") == .notUTF8(line: 2))
    #expect(cause("large") == .tooLarge(limitBytes: 100))
    #expect(cause("large", limit: 101) == nil)
    #expect(cause("pipe") == .notAFile)
    #expect(cause("") == .notAFile)
  }

  @Test func `the source tree is found from a program built in it`() throws {
    let root = try TemporaryFolder()
    for folder in ["tree/.build/debug", "tree/Themes", "prefix/bin", "prefix/share/rostrum/Themes"] {
      try makeFolder(root.path + "/" + folder)
    }
    try writeText("", path: root.path + "/tree/Package.swift")
    #expect(shippedData(binary: root.path + "/tree/.build/debug/rostrum") == root.path + "/tree")
    #expect(shippedData(binary: root.path + "/prefix/bin/rostrum") == root.path + "/prefix/share/rostrum")
    #expect(shippedData(binary: "/nowhere/at/all") == nil)
    #expect(ownBinary().hasPrefix("/"))
  }
}

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "rostrum-settings-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
