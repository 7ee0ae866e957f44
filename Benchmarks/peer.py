#!/usr/bin/env python3
"""The inventory of customizations.xml with lxml and its C canonicalizer: what a good script would take.

It shares finding and names with Tests/Reference/inventory.py and replaces parsing, canonical form and hashing.
"""
import hashlib
import os
import sys

import lxml.etree as LX

HERE = os.path.dirname(os.path.abspath(__file__))
sys.argv, arguments = [sys.argv[0]], sys.argv[1:]
SOURCE = os.path.join(HERE, "..", "Tests", "Reference", "inventory.py")
with open(SOURCE, encoding="utf-8") as file:
    reference = {"__name__": "reference"}
    exec(compile(file.read().replace("\nmain()\n", "\n"), SOURCE, "exec"), reference)


def canonical(element, left_out, declared=frozenset()):
    # Cut by taking the children out; each element is written once, its parts before it.
    for child in left_out:
        if child.getparent() is not None:
            child.getparent().remove(child)
    return LX.tostring(element, method="c14n", exclusive=True, with_comments=False,
                       with_tail=False).decode()


class Lines(reference["Inventory"]):
    def hash(self, element, wrapper, left_out, name, kind, more_parts):
        parts = sorted(self.parts(element, left_out, name, kind) | more_parts,
                       key=lambda p: p.encode()) if len(self.files) > 3 else []
        body = canonical(element, left_out)
        if wrapper is not None:
            tag = LX.Element(wrapper.tag, dict(wrapper.attrib))
            start = LX.tostring(tag, method="c14n").decode()
            end = f"</{wrapper.tag}>"
            body = start[:-len(end)] + body + end
        digest = hashlib.sha256(body.encode())
        for part in parts:
            content = hashlib.sha256(self.archive.read(part)).digest()
            digest.update(b"\0" + part.encode() + b"\0" + content)
        return digest.hexdigest()


def main():
    import zipfile
    with zipfile.ZipFile(arguments[-1]) as archive:
        parser = LX.XMLParser(remove_blank_text=True, remove_comments=True, remove_pis=True,
                              resolve_entities=False, no_network=True)
        inventory = Lines(archive)
        inventory.customizations(LX.fromstring(archive.read("customizations.xml"), parser))
    text = "".join(line + "\n" for line in sorted(inventory.lines, key=lambda l: l.encode()))
    if "--digest" in arguments:
        print(hashlib.sha256(text.encode()).hexdigest())
    else:
        sys.stdout.write(text)


main()
