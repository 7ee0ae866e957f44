#!/usr/bin/env python3
"""The inventory of a package by docs/canonical-form.md, written for obvious correctness.

    inventory.py PACKAGE            kind TAB name TAB hash, sorted
    inventory.py --counts PACKAGE   kind TAB count

It shares nothing with Strata but that page.
"""
import collections
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

BLANK = " \t\r\n"


# --- Exclusive C14N without comments, for documents whose only namespaces are those of prefixed attributes ---

def escaped(text, attribute):
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    if attribute:
        return (text.replace('"', "&quot;").replace("\t", "&#x9;").replace("\n", "&#xA;")
                .replace("\r", "&#xD;"))
    return text.replace(">", "&gt;").replace("\r", "&#xD;")


def split(name):
    return name[1:].split("}", 1) if name.startswith("{") else ("", name)


PREFIXES = {"http://www.w3.org/2001/XMLSchema-instance": "xsi",
            "http://www.w3.org/1999/XSL/Transform": "xsl"}


def canonical(element, left_out, declared=frozenset()):
    uri, local = split(element.tag)
    assert not uri, f"a namespaced element {element.tag}"
    attributes = sorted((split(k), v) for k, v in element.attrib.items())
    used = {u for (u, _), _ in attributes if u} - declared
    out = ["<", local]
    for u in sorted(used, key=lambda u: PREFIXES[u]):
        out.append(f' xmlns:{PREFIXES[u]}="{u}"')
    for (u, name), value in attributes:
        spelled = f"{PREFIXES[u]}:{name}" if u else name
        out.append(f' {spelled}="{escaped(value, True)}"')
    out.append(">")
    inside = declared | used

    def text(piece):
        if piece and (len(element) == 0 or piece.strip(BLANK)):
            out.append(escaped(piece, False))
    text(element.text)
    for child in element:
        if child not in left_out:
            out.append(canonical(child, left_out, inside))
        text(child.tail)
    out.append(f"</{local}>")
    return "".join(out)


# --- Kinds ---

def guid(text):
    digits = re.sub(r"[{}\s]", "", text or "").lower()
    return digits if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", digits) else None


def low(text):
    return text.lower() if text else None


def child(name):
    return lambda e: e.findtext(name) or ""


def att(name):
    return lambda e: e.get(name) or ""


def key_attributes(e):
    named = [(k, v) for k, v in e.attrib.items() if k != "unmodified" and not k.startswith(("{", "json-type"))]
    return ",".join(v for _, v in sorted(named))


def under(key):
    return lambda e, p: f"{p}.{key(e)}" if key(e) else None


def alone(key):
    return lambda e, p: key(e) or None


def either(*keys):
    return lambda e: next((k(e) for k in keys if k(e)), None)


def g(key):
    return lambda e: guid(key(e))


def l(key):
    return lambda e: low(key(e))


def first(key):
    return lambda e: key(e).split(",")[0].rstrip() or None


TABLE = "Entities/Entity"
KINDS = {
    TABLE: ("Entity", alone(l(child("Name")))),
    f"{TABLE}/EntityInfo/entity/attributes/attribute":
        ("Attribute", under(l(either(child("LogicalName"), att("PhysicalName"))))),
    f"{TABLE}/EntityInfo/entity/EntityKeys/EntityKey":
        ("EntityKey", under(l(either(child("LogicalName"), child("Name"))))),
    f"{TABLE}/FormXml/forms/systemform": ("SystemForm", alone(g(child("formid")))),
    f"{TABLE}/SavedQueries/savedqueries/savedquery":
        ("SavedQuery", alone(g(child("savedqueryid")))),
    f"{TABLE}/Visualizations/visualization":
        ("SavedQueryVisualization", alone(g(child("savedqueryvisualizationid")))),
    f"{TABLE}/RibbonDiffXml": ("RibbonDiff", lambda e, p: p),
    f"{TABLE}/HierarchyRules/HierarchyRule":
        ("HierarchyRule", alone(g(either(child("HierarchyRuleID"), att("HierarchyRuleID"))))),
    f"{TABLE}/CustomControlDefaultConfigs/CustomControlDefaultConfig":
        ("CustomControlDefaultConfig",
         lambda e, p: guid(e.findtext("CustomControlDefaultConfigId")) or p),
    f"{TABLE}/Strings/Strings": ("DisplayString", under(att("ResourceKey"))),
    f"{TABLE}/indexes/index": ("Index", under(l(att("Name")))),
    "Roles/Role": ("Role", alone(g(att("id")))),
    "Workflows/Workflow": ("Workflow", alone(g(att("WorkflowId")))),
    "FieldSecurityProfiles/FieldSecurityProfile":
        ("FieldSecurityProfile", alone(g(att("fieldsecurityprofileid")))),
    "FieldSecurityProfiles/FieldSecurityProfile/FieldPermissions/FieldPermission":
        ("FieldPermission",
         under(lambda e: low(f"{e.findtext('EntityName')}.{e.findtext('AttributeName')}"))),
    "ConnectionRoles/ConnectionRoles/ConnectionRole":
        ("ConnectionRole", alone(g(child("connectionroleid")))),
    "ConnectionRoles/ConnectionRoleAssociations/ConnectionRoleAssociation":
        ("connectionroleassociation",
         alone(lambda e: f"{guid(e.findtext('connectionroleid'))}."
                         f"{guid(e.findtext('associatedconnectionroleid'))}")),
    "EntityImageConfigs/EntityImageConfig":
        ("EntityImageConfiguration", alone(l(child("parententitylogicalname")))),
    "AttributeImageConfigs/AttributeImageConfig":
        ("AttributeImageConfiguration",
         alone(lambda e: low(f"{e.findtext('parententitylogicalname')} "
                             f"{e.findtext('attributelogicalname')}"))),
    "RibbonDiffXml": ("RibbonCustomization", lambda e, p: ":RibbonDiffXml"),
    "SiteMap/SiteMap": ("SiteMap", lambda e, p: "default"),
    "AppModuleSiteMaps/AppModuleSiteMap": ("SiteMap", alone(child("SiteMapUniqueName"))),
    "EntityMaps/EntityMap":
        ("EntityMap",
         alone(lambda e: low(f"{e.findtext('EntitySource')}.{e.findtext('EntityTarget')}"))),
    "EntityMaps/EntityMap/AttributeMaps/AttributeMap":
        ("AttributeMap",
         under(lambda e: low(f"{e.findtext('AttributeSource')}.{e.findtext('AttributeTarget')}"))),
    "EntityRelationships/EntityRelationship": ("EntityRelationship", alone(att("Name"))),
    "EnvironmentVariables/Definition":
        ("EnvironmentVariableDefinition",
         alone(either(att("schemaname"), att("SchemaName"), child("SchemaName")))),
    "optionsets/optionset": ("OptionSet", alone(att("Name"))),
    "Reports/Report": ("Report", alone(g(child("reportid")))),
    "Dashboards/Dashboard": ("SystemForm", alone(g(child("FormId")))),
    "InteractionCentricDashboards/InteractionCentricDashboard":
        ("SystemForm", alone(g(child("FormId")))),
    "Dialogs/Dialog": ("SystemForm", alone(g(child("FormId")))),
    "WebResources/WebResource": ("WebResource", alone(child("Name"))),
    "Slas/Sla": ("SLA", alone(g(att("SLAId")))),
    "CustomControls/CustomControl": ("CustomControl", alone(child("Name"))),
    "SolutionPluginAssemblies/PluginAssembly": ("PluginAssembly", alone(first(att("FullName")))),
    "SolutionPluginAssemblies/PluginAssembly/PluginTypes/PluginType":
        ("PluginType", alone(first(att("AssemblyQualifiedName")))),
    "SdkMessageProcessingSteps/SdkMessageProcessingStep":
        ("SdkMessageProcessingStep", alone(g(att("SdkMessageProcessingStepId")))),
    "SdkMessageProcessingSteps/SdkMessageProcessingStep/SdkMessageProcessingStepImages"
    "/SdkMessageProcessingStepImage":
        ("SdkMessageProcessingStepImage", alone(g(child("SdkMessageProcessingStepImageId")))),
    "ServiceEndpoints/ServiceEndpoint": ("ServiceEndpoint", alone(g(att("ServiceEndpointId")))),
    "AppModules/AppModule": ("AppModule", alone(child("UniqueName"))),
    "AppModules/AppModule/appelements/appelement": ("appelement", under(key_attributes)),
    "AppModules/AppModule/appsettings/appsetting": ("appsetting", under(key_attributes)),
    "CanvasApps/CanvasApp": ("CanvasApp", alone(child("Name"))),
    "Connectors/Connector": ("Connector", alone(child("name"))),
    "AIModels/AIModel": ("AIProject", alone(g(child("msdyn_aimodelid")))),
    "AIModels/AIModel/AIConfigurations/AIConfiguration":
        ("AIConfiguration", alone(g(child("msdyn_aiconfigurationid")))),
    "connectionreferences/connectionreference":
        ("connectionreference", alone(att("connectionreferencelogicalname"))),
    "EntityDataSources/EntityDataSource":
        ("EntityDataSource", alone(g(att("EntityDataSourceId")))),
}
for table in ["Email", "Contract", "KBArticle", "MailMerge"]:
    KINDS[f"Templates/{table}Templates/{table.lower()}template"] = (
        f"{table}Template", alone(g(child("templateid"))))

WAYS = {"/".join(path.split("/")[:n]) for path in KINDS for n in range(1, path.count("/") + 1)}


def says_nothing(ribbon):
    rules = ribbon.find("RuleDefinitions")
    places = [ribbon.find(n) for n in ("CustomActions", "CommandDefinitions", "LocLabels")]
    places += list(rules) if rules is not None else []
    places += list(ribbon.iter("RibbonTemplates"))
    return all(place is None or len(place) == 0 for place in places)


# --- Finding ---

class Inventory:
    def __init__(self, archive):
        self.archive = archive
        self.files = {n for n in archive.namelist() if not n.endswith("/")}
        self.lines = []

    def hash(self, element, wrapper, left_out, name, kind, more_parts):
        body = canonical(element, left_out)
        if wrapper is not None:
            start = canonical(ET.Element(wrapper.tag, wrapper.attrib), set())
            end = f"</{wrapper.tag}>"
            body = start[:-len(end)] + body + end
        digest = hashlib.sha256(body.encode())
        for part in sorted(self.parts(element, left_out, name, kind) | more_parts,
                           key=lambda p: p.encode()):
            content = hashlib.sha256(self.archive.read(part)).digest()
            digest.update(b"\0" + part.encode() + b"\0" + content)
        return digest.hexdigest()

    def parts(self, element, left_out, name, kind):
        found = set()

        def walk(e):
            if len(e) == 0 and (e.text or "").startswith("/") and e.text[1:] in self.files:
                found.add(e.text[1:])
            for c in e:
                if c not in left_out:
                    walk(c)
        walk(element)
        if kind == "CustomControl":
            for folder in {p.rsplit("/", 1)[0] + "/" for p in found}:
                found |= {f for f in self.files if f.startswith(folder)}
        if kind == "CanvasApp":
            found |= {f for f in self.files
                      if f.startswith("CanvasApps/") and f.count("/") > 1
                      and name.startswith(f.split("/")[1])}
        return found

    def add(self, kind, element, name, wrapper=None, left_out=frozenset(), parts=frozenset()):
        digest = self.hash(element, wrapper, left_out, name, kind, parts)
        self.lines.append(f"{kind}\t{name}\t{digest}")

    def customizations(self, root):
        for section in root:
            if not self.visit(section, section.tag, None, set(), None):
                continue
            known = section.tag in KINDS or section.tag in WAYS
            tags = {row.tag for row in section}
            if not known and len(tags) == 1 and plural(section.tag, min(tags)) and all(
                    key_attributes(row) for row in section):
                for row in section:
                    self.add(row.tag.lower(), row, key_attributes(row))

    def visit(self, element, path, owner, left_out, parent):
        """Whether something of the element is left that belongs to no component in it."""
        if path in KINDS:
            kind, key = KINDS[path]
            inner = set()
            name = key(element, owner)
            for c in element:
                if not self.visit(c, f"{path}/{c.tag}", name, inner, element):
                    inner.add(c)
            if not (path.endswith("RibbonDiffXml") and says_nothing(element)):
                wrapper = parent if path == f"{TABLE}/FormXml/forms/systemform" else None
                self.add(kind, element, name, wrapper, inner)
            return False
        if path not in WAYS:
            return True
        kept = any((t or "").strip(BLANK) for t in [element.text] + [c.tail for c in element])
        kept = kept or (len(element) == 0 and bool(element.text))
        gone = []
        for c in element:
            if self.visit(c, f"{path}/{c.tag}", owner, left_out, element):
                kept = True
            else:
                gone.append(c)
        left_out.update(gone)
        return kept

    # Component files

    def component_files(self):
        rows = {f for f in self.files if is_component_file(f)}
        folders = {f.rsplit("/", 1)[0] for f in rows}
        names = {}
        for path in sorted(rows, key=lambda f: f.rsplit("/", 1)[0]):
            content = self.archive.read(path)
            here = path.rsplit("/", 1)[0]
            root = from_json(content) if path.endswith(".json") else ET.fromstring(content)
            if root is None:
                continue
            if here == "Assets":
                for row in root:
                    self.add(row.tag.lower(), row, key_attributes(row))
            elif path.endswith("/environmentvariablevalues.json"):
                self.add("EnvironmentVariableValue", root, names.get(here, here.split("/")[-1]))
            else:
                kind = root.tag.lower()
                if kind == "environmentvariabledefinition":
                    kind, name = "EnvironmentVariableDefinition", root.get("schemaname")
                else:
                    outer = names.get("/".join(here.split("/")[:-2]))
                    name = (outer + "." if outer else "") + key_attributes(root)
                names[here] = name
                others = {f for f in self.files
                          if f.startswith(here + "/") and f != path
                          and not f.endswith("/environmentvariablevalues.json")
                          and not any(f.startswith(d + "/") for d in folders
                                      if d.startswith(here + "/"))}
                self.add(kind, root, name, parts=others)


FOLDERS = {"Workflows", "CanvasApps", "WebResources", "Formulas", "PluginAssemblies", "Controls",
           "Connector", "Reports", "AIConfiguration", "StoredProcedures"}


def plural(many, one):
    many, one = many.lower(), one.lower()
    return many in (one + "s", one + "es", one + "set") or (
        one.endswith("y") and many == one[:-1] + "ies")


def is_component_file(path):
    steps = path.split("/")
    if steps[0] == "Assets":
        return len(steps) == 2 and path.endswith("set.xml")
    if steps[0] in FOLDERS or len(steps) < 3 or len(steps) % 2 == 0:
        return False
    if steps[-1] == "environmentvariablevalues.json":
        return True
    stem, dot, kind = steps[-1].rpartition(".")
    return kind in ("xml", "json") and plural(steps[-3], stem)


class Number(str):
    """A number as it is spelled."""


def spelled(value):
    """The one way to write a value: no blanks, names in bytewise order, few escapes."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        special = {'"': '\\"', "\\": "\\\\"}
        return '"%s"' % "".join(
            special.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or c in "\ufffe\uffff" else c)
            for c in value)
    if isinstance(value, list):
        return "[%s]" % ",".join(map(spelled, value))
    if isinstance(value, dict):
        return "{%s}" % ",".join(spelled(k) + ":" + spelled(value[k])
                                 for k in sorted(value, key=str.encode))
    return {None: "null", True: "true", False: "false"}[value]


def from_json(content):
    def is_name(name):
        return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name)

    def scalar(value):
        """Text and type; no type for strings that XML can hold."""
        if isinstance(value, Number):
            return value, "number"
        if value is None:
            return "", "null"
        if isinstance(value, bool):
            return spelled(value), "boolean"
        plain = not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", value)
        return (value, None) if plain else (spelled(value), "string")

    def build(name, value):
        if not is_name(name):
            raise ValueError(name)
        if isinstance(value, list):
            if len(value) > 1 and all(isinstance(v, dict) for v in value):
                return [e for v in value for e in build(name, v)]
            element = ET.Element(name, {"json-type": "array"})
            element.text = spelled(value)
            return [element]
        element = ET.Element(name)
        if isinstance(value, dict):
            for key in sorted(value, key=str.encode):
                if not key.startswith("@"):
                    element.extend(build(key, value[key]))
                    continue
                text, type = scalar(value[key])
                if not is_name(key[1:]) or key.startswith("@json-type"):
                    raise ValueError(key)
                element.set(key[1:], text)
                if type:
                    element.set(f"json-type-{key[1:]}", type)
            if all(key.startswith("@") for key in value):
                element.set("json-type", "object")
        else:
            element.text, type = scalar(value)
            if type:
                element.set("json-type", type)
        return [element]
    document = json.loads(content.decode("utf-8-sig"), parse_int=Number, parse_float=Number)
    if not isinstance(document, dict) or len(document) != 1:
        return None
    (name, row), = document.items()
    try:
        return build(name, row)[0] if isinstance(row, dict) else None
    except (ValueError, TypeError, AttributeError):
        return None


def main():
    with zipfile.ZipFile(sys.argv[-1]) as archive:
        inventory = Inventory(archive)
        inventory.customizations(ET.fromstring(archive.read("customizations.xml")))
        inventory.component_files()
    lines = sorted(inventory.lines, key=lambda line: line.encode())
    if "--counts" in sys.argv:
        counts = collections.Counter(line.split("\t")[0] for line in lines)
        lines = [f"{kind}\t{count}" for kind, count in sorted(counts.items())]
    if "--digest" in sys.argv:
        text = "".join(line + "\n" for line in lines)
        lines = [hashlib.sha256(text.encode()).hexdigest()]
    for line in lines:
        print(line)


main()
