import Solutions
import TestSupport
import Testing

/// Everything that does not merge (layers.md §3.1).
@Suite("The topmost layer wins")
struct TopWinsTests {
  @Test("LY-303 the topmost definition is in effect, whole, with the same hash")
  func top() throws {
    let low = try XMLText.definition("<savedquery><a>1</a><b>1</b></savedquery>")
    let high = try XMLText.definition("<savedquery><a>2</a></savedquery>")
    let stack = try Stack.of([(.base, low), (.other(1), high)], type: 26)
    #expect(stack.effective(.topWins).definition.hash == high.hash)
    #expect(stack.isBaseKnown(.topWins))
  }
}
