import Glibc
import Support
import Testing

@testable import Audience

/// Where a socket may lie, and what happens to what lies there already.
struct SocketPlaceTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// What comes of binding the socket of session "s1" in a place; nil where it was bound.
  private func error(_ place: SocketPlace, session: String = "s1") -> AudienceError? {
    do throws(AudienceError) {
      let socket = try BoundSocket(session, place)
      socket.remove()
      close(socket.descriptor)
      return nil
    } catch { return error }
  }

  private func mode(_ path: String) -> mode_t {
    var found = stat()
    return lstat(path, &found) == 0 ? found.st_mode & 0o7777 : 0
  }

  @Test func `one's own folder is made, for its owner alone, and so is the socket`() throws {
    let folder = scratch.path("a/b/run")
    let before = umask(0)
    let socket = try BoundSocket("s1", SocketPlace(folder, .own))
    umask(before)
    #expect(mode(scratch.path("a")) == 0o700 && mode(folder) == 0o700 && mode(folder + "/s1.sock") == 0o600)
    socket.remove()
    #expect(scratch.listing("a/b/run").isEmpty)
    close(socket.descriptor)
  }

  @Test(arguments: [(0o2750, true), (0o2710, true), (0o2770, false), (0o2755, false), (0o2751, false), (0o777, false)])
  func `a group's folder takes nothing of others`(bits: Int, isSafe: Bool) throws {
    let folder = try scratch.folder("group")
    chmod(folder, mode_t(bits))
    let place = SocketPlace(folder, .group)
    guard isSafe else {
      #expect(error(place) == .unsafeFolder(folder))
      return
    }
    let socket = try BoundSocket("s1", place)
    #expect(mode(socket.path) == 0o660)
    socket.remove()
    close(socket.descriptor)
  }

  @Test(arguments: [0o701, 0o710, 0o750, 0o755, 0o777]) func `one's own folder is nobody else's`(bits: Int) throws {
    let folder = try scratch.folder("run")
    chmod(folder, mode_t(bits))
    #expect(error(SocketPlace(folder, .own)) == .unsafeFolder(folder))
  }

  @Test func `no folder above may be open to the world, but one like tmp`() throws {
    let above = try scratch.folder("above")
    let folder = try scratch.folder("above/run")
    chmod(above, 0o777)
    #expect(error(SocketPlace(folder, .own)) == .unsafeFolder(above))
    chmod(above, 0o1777)
    #expect(error(SocketPlace(folder, .own)) == nil)
    chmod(above, 0o700)
  }

  @Test func `a symbolic link or a file in the folder's place is refused`() throws {
    let real = try scratch.folder("real")
    symlink(real, scratch.path("link"))
    #expect(error(SocketPlace(scratch.path("link"), .own)) == .unsafeFolder(scratch.path("link")))
    let file = try scratch.write("", to: "file")
    #expect(error(SocketPlace(file, .own)) == .unsafeFolder(file))
    #expect(scratch.listing("real").isEmpty)
  }

  @Test func `a symbolic link, a file, a folder in the socket's place is refused, and stays`() throws {
    let folder = try scratch.folder("run")
    let victim = try scratch.write("mine", to: "victim")
    let path = folder + "/s1.sock"
    symlink(victim, path)
    #expect(error(SocketPlace(folder, .own)) == .taken(path))
    #expect(mode(victim) != 0 && scratch.listing("run") == ["s1.sock"])
    unlink(path)
    symlink(scratch.path("nowhere"), path)
    #expect(error(SocketPlace(folder, .own)) == .taken(path))
    unlink(path)
    _ = try scratch.write("mine", to: "run/s1.sock")
    #expect(error(SocketPlace(folder, .own)) == .taken(path))
    unlink(path)
    mkdir(path, 0o700)
    #expect(error(SocketPlace(folder, .own)) == .taken(path))
    #expect(scratch.listing("run") == ["s1.sock"])
  }

  @Test func `a socket of a dead process is replaced, that of a living one is not`() throws {
    let place = SocketPlace(try scratch.folder("run"), .own)
    let dead = try BoundSocket("s1", place)
    #expect(error(place) == .taken(dead.path))
    close(dead.descriptor)
    let living = try BoundSocket("s1", place)
    #expect(error(place) == .taken(living.path))
    dead.remove()
    #expect(scratch.listing("run") == ["s1.sock"], "only what is one's own is removed")
    living.remove()
    #expect(scratch.listing("run").isEmpty)
    close(living.descriptor)
  }

  @Test func `a path over 107 bytes is refused`() throws {
    let room = 107 - scratch.path.utf8.count - 1 - "/s1.sock".utf8.count
    #expect(error(SocketPlace(scratch.path(String(repeating: "a", count: room)), .own)) == nil)
    let path = scratch.path(String(repeating: "b", count: room + 1))
    #expect(error(SocketPlace(path, .own)) == .pathTooLong(path + "/s1.sock", bytes: 108))
    #expect(mode(path) == 0, "and nothing is made")
  }

  @Test(arguments: ["", "..", "a/b", "a.b", "a b", "é"]) func `a session's id is no path`(id: String) throws {
    let folder = try scratch.folder("run")
    #expect(error(SocketPlace(folder, .own), session: id) != nil)
    #expect(scratch.listing("run").isEmpty)
  }

  @Test func `a folder of a group that nobody made is no trouble, and no place at all is one`() throws {
    let missing = SocketPlace(scratch.path("missing"), .group)
    let bound = try BoundSocket.all("s1", [SocketPlace(scratch.path("run"), .own), missing])
    #expect(bound.sockets.count == 1 && bound.troubles.isEmpty)
    for socket in bound.sockets { close(socket.descriptor) }
    #expect(throws: AudienceError.noFolder) { try BoundSocket.all("s1", [missing]) }
    #expect(throws: AudienceError.noFolder) { try BoundSocket.all("s1", []) }
    #expect(error(SocketPlace("run", .own)) == .noFolder)
  }
}
