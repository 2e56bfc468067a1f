package import Practice

/// What the rooms that look back ask the stage for.
package enum ReviewOrder: Equatable, Sendable {
  /// Lists sessions by the filter of the desk; more of them, after those there are.
  case list(isMore: Bool)
  case search(String)
  /// Works out the trend of the figure that is selected.
  case trend
  /// Opens a session, at a second where one is given: then the time machine is shown, else its summary.
  case open(String, at: Double?)
  case play(Bool)
  /// Goes to a second; sound follows.
  case seek(Double)
  case speed(Double)
  /// Puts what is said afterwards behind the session.
  case keep(SessionEvent.Kind)
  case clip(ClipChoice)
  case export(ExportFormat)
  /// Puts the next other take of the same talk beside it, or none after the last.
  case ghost
  /// Has the AI tutor judge by the rubric that is selected.
  case askJudge
}

/// What is cut out of a session.
package enum ClipChoice: String, CaseIterable, Sendable { case phrase, best, worst }

/// The files a session can be written to.
package enum ExportFormat: String, CaseIterable, Sendable { case pdf, html, json, csv, md, vtt, srt, svg, png }
