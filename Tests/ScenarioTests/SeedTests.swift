import EnvironmentSupport
import TestSupport
import Testing

/// A solution from its first version to a roll-up in the target, and all of it taken back.
@Suite("From development to the target and back")
struct SeedTests {
  private static let app = """
    <AppModule><UniqueName>new_orders</UniqueName><statecode>0</statecode><statuscode>1</statuscode>\
    <AppModuleComponents><AppModuleComponent type="1" schemaName="new_order"/></AppModuleComponents>\
    <LocalizedNames><LocalizedName description="Orders" languagecode="1033"/></LocalizedNames></AppModule>
    """

  private static let step = PackageText.guid("step")

  /// Two tables, form, view, choice, app, site map, web resource, role, assembly and step.
  private static let development = """
    Orders 1.0.0.0 by A unmanaged
    table new_order
    primary new_order.new_name
    column new_order.new_total decimal Total
    column new_order.new_kind picklist 1 2
    column new_order.new_item lookup Item
    table new_item
    primary new_item.new_name
    relationship new_item_order new_order.new_item -> new_item
    choice new_priority 1 2 3
    form main new_order new_name new_total
    view all new_order new_name
    xml AppModuleSiteMaps <AppModuleSiteMap><SiteMapUniqueName>new_orders</SiteMapUniqueName>\
    <SiteMap><Area Id="sales"><Group Id="g"><SubArea Id="s" Entity="new_order"/></Group></Area></SiteMap>\
    <LocalizedNames><LocalizedName description="Orders" languagecode="1033"/></LocalizedNames></AppModuleSiteMap>
    manifest <RootComponent type="62" schemaName="new_orders" behavior="0"/>
    resource new_/order.js text
    role clerk
    assembly Orders.Plugins 1.0.0.0 Orders.Plugins.Check
    xml AppModules \(app)
    manifest <RootComponent type="80" schemaName="new_orders" behavior="0"/>
    xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(step)}" Name="Check">\
    <Stage>40</Stage><PrimaryEntity>new_order</PrimaryEntity>\
    <IsCustomizable>1</IsCustomizable></SdkMessageProcessingStep>
    manifest <RootComponent type="92" id="{\(step)}" behavior="0"/>
    """

  /// The same as a readable file.
  private static let described = """
    solution: {name: Orders, version: 1.0.0.0}
    publisher: {name: contoso, prefix: new, optionValuePrefix: 20000}
    choices: {new_priority: {options: [Low, Middle, High]}}
    webResources: {new_/order.js: scripts/order.js}
    tables:
      new_order:
        primaryName: new_name
        columns:
          new_total: {type: decimal}
          new_kind: {type: choice, options: [Small, Large]}
          new_item: {type: lookup, target: new_item}
        forms: {Order: {tabs: {General: [new_name, new_total]}}}
        views: {All orders: {columns: [new_name, createdon]}}
      new_item: {primaryName: new_name}
    roles: {Clerk: {tables: {new_order: organization, new_item: organization}}}
    siteMaps: {new_orders: {areas: {Sales: {Orders: [new_order, new_item]}}}}
    apps: {new_orders: {displayName: Orders, tables: [new_order, new_item], roles: [Clerk]}}
    pluginAssemblies:
      Orders.Plugins:
        file: bin/Orders.Plugins.dll
        types: {Orders.Plugins.Check: {steps: {Check: {message: Create, table: new_order}}}}

    """

  /// What becomes of it in version 1.1.0.0.
  private static let developed = """
    solution: Orders
    tables:
      new_order:
        columns: {new_amount: {type: decimal, displayName: Amount}}
        forms: {Order: {tabs: {General: [new_name, new_amount]}}}
    remove: [Attribute:new_order.new_total]

    """

  private func workshop() throws -> Workshop {
    let workshop = try Workshop(["orders.zip": Self.development])
    try workshop.write(Self.described, "orders.yaml")
    try workshop.write(Self.developed, "orders11.yaml")
    try workshop.write("new_name,new_total\nO-1,4\nO-2,7.5\nO-3,\n", "orders.csv")
    return workshop
  }

  /// Runs each line, which must end with 0.
  @discardableResult
  private func run(_ workshop: Workshop, _ script: String) throws -> String {
    let result = try workshop("set -e\n" + script)
    #expect(result.status == 0, "\(script)\n\(result)")
    return result.output
  }

  /// The fingerprint that `verify` prints.
  private func state(_ workshop: Workshop, _ environment: String) throws -> String {
    try run(
      workshop,
      "strata verify --rows --json --env \(environment) | grep fingerprint"
    )
  }

  @Test("LC-412, LC-404, LC-410, LC-411 built, exported, staged, patched, rolled up and taken back")
  func seed() throws {
    try tell(
      """
      strata import orders.zip --env dev --publish-changes
      """,
      """
      form=SystemForm:\(PackageText.guid("main"))
      control=$(strata blame $form --json | grep -o 'form/[^"]*control\\[new_total\\]' | head -n 1)
      strata customize set $form --unset "${control%/control*}" --publish-changes
      strata customize remove Attribute:new_order.new_total --allow-destroy all
      strata customize add column new_order.new_amount --type decimal --solution Orders
      """
    )
  }

  @Test("The same, begun from a readable file and developed by another")
  func describedSeed() throws {
    try tell(
      """
      mkdir scripts bin; echo 'alert(1)' > scripts/order.js; echo MZ > bin/Orders.Plugins.dll
      strata customize --from orders.yaml --env dev --publish-changes
      strata customize --from orders.yaml --env dev --publish-changes | grep -q 'Nothing'
      """,
      "strata customize --from orders11.yaml --publish-changes --allow-destroy all"
    )
  }

  /// - Parameters:
  ///   - begin: what makes Orders 1.0.0.0 in the environment `dev`.
  ///   - develop: what makes 1.1.0.0 of it there.
  private func tell(_ begin: String, _ develop: String) throws {
    let workshop = try workshop()
    try run(
      workshop,
      """
      strata init --env dev > /dev/null; strata init --env target > /dev/null
      \(begin)
      strata export Orders v10.zip --managed --env dev
      strata import v10.zip --env target
      strata rows import new_order orders.csv --env target
      """
    )
    let first = try state(workshop, "target")

    // Version 1.1.0.0: a column goes, another comes, the form follows.
    try run(
      workshop,
      """
      export STRATA_ENV=dev
      \(develop)
      strata export Orders v11.zip --managed --version 1.1.0.0
      """
    )
    let plan = try workshop("strata plan v11.zip --env target")
    #expect(plan.status == 3)
    #expect(plan.output.contains("Destroys column new_order.new_total with 2 values."), "\(plan)")

    // Staged, the values go from the old column to the new one.
    try run(
      workshop,
      """
      export STRATA_ENV=target
      strata import v11.zip --action stage
      strata rows migrate new_order --set new_amount=new_total
      strata upgrade apply Orders --allow-destroy Attribute:new_order.new_total
      """
    )
    let rows = "strata rows export new_order - --select new_name,new_amount --env target"
    #expect(
      try run(workshop, rows).split(separator: "\n").sorted() == [
        "O-1,4", "O-2,7.5", "O-3,", "new_name,new_amount",
      ]
    )
    let second = try state(workshop, "target")

    // A patch, exported and imported; then rolled up here and there.
    try run(
      workshop,
      """
      export STRATA_ENV=dev
      strata clone patch Orders --version 1.1.1.0
      patch=$(strata list --json | grep -o 'Orders_Patch_[0-9a-f]*' | head -n 1)
      strata customize add column new_item.new_note --type memo --solution $patch
      strata export $patch patch.zip --managed
      strata import patch.zip --env target
      strata clone solution Orders --version 1.2.0.0
      strata export Orders v12.zip --managed
      strata import v12.zip --env target
      """
    )
    let list = try run(workshop, "strata list --env target")
    let row = try #require(list.split(separator: "\n").last).split(separator: " ")
    #expect(row.starts(with: ["Orders", "1.2.0.0"]) && row.contains("managed"), "\(list)")
    #expect(!list.contains("Patch"))

    // The roll-up and the patch are taken back, then all of it.
    try run(workshop, "strata rollback 6 --allow-destroy all --env target")
    #expect(try state(workshop, "target") == second)
    try run(workshop, "strata rollback 3 --allow-destroy all --env target")
    #expect(try state(workshop, "target") == first)
    let back = "strata rows export new_order - --select new_name,new_total --env target"
    #expect(
      try run(workshop, back).split(separator: "\n").sorted() == [
        "O-1,4", "O-2,7.5", "O-3,", "new_name,new_total",
      ]
    )
  }
}
