import Solutions
import TestSupport
import Testing

/// In which order the packages of one plan come in (docs/decisions/058).
@Suite("Sets of packages")
struct PackageOrderTests {
  private func plan(
    _ texts: [String],
    on state: InstalledState = InstalledState()
  ) throws -> Plan {
    Plan.importing(try texts.map { try PackageText($0).read() }, on: state)
  }

  private func names(_ plan: Plan) -> [String] { plan.packages.map(\.name.text) }

  private let base = "Base 1.0 by A\ntable one\ntable two"
  private let x = "X 1.0 by A\nshell two\nforeign two.x\nneeds Entity one from Base"
  private let y = "Y 1.0 by A\nshell one\nforeign one.y\nneeds Entity two from Base"

  @Test("DP-107 who layers a component does not stand for its base, so there is no circle")
  func phantomCircle() throws {
    for order in [[base, x, y], [y, x, base], [x, base, y]] {
      let plan = try plan(order)
      #expect(plan.isApplicable)
      #expect(!plan.findings.contains { $0.code == CircularPackages.kind.code })
      #expect(!plan.findings.contains { $0.code == MissingDependencies.kind.code })
      #expect(names(plan).first == "Base")
    }
    #expect(try plan([base, x, y]).order == nil)
    #expect(try plan([y, x, base]).order == ["Base 1.0", "Y 1.0", "X 1.0"])
  }

  @Test("DP-304 the solution that a need names comes first, then an owner, then one that layers it")
  func providers() throws {
    let other = "Other 1.0 by A\ntable one\nneeds Entity x from X"
    let needing = "X 1.0 by A\ntable x\nneeds Entity one from Base"
    #expect(names(try plan([other, needing, base])) == ["Base", "X", "Other"])
    // Nobody is named who is there: any owner will do, and no circle is told.
    let stranger = "X 1.0 by A\ntable x\nneeds Entity one from Elsewhere"
    #expect(names(try plan([other, stranger, base])) == ["Base", "X", "Other"])
  }

  @Test("DP-107 a circle is told alone, each package with the one that it needs")
  func circle() throws {
    let circle = [
      "K 1.0 by A\ntable k\nneeds Entity l from L", "L 1.0 by A\ntable l\nneeds Entity m from M",
      "M 1.0 by A\ntable m\nneeds Entity k from K",
    ]
    let plan = try plan([base] + circle + [x, "N 1.0 by A\ntable n\nneeds Entity k from K"])
    let told = plan.findings.filter { $0.code == CircularPackages.kind.code }
    #expect(told.map(\.because) == [["K needs L", "L needs M", "M needs K"]])
    #expect(!(told.first?.message.contains("Base") ?? true))
    #expect(!(told.first?.message.contains("N") ?? true))
  }

  @Test("DP-107 two circles are two findings")
  func twoCircles() throws {
    let plan = try plan([
      "K 1.0 by A\ntable k\nneeds Entity l from L", "L 1.0 by A\ntable l\nneeds Entity k from K",
      "M 1.0 by A\ntable m\nneeds Entity n from N", "N 1.0 by A\ntable n\nneeds Entity m from M",
    ])
    #expect(plan.findings.count { $0.code == CircularPackages.kind.code } == 2)
  }

  @Test("A set of an installed stack of which one solution has been upgraded is upgraded as a set")
  func installedStack() throws {
    let state = try installed([base, x, y, "Base 2.0 by A\ntable one\ntable two\ntable three"])
    let next = [
      "Y 2.0 by A\nshell one\nforeign one.y\nshell three\nforeign three.y\nneeds Entity two from Base"
        + "\nneeds Entity four from Base",
      "X 2.0 by A\nshell two\nforeign two.x\nshell four\nforeign four.x\nneeds Entity four from Base"
        + "\nneeds Entity one from Base",
      "Base 3.0 by A\ntable one\ntable two\ntable three\ntable four",
    ]
    let plan = try plan(next, on: state)
    #expect(plan.isApplicable)
    #expect(names(plan) == ["Base", "Y", "X"])
    #expect(!plan.findings.contains { $0.code == MissingDependencies.kind.code })
  }

  @Test("LC-416 of those that drop the same component the upper one goes first")
  func topDown() throws {
    let state = try installed([
      "B 1.0 by A\ntable t\ncolumn t.b", "U 1.0 by C\nshell t\nforeign t.b nvarchar 50",
    ])
    for order in [
      ["U 2.0 by C\ntable u", "B 2.0 by A\ntable t"],
      ["B 2.0 by A\ntable t", "U 2.0 by C\ntable u"],
    ] {
      let plan = try plan(order, on: state)
      #expect(plan.isApplicable)
      #expect(names(plan) == ["U", "B"])
    }
  }

  @Test("A chain given backwards is turned round, and independent packages stay where they are")
  func chain() throws {
    let count = 40
    let chain = (0..<count).map { number in
      "P\(number) 1.0 by A\ntable t\(number)"
        + (number > 0 ? "\nneeds Entity t\(number - 1) from P\(number - 1)" : "")
    }
    let plan = try plan(chain.reversed())
    #expect(names(plan) == (0..<count).map { "P\($0)" })
    let free = ["C 1.0 by A\ntable c", "A 1.0 by A\ntable a", "B 1.0 by A\ntable b"]
    #expect(names(try self.plan(free)) == ["C", "A", "B"])
  }
}
