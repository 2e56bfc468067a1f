import Testing

@testable import Practice

@Suite struct TalkFrameTests {
  @Test func `frames have names of their own and parts that fit a line`() {
    #expect(Set(TalkFrame.names).count == TalkFrame.names.count && TalkFrame.all.count >= 10)
    for frame in TalkFrame.all {
      #expect((3...5).contains(frame.parts.count) && frame.parts.joined(separator: "  ").count <= 60, "\(frame.id)")
    }
    #expect(TalkFrame.named("prep")?.parts.count == 4 && TalkFrame.named(TalkFrame.none) == nil)
  }
}
