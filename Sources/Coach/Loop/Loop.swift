import CLinux
import Glibc
import Practice
import Terminal

/// The main thread: one `poll` over terminal, signals and mailboxes, and nothing else that waits.
///
/// What a microphone hands over in periods longer than a frame is drawn as it comes, and wakes the program up once.
/// Where things come faster, the mailbox is left alone after a frame until the next one is due: they pile up there, the
/// latest reading wins, and the program sleeps in between.
enum Loop {
  /// The signals that are received here instead of interrupting; call before any thread is made.
  static func catchSignals() -> Int32 {
    signal(SIGTTOU, SIG_IGN)
    // What would end the program without a word to the terminal is received too, and then passed over.
    let caught = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH, SIGCONT, SIGUSR1, SIGUSR2, SIGALRM]
    return caught.withUnsafeBufferPointer { rostrum_signalfd($0.baseAddress, Int32($0.count)) }
  }

  /// Runs until the stage is done.
  static func run(_ stage: any Act, signals: Int32) {
    let frame = Int64(1_000_000_000 / Limits.framesPerSecond)
    let tick: Int64 = 100_000_000
    // Sound that is about to come takes the tick along, which saves waking up for it alone.
    let lateTick = tick + 2 * frame
    var lastFrame: Int64 = 0
    var lastTick: Int64 = 0
    while !stage.isDone {
      let now = rostrum_monotonic_nanoseconds()
      let isDue = now - lastFrame >= frame
      if now - lastTick >= tick {
        lastTick = now
        stage.tick()
        if stage.face.isOutgrown { resize(stage) }
      }
      if isDue, stage.needsFrame {
        stage.draw()
        if !stage.needsFrame { lastFrame = now }
      }
      if stage.isDone { break }
      wait(
        stage, signals: signals, listens: stage.hearsSeldom || now - lastFrame >= frame,
        untilFrame: lastFrame + frame - now, untilTick: lastTick + (stage.hearsSeldom ? lateTick : tick) - now)
    }
  }

  /// Waits for something to do, until a frame or a tick is due; both in nanoseconds from now.
  private static func wait(
    _ stage: any Act, signals: Int32, listens: Bool, untilFrame: Int64, untilTick: Int64
  ) {
    let face = stage.face
    var polled = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: face.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: face.wantsToWrite ? face.outputDescriptor : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: listens && !face.isCongested ? stage.takeDescriptor : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stage.errandDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    let pause: Int64 = stage.isIdle ? 1_000 : max(untilTick / 1_000_000 + 1, 1)
    let waitsForFrame = untilFrame > 0 && (!listens || stage.needsFrame)
    let timeout = waitsForFrame ? min(pause, untilFrame / 1_000_000 + 1) : pause
    guard poll(&polled, nfds_t(polled.count), Int32(timeout)) > 0 else { return }
    let ready = polled.map { $0.revents != 0 }
    if ready[0] { receive(signals, stage) }
    if ready[1] {
      for key in face.readKeys() { stage.press(key) }
      if stage.suspendRequested { suspend(stage) }
      if let path = stage.fileToEdit { edit(path, stage, signals: signals) }
    }
    if ready[2] { face.flush() }
    if ready[3] { stage.collect() }
    if ready[4] { stage.collectErrands() }
    if face.isGone, !stage.isLeaving {
      if let sentence = face.outputFailure { Printed.complain(sentence) }
      stage.end(face.outputFailure == nil ? .hungUp : .io, reason: .interrupted)
    }
  }

  private static func receive(_ signals: Int32, _ stage: any Act) {
    while true {
      switch rostrum_signalfd_read(signals) {
      case 0: return
      case SIGWINCH: resize(stage)
      case SIGINT: stage.end(.interrupted, reason: .finished)
      case SIGTERM: stage.end(.terminated, reason: .interrupted)
      case SIGQUIT: stage.end(.quit, reason: .interrupted)
      case SIGTSTP: if stage.mayStop { suspend(stage) }
      case SIGCONT:
        stage.face.suspend()
        stage.face.resume()
        stage.redraw()
      case SIGHUP: stage.end(.hungUp, reason: .interrupted)
      default: break
      }
    }
  }

  private static func resize(_ stage: any Act) {
    stage.face.resize()
    stage.redraw()
  }

  private static func edit(_ path: String, _ stage: any Act, signals: Int32) {
    stage.fileToEdit = nil
    stage.face.suspend()
    let problem = Editor.run(Editor.command(Surroundings.processEnvironment()), on: path, signals: signals)
    stage.face.resume()
    stage.edited(path, problem: problem)
    stage.redraw()
  }

  /// Puts the program aside like any job; not where no shell could bring it back, as under `ssh -t host rostrum watch`:
  /// there it is in the process group of the session itself.
  private static func suspend(_ stage: any Act) {
    stage.suspendRequested = false
    guard getpgrp() != getsid(0) else { return }
    stage.face.suspend()
    raise(SIGSTOP)
    stage.face.resume()
    stage.redraw()
  }
}
