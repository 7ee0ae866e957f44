import EnvironmentSupport
import TestSupport
import Testing

/// What bash offers, asked as it asks: with the words that it cuts a line into, at colons as well.
@Suite("Completion")
struct CompletionTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop([
      "a.zip": "X 1.0 by A\ntable t_a\ncolumn t_a.c nvarchar 100\ncolumn t_a.d nvarchar 100",
      "y.zip": "Y 1.0 by A\ntable u",
    ])
    try workshop(
      """
      touch notes.txt p.json; mkdir folder elsewhere
      strata init --quiet; strata import a.zip --quiet; strata init --env elsewhere/e.strata --quiet
      strata import y.zip --env elsewhere/e.strata --quiet
      """
    )
  }

  /// - Parameter line: up to where somebody presses the key.
  private func offered(_ line: String, in folder: String = ".") throws -> [String] {
    let result = try workshop(
      #"""
      cd \#(folder); COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
      eval "$(strata completion bash)"
      COMP_LINE='\#(line)'; COMP_POINT=${#COMP_LINE}
      cut=${COMP_LINE//:/ : }; COMP_WORDS=($cut); [[ $cut != *" " || $COMP_LINE == *: ]] || COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); word=${COMP_WORDS[COMP_CWORD]}
      __strata_whole strata "${word#:}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    )
    #expect(result.status == 0 && result.errors == "", "\(result)")
    return result.output.split(separator: "\n").map(String.init).sorted()
  }

  @Test(
    "Packages, plans, solutions, components, tables, operations and topics are offered where they are meant",
    arguments: [
      ("strata plan ", ["a.zip", "elsewhere", "folder", "y.zip"]),
      ("strata plan a", ["a.zip"]),
      ("strata show p", ["p.json"]),
      ("strata show-solution ", ["X"]),
      ("strata upgrade apply ", ["X"]),
      ("strata deps ", ["Attribute:", "Entity:"]),
      ("strata deps A", ["Attribute:t_a.c", "Attribute:t_a.d"]),
      ("strata deps Attribute:", ["t_a.c", "t_a.d"]),
      ("strata layers Attribute:t_a.d", ["t_a.d"]),
      ("strata layers t_a.", ["t_a.c", "t_a.d"]),
      ("strata blame t%", []),
      ("strata plan a.zip --why Entity:t", ["t_a"]),
      ("strata publish Attribute:t_a.c Attribute:t_a.", ["t_a.c", "t_a.d"]),
      ("strata rows count ", ["t_a"]),
      ("strata rollback ", ["1"]), ("strata list --as-of ", ["1"]),
      ("strata explain LY-311", ["LY-311"]),
      ("strata show-solution --env elsewhere/e.strata ", ["Y"]),
      ("strata list --env elsewhere/", ["elsewhere/e.strata"]),
    ] as [(String, [String])]
  )
  func offers(line: String, words: [String]) throws { #expect(try offered(line) == words) }

  @Test("What is typed counts, and not what stands behind it")
  func midst() throws {
    let asked = "positional@0 2 1 strata deps E --env elsewhere/e.strata"
    #expect(try workshop("strata ---completion deps -- \(asked)").output == "Entity:u\n")
  }

  @Test("Where no environment is, or one that cannot be read, nothing is offered, said or made")
  func silent() throws {
    #expect(try offered("strata show-solution ", in: "folder").isEmpty)
    #expect(try offered("strata deps ", in: "folder").isEmpty)
    #expect(try workshop("ls -A folder").output == "")
    #expect(try offered("strata deps --env notes.txt ").isEmpty)
    #expect(try offered("strata deps --env folder ").isEmpty)
    #expect(try workshop("wc -c < notes.txt").output == "0\n")
    let before = try workshop("cksum environment.strata*").output
    #expect(!(try offered("strata deps ").isEmpty))
    #expect(try workshop("cksum environment.strata*").output == before)
  }

  @Test("The scripts of the other shells ask for the same", arguments: ["zsh", "fish"])
  func others(shell: String) throws {
    let script = try workshop("strata completion \(shell)").output
    #expect(script.contains("---completion deps -- positional@0"))
    #expect(script.contains("---completion show-solution -- positional@0"))
  }
}
