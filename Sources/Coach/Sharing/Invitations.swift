package import Audience
import CLinux
import Glibc
package import Practice

/// The book of a learner's invitations: `invitations.json` in the data folder, for its owner alone, replaced in one step.
///
/// Who changes it holds a lock on the folder meanwhile, so that of two sessions at once one alone takes the last use of an
/// invitation. A file that is damaged lets nobody in and is never written over.
package struct Invitations: InvitationBook {
  private let places: Places
  private let now: @Sendable () -> Int

  /// How long a change waits for another one, in seconds.
  private static let patienceSeconds = 2.0

  /// The book at `places`, by the clock of the machine.
  package init(_ places: Places) { self.init(places) { wallMilliseconds() } }

  /// The same by another clock, which tells milliseconds since 1970.
  package init(_ places: Places, now: @escaping @Sendable () -> Int) { (self.places, self.now) = (places, now) }

  /// What is given to somebody: the token, of which no trace is kept, and what is written down.
  package struct Given: Equatable, Sendable {
    package var token: String
    package var entry: InvitationList.Entry
  }

  /// Gives an invitation for so many seconds and uses; `account` is the learner's where the guest comes to.
  package func give(
    name: String = "", role: Watcher.Role, hears: Bool = false, seconds: Int, uses: Int = 1, account: String? = nil
  ) throws(Failure) -> Given {
    var generator = SystemRandomNumberGenerator()
    var (token, time) = (InvitationToken.random(using: &generator), now())
    token.account = account.flatMap { InvitationToken.isAccount($0) ? $0 : nil }
    guard let hash = token.hashed() else { throw Failure(.io, Messages.noHash) }
    let seconds = min(max(seconds, 1), InvitationList.longestSeconds)
    let uses = min(max(uses, 1), InvitationList.mostUses)
    let entry = InvitationList.Entry(
      id: token.id, name: InvitationList.Entry.named(name, role), role: role, hears: hears, hash: hash, uses: uses,
      usesLeft: uses, givenAtMilliseconds: time, expiresAtMilliseconds: time + seconds * 1_000)
    try change { (list: inout InvitationList) throws(Failure) in
      guard list.add(entry) else { throw Failure(.usage, Messages.tooManyInvitations) }
    }
    return Given(token: token.text, entry: entry)
  }

  /// Those that have not expired, in the order in which they were given.
  package func list() throws(Failure) -> [InvitationList.Entry] {
    var list = try read()
    list.sweep(at: now())
    return list.entries
  }

  /// Takes back the invitation called `id`, or all of them where it is nil; what was taken back.
  package func revoke(_ id: String?) throws(Failure) -> [InvitationList.Entry] {
    var gone: [InvitationList.Entry] = []
    try change { (list: inout InvitationList) throws(Failure) in
      gone = list.remove(id)
      if let id, gone.isEmpty { throw Failure(.noInput, Messages.noInvitation(id)) }
    }
    return gone
  }

  /// Lets who holds `token` in, once: a wrong secret, an unknown invitation and a damaged book take as long and are all nil.
  ///
  /// Takes some milliseconds, and up to two seconds where others change the book at the time.
  package func redeem(_ token: String) -> Invitation? {
    guard let token = InvitationToken(token) else { return nil }
    var known: InvitationList.Entry?
    do throws(Failure) { known = try read().entries.first { $0.id == token.id } } catch {
      Log.warning("invitations cannot be read", ["reason": error.sentence])
    }
    // One hash whatever was found; nothing is locked or written for who does not know the secret.
    guard token.fits(known?.hash ?? InvitationToken.nobody), let known else { return nil }
    var used: InvitationList.Entry?
    do throws(Failure) {
      try change { (list: inout InvitationList) throws(Failure) in
        used = list.use(token.id, hash: known.hash, at: now())
      }
    } catch {
      // A use that cannot be written down could be used again.
      Log.warning("an invitation cannot be used", ["reason": error.sentence])
      return nil
    }
    return used.map {
      Invitation(
        id: $0.id, name: $0.name, role: $0.role, hears: $0.hears,
        seconds: Double($0.expiresAtMilliseconds - now()) / 1_000)
    }
  }

  // MARK: The file

  /// The file as it is; none given where there is none.
  func read() throws(Failure) -> InvitationList {
    let path = places.invitations
    var status = stat()
    if stat(path, &status) == 0, status.st_uid != geteuid() || status.st_mode & 0o022 != 0 {
      throw Failure(.noPermission, Messages.invitationsOfOthers(path))
    }
    let text: String
    do throws(PlaceError) { text = try readText(path: path, limit: Limits.textBytes) } catch {
      if error.isMissing { return InvitationList() }
      if case .notUTF8 = error.cause { throw Failure(.badData, Messages.damagedInvitations(path)) }
      throw Failure(error)
    }
    do throws(InvitationList.Problem) { return try InvitationList.read(text) } catch {
      throw Failure(
        .badData, error == .newer ? Messages.newerInvitations(path) : Messages.damagedInvitations(path))
    }
  }

  /// Reads, lets `body` change what was read, sweeps what expired, and writes it: all under the lock.
  private func change(_ body: (inout InvitationList) throws(Failure) -> Void) throws(Failure) {
    do throws(PlaceError) { try makeFolder(places.data) } catch { throw Failure(error) }
    let folder = open(places.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(PlaceError(operation: "open", path: places.data, cause: .system(errno))) }
    defer { close(folder) }
    let end = rostrum_monotonic_nanoseconds() + Int64(Self.patienceSeconds * 1e9)
    while !rostrum_lock_file(folder) {
      guard rostrum_monotonic_nanoseconds() < end else { throw Failure(.io, Messages.invitationsBusy) }
      rostrum_sleep_nanoseconds(5_000_000)
    }
    var list = try read()
    let before = list
    list.sweep(at: now())
    try body(&list)
    guard list != before else { return }
    do throws(PlaceError) { try writeText(list.text + "\n", path: places.invitations) } catch { throw Failure(error) }
  }
}

/// The invitations that stand, for who asks again and again: a session sends away who came by one that was taken back.
package struct StandingInvitations: Sendable {
  private let book: Invitations
  private let path: String
  private var seen: Mark??
  private var stood: Set<String> = []

  /// What tells one state of the file from another without reading it.
  private struct Mark: Equatable, Sendable {
    var file: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int
  }

  /// Those at `places`, as they stand now.
  package init(_ places: Places) {
    (book, path) = (Invitations(places), places.invitations)
    _ = gone()
  }

  /// Takes note of one that was just used: it may be given, used and taken back between two looks.
  package mutating func used(_ id: String) { stood.insert(id) }

  /// The ids of those that stood at the last call and do not any more: taken back, or expired. What `Hub.revoke` is to be
  /// told. Where nothing changed it costs one stat.
  package mutating func gone() -> Set<String> {
    guard let standing = changed() else { return [] }
    defer { stood = standing }
    return stood.subtracting(standing)
  }

  /// The ids of those that stand, used up or not; nil where nothing changed since the last call (which costs one stat), and
  /// where the file cannot be read: then nobody new is let in, and nobody is sent away.
  mutating func changed() -> Set<String>? {
    var status = stat()
    let mark =
      stat(path, &status) == 0
      ? Mark(
        file: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
        nanoseconds: status.st_mtim.tv_nsec) : nil
    if let seen, seen == mark { return nil }
    seen = .some(mark)
    return (try? book.list()).map { Set($0.map(\.id)) }
  }
}
