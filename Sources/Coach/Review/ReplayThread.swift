import Sound
import Synchronization

/// The thread that plays a take, and tells what becomes of it.
final class ReplayThread: Sendable {
  /// What it has open.
  private struct Work {
    var take: TakeSound?
    var playback: Playback?
    var problemsTold = 0
    var samples: [Float] = []
    var output: [Float] = []
  }

  /// What is asked for.
  private enum Step {
    case wait
    case open
    case play(number: Int, from: Double)
    case leave
  }

  let tell: @Sendable (ReplayPlayer.News) -> Void
  private let desk: ReplayDesk
  private let parts: [TakePart]
  private let device: String
  private let gains: (volume: Float, balance: Float)

  /// The work of one player; `run` is its thread.
  init(
    desk: ReplayDesk, parts: [TakePart], device: String, gains: (Float, Float),
    tell: @escaping @Sendable (ReplayPlayer.News) -> Void
  ) {
    self.desk = desk
    self.parts = parts
    self.device = device
    self.gains = gains
    self.tell = tell
  }

  /// Plays until the player is closed.
  func run() {
    var work = Work()
    if let silence = desk.state.withLock({ $0.silence }) { tell(.silent(silence)) }
    while true {
      switch nextStep() {
      case .wait: wait(&work)
      case .open: attempt(&work) { (work) throws(ReplayPlayer.Silence) in _ = try open(&work) }
      case .play(let number, let from):
        attempt(&work) { (work) throws(ReplayPlayer.Silence) in
          if desk.state.withLock({ $0.silence }) == nil { try play(&work, number, from: from) }
        }
        if desk.state.withLock({ $0.silence }) != nil { runClock(number) }
      case .leave:
        release(&work)
        return
      }
    }
  }

  private func nextStep() -> Step {
    desk.state.withLock { state in
      if state.isClosed { return .leave }
      if state.isPlaying {
        return .play(number: state.number, from: state.line.position(at: ReplayDesk.now))
      }
      guard state.wantsDevice, state.silence == nil else { return .wait }
      state.wantsDevice = false
      return .open
    }
  }

  /// Does something with sound; where that fails the clock goes on instead.
  private func attempt(
    _ work: inout Work, _ body: (inout Work) throws(ReplayPlayer.Silence) -> Void
  ) {
    do throws(ReplayPlayer.Silence) { try body(&work) } catch {
      // The clock goes on first: closing may take as long as a sound server hangs.
      desk.state.withLock { state in
        (state.silence, state.isSounding) = (error, false)
        if state.isPlaying { state.line.run(at: ReplayDesk.now, speed: state.speed, limit: desk.seconds) }
      }
      tell(.silent(error))
      release(&work)
    }
  }

  /// Lets the clock run to the end of the take, or until something else is asked for.
  private func runClock(_ number: Int) {
    let isOn = desk.state.withLock { state in
      guard state.number == number, state.isPlaying else { return false }
      state.line.run(at: ReplayDesk.now, speed: state.speed, limit: desk.seconds)
      return true
    }
    if isOn { tell(.began) }
    while true {
      let left = desk.state.withLock { state -> Double? in
        guard state.number == number, state.isPlaying, !state.isClosed else { return nil }
        return (desk.seconds - state.line.position(at: ReplayDesk.now)) / state.speed
      }
      guard let left else { return }
      if left <= 0 { return end(number) }
      _ = desk.wait(milliseconds: Int32(min(left * 1_000 + 1, 60_000)))
    }
  }

  /// Ends what was played to its end, unless something else was asked for meanwhile.
  private func end(_ number: Int) {
    let hasEnded = desk.state.withLock { state in
      guard state.number == number, state.isPlaying else { return false }
      state.move(to: desk.seconds)
      (state.isPlaying, state.isSounding) = (false, false)
      return true
    }
    if hasEnded { tell(.ended) }
  }

  private func open(_ work: inout Work) throws(ReplayPlayer.Silence) -> (take: TakeSound, playback: Playback) {
    if work.take == nil {
      do throws(SoundError) { work.take = try TakeSound(parts) } catch { throw .recording(error) }
      tellProblems(&work)
    }
    guard let take = work.take else { throw .notKept }
    if let playback = work.playback { return (take, playback) }
    do throws(SoundError) {
      let playback = try Playback(device: device, rate: take.rate)
      work.playback = playback
      desk.state.withLock { $0.playback = playback }
      return (take, playback)
    } catch { throw .device(error) }
  }

  private func tellProblems(_ work: inout Work) {
    for problem in (work.take?.problems ?? []).dropFirst(work.problemsTold) {
      desk.state.withLock { $0.damage = $0.damage ?? problem }
      tell(.damaged(problem))
    }
    work.problemsTold = work.take?.problems.count ?? 0
  }

  private func release(_ work: inout Work) {
    desk.state.withLock { $0.playback = nil }
    work.playback?.close()
    work.playback = nil
  }

  /// Waits for something to do; without it for long the device is given back.
  private func wait(_ work: inout Work) {
    if work.playback == nil {
      _ = desk.wait(milliseconds: -1)
    } else if !desk.wait(milliseconds: ReplayPlayer.idleMilliseconds) {
      release(&work)
    }
  }

  /// Plays from a second on, to the end or until something else is asked for.
  private func play(_ work: inout Work, _ number: Int, from start: Double) throws(ReplayPlayer.Silence) {
    let (take, playback) = try open(&work)
    playback.resume()
    let mayPlay = desk.state.withLock { state in
      state.isSounding = state.number == number
      return state.isSounding
    }
    guard mayPlay else { return }
    var sound = ReplaySound(of: take, from: start, to: desk.seconds)
    do throws(SoundError) {
      while !sound.isOver {
        guard let speed = desk.state.withLock({ $0.number == number ? $0.speed : nil }) else { return }
        sound.make(speed: speed, &work.samples, into: &work.output)
        tellProblems(&work)
        guard !work.output.isEmpty else { continue }
        guard try write(work.output, of: &sound, to: playback, number) else { return }
      }
      if try playback.drain() { end(number) }
    } catch { throw .device(error) }
  }

  /// Plays a piece, and dates what is heard by then; false if it was stopped.
  private func write(
    _ output: [Float], of sound: inout ReplaySound, to playback: Playback, _ number: Int
  ) throws(SoundError) -> Bool {
    let isFirst = sound.note(output.count)
    let isOn = try playback.write(
      output, rate: sound.rate, volume: gains.volume, balance: gains.balance, goesOn: !sound.isOver)
    guard isOn else { return false }
    if isFirst { tell(.began) }
    let (heard, limit) = sound.heard(delaySeconds: playback.delaySeconds)
    desk.state.withLock { state in
      guard state.number == number else { return }
      state.line.follow(heard.second, at: ReplayDesk.now, speed: heard.speed, limit: limit)
    }
    return true
  }
}
