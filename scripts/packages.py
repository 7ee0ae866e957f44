"""Writes small solution packages, for scripts that need many of them."""
import zipfile

COLUMN = ('<attribute PhysicalName="{name}"><Type>nvarchar</Type><LogicalName>{name}</LogicalName>'
          '<IsCustomizable>1</IsCustomizable><MaxLength>{length}</MaxLength></attribute>')
VIEW = ('<savedquery><IsCustomizable>1</IsCustomizable><savedqueryid>{{{id}}}</savedqueryid><fetchxml><fetch>'
        '<entity name="{table}"><attribute name="{column}"/></entity></fetch></fetchxml></savedquery>')

KEY = ('<EntityKey><Name>{name}</Name><LogicalName>{name}</LogicalName><EntityKeyAttributes><AttributeName>{column}'
       '</AttributeName></EntityKeyAttributes><IsCustomizable>1</IsCustomizable></EntityKey>')


def write(path, name, version, tables, shells=(), publisher="A", managed=True, patch_of=None, views=(),
          needs=(), keys=(), parts=(), sections=""):
    """`tables` and `shells`: columns with their lengths by table. A shell is a table that another solution owns.

    `views`: table, GUID and the column shown, of each. `needs`: tables of other solutions, with these. `keys`: table, name and column of alternate keys.
    `parts`: kinds and GUIDs of other components, which `sections` holds as `customizations.xml` has them."""
    roots, entities = [f'<RootComponent type="{kind}" id="{{{guid}}}" behavior="0"/>' for kind, guid in parts], []
    for table, columns in tables.items():
        owned = table not in shells
        roots.append(f'<RootComponent type="1" schemaName="{table}" behavior="{0 if owned else 2}"/>')
        settings = "<OwnershipTypeMask>UserOwned</OwnershipTypeMask><IsCustomizable>1</IsCustomizable>" if owned else ""
        attributes = "".join(COLUMN.format(name=column, length=length) for column, length in columns.items())
        own = "".join(VIEW.format(table=table, id=guid, column=column) for of, guid, column in views if of == table)
        queries = f"<SavedQueries><savedqueries>{own}</savedqueries></SavedQueries>" if own else ""
        own_keys = "".join(KEY.format(name=key, column=column) for of, key, column in keys if of == table)
        own_keys = f"<EntityKeys>{own_keys}</EntityKeys>" if own_keys else ""
        entities.append(
            f'<Entity><Name LocalizedName="{table}">{table}</Name><EntityInfo><entity Name="{table}">'
            f"<attributes>{attributes}</attributes>{own_keys}{settings}</entity></EntityInfo>{queries}</Entity>")
    missing = "".join(
        f'<MissingDependency><Required type="1" schemaName="{table}" displayName="{table}" solution="{of if of == "Active" else of + " (1.0)"}"/>'
        f'<Dependent type="1" schemaName="x" displayName="x"/></MissingDependency>' for table, of in needs)
    parent = f"<ParentSolution><UniqueName>{patch_of}</UniqueName></ParentSolution>" if patch_of else ""
    manifest = (
        f"<ImportExportXml><SolutionManifest><UniqueName>{name}</UniqueName>{parent}<Version>{version}</Version>"
        f"<Managed>{int(managed)}</Managed><Publisher><UniqueName>{publisher}</UniqueName>"
        "<CustomizationPrefix>new</CustomizationPrefix>"
        "<CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix></Publisher>"
        f"<RootComponents>{''.join(roots)}</RootComponents><MissingDependencies>{missing}</MissingDependencies>"
        "</SolutionManifest></ImportExportXml>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in (
                ("customizations.xml", f"<ImportExportXml><Entities>{''.join(entities)}</Entities>{sections}</ImportExportXml>"),
                ("solution.xml", manifest), ("[Content_Types].xml", "<Types></Types>")):
            # A fixed time: the same package has the same bytes.
            archive.writestr(zipfile.ZipInfo(entry, (2000, 1, 1, 0, 0, 0)), text)
    return path
