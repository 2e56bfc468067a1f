import GRDB
import Glibc

/// Why the history could not be read or written.
///
/// Kinds are by cause, so that a caller can choose what to do next; sentences for people are made elsewhere. Neither
/// `detail` nor any other field ever holds words of the learner: SQL arguments are left out.
package struct HistoryError: Error, Equatable, Sendable {
  /// What went wrong, by what can be done about it.
  package enum Kind: Equatable, Sendable {
    /// The database was written by a newer version: it is left alone.
    case newerVersion
    /// The file is damaged, or is no history of ours: nothing in it was changed.
    case corrupt
    /// The file or its folder may not be written to.
    case readOnly
    /// No space is left on the disk.
    case diskFull
    /// Another process held the write lock for too long.
    case busy
    /// A folder or file could not be made or opened.
    case cannotCreate
    /// No session has this id.
    case notFound
    /// A session with this id, or a file of this name, is there already: it is left as it is.
    case exists
    /// Several ids begin like this; at most ten are named.
    case ambiguous([String])
    /// Another process holds this session's lock: the session is alive there.
    case held
    /// Too many events wait to be saved: new ones are refused.
    case queueFull
    /// Anything else the system said.
    case io
  }

  /// What went wrong, by what can be done about it.
  package let kind: Kind
  /// What was being done, for logs: a verb and a noun.
  package let operation: String
  /// The file or folder it was done to.
  package let path: String
  /// What the system said, in its own words.
  package let detail: String

  package init(_ kind: Kind, operation: String, path: String, detail: String = "") {
    self.kind = kind
    self.operation = operation
    self.path = path
    self.detail = detail
  }
}

extension HistoryError {
  /// Reads what a system call left in `errno`.
  init(errno code: CInt, operation: String, path: String) {
    let kind: Kind =
      switch code {
      case ENOSPC, EDQUOT: .diskFull
      case EROFS, EACCES, EPERM: .readOnly
      case ENOENT, ENOTDIR, EISDIR, EEXIST, ELOOP, ENAMETOOLONG: .cannotCreate
      default: .io
      }
    self.init(kind, operation: operation, path: path, detail: String(cString: strerror(code)))
  }

  /// Reads what SQLite said.
  init(_ error: any Error, operation: String, path: String) {
    guard let said = error as? DatabaseError else {
      self.init(.io, operation: operation, path: path, detail: String(describing: error))
      return
    }
    let kind: Kind =
      switch said.extendedResultCode {
      case .SQLITE_IOERR_SHMSIZE: .diskFull
      default:
        switch said.resultCode {
        case .SQLITE_FULL: .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_READONLY: .readOnly
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotCreate
        default: .io
        }
      }
    let code = said.extendedResultCode.rawValue
    self.init(kind, operation: operation, path: path, detail: "\(said.message ?? "") (SQLite \(code))")
  }
}

/// Runs database work and turns whatever it throws into an error that remembers what was being done.
func naming<Value>(
  _ operation: String, _ path: String, _ work: () throws -> Value
) throws(HistoryError) -> Value {
  do {
    return try work()
  } catch let error as HistoryError {
    throw error
  } catch {
    throw HistoryError(error, operation: operation, path: path)
  }
}
