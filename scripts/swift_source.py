"""Reads Swift sources well enough for the checks in this folder, without a compiler."""

import os
import re

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?"
    r"import[ \t]+(?:(?:typealias|struct|class|enum|protocol|let|var|func)[ \t]+)?(\w+)",
    re.MULTILINE,
)


def files(folder):
    """The Swift files under a folder, sorted."""
    found = []
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(path, name) for name in names if name.endswith(".swift")]
    return sorted(found)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def blanked(text, literals=True):
    """The text with comments blanked, and the insides of string literals too unless they are to be kept.

    Offsets and lines stay; what is interpolated into a literal counts as its inside.
    """
    out = list(text)

    def blank(start, end):
        for index in range(start, min(end, len(text))):
            if out[index] != "\n":
                out[index] = " "

    index = 0
    while index < len(text):
        if text.startswith("//", index):
            end = text.find("\n", index)
            end = len(text) if end < 0 else end
            blank(index, end)
        elif text.startswith("/*", index):
            end = _comment(text, index)
            blank(index, end)
        elif opening := _OPENING.match(text, index):
            end = _literal(text, opening)
            if literals:
                blank(opening.end(), end - len(opening.group(0)))
        else:
            end = index + 1
        index = end
    return "".join(out)


def closing(text, start):
    """The offset after the bracket that closes the one at `start`; of blanked text."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] in "([{":
            depth += 1
        elif text[index] in ")]}":
            depth -= 1
            if depth == 0:
                return index + 1
    return len(text)


_OPENING = re.compile(r'(#*)("""|")')


def _comment(text, index):
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(text, index):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _literal(text, opening):
    """The offset after a string literal, interpolations and the literals in them passed over."""
    hashes, quote = opening.groups()
    end, escape = quote + hashes, "\\" + hashes
    index = opening.end()
    while index < len(text):
        if text.startswith(escape + "(", index):
            index = _interpolation(text, index + len(escape))
        elif text.startswith(escape, index):
            index += len(escape) + 1
        elif text.startswith(end, index):
            return index + len(end)
        elif quote == '"' and text[index] == "\n":
            return index
        else:
            index += 1
    return len(text)


def _interpolation(text, index):
    depth = 0
    while index < len(text):
        if opening := _OPENING.match(text, index):
            index = _literal(text, opening)
            continue
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        index += 1
        if depth == 0:
            break
    return index
