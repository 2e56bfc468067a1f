import CLinux
import Glibc
import History
import Practice
import Report
import Sound
import Terminal

/// The errands of the rooms that look back: reading, searching, working out, writing files.
enum ReviewErrands {
  /// A page of the history; after the session `id` where there is one.
  static func list(_ filter: SessionFilter, after id: String?, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    attempt(surroundings) { history throws(HistoryError) in
      var query = filter.query(utcOffset: localOffset())
      query.limit = Limits.listedSessions
      if let id { query.after = try? history.find(id) }
      if let id, query.after?.id == id, case .figure(let name, _) = query.order {
        query.after?.sortedBy = try history.series(figure: name).first { $0.id == id }?.value
      }
      let rows = try history.sessions(query)
      let page = HistoryState.Page(
        filter: filter, lines: rows.map(SessionLine.init), isMore: id != nil,
        isLast: rows.count < Limits.listedSessions, count: id == nil ? try history.count(query) : nil)
      return .history(page)
    }
  }

  /// Moments at which `text` was said, noted or answered.
  static func search(_ text: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    attempt(surroundings) { history throws(HistoryError) in
      let answer = try history.search(text, limit: Limits.searchHits)
      return .found(text, answer.isEmpty ? nil : answer.hits.map(HistoryState.Hit.init))
    }
  }

  /// The trend of a figure, by its place among those that there are.
  static func trend(_ selection: Int, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    attempt(surroundings) { history throws(HistoryError) in
      var trends = HistoryState.Trends()
      trends.figures = try TrendFigures.known(in: history)
      trends.selection = trends.figures.indices.contains(selection) ? selection : 0
      if trends.figures.indices.contains(trends.selection) {
        trends.trend = try TrendFigures.trend(
          of: trends.figures[trends.selection], in: history, utcOffset: localOffset())
      }
      return .trend(trends)
    }
  }

  /// A session, to be shown as its summary or at a second.
  static func open(_ id: String, at seconds: Double?, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(Failure) {
        let history = try reading(surroundings)
        return .past(try PastReader(history, surroundings).open(id), at: seconds)
      } catch { return .notice(error.sentence) }
    }
  }

  /// Works out what takes longer than opening: scores, the next step, and the way to every second.
  static func workOut(_ id: String, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(Failure) {
        var past = try PastReader(try reading(surroundings), surroundings).read(id)
        past.replay.prepare()
        return .judged(past)
      } catch { return .notice(error.sentence) }
    }
  }

  /// Judges a session anew, and puts it into the index; keeps the scores once nobody is at it any more.
  static func judge(_ id: String, keepsScores: Bool, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        var past = try PastReader(history, surroundings).index(
          id, at: wallMilliseconds(), keepsScores: keepsScores)
        past.replay.prepare()
        return .judged(past)
      } catch { return .notice(Messages.sentence(error)) }
    }
  }

  /// The take of the same talk that comes after `other`, the one before `past` first.
  static func ghost(of past: PastSession, after other: String?, _ surroundings: Surroundings) -> @Sendable () -> Errand
  {
    let (id, talk, session) = (past.id, past.session.beginning?.title, past.session)
    return attempt(surroundings) { history throws(HistoryError) in
      guard let talk else { return .ghost(nil, of: id) }
      let takes = try history.sessions(SessionQuery(talk: talk, limit: Limits.ghosts)).filter { $0.id != id }
      let place = other.flatMap { other in takes.firstIndex { $0.id == other } }.map { $0 + 1 } ?? 0
      guard takes.indices.contains(place) else { return .ghost(nil, of: id) }
      let row = takes[place]
      let replay = Replay(try PastReader(history, surroundings).events(of: row.id))
      let isComparable = TakeReview.lost(replay.whole) == nil && TakeReview.lost(session) == nil
      return .ghost(
        PastSession.Ghost(id: row.id, when: row.when, replay: replay, isComparable: isComparable), of: id)
    }
  }

  /// Cuts a piece out, as sound with captions beside it.
  static func cut(_ choice: ClipChoice, of past: PastSession, _ surroundings: Surroundings) -> @Sendable () -> Errand {
    let cutting = Cutting(past.session)
    let cut =
      switch choice {
      case .phrase: cutting.phrase(at: past.seconds)
      case .best: cutting.bestStretch
      case .worst: cutting.worstStumble
      }
    let parts = KeptTake.parts(of: past.id, past.session, in: surroundings.places.takes)
    let session = past.session
    return {
      guard let cut else { return .notice(Messages.nothingToCut(choice)) }
      do throws(Failure) {
        let path = try ClipFiles.write(cut.range, of: session, id: past.id, parts, as: .flac, to: ".")
        return .notice(Messages.clipWritten(path, cut.reason))
      } catch { return .notice(error.sentence) }
    }
  }

  /// Writes the session to a file.
  static func export(
    _ format: ExportFormat, of past: PastSession, _ surroundings: Surroundings
  ) -> @Sendable () -> Errand {
    {
      do throws(Failure) {
        let history = try reading(surroundings)
        let row: SessionRow
        do throws(HistoryError) { row = try history.find(past.id) } catch { throw Failure(error) }
        let bytes = try ReportMaker.bytes(of: past, row, as: format) { () throws(HistoryError) in
          try history.events(of: past.id).map(\.line)
        }
        let path = FreeName.path("rostrum-\(past.id)", format.rawValue)
        do throws(PlaceError) { try writeBytes(bytes, path: path) } catch { throw Failure(error) }
        return .notice(Messages.written(path))
      } catch { return .notice(error.sentence) }
    }
  }

  static func reading(_ surroundings: Surroundings) throws(Failure) -> History {
    do throws(HistoryError) { return try History(reading: surroundings.places.data) } catch { throw Failure(error) }
  }

  private static func attempt(
    _ surroundings: Surroundings, _ body: @escaping @Sendable (History) throws(HistoryError) -> Errand
  ) -> @Sendable () -> Errand {
    {
      do throws(HistoryError) { return try body(History(reading: surroundings.places.data)) } catch {
        return .notice(Messages.sentence(error))
      }
    }
  }
}

extension HistoryState.Hit {
  /// A moment as the search has it.
  init(_ hit: SearchHit) {
    let kinds: [IndexedText.Kind: String] = [
      .transcript: "said", .comment: "note", .note: "event", .turn: "tutor", .title: "title",
    ]
    self.init(
      id: hit.row.id, when: hit.row.when, title: hit.row.title ?? hit.row.source, seconds: hit.seconds,
      kind: kinds[hit.kind] ?? hit.kind.rawValue, snippet: hit.snippet.map { Piece(text: $0.text, isHit: $0.isHit) })
  }
}

extension SessionFilter {
  /// The query of this filter; days are those of a clock `utcOffset` seconds ahead of Greenwich.
  func query(utcOffset: Int) -> SessionQuery {
    let orders: [Order: SessionQuery.Order] = [
      .newest: .newest, .oldest: .oldest, .longest: .longest, .score: .best,
      .fillers: .figure("fillers-per-minute", descending: true),
    ]
    func moment(_ date: CivilDate?, plusDays days: Int = 0) -> Int64? {
      date.map { Int64(($0.secondsSince1970 + Double(days * 86_400 - utcOffset)) * 1_000) }
    }
    return SessionQuery(
      words: words, tags: tags, from: moment(since), to: moment(until, plusDays: 1), minimumScore: leastScore,
      order: orders[order] ?? .newest)
  }
}
