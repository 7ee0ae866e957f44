import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// `strata components` as a user runs it.
@Suite("The command that lists, adds and removes components")
struct ComponentsCommandTests {
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write(
      PackageText("Own 1.0 by A unmanaged\ntable new_o\ncolumn new_o.new_a nvarchar 20 Grade")
        .archive(),
      "own.zip"
    )
    try workshop.write(PackageText("X 1.0 by A\ntable x").archive(), "x.zip")
    try workshop("strata init --env e; strata import own.zip x.zip --quiet --env e")
    try workshop("strata new solution U --publisher A --quiet --env e")
    return workshop
  }

  @Test("LC-110 what is added and removed is shown before and listed after; names are as elsewhere")
  func addAndRemove() throws {
    let workshop = try workshop()
    let plan = try workshop("strata components add U Table:new_o --plan --env e; echo $?")
    #expect(
      plan.output.contains(
        "Listed from now on in U: Entity:new_o (all its parts), Attribute:new_o.new_a"
      )
    )
    #expect(plan.output.hasSuffix("2\n"), "\(plan)")
    #expect(try workshop("strata components U --env e").output == "")
    let done = try workshop("strata components add U new_o --env e")
    #expect(done.output.contains("Done: operation 3"), "\(done)")
    let listed = try workshop("strata components U --env e").output
    #expect(try listed == workshop("strata components list U --env e").output)
    #expect(listed.contains("Entity:new_o") && listed.contains("Attribute:new_o.new_a"))
    #expect(
      try workshop("strata components add U new_o --env e").output.hasSuffix("Nothing to do.\n")
    )
    let whole = try workshop("strata components remove U Grade --env e; echo $?")
    #expect(whole.output.hasSuffix("4\n"), "\(whole)")
    #expect(
      whole.output.contains("strata components add U Entity:new_o --behavior metadata"),
      "\(whole)"
    )
    try workshop("strata components add U new_o --behavior 1 --quiet --env e")
    let removed = try workshop("strata components remove U Grade --json --env e")
    #expect(removed.output.contains("\"action\" : \"remove\""), "\(removed)")
    #expect(try !workshop("strata components U --env e").output.contains("new_a"))
    #expect(try workshop("strata layers Grade --env e").status == 0)
    let history = try workshop("strata history --env e").output
    #expect(history.contains("remove Attribute:new_o.new_a from U"), "\(history)")
  }

  @Test("What cannot be meant is wrong usage, and what cannot be added is refused")
  func refused() throws {
    let workshop = try workshop()
    for (words, status) in [
      ("add U Nothing", 1), ("add U Table:new_o --behavior some", 64), ("add U", 64),
      ("add U Grade --behavior shell", 64), ("add X Table:new_o", 4), ("add U Grade", 4),
      ("remove U Table:new_o", 4), ("add U Table:account", 0), ("remove U Table:account", 0),
    ] {
      let result = try workshop("strata components \(words) --env e")
      #expect(result.status == Int32(status), "\(words): \(result)")
    }
  }
}
