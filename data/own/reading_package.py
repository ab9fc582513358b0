"""Data packages: a zip with a ``datapackage.json`` and the CSV files that it names."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from data.own import limits
from data.own.reading_dialect import written
from data.own.reading_text import read_text
from data.own.sheets import Sheet, shown
from data.own.zipped import member_bytes, refused

_NAME = "datapackage.json"
_HASHES = frozenset({"md5", "sha1", "sha256", "sha512"})
_WANTED = f"a {_NAME} with a list of resources, and the CSV files that they name"


def read_package(archive: zipfile.ZipFile, file: str) -> list[Sheet]:
    """Every table of a data package; its own schema is not used, the Atlas's is.

    Args:
        archive: The zip file, opened and within the limits.
        file: Its name, for problems.

    Raises:
        UnreadableError: There is no descriptor or not exactly one, or it names what is not there.
    """
    members = {n for n in archive.namelist() if not n.endswith("/")}
    found = [n for n in members if PurePosixPath(n).name == _NAME and n.count("/") <= 1]
    if len(found) != 1:
        what = f"{len(found)} of them" if found else f"a zip file without a {_NAME}"
        action = f"Zip the {_NAME} with its CSV files, or upload the CSV files one by one."
        raise refused(file, "", what, f"exactly one {_NAME}", action)
    folder = found[0].removesuffix(_NAME)
    resources = _resources(member_bytes(archive, found[0], file), file)
    if len(resources) > limits.SHEETS:
        what, expected = f"{len(resources)} tables", f"at most {limits.SHEETS}"
        raise refused(file, "", what, expected, "Leave out what is not needed.")
    return [_table(archive, members, folder, r, file) for r in resources]


def _resources(data: bytes, file: str) -> list[dict[str, Any]]:
    action = "Mend the descriptor, or upload the CSV files one by one."
    try:
        descriptor = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        what = f"a descriptor that is not JSON in UTF-8 ({type(error).__name__})"
        raise refused(file, _NAME, what, _WANTED, action) from error
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    is_list = isinstance(resources, list) and resources
    if not is_list or not all(isinstance(r, dict) for r in resources):  # type: ignore[union-attr]
        raise refused(file, _NAME, "a descriptor without resources", _WANTED, action)
    listed: list[dict[str, Any]] = resources  # type: ignore[assignment]
    return listed


def _table(
    archive: zipfile.ZipFile,
    members: set[str],
    folder: str,
    resource: dict[str, Any],
    file: str,
) -> Sheet:
    name, path = str(resource.get("name", ""))[:60], resource.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str) or f"{folder}{path}" not in members:
        # Also addresses and paths that lead elsewhere: nothing but the zip is ever read.
        action = "Put the file into the zip, and name it as it is called there."
        raise refused(file, name, f"the path {shown(path)}", "a file within the zip", action)
    if not path.lower().endswith((".csv", ".tsv", ".txt")):
        raise refused(file, name, f"the file {shown(path)}", "a CSV file", "Save it as CSV.")
    data = member_bytes(archive, f"{folder}{path}", file)
    way = written(resource, file, name or path)
    sheet = read_text(data, file, name or path, name or PurePosixPath(path).stem, way)
    if _is_another(resource, data):
        note = (
            f"{path} is not the file that the descriptor tells by its size or hash: it was changed "
            "since, or damaged. It was read as it is."
        )
        sheet = replace(sheet, notes=(*sheet.notes, note))
    return sheet


def _is_another(resource: dict[str, Any], data: bytes) -> bool:
    """Whether a file differs from what its descriptor says of its size or its hash."""
    size, said = resource.get("bytes"), resource.get("hash")
    if isinstance(size, int) and size != len(data):
        return True
    if not isinstance(said, str) or not said:
        return False
    method, _, digest = said.rpartition(":")
    method = (method or "md5").lower().replace("-", "")
    if method not in _HASHES:
        return False
    made = hashlib.new(method, data, usedforsecurity=False).hexdigest()
    return made != digest.strip().lower()
