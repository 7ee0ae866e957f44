import Faces
import Solutions
import TestSupport
import Testing

@testable import Service

/// What comes from browsers, and who is let in.
@Suite("Requests")
struct FormTests {
  @Test("Fields of forms are read as browsers spell them")
  func fields() {
    let form = Form("a=1&a=2&b=x+y%2B%26%3D&c&=d&%zz=1&variable%3Afab_x=%C3%BC")
    #expect(form.all("a") == ["1", "2"])
    #expect(form["a"] == "2")
    #expect(form["b"] == "x y+&=")
    #expect(form["c"] == nil)
    #expect(form.all(beginning: "variable:") == ["fab_x": "ü"])
  }

  @Test("An address and what is read from it are the same text")
  func addresses() {
    for text in ["Attribute:t.c", "a b&c=d", "ü/?#%", "…\u{202E}"] {
      #expect(Form("of=\(text.escapedForAddress)")["of"] == text)
    }
  }

  @Test("A token lets in whoever it belongs to; a session ends when it is ended")
  func tokens() throws {
    let anna = User(name: "anna", role: .viewer)
    let access = Access([(anna, Access.Token("secret"))])
    #expect(access.user(showing: "secret") == anna)
    #expect(access.user(showing: "Secret") == nil && access.user(showing: "") == nil)
    #expect(access.user(showing: String(repeating: "x", count: 100_000)) == nil)
    let sessions = Sessions()
    let key = sessions.begin(anna)
    #expect(key.utf8.count == 64 && sessions.find(key)?.user == anna)
    #expect(sessions.find(String(key.reversed())) == nil)
    sessions.end(key)
    #expect(sessions.find(key) == nil)
    #expect(Role.allCases.sorted() == [.viewer, .planner, .importer, .owner])
  }
}
