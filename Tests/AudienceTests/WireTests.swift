import Audience
import Practice
import Testing

/// What goes over the wire.
struct WireTests {
  @Test(arguments: [(Remark.cue("slower"), Shares.cues), (.note("good", at: 3), .remarks)])
  func `a remark needs what its kind is`(remark: Remark, needs: Shares) { #expect(remark.needs == needs) }

  @Test func `an observer sees meters alone`() { #expect(Watcher.Role.observer.shares == .meters) }
}
