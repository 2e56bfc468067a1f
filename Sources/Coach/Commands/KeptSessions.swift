import Glibc
import History

/// What has been kept, as commands open it and find in it what they were given.
enum KeptSessions {
  /// Opens the history; what an earlier run left open is closed first where that can be written.
  static func history() throws(Failure) -> History {
    let places = try Surroundings.gather().places
    do throws(HistoryError) {
      let history = try History(reading: places.data)
      // What cannot be closed now (a full disk, a folder that cannot be written to) is listed as it is.
      if try history.sessions(limit: Limits.listedSessions).contains(where: { $0.state == .live }),
        let writable = try? History(folder: places.data),
        let closed = try? Archive.closeAbandoned(in: writable, takes: places.takes)
      {
        for sentence in closed { Printed.complain(sentence) }
      }
      return history
    } catch { throw Failure(error) }
  }

  /// The session meant by `reference`; the complaint names it.
  static func find(_ reference: String, in history: History) throws(Failure) -> SessionRow {
    do throws(HistoryError) { return try history.find(reference) } catch {
      switch error.kind {
      case .notFound:
        throw Failure(.noInput, reference == "last" ? Messages.noSessions : Messages.noSession(reference))
      case .ambiguous(let ids): throw Failure(.usage, Messages.severalSessions(reference, ids))
      default: throw Failure(error)
      }
    }
  }
}
