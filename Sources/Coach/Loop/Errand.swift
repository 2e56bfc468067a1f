import Audience
import Practice
import Sound

/// What a background errand brings back.
enum Errand: Sendable {
  case devices([Desk.DeviceLine])
  case history(HistoryState.Page)
  /// What was found for a text; nil for one without any word.
  case found(String, [HistoryState.Hit]?)
  case trend(HistoryState.Trends)
  /// A past session was read, to be shown at a second where one is given.
  case past(PastSession, at: Double?)
  /// The session on the desk was judged anew.
  case judged(PastSession)
  /// Another take of the session's talk was read, or there is none.
  case ghost(PastSession.Ghost?, of: String)
  /// A take is ready to start, or why not.
  case opened(Result<TakeParts, Failure>)
  /// Another device is ready to go on with, or why not; with its recording, or why there is none.
  case changed(Result<Capture, Failure>, recorder: Result<TakeRecorder, Failure>?)
  /// The take is over and closed; the session as it was then read, where it could be, and what stands beside an attempt at
  /// a drill.
  case closed(isSafe: Bool, PastSession?, DrillState.Beside?)
  case notice(String)
  /// What an earlier run left was put right, and the index is whole.
  case swept
  /// The last session was read for the home screen, or there is none to be read.
  case last(Desk.LastSession?)
  /// A conversation can begin: what answers need, and the session it is about where that had to be looked up.
  case conversation(TutorDesk, PastSession?)
  /// A step of the conversation, of the turn it belongs to.
  case step(Int, ConversationStep)
  /// The microphone is open for a turn.
  case listening(Int, Listening)
  /// An ear listens for the learner while the tutor is heard.
  case guarding(Listening, Listening.TurnNumber)
  /// The drills were read, with what is due of them and the plan.
  case drills(DrillsRead)
  /// A drill is looked at, with how it went before.
  case drillCard(DrillState.Card, ghosts: [DrillState.Ghost])
  /// What stands beside a past attempt at a drill was read.
  case drillBeside(DrillState.Beside, session: String)
  /// The drill that fits what a session was found to need; nil where none does.
  case drillOffer(DrillState.Offer?, session: String)
  /// A drill was put on the schedule; when it is due, in words.
  case drillQueued(String, due: String)
  /// A session is shared now, and where; or why not.
  case shared(session: String, Result<SharedWhere, Failure>)
  /// Somebody looks on, has gone, or said something.
  case audience(Hub.News)
  /// A drill that a tutor chose is on the schedule, or why not; told to them, and kept as a comment of theirs.
  case assigned(Watcher, number: Int, Remark.Answer, words: String?)
  /// Turns were put behind their session, or why not.
  case turnsKept(String?)
}
