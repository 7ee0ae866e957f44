import Faces
import Solutions
import Testing

/// What is advised is done by taking it into a shell as it is.
@Suite("Advice")
struct RemedyTests {
  @Test("A place is one word of a shell, whatever it is called")
  func places() {
    #expect(
      Remedies.spelled(.finishCopy(from: "a.strata", to: "my copy.strata"))
        == "strata environment copy a.strata 'my copy.strata' goes on with it, "
        + "strata environment drop 'my copy.strata' takes it away"
    )
    #expect(
      Remedies.spelled(.otherPlace(than: "postgres://host/db?schema=it's"))
        .hasSuffix(#"strata environment drop 'postgres://host/db?schema=it'\''s'"#)
    )
  }
}
