import EnvironmentSupport
import TestSupport
import Testing

/// Solutions written as readable files, and components made one by one.
@Suite("strata describe and customize add")
struct DescribeCommandTests {
  private static let file = """
    solution: {name: Orders, version: 1.0.0.0}
    publisher: {name: contoso, prefix: new, optionValuePrefix: 20000}
    webResources: {new_/order.js: order.js}
    tables: {new_order: {primaryName: new_name}}

    """

  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write(Self.file, "orders.yaml")
    try workshop.write("alert(1)", "order.js")
    let made = try workshop(
      "strata init --env e && strata customize --from orders.yaml --env e --publish-changes"
    )
    try #require(made.status == 0, "\(made)")
    return workshop
  }

  @Test(
    "strata.description a described file changes nothing here, and makes the same elsewhere"
  )
  func described() throws {
    let workshop = try workshop()
    let result = try workshop(
      """
      set -e
      strata describe Orders --env e --output made/solution.yaml
      cmp order.js made/webResources/new_/order.js
      strata customize --from made/solution.yaml --env e | grep -q Nothing
      strata init --env f
      strata customize --from made/solution.yaml --env f --publish-changes
      strata describe Orders --env f --output again/solution.yaml
      diff -r made again
      strata export Orders --env f
      strata describe Orders_1_0_0_0.zip --output third/solution.yaml
      diff -r made third
      """
    )
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("with 1 file beside it"), "\(result)")
  }

  @Test("What lies there and says something else is replaced only where that is said")
  func there() throws {
    let workshop = try workshop()
    try workshop.write("mine", "solution.yaml")
    let refused = try workshop("strata describe Orders --env e -o solution.yaml")
    #expect(refused.status == 1)
    #expect(try workshop.text("solution.yaml") == "mine")
    #expect(try workshop("strata describe Orders --env e -o solution.yaml --overwrite").status == 0)
    #expect(try workshop.text("solution.yaml").hasPrefix("solution: {name: Orders"))
    // Once more, and nothing stands in the way.
    #expect(try workshop("strata describe Orders --env e -o solution.yaml").status == 0)
    #expect(try workshop("strata describe Nobody --env e").status == 1)
  }

  @Test("One component is made in the words of files, and a word that there is not is refused")
  func added() throws {
    let workshop = try workshop()
    let result = try workshop(
      """
      set -e
      export STRATA_ENV=e
      strata customize add column new_order.new_total --type money --display-name Total --solution Orders
      strata customize add table new_item --set primaryName=new_title --solution Orders
      strata customize add column new_order.new_item --type lookup --set 'target={table: new_item, delete: restrict}' --solution Orders
      strata customize add column new_order.new_total --type money --solution Orders | grep -q Nothing
      strata describe Orders
      """
    )
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("new_total: {type: money, displayName: Total}"), "\(result)")
    #expect(result.output.contains("target: {table: new_item, delete: restrict}"), "\(result)")
    let wrong = try workshop(
      "strata customize add key new_order.new_k --set colums=new_name --solution Orders --env e"
    )
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("“colums” is no word of a key; there are columns, displayName"))
  }
}
