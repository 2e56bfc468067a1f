import Audience
import Practice
import Terminal
import Testing

@testable import Coach

/// What lines say of the wall itself: each thing once, when it changes.
@Suite struct SpokenWallTests {
  private var desk: Desk {
    var desk = Desk(room: .wall)
    desk.wall = Wall(cues: ["slower"])
    return desk
  }

  @Test func `that nobody shares is said once, and who is selected each time it changes`() {
    var (spoken, desk) = (SpokenWall(), desk)
    #expect(spoken.lines(about: desk) == [Messages.nobodyShares])
    #expect(spoken.lines(about: desk) == [])
    _ = desk.wall?.meet([WallBench.door("ada"), WallBench.door("ben")])
    #expect(spoken.lines(about: desk) == ["selected: ada"])
    _ = desk.press(.tab)
    #expect(spoken.lines(about: desk) == ["selected: ben"])
    #expect(spoken.lines(about: desk) == [])
  }

  @Test func `that nobody shares is said once it was looked`() {
    var (spoken, desk) = (SpokenWall(), desk)
    desk.wall?.hasLooked = false
    #expect(spoken.lines(about: desk) == [])
    desk.wall?.hasLooked = true
    #expect(spoken.lines(about: desk) == [Messages.nobodyShares])
  }

  @Test func `what a key opens is said, and what it could not do`() {
    var (spoken, desk) = (SpokenWall(), desk)
    _ = desk.wall?.meet([WallBench.door("ada")])
    desk.wall?.take(WallBench.welcome("ada"), of: "ada/k3f9x7qa")
    desk.wall?.take(.events(Rehearsed.events(seconds: 80), first: 1), of: "ada/k3f9x7qa")
    _ = spoken.lines(about: desk)
    _ = desk.press(.enter)
    #expect(spoken.lines(about: desk) == ["looking at ada alone"])
    _ = desk.press(.character("n"))
    #expect(spoken.lines(about: desk) == ["Note to ada at 1:20:"])
    _ = desk.press(.character("x"))
    #expect(spoken.lines(about: desk) == [])
    _ = desk.press(.escape)
    _ = desk.press(.escape)
    #expect(spoken.lines(about: desk) == [Messages.onTheWall])
    _ = desk.press(.character("5"))
    #expect(spoken.lines(about: desk) == [Messages.noCue(5)])
    _ = desk.press(.character("?"))
    let listed = spoken.lines(about: desk)
    #expect(listed.contains { $0.hasPrefix("w: ") } && listed.contains("1: cue: slower"))
    #expect(listed.last == Messages.helpLeft)
  }

  @Test func `who was left, taken off and brought back is said`() {
    var (spoken, desk) = (SpokenWall(), desk)
    _ = desk.wall?.meet([WallBench.door("ada")])
    desk.wall?.take(.asked, of: "ada/k3f9x7qa")
    _ = spoken.lines(about: desk)
    let left = "You left ada. a asks again."
    let said = "xxu".map { key in
      _ = desk.press(.character(key))
      return spoken.lines(about: desk)
    }
    #expect(
      said == [
        [left], [Messages.allTakenOff(1), Messages.takenOff("ada")], ["selected: ada", left, Messages.broughtBack(1)],
      ])
  }

  @Test func `who has sent something is not told that the line is closed`() {
    var (spoken, desk) = (SpokenWall(), desk)
    _ = desk.wall?.meet([WallBench.door("ada")])
    desk.wall?.take(WallBench.welcome("ada"), of: "ada/k3f9x7qa")
    for key in "nhm" { _ = desk.press(.character(key)) }
    _ = spoken.lines(about: desk)
    _ = desk.press(.enter)
    #expect(spoken.lines(about: desk) == [])
    _ = desk.press(.character("n"))
    _ = spoken.lines(about: desk)
    _ = desk.press(.escape)
    #expect(spoken.lines(about: desk) == [Messages.onTheWall])
  }
}
