import Solutions
import TestSupport
import Testing

/// What packages name and nobody has (DP-307, PL-22).
@Suite("Names of what is nowhere")
struct NowhereTests {
  private func findings(
    _ text: String,
    on state: InstalledState = InstalledState(),
    isStrict: Bool = false
  ) throws -> [Finding] {
    let options = PlanOptions(isStrict: isStrict)
    return Plan.importing(
      [try PackageText("X 1.0 by A\n\(text)").read()],
      on: state,
      options: options
    ).findings
  }

  private func missing(_ text: String) throws -> [String] {
    try findings(text).filter { $0.code == NamesMissing.kind.code }.flatMap(\.because)
  }

  private func step(_ type: String) -> String {
    let id = PackageText.guid("step")
    return """
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep Name="S" SdkMessageProcessingStepId="{\(id)}"><IsCustomizable>1</IsCustomizable><PluginTypeName>\(type)</PluginTypeName></SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(id)}" behavior="0"/>
      """
  }

  @Test("DP-500 a step of a class that nobody brings is told")
  func classes() throws {
    let own = "Plug.A, Plug, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null"
    #expect(try missing(step(own)).contains { $0.contains("plug/plug.a") })
    #expect(try missing("\(step(own))\nassembly Plug 1.0.0.0 Plug.A") == [])
    // The platform has its own.
    #expect(try missing(step("Microsoft.Crm.X, Microsoft.Crm.Plugins, Version=9.0.0.0")) == [])
  }

  @Test("DP-500 a column of a table that nobody brings is told by its table")
  func tables() throws {
    let id = PackageText.guid("profile")
    let permission = """
      xml FieldSecurityProfiles <FieldSecurityProfile name="Q" fieldsecurityprofileid="{\(id)}"><FieldPermissions><FieldPermission><EntityName>new_t</EntityName><AttributeName>new_a</AttributeName></FieldPermission></FieldPermissions></FieldSecurityProfile>
      manifest <RootComponent type="70" id="{\(id)}" behavior="0"/>
      """
    #expect(try missing(permission).contains { $0.contains("Entity new_t") })
    #expect(try missing("\(permission)\ntable new_t\ncolumn new_t.new_a") == [])
    #expect(try missing(permission.replacing("new_t<", with: "account<")) == [])
  }

  // MARK: Values of environment variables

  private func variable(_ kind: Int, default value: String = "") -> String {
    """
    file environmentvariabledefinitions/new_v/environmentvariabledefinition.xml <environmentvariabledefinition schemaname="new_v"><defaultvalue>\(value)</defaultvalue><type>\(100_000_000 + kind)</type></environmentvariabledefinition>
    """
  }

  private func value(_ text: String) -> String {
    """
    file environment_variable_values.json {"EnvironmentVariableValues": [{"EnvironmentVariableDefinition.SchemaName": "new_v", "Value": "\(text)"}]}
    """
  }

  @Test("PF-709 a value of a variable that is nowhere is told, and refused by an environment")
  func withoutVariable() throws {
    let code = ValueWithoutVariable.kind.code
    let loose = try findings(value("x")).filter { $0.code == code }
    #expect(loose.map(\.severity) == [.warning])
    let strict = try findings(value("x"), isStrict: true).filter { $0.code == code }
    #expect(strict.map(\.severity) == [.error])
    #expect(
      try findings("\(variable(0))\n\(value("x"))", isStrict: true).allSatisfy { $0.code != code }
    )
  }

  @Test("LC-604 a package may bring a value of a variable that another solution has brought")
  func ofOthers() throws {
    let base = try installed(["Base 1.0 by A\n\(variable(0))"])
    let package = try PackageText("X 1.0 by A\n\(value("x"))").read()
    let plan = Plan.importing([package], on: base, options: PlanOptions(isStrict: true))
    #expect(plan.isApplicable)
    let id = ComponentID(ComponentKind.environmentVariableDefinition.type, "new_v")
    #expect(base.applying(plan).settings[id] == .value("x"))
  }

  @Test(
    "LC-604 values and defaults that are none of their variable's kind are told",
    arguments: [
      (0, "x", true), (1, "1.5", true), (1, "abc", false), (2, "yes", true), (2, "perhaps", false),
      (3, "[1]", true), (3, "[1", false),
    ]
  )
  func kinds(kind: Int, text: String, fits: Bool) throws {
    let code = ValueUnfit.kind.code
    let carried = try findings("\(variable(kind))\n\(value(text))").map(\.code)
    #expect(carried.contains(code) == !fits)
    let byDefault = try findings(variable(kind, default: text)).map(\.code)
    #expect(byDefault.contains(code) == !fits)
  }
}
