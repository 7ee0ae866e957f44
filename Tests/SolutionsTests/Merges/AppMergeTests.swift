import Solutions
import TestSupport
import Testing

/// Model-driven apps (layers.md §8): sets of components and roles.
@Suite("Merge of apps")
struct AppMergeTests {
  @Test(
    "LY-803 properties of the topmost layer, components and roles as sets; LY-802 Removed takes one out"
  )
  func sets() throws {
    let layers: [(Stack.Place, String)] = [
      (
        .base,
        """
        <AppModule><UniqueName>app</UniqueName><FormFactor>1</FormFactor><AppModuleComponents><AppModuleComponent type="1" schemaName="account"/><AppModuleComponent type="60" id="{A}"/></AppModuleComponents><AppModuleRoleMaps><Role id="{r1}"/></AppModuleRoleMaps></AppModule>
        """
      ),
      (
        .other(1),
        """
        <AppModule><UniqueName>app</UniqueName><FormFactor>2</FormFactor><AppModuleComponents><AppModuleComponent type="60" id="a" solutionaction="Removed"/><AppModuleComponent type="1" schemaName="contact" solutionaction="Added"/></AppModuleComponents><AppModuleRoleMaps><Role id="{r1}"/><Role id="{r2}"/></AppModuleRoleMaps></AppModule>
        """
      ),
      (
        .other(2),
        """
        <AppModule><UniqueName>app</UniqueName><AppModuleComponents><AppModuleComponent type="60" id="{B}" solutionaction="Added"/></AppModuleComponents></AppModule>
        """
      ),
    ]
    let stack = try Stack.of(layers.map { ($0, try XMLText.definition($1)) }, type: 80)
    #expect(
      XMLText.spelled(stack.effective(.app).definition) == """
        AppModule
          UniqueName: app
          FormFactor: 2
          AppModuleComponents
            AppModuleComponent schemaName=account type=1
            AppModuleComponent schemaName=contact type=1
            AppModuleComponent id={B} type=60
          AppModuleRoleMaps
            Role id={r1}
            Role id={r2}
        """
    )
  }
}
