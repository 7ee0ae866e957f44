"""Clients of the platform, unmodified, against the Web API: Microsoft's Python SDK, dataverse-api, and what others send."""
import asyncio
import base64
import concurrent.futures
import enum
import json
import os
import random
import re
import sqlite3
import threading
import time
import urllib.parse
import uuid
import xml.etree.ElementTree

import packages
import requests
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from dataverse_api.dataverse import DataverseClient as OtherClient
from odata_query.grammar import ODataLexer, ODataParser
from odata_query.sql import AstToSqliteSqlVisitor

from support import FIRST, SECOND, UNMANAGED, Service, holds, same, strata
from tls import proxy

ROOT = "/api/data/v9.2/"


class Credential:
    """Whoever has the token of the service."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *_, **__):
        return AccessToken(self.token, 4102444800)


class AsyncCredential:
    """The same for the asyncio flavour."""

    def __init__(self, token):
        self.token = token

    async def get_token(self, *_, **__):
        return AccessToken(self.token, 4102444800)

    async def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass


def refused(status, work):
    """The error of the SDK, with its status."""
    try:
        work()
    except HttpError as error:
        same(error.status_code, status, str(error))
        return error
    raise AssertionError("it was not refused")


def records(tally, client):
    with tally.step("The SDK creates, reads, changes, lists and deletes a row"):
        made = client.records.create("account", {"name": "SDK one", "telephone1": "1"})
        row = client.records.retrieve("account", made, select=["name", "telephone1"])
        same((row["name"], row["telephone1"]), ("SDK one", "1"))
        client.records.update("account", made, {"telephone1": None, "numberofemployees": 7})
        row = client.records.retrieve("account", made)
        same((row["telephone1"], row["numberofemployees"]), (None, 7))
        client.records.delete("account", made)
        same(client.records.retrieve("account", made), None)
    with tally.step("The SDK writes many rows at once, and reads them in pages"):
        ids = client.records.create("account", [{"name": f"SDK many {n}", "numberofemployees": n} for n in range(25)])
        same(len(set(ids)), 25)
        pages = list(client.records.list_pages("account", filter="startswith(name,'SDK many')", select=["name"],
                                               orderby=["numberofemployees desc"], page_size=10))
        same([len(list(page)) for page in pages], [10, 10, 5])
        same([row["name"] for row in pages[0]][:2], ["SDK many 24", "SDK many 23"])
        client.records.update("account", ids, {"description": "same"})
        found = list(client.records.list("account", filter="description eq 'same'", select=["name"]))
        same(len(found), 25)
        client.records.update("account", ids[:2], [{"name": "SDK a"}, {"name": "SDK b"}])
        same(sorted(row["name"] for row in client.records.list("account", filter="name eq 'SDK a' or name eq 'SDK b'")),
             ["SDK a", "SDK b"])
    with tally.step("A row that is not there, or not its own, is told by the SDK as the platform tells it"):
        error = refused(404, lambda: client.records.update("account", str(uuid.uuid4()), {"name": "x"}))
        holds("0x80040217", str(error.details))
        refused(400, lambda: client.records.create("account", {"nothing_like_it": 1}))
        refused(400, lambda: list(client.records.list("account", filter="nothing eq 1")))


def queries(tally, client):
    from PowerPlatform.Dataverse.models.filters import col
    with tally.step("The SDK's query builder filters, sorts, counts and expands"):
        account = client.records.create("account", {"name": "Expanding"})
        contact = client.records.create("contact", {
            "fullname": "Expanded", "parentcustomerid_account@odata.bind": f"/accounts({account})"})
        client.records.update("account", account, {"primarycontactid@odata.bind": f"/contacts({contact})"})
        rows = list(client.query.builder("account").select("name").where(col("name") == "Expanding")
                    .expand("primarycontactid").execute())
        same(rows[0]["primarycontactid"]["fullname"], "Expanded")
        rows = list(client.query.builder("account").select("name")
                    .where((col("numberofemployees") > 3) & (col("numberofemployees") <= 5) & col("name").like("SDK many%"))
                    .order_by("name", descending=True).top(10).execute())
        same([row["name"] for row in rows], ["SDK many 5", "SDK many 4"])
        rows = list(client.query.builder("account").where(col("numberofemployees").in_([3, 4])).execute())
        same(len(rows), 2)
        row = client.records.retrieve("contact", contact, select=["fullname", "_parentcustomerid_value"],
                                      include_annotations="*")
        same(row["_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"], "Expanding")
        same(row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"], "account")


    with tally.step("The SDK's FetchXML pages to the end"):
        rows = list(client.query.fetchxml("""<fetch count="10"><entity name="account"><attribute name="name"/>
            <filter><condition attribute="name" operator="begins-with" value="SDK many"/></filter>
            <order attribute="name"/></entity></fetch>""").execute())
        same(len(rows), 23)
    with tally.step("The SDK's SQL joins, groups and pages"):
        rows = list(client.query.sql("SELECT TOP 2 name, numberofemployees FROM account WHERE name LIKE 'SDK many%' "
                                     "AND numberofemployees > 3 ORDER BY numberofemployees"))
        same([row["numberofemployees"] for row in rows], [4, 5])
        rows = list(client.query.sql("SELECT a.name, COUNT(c.contactid) AS people FROM account a INNER JOIN contact c "
                                     "ON c.parentcustomerid = a.accountid WHERE a.name = 'Expanding' GROUP BY a.name"))
        same((rows[0]["name"], rows[0]["people"]), ("Expanding", 1))
    with tally.step("The SDK deletes many rows in bulk"):
        ids = client.records.create("account", [{"name": "Bulk"} for _ in range(3)])
        job = client.records.delete("account", ids)
        same(len(str(job)), 36)
        same(list(client.records.list("account", filter="name eq 'Bulk'")), [])


def batches(tally, client):
    with tally.step("The SDK's batches and change sets are written all or not at all"):
        batch = client.batch.new()
        with batch.changeset() as changes:
            first = changes.records.create("account", {"name": "Batched"})
            changes.records.create("contact", {"fullname": "Batched", "parentcustomerid_account@odata.bind": first})
        batch.records.list("account", filter="name eq 'Batched'", select=["name"]) \
            if hasattr(batch.records, "list") else batch.tables.get("account")
        result = batch.execute()
        same([part.status_code for part in result.responses][:2], [204, 204], result.responses)
        assert not result.has_errors, result.responses
        same(len(list(client.records.list("contact", filter="parentcustomerid_account/name eq 'Batched'"))), 1)
        batch = client.batch.new()
        with batch.changeset() as changes:
            changes.records.create("account", {"name": "Never"})
            changes.records.update("account", str(uuid.uuid4()), {"name": "x"})
        result = batch.execute(continue_on_error=True)
        assert result.has_errors, result.responses
        same(list(client.records.list("account", filter="name eq 'Never'")), [])


def tables(tally, client):
    with tally.step("The SDK reads tables, columns, relationships and keys"):
        table = client.tables.get("fab_workorder")
        same((table["table_schema_name"], table["entity_set_name"]), ("fab_WorkOrder", "fab_workorders"), table)
        same(client.tables.get("nothing_here"), None)
        names = [table["LogicalName"] for table in client.tables.list(select=["LogicalName", "EntitySetName"])]
        holds("fab_workorder", names)
        holds("account", names)
        columns = client.tables.list_columns("fab_workorder")
        holds("fab_description", [column["LogicalName"] for column in columns])
        typed = client.tables.get_column("fab_workorder", "fab_description", typed=True)
        same((typed["MaxLength"], typed["AttributeType"]), (100, "String"))
        holds("SchemaName", json.dumps(client.tables.list_table_relationships("fab_workorder")))
        same([key.key_attributes for key in client.tables.get_alternate_keys("account")], [])
        relationship = client.tables.get_relationship("fab_workorder_billto")
        assert relationship is not None
    with tally.step("The SDK works with rows of a table that a package brought, labels of its choices too"):
        made = client.records.create("fab_technician", {"fab_name": "Tess"})
        same(client.records.retrieve("fab_technician", made)["fab_name"], "Tess")


def asynchronous(tally, address, token):
    # It reads which certificates to trust when it is imported.
    from PowerPlatform.Dataverse.aio.async_client import AsyncDataverseClient

    async def work():
        async with AsyncDataverseClient(address, AsyncCredential(token)) as client:
            ids = await asyncio.gather(*(client.records.create("account", {"name": f"async {n}"}) for n in range(12)))
            same(len(set(ids)), 12)
            await asyncio.gather(*(client.records.update("account", made, {"telephone1": "1"}) for made in ids))
            rows = await asyncio.gather(*(client.records.retrieve("account", made, select=["telephone1"]) for made in ids))
            same([row["telephone1"] for row in rows], ["1"] * 12)
            await client.records.delete("account", ids[0])
            same(await client.records.retrieve("account", ids[0]), None)

    with tally.step("The SDK's asyncio flavour writes and reads many rows at one time"):
        asyncio.run(work())


class Level(enum.IntEnum):
    Low = 1
    High = 2


KINDS = {
    "test_Title": "string", "test_Notes": "memo", "test_Count": {"type": "int", "min_value": 0, "max_value": 9},
    "test_Price": "decimal", "test_Ratio": "float", "test_Due": "datetime", "test_Done": "bool", "test_Level": Level,
}


def definitions(tally, client):
    """Every method of the SDK about tables, columns, relationships and keys."""
    with tally.step("The SDK makes a table with a column of each kind, and uses it at once"):
        made = client.tables.create("test_Thing", dict(KINDS), primary_column="test_Name", display_name="Thing")
        same((made["table_logical_name"], made["entity_set_name"]), ("test_thing", "test_things"), made)
        row = client.records.create("test_Thing", {
            "test_name": "first", "test_title": "t", "test_notes": "n", "test_count": 3, "test_price": 1.5, "test_ratio": 0.25,
            "test_due": "2026-02-03", "test_done": True, "test_level": "High"})
        found = client.records.retrieve("test_Thing", row, include_annotations="*")
        same((found["test_title"], found["test_count"], found["test_done"], found["test_level"]), ("t", 3, True, 2), found)
        same(found["test_level@OData.Community.Display.V1.FormattedValue"], "High", found)
        refused(400, lambda: client.records.create("test_Thing", {"test_count": 10}))
        names = {column["LogicalName"] for column in client.tables.list_columns("test_Thing", select=["LogicalName"])}
        assert {name.lower() for name in KINDS} <= names, names
        holds("test_thing", [table["LogicalName"] for table in client.tables.list(select=["LogicalName"])])
    with tally.step("The SDK adds columns, changes what they allow, and takes them away"):
        same(client.tables.add_columns("test_Thing", {"test_More": "string", "test_Whole": "int"}), ["test_More", "test_Whole"])
        client.records.create("test_Thing", {"test_name": "more", "test_more": "x" * 200})
        client.tables.update_column("test_Thing", "test_More", {"max_length": 300, "display_name": "Even more"})
        column = client.tables.get_column("test_Thing", "test_More")
        same((column["MaxLength"] if "MaxLength" in column else None, str(column).count("Even more") > 0), (300, True), column)
        client.tables.remove_columns("test_Thing", ["test_More", "test_Whole"])
        same(client.tables.get_column("test_Thing", "test_More"), None)
    with tally.step("The SDK makes an alternate key, upserts by it, and takes it away"):
        key = client.tables.create_alternate_key("test_Thing", "test_ByTitle", ["test_title"])
        keys = client.tables.get_alternate_keys("test_Thing")
        same([(one.schema_name, one.status) for one in keys], [("test_ByTitle", "Active")], keys)
        from PowerPlatform.Dataverse.models.upsert import UpsertItem
        client.records.upsert("test_Thing", [UpsertItem({"test_title": "u"}, {"test_count": 1})])
        client.records.upsert("test_Thing", [UpsertItem({"test_title": "u"}, {"test_count": 2}),
                                             UpsertItem({"test_title": "v"}, {"test_count": 3})])
        same(sorted(row["test_count"] for row in client.records.list("test_Thing", filter="test_title eq 'u' or test_title eq 'v'")),
             [2, 3])
        client.tables.delete_alternate_key("test_Thing", key.metadata_id)
        same(list(client.tables.get_alternate_keys("test_Thing")), [])
    with tally.step("The SDK makes lookups and relationships, binds rows by them, and takes them away"):
        from PowerPlatform.Dataverse.models.labels import Label, LocalizedLabel
        from PowerPlatform.Dataverse.models.relationship import (
            CascadeConfiguration, LookupAttributeMetadata, ManyToManyRelationshipMetadata, OneToManyRelationshipMetadata)
        client.tables.create("test_Part", {"test_Number": "int"}, primary_column="test_Name")
        lookup = client.tables.create_lookup_field("test_Part", "test_ThingId", "test_Thing", display_name="Thing")
        same(client.tables.get_relationship(lookup.relationship_schema_name).relationship_id, lookup.relationship_id)
        thing = client.records.create("test_Thing", {"test_name": "whole"})
        client.records.create("test_Part", {"test_name": "part", "test_ThingId@odata.bind": f"/test_things({thing})"})
        same(len(list(client.records.list("test_Part", filter=f"_test_thingid_value eq {thing}"))), 1)
        label = Label([LocalizedLabel("Owner account", 1033)])
        other = client.tables.create_one_to_many_relationship(
            LookupAttributeMetadata("test_AccountId", label),
            OneToManyRelationshipMetadata("test_account_test_part", "account", "test_part", "accountid",
                                          cascade_configuration=CascadeConfiguration(delete="Cascade")))
        account = client.records.create("account", {"name": "cascading"})
        client.records.create("test_Part", {"test_name": "gone", "test_AccountId@odata.bind": f"/accounts({account})"})
        client.records.delete("account", account)
        same(list(client.records.list("test_Part", filter="test_name eq 'gone'")), [])
        pairs = client.tables.create_many_to_many_relationship(
            ManyToManyRelationshipMetadata("test_things_parts", "test_thing", "test_part"))
        holds("test_things_parts", [one["SchemaName"] for one in client.tables.list_table_relationships("test_Part")])
        for one in (pairs, other, lookup):
            client.tables.delete_relationship(one.relationship_id)
        same(client.tables.get_relationship("test_account_test_part"), None)
        same(client.tables.get_column("test_Part", "test_AccountId"), None)
    with tally.step("The SDK makes and reads tables within a batch, and deletes them"):
        batch = client.batch.new()
        batch.tables.create("test_Batched", {"test_A": "string"})
        batch.tables.add_columns("test_Part", {"test_Later": "string"})
        batch.tables.get("test_Part")
        result = batch.execute()
        assert not result.has_errors, [(part.status_code, part.error_message) for part in result.responses]
        for table in ("test_Batched", "test_Part", "test_Thing"):
            client.tables.delete(table)
            same(client.tables.get(table), None)
    with tally.step("The SDK's tables in a solution are listed by it, and a solution that is not there is told"):
        refused(400, lambda: client.tables.create("test_No", {"test_A": "string"}, solution="NothingLikeIt"))
        same(client.tables.get("test_No"), None)


def missing(tally, client, service):
    with tally.step("What is not built says so with 501, and is counted"):
        refused(501, lambda: client.query.fetchxml(
            '<fetch><entity name="account"><filter><condition attribute="ownerid" operator="eq-useroruserhierarchy"/></filter></entity>'
            '</fetch>').execute())
        asked = service.api("GET", "/unsupported", wanted=200).json
        found = {entry["feature"]: entry for entry in asked["entries"]}
        same(found["the operator eq-useroruserhierarchy in FetchXML"]["count"], 1)
        holds("DataverseSvcPythonClient", found["the operator eq-useroruserhierarchy in FetchXML"]["client"])


def wire(tally, service):
    """What other clients send, word by word."""
    def ask(method, path, body=None, **more):
        return service.ask(method, ROOT + path, body, **more)

    with tally.step("Without a token, or with another, the answer is that of the platform"):
        for token in ("", "wrong"):
            answer = ask("GET", "WhoAmI", token=token)
            same(answer.status, 401)
            holds("authorization_uri=", answer.headers["WWW-Authenticate"])
            same(sorted(answer.json["error"]), ["code", "message"])
    with tally.step("Names of headers keep their case, and each answer has its version"):
        answer = ask("POST", "accounts", {"name": "case"})
        for name in ("OData-EntityId", "Location", "OData-Version", "x-ms-service-request-id"):
            holds(name, [spelled for spelled, _ in answer.headers.items()])
        same((answer.status, answer.body), (204, b""))
    with tally.step("All versions are served, percent signs are resolved, and links are those of the client"):
        for version in ("v9.0", "v9.1", "v9.2"):
            who = service.ask("GET", f"/api/data/{version}/WhoAmI").json
            same(len(who["UserId"]), 36)
        answer = ask("GET", f"systemusers%28{who['UserId']}%29?%24select=fullname")
        same(answer.json["fullname"], "SYSTEM")
        holds(f"{service.base}/api/data/v9.2/$metadata#systemusers(fullname)/$entity", answer.json["@odata.context"])
        proxied = ask("GET", "accounts?$select=name", headers={"Prefer": "odata.maxpagesize=1",
                                                               "X-Forwarded-Proto": "https"}).json
        assert proxied["@odata.nextLink"].startswith(f"https://{service.host}:{service.port}/api/data/v9.2/accounts?"), proxied
        same(service.ask("GET", "/api/data/v8.0/accounts").status, 404)
    with tally.step("The service document, $metadata and functions are there"):
        holds("fab_workorders", [entry["url"] for entry in ask("GET", "").json["value"]])
        metadata = ask("GET", "$metadata", headers={"Accept": "application/xml"})
        same(metadata.status, 200)
        holds('<EntityType Name="fab_workorder"', metadata.text)
        holds('<Function Name="WhoAmI">', metadata.text)
        same(ask("GET", "RetrieveVersion()").json["Version"].split(".")[0], "9")
        same(ask("GET", "RetrieveAvailableLanguages()").json["LocaleIds"], [1033])
        counts = ask("GET", 'RetrieveTotalRecordCount(EntityNames=@p1)?@p1=["systemuser"]').json
        same(counts["EntityRecordCountCollection"]["Values"], [1])
    with tally.step("SOAP is told at once that nobody listens"):
        answer = service.ask("POST", "/XRMServices/2011/Organization.svc/web", b"<x/>")
        same((answer.status, list(answer.json)), (404, ["error"]))


def other(tally, service):
    """dataverse-api, which takes a session with the token in it."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {service.token}"
    client = OtherClient(session, service.base)
    with tally.step("dataverse-api finds out about a table what it wants to know"):
        entity = client.entity("account")
        same((entity.entity_set_name, entity.primary_id_attr), ("accounts", "accountid"))
        assert entity.supports_create_multiple and entity.supports_update_multiple
        same(client.get_language_codes() if hasattr(client, "get_language_codes") else [1033], [1033])
    with tally.step("dataverse-api writes one by one, many at once and in batches, and reads it all"):
        for mode in ("individual", "multiple", "batch"):
            entity.create([{"name": f"other {mode} {n}"} for n in range(3)], mode=mode)
        found = entity.read(select=["name"], filter="startswith(name,'other')", order_by="name")
        same([row["name"] for row in found], [f"other {mode} {n}" for mode in ("batch", "individual", "multiple")
                                              for n in range(3)])
        paged = entity.read(select=["name"], filter="startswith(name,'other')", page_size=2)
        same(len(paged), 9)
        entity.delete(filter="startswith(name,'other')", mode="batch")
        same(entity.read(filter="startswith(name,'other')"), [])
    with tally.step("dataverse-api reads definitions of tables and relationships as strictly as it does"):
        assert client.get_entity_definition("fab_workorder") is not None
        assert client.get_relationship_definition("fab_workorder_billto") is not None
    with tally.step("dataverse-api makes a table in a solution, changes it, relates it and takes it away"):
        from dataverse_api.metadata.attributes import (
            BigIntAttributeMetadata, BooleanAttributeMetadata, DateTimeAttributeMetadata, DecimalAttributeMetadata,
            IntegerAttributeMetadata, LookupAttributeMetadata, MemoAttributeMetadata, StringAttributeMetadata)
        from dataverse_api.metadata.entity import define_entity
        from dataverse_api.metadata.enums import OwnershipType
        from dataverse_api.metadata.helpers import Publisher
        from dataverse_api.metadata.relationships import define_relationship
        from dataverse_api.utils.labels import define_label
        said = {"description": define_label("what it is for"), "display_name": define_label("What it is")}
        assert client.create_publisher(Publisher("Other", "otherpublisher", "", "oth", 44444)).ok
        service.ask("POST", ROOT + "solutions", {"uniquename": "OtherSolution", "friendlyname": "Other", "version": "1.0",
                                                 "publisherid@odata.bind": "/publishers(uniquename='otherpublisher')"})
        name = StringAttributeMetadata(schema_name="oth_Name", is_primary_name=True, **said)
        table = define_entity("oth_Thing", [name], display_name="Thing", ownership_type=OwnershipType.USER_OWNED)
        made = client.create_entity(table, solution_name="OtherSolution", return_representation=True)
        same((made.status_code, made.json()["LogicalName"]), (201, "oth_thing"))
        thing = client.entity("oth_thing")
        for kind, more in ((BigIntAttributeMetadata, {}), (BooleanAttributeMetadata, {}), (DateTimeAttributeMetadata, {}),
                           (DecimalAttributeMetadata, {"min_value": 0, "max_value": 5}), (MemoAttributeMetadata, {}),
                           (IntegerAttributeMetadata, {"min_value": 0, "max_value": 5})):
            word = kind.__name__.replace("AttributeMetadata", "")
            assert thing.add_attribute(kind(schema_name=f"oth_{word}", **said, **more), solution_name="OtherSolution").ok
        thing.create([{"oth_name": "one", "oth_integer": 3, "oth_bigint": 2 ** 40, "oth_boolean": True}])
        same(thing.read(select=["oth_bigint"])[0]["oth_bigint"], 2 ** 40)
        definition = client.get_entity_definition("oth_thing")
        definition.display_name.localized_labels[0].label = "Another name"
        assert client.update_entity(definition, solution_name="OtherSolution", preserve_localized_labels=True).ok
        same(client.get_entity_definition("oth_thing").display_name.localized_labels[0].label, "Another name")
        lookup = LookupAttributeMetadata(schema_name="oth_AccountId", **said)
        assert client.create_relationship(define_relationship("oth_account_thing", "oth_thing", "account", lookup)).ok
        same(client.get_relationship_definition("oth_account_thing").schema_name, "oth_account_thing")
        assert thing.remove_attribute(logical_name="oth_memo").ok
        assert client.delete_entity("oth_thing").ok
        same(service.ask("GET", ROOT + "EntityDefinitions(LogicalName='oth_thing')").status, 404)


FILTERS = [
    "{0} eq 'b'", "{0} ne 'b'", "not ({0} eq 'b')", "{0} gt 'b'", "{0} le 'c'", "contains({0}, 'b')",
    "startswith({0}, 'a')", "endswith({0}, 'c')", "not contains({0}, 'b')", "{1} eq 3", "{1} ne 3", "{1} lt 3", "{1} ge 3",
    "{1} eq null", "{1} ne null", "not ({1} eq null)", "{1} in (1, 3, 5)", "not ({1} in (1, 3))", "{1} gt -1",
    "{1} gt 1 and {1} lt 4", "{1} lt 2 or {1} gt 4", "({1} eq 1 or {1} eq 2) and {0} ne 'b'",
    "{1} eq 1 or {1} eq 2 and {0} ne 'b'", "not ({1} eq 1 and {0} eq 'a')", "not ({1} eq 1 or {0} eq 'c')",
    "{0} eq 'it''s'", "{0} in ('a', 'abc')", "3 gt {1}", "'b' eq {0}",
]


def agreement(tally, service):
    """The same rows as an independent translator finds, for whatever it reads."""
    rows = [(name, number) for name in ("a", "b", "c", "abc", "bc", "it's", None) for number in (1, 2, 3, 5, None)]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE contact (jobtitle TEXT, telephone1 TEXT, numberofemployees INT)")
    database.execute("CREATE TABLE account (name TEXT, numberofemployees INT)")
    database.executemany("INSERT INTO account VALUES (?, ?)", rows)
    service.ask("POST", f"{ROOT}accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                {"Targets": [{"name": name, "numberofemployees": number, "description": "agree"}
                             for name, number in rows]})
    for text in FILTERS:
        wanted = text.format("name", "numberofemployees")
        with tally.step(f"$filter={wanted} finds what odata-query finds"):
            tree = ODataParser().parse(ODataLexer().tokenize(wanted))
            condition = AstToSqliteSqlVisitor().visit(tree)
            theirs = database.execute(f"SELECT name, numberofemployees FROM account WHERE {condition}").fetchall()
            answer = service.ask("GET", f"{ROOT}accounts?$select=name,numberofemployees&$filter=" + requests.utils.quote(
                f"description eq 'agree' and ({wanted})"))
            same(answer.status, 200, answer.text)
            ours = [(row["name"], row["numberofemployees"]) for row in answer.json["value"]]
            key = lambda row: (row[0] or "", row[1] or 0)
            same(sorted(ours, key=key), sorted(theirs, key=key))


ROW = "00000000-0000-4000-8000-000000000001"
BATCH = """--b\r
Content-Type: multipart/mixed; boundary=c\r
\r
--c\r
Content-Type: application/http\r
Content-ID: 1\r
\r
POST accounts HTTP/1.1\r
\r
{"name":"q"}\r
--c--\r
--b\r
Content-Type: application/http\r
\r
GET accounts?$top=1 HTTP/1.1\r
\r
\r
--b--\r
"""
SEEDS = [
    ("GET", f"accounts({ROW})?$select=name&$expand=primarycontactid($select=fullname;$expand=contact_customer_contacts($top=2))", ""),
    ("GET", "accounts?$filter=contains(name,'a') and (numberofemployees gt 3 or not (name eq null))&$orderby=name desc&$top=5", ""),
    ("GET", "accounts?$filter=contact_customer_accounts/any(o:o/fullname eq 'x' and o/parentcustomerid_account/name ne 'y')", ""),
    ("GET", "accounts?$apply=filter(name ne 'x')/groupby((statecode),aggregate(numberofemployees with sum as s,$count as n))", ""),
    ("GET", "contacts?fetchXml=<fetch count='2'><entity name='contact'><filter type='or'><condition attribute='fullname' "
            "operator='like' value='%a%'/></filter><link-entity name='account' from='accountid' to='parentcustomerid' "
            "alias='a'/></entity></fetch>", ""),
    ("GET", "accounts?sql=SELECT TOP 5 a.name, COUNT(*) AS n FROM account a WHERE a.name LIKE 'x%' GROUP BY a.name", ""),
    ("GET", "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='name')?$select=MaxLength", ""),
    ("GET", "solutions?$filter=uniquename eq 'x'&$expand=publisherid", ""),
    ("POST", "accounts", '{"name":"x","numberofemployees":3,"contact_customer_accounts":[{"fullname":"y"}]}'),
    ("PATCH", f"accounts({ROW})", '{"name":"x","primarycontactid@odata.bind":null}'),
    ("POST", "ImportSolution", '{"CustomizationFile":"UEsDBA==","OverwriteUnmanagedCustomizations":false,"PublishWorkflows":false}'),
    ("POST", "$batch", BATCH),
    ("GET", f"RetrieveDependentComponents(ObjectId={ROW},ComponentType=1)", ""),
    ("GET", f"msdyn_solutioncomponentsummaries?$filter=(msdyn_solutionid eq {ROW}) and ((msdyn_componenttype eq 1))", ""),
    ("GET", f"accounts?savedQuery={ROW}", ""),
    ("GET", "accounts?fetchXml=<fetch><entity name='account'><filter><link-entity name='contact' from='parentcustomerid' "
            "to='accountid' link-type='not any'><filter><condition attribute='fullname' operator='null'/></filter></link-entity>"
            "</filter></entity></fetch>", ""),
    ("POST", "EntityDefinitions(LogicalName='account')/Attributes",
     '{"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","SchemaName":"new_Damaged","MaxLength":10}'),
    ("PUT", "EntityDefinitions(LogicalName='account')",
     '{"DisplayName":{"LocalizedLabels":[{"Label":"x","LanguageCode":1033}]},"IsAuditEnabled":{"Value":true}}'),
    ("POST", "RelationshipDefinitions",
     '{"SchemaName":"new_damaged","ReferencedEntity":"account","ReferencingEntity":"contact","Lookup":{"SchemaName":"new_D"}}'),
    ("POST", "GlobalOptionSetDefinitions", '{"Name":"new_damaged","Options":[{"Value":1,"Label":{"LocalizedLabels":[]}}]}'),
    ("POST", "InsertOptionValue", '{"OptionSetName":"new_damaged","Label":{"LocalizedLabels":[{"Label":"a"}]}}'),
    ("POST", "AddSolutionComponent", f'{{"ComponentId":"{ROW}","ComponentType":1,"SolutionUniqueName":"x"}}'),
    ("POST", "solutions", '{"uniquename":"x","publisherid@odata.bind":"/publishers(uniquename=\'x\')"}'),
]


def damaged(text, chance):
    letters = list(text)
    for _ in range(chance.randint(0, 3)):
        if not letters:
            break
        place = chance.randrange(len(letters))
        what = chance.randrange(5)
        if what == 0:
            del letters[place]
        elif what == 1:
            letters[place] = chr(chance.choice([chance.randrange(32, 127), 0, 0x7F, 0xE9, 0x1F600, 0x301]))
        elif what == 2:
            letters.insert(place, chance.choice("'\"()/$@&=;,{}[]%+ *-"))
        elif what == 3:
            other = chance.randrange(len(letters))
            letters[place:place] = letters[other:other + chance.randrange(1, 9)]
        else:
            letters = letters[:place]
    return "".join(letters)


def hostile(tally, service):
    with tally.step("Requests that are damaged at random are answered or refused, with a body that says why, and never a fault"):
        chance = random.Random(7)
        for _ in range(700):
            method, path, body = chance.choice(SEEDS)
            asked = urllib.parse.quote(damaged(path, chance).encode("utf-8", "surrogatepass"), safe="/?&=$@(),;:'!*%")
            answer = service.ask(method, ROOT + asked, damaged(body, chance).encode() or None,
                                 headers={"Content-Type": "multipart/mixed; boundary=b"} if path == "$batch" else {})
            assert answer.status < 500 or answer.status == 501, (method, asked, answer.text)
            if answer.status >= 400 and not answer.headers["Content-Type"].startswith("multipart/"):
                same(sorted(answer.json["error"]), ["code", "message"])
    with tally.step("What would be code in a database is a value or no name at all"):
        before = service.ask("GET", f"{ROOT}accounts/$count").text
        for text in ("x' OR '1'='1", "x'' OR 1=1 --", "x\") OR (\"1\"=\"1", "'; DROP TABLE data_account; --"):
            quoted = requests.utils.quote(text.replace("'", "''"))
            same(service.ask("GET", f"{ROOT}accounts?$filter=name%20eq%20'{quoted}'").json["value"], [])
            for option in ("$select=", "$orderby=", "$expand=", "$filter="):
                answer = service.ask("GET", f"{ROOT}accounts?{option}{requests.utils.quote(text)}")
                assert answer.status in (400, 501), (option, text, answer.text)
        same(service.ask("GET", f"{ROOT}accounts/$count").text, before)
    with tally.step("Markup in a row leaves as text, and no answer is taken for a page"):
        service.ask("POST", f"{ROOT}accounts", {"accountid": str(uuid.uuid4()), "name": "<script>alert(1)</script>"})
        answer = service.ask("GET", f"{ROOT}accounts?$select=name&$filter=startswith(name,'%3Cscript')")
        same(len(answer.json["value"]), 1)
        assert "<script" not in answer.text, answer.text
        same((answer.headers["X-Content-Type-Options"], answer.headers["Content-Type"].split(";")[0]),
             ("nosniff", "application/json"))


def solutions(tally, folder):
    """What pipelines and Terraform's provider do, word by word."""
    with Service(folder, "solutions", users=True) as service:
        def ask(method, path, body=None, wanted=None, token="owner-token", **more):
            answer = service.ask(method, ROOT + path, body, token=token, **more)
            if wanted is not None:
                same(answer.status, wanted, answer.text)
            return answer

        def content(file):
            with open(file, "rb") as opened:
                return base64.b64encode(opened.read()).decode()

        def finished(operation):
            for _ in range(600):
                row = ask("GET", f"asyncoperations%28{operation}%29", wanted=200).json
                if row["completedon"]:
                    return row
                time.sleep(0.1)
            raise AssertionError("it does not end")

        with tally.step("A package is staged, imported in the background, watched, and there"):
            staged = ask("POST", "StageSolution", {"CustomizationFile": content(FIRST)}, 200).json["StageSolutionResults"]
            same((staged["StageSolutionStatus"], staged["SolutionDetails"]["SolutionUniqueName"]), ("Passed", "FieldService"))
            begun = ask("POST", "ImportSolutionAsync", {
                "PublishWorkflows": True, "OverwriteUnmanagedCustomizations": False, "ComponentParameters": None,
                "SolutionParameters": {"StageSolutionUploadId": staged["StageSolutionUploadId"]}}, 200).json
            done = finished(begun["AsyncOperationId"])
            same((done["statecode"], done["statuscode"], done["operationtype"], done["messagename"]),
                 (3, 30, 54, "ImportSolutionAsync"), done)
            result = service.ask("GET", f"/api/data/v9.0/RetrieveSolutionImportResult(ImportJobId={begun['ImportJobKey']})").json
            same((result["SolutionOperationResult"]["Status"], result["SolutionOperationResult"]["ErrorMessages"]), ("Passed", []))
            row = ask("GET", "solutions?$expand=publisherid&$filter=uniquename eq 'FieldService'".replace(" ", "%20")).json["value"][0]
            same((row["version"], row["ismanaged"], row["publisherid"]["customizationprefix"]), ("1.0.0.0", True, "fab"))
            job = ask("GET", f"importjobs({begun['ImportJobKey']})?$select=progress,completedon,data", wanted=200).json
            same(job["progress"], 100.0)
            log = xml.etree.ElementTree.fromstring(job["data"])
            same((log.get("succeeded"), log.get("status")), ("success", "Imported."))
            manifest = log.find("solutionManifests/solutionManifest")
            same([manifest.findtext(name) for name in ("UniqueName", "Version", "Managed", "Publisher/UniqueName")],
                 ["FieldService", "1.0.0.0", "1", "fabrikam"])
            same(manifest.find("result").get("result"), "success")
            tables = {entity.get("id"): entity.find("result").get("result") for entity in log.findall("entities/entity")}
            same(tables.get("fab_workorder", tables), "success")
            book = ask("GET", f"RetrieveFormattedImportJobResults(ImportJobId={begun['ImportJobKey']})", wanted=200).json
            sheets = xml.etree.ElementTree.fromstring(book["FormattedResults"].encode())
            words = [cell.text for cell in sheets.iter("{urn:schemas-microsoft-com:office:spreadsheet}Data")]
            assert {"FieldService", "1.0.0.0", "fab_workorder", "success"} <= set(words), words[:30]
        with tally.step("An import id that is used twice is refused with its code"):
            answer = ask("POST", "ImportSolution", {"CustomizationFile": content(FIRST), "ImportJobId": begun["ImportJobKey"],
                                                    "OverwriteUnmanagedCustomizations": False, "PublishWorkflows": False}, 400)
            same(answer.json["error"]["code"], "0x80071152")
        with tally.step("Two phases: a holding solution, then its promotion, in the background and not"):
            ask("POST", "ImportSolution", {"CustomizationFile": content(SECOND), "HoldingSolution": True,
                                           "ImportJobId": str(uuid.uuid4()), "OverwriteUnmanagedCustomizations": False,
                                           "PublishWorkflows": False}, 204)
            holds("FieldService_Upgrade", ask("GET", "solutions?$select=uniquename").text)
            promoted = ask("POST", "DeleteAndPromoteAsync", {"UniqueName": "FieldService"}, 200).json
            same(finished(promoted["AsyncOperationId"])["statuscode"], 30)
            versions = [row["version"] for row in ask("GET", "solutions?$filter=uniquename%20eq%20'FieldService'").json["value"]]
            same(versions, ["1.1.0.0"])
        with tally.step("A refusal has the code of the platform, in the background and not"):
            body = {"CustomizationFile": content(FIRST), "OverwriteUnmanagedCustomizations": False, "PublishWorkflows": False}
            answer = ask("POST", "StageAndUpgrade", body, 400)
            same(answer.json["error"]["code"], "0x80048541", answer.text)
            failed = finished(ask("POST", "StageAndUpgradeAsync", body, 200).json["AsyncOperationId"])
            same((failed["statecode"], failed["statuscode"], failed["errorcode"]), (3, 31, 0x80048541 - (1 << 32)), failed)
            jobs = ask("GET", "importjobs?$select=data,startedon&$orderby=startedon%20desc&$top=1").json["value"]
            log = xml.etree.ElementTree.fromstring(jobs[0]["data"])
            result = log.find("solutionManifests/solutionManifest/result")
            same((log.get("succeeded"), result.get("result"), result.get("errorcode")), ("failure", "failure", "0x80048541"))
            same({part.get("processed") for part in log.iter("entity")} | {"false"}, {"false"})
            same(ask("POST", "ImportSolution", {"CustomizationFile": "bm90aGluZw=="}, 400).json["error"]["code"][:6], "0x8004")
            same(ask("POST", "ImportSolution", {"CustomizationFile": "!"}, 400).json["error"]["code"], "0x80048d19")
            same(ask("POST", "ImportSolution", {"Nothing": 1}, 400).json["error"]["code"], "0x80048d19")
        with tally.step("What a refused package needs stands in the log of its import"):
            needs = packages.write(os.path.join(folder, "needs.zip"), "Needs", "1.0.0.0", {"new_n": {}},
                                   needs=[("else_table", "Elsewhere"), ("hand_table", "Active")])
            body = {"CustomizationFile": content(needs), "OverwriteUnmanagedCustomizations": False, "PublishWorkflows": False}
            begun = ask("POST", "ImportSolutionAsync", body, 200).json
            same(finished(begun["AsyncOperationId"])["errorcode"], 0x8004801D - (1 << 32))
            job = ask("GET", f"importjobs({begun['ImportJobKey']})?$select=data", wanted=200).json
            manifest = xml.etree.ElementTree.fromstring(job["data"]).find("solutionManifests/solutionManifest")
            entries = manifest.findall("MissingDependencies/MissingDependency")
            required = [entry.find("Required") for entry in entries]
            same([(end.get("schemaName"), end.get("type"), end.get("solution")) for end in required],
                 [("else_table", "1", "Elsewhere (1.0)"), ("hand_table", "1", "Active")])
            same({entry.find("Dependent").get("type") is None for entry in entries}, {False})
        with tally.step("Layers, members, history and the Active layer are read as tools read them"):
            solution = ask("GET", "solutions?$select=solutionid&$filter=uniquename%20eq%20'FieldService'").json["value"][0]
            members = ask("GET", f"solutioncomponents?$filter=_solutionid_value%20eq%20{solution['solutionid']}"
                                 "&$select=objectid,componenttype").json["value"]
            table = next(member for member in members if member["componenttype"] == 1)
            layers = ask("GET", f"msdyn_componentlayers?$filter=(msdyn_componentid%20eq%20'{table['objectid']}'%20and%20"
                                "msdyn_solutioncomponentname%20eq%20'Entity')", wanted=200).json["value"]
            same(layers[0]["msdyn_solutionname"], "FieldService")
            same(json.loads(layers[0]["msdyn_componentjson"])["LogicalName"], "Entity")
            same(ask("GET", "msdyn_componentlayers").status, 400)
            history = ask("GET", "msdyn_solutionhistories?$filter=msdyn_name%20eq%20'FieldService'&$orderby=msdyn_starttime%20desc").json
            same(history["value"][0]["msdyn_solutionversion"], "1.1.0.0")
        with tally.step("Facts are pulled; cut off at any request and gone on with, they are the same file"):
            out = os.path.join(folder, "facts.json")
            words = ["facts", "pull", "--url", service.base, "--solution", "FieldService", "--out", out, "--quiet",
                     "--at-once", "1", "--token-command", f"echo {service.token}"]

            def told():
                with open(out) as file:
                    facts = json.load(file)
                os.remove(out)
                return {**facts, "at": None}

            strata(*words)
            whole = told()
            same([one for one in whole["components"] if one["key"] and one["layers"] is None], [])
            same([one["schemaName"] for one in whole["environmentVariables"]], ["fab_ReminderLeadDays"])
            # Mappings and permissions of columns are no rows here, and stay without a name.
            same(sorted(one["question"] for one in whole["refused"]),
                 ["between which tables columns are mapped", "which columns are mapped", "which columns profiles open"])
            cuts = 0
            # One at a time first, then fifty in a request.
            for most in [*range(1, 25), *range(25, 1000, 50)]:
                if strata(*words, "--max-requests", str(most), check=False).returncode == 0:
                    break
                cuts += 1
                same(os.path.exists(out), False)
                strata(*words)
                same(told(), whole)
            same(told(), whole)
            assert cuts > 10, cuts
        with tally.step("An unmanaged solution is exported, and a managed one refused"):
            ask("POST", "ImportSolution", {"CustomizationFile": content(UNMANAGED), "OverwriteUnmanagedCustomizations": False,
                                           "PublishWorkflows": True}, wanted=None)
            names = [row["uniquename"] for row in ask("GET", "solutions?$filter=ismanaged%20eq%20false").json["value"]]
            same(ask("POST", "ExportSolution", {"SolutionName": "Default", "Managed": True}, 400).json["error"]["code"], "0x80048048")
            for name in set(names) - {"Default", "Active"}:
                exported = ask("POST", "ExportSolution", {"SolutionName": name, "Managed": True}, 200).json
                same(base64.b64decode(exported["ExportSolutionFile"])[:2], b"PK")
            same(ask("POST", "ExportSolution", {"SolutionName": "FieldService", "Managed": True}).status // 100, 4)
            ask("POST", "PublishAllXml", wanted=204)
        with tally.step("Tables are changed and packages come in while somebody writes rows, one after the other"):
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                running = threading.Event()

                def write():
                    count = 0
                    while not running.is_set():
                        ask("POST", "accounts", {"name": f"row {count}"}, wanted=204)
                        count += 1
                    return count

                def column(number):
                    return ask("POST", "EntityDefinitions(LogicalName='fab_workorder')/Attributes", {
                        "@odata.type": "Microsoft.Dynamics.CRM.IntegerAttributeMetadata", "SchemaName": f"fab_Beside{number}",
                        "DisplayName": {"LocalizedLabels": [{"Label": "Beside", "LanguageCode": 1033}]}})

                rows = pool.submit(write)
                made = [pool.submit(column, number) for number in range(3)]
                same([one.result().status for one in made], [204] * 3)
                ask("POST", "PublishAllXml", wanted=204)
                running.set()
                assert rows.result() > 0
        with tally.step("The page of an export that runs beside leads to no plan: there is none"):
            ask("POST", "solutions", {"uniquename": "Beside", "friendlyname": "Beside", "version": "1.0.0.0",
                                      "publisherid@odata.bind": "/publishers(uniquename='fabrikam')"}, 204)
            begun = ask("POST", "ExportSolutionAsync", {"SolutionName": "Beside", "Managed": True}, 200).json
            finished(begun["AsyncOperationId"])
            jobs = service.api("GET", "/jobs", wanted=200).json["jobs"]
            job = next(job for job in jobs if job.get("message") == "ExportSolutionAsync")
            same(job["state"], "done")
            page = service.ask("GET", f"/jobs/{job['id']}").text
            links = [link for link in re.findall('href="([^"]*)"', page) if link.startswith("/")]
            same([link for link in links if service.ask("GET", link).status != 200], [])
            holds("Done.", page)
        with tally.step("Who may not is refused, and what destroys takes an owner"):
            body = {"CustomizationFile": content(FIRST), "OverwriteUnmanagedCustomizations": False, "PublishWorkflows": False}
            same(ask("POST", "ImportSolution", body, 403, token="planner-token").json["error"]["code"], "0x80040220")
            ask("DELETE", f"solutions({solution['solutionid']})", wanted=403, token="importer-token")
        with tally.step("A managed solution is uninstalled by its row, and its data lies in the trash"):
            for name in names:
                ask("POST", "UninstallSolutionAsync", {"SolutionUniqueName": name})
            answer = ask("DELETE", f"solutions({solution['solutionid']})")
            assert answer.status == 204 or answer.json["error"]["code"].startswith("0x8004"), answer.text
        with tally.step("The environment verifies after all of it"):
            service.stop()
            same(strata("verify", "--env", service.path).returncode, 0)


def run(tally, folder):
    with Service(folder) as service:
        service.install(FIRST)
        with proxy(folder, service.port) as address:
            with DataverseClient(address, Credential(service.token)) as client:
                for part in (records, queries, batches, tables, definitions):
                    part(tally, client)
                missing(tally, client, service)
            asynchronous(tally, address, service.token)
        wire(tally, service)
        other(tally, service)
        agreement(tally, service)
        hostile(tally, service)
    solutions(tally, folder)
