import Audience
import NIOCore
import NIOPosix
import Support
import Synchronization

/// A socket at which somebody answers as a test has it: each who comes is sent bytes, whatever they say.
final class ScriptedLearner: Sendable {
  /// Who comes gets these bytes, by their place in the order of coming; and whether the line is then cut.
  typealias Script = @Sendable (Int) -> (bytes: [UInt8], isCut: Bool)

  let door: Door
  private let channel: any Channel
  private let state = Mutex((visitors: 0, lines: [String]()))

  /// Listens in `folder` for the session `session`; one that does not read leaves what comes in the socket.
  init(in folder: String, session: String = "s1", learner: String, reads: Bool = true, _ script: @escaping Script)
    throws
  {
    let path = folder + "/" + session + ".sock"
    door = Door(path: path, learner: learner, session: session)
    let box = Box()
    channel = try ServerBootstrap(group: AudienceLoop.loop)
      .childChannelOption(ChannelOptions.autoRead, value: reads)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Visitor(box.learner.withLock { $0 }, script))
        }
      }
      .bind(unixDomainSocketPath: path).wait()
    box.learner.withLock { $0 = self }
  }

  /// Those who came so far, and all lines that they said.
  var visitors: Int { state.withLock { $0.visitors } }
  var lines: [String] { state.withLock { $0.lines } }

  /// Listens no more.
  func close() { try? channel.close().wait() }

  private final class Box: Sendable {
    let learner = Mutex<ScriptedLearner?>(nil)
  }

  private final class Visitor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let learner: ScriptedLearner?
    private let script: Script
    private var said = ""

    init(_ learner: ScriptedLearner?, _ script: @escaping Script) { (self.learner, self.script) = (learner, script) }

    func channelActive(context: ChannelHandlerContext) {
      let number = learner?.state.withLock { state in
        state.visitors += 1
        return state.visitors
      }
      let (bytes, isCut) = script(number ?? 1)
      let channel = context.channel
      channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in if isCut { channel.close(promise: nil) } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      said += String(buffer: unwrapInboundIn(data))
      while let end = said.firstIndex(of: "\n") {
        learner?.state.withLock { [line = String(said[..<end])] in $0.lines.append(line) }
        said.removeSubrange(...end)
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

/// What a watch told.
final class Told: Sendable {
  private let all = Mutex<[Watch.News]>([])

  /// Takes in news.
  var hear: @Sendable (Watch.News) -> Void { { [self] news in all.withLock { $0.append(news) } } }
  /// All of it so far.
  var news: [Watch.News] { all.withLock { $0 } }
  /// All of it in a few letters each.
  var short: [String] { news.map(WatchStreamTests.short) }

  /// Waits until something is told that begins so.
  func has(_ start: String) -> Bool { eventually(everySeconds: 0.001) { short.contains { $0.hasPrefix(start) } } }
  /// Waits for the last word.
  var isOver: Bool {
    eventually(everySeconds: 0.001) {
      short.contains { ["over", "refused", "broken"].contains($0.prefix { $0 != " " && $0 != ":" }) }
    }
  }
}
