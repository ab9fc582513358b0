"""Zip files, looked at before anything is unpacked: workbooks and data packages are both."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from data.own import limits
from data.own.sheets import OwnProblem, UnreadableError, shown

ZIP_MARK = b"PK\x03\x04"
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")
_KNOWN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_AGAIN = "Save or zip it again, and upload the new file."
_SOUND = "a zip file that can be unpacked"


_ARCHIVES = frozenset({".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar"})
_UNPACK = "Unpack it, and zip the CSV files themselves."


def open_zip(data: bytes, file: str) -> zipfile.ZipFile:
    """Open a zip file after a look at its list of contents.

    Args:
        data: Its bytes.
        file: Its name, for problems.

    Raises:
        UnreadableError: It is broken, encrypted, too large once unpacked, packed suspiciously
            tightly, or has names that point outside.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    # The standard library raises many kinds of error on broken lists of contents.
    except Exception as error:
        found = f"a zip file that is cut off or damaged ({type(error).__name__})"
        raise refused(file, "", found, _SOUND, _AGAIN) from error
    if not members:
        raise refused(file, "", "a zip file with nothing in it", _SOUND, _AGAIN)
    if len(members) > limits.MEMBERS:
        found = f"{len(members):,} parts"
        expected = f"at most {limits.MEMBERS}"
        raise refused(file, "", found, expected, "Leave out what is not needed.")
    total = 0
    for member in members:
        _check(member, file)
        total += member.file_size
    if total > limits.UNZIPPED_MB * limits.MB:
        found = f"{total / limits.MB:,.0f} MB once unzipped"
        expected = f"at most {limits.UNZIPPED_MB} MB"
        raise refused(file, "", found, expected, "Leave out what is not needed, or use CSV.")
    names = [m.filename for m in members]
    if len(set(names)) != len(names):
        raise refused(file, "", "two parts of the same name", "every name once", _AGAIN)
    return archive


def _check(member: zipfile.ZipInfo, file: str) -> None:
    name = member.filename
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    if outside or "\0" in name or stat.S_ISLNK(member.external_attr >> 16):
        found = f"a part that points outside the zip ({shown(name)})"
        expected = "names of files within the zip"
        raise refused(file, "", found, expected, "Zip the files themselves again.")
    if path.suffix.lower() in _ARCHIVES:
        raise refused(file, name, "a zip within the zip", "CSV files", _UNPACK)
    if member.flag_bits & 1:
        raise refused(file, "", "a zip file with a password", _SOUND, "Remove the password.")
    if member.compress_type not in _KNOWN_METHODS:
        found = f"a part ({shown(name)}) packed by method {member.compress_type}"
        raise refused(file, "", found, "an ordinary zip (deflate)", _AGAIN)
    if member.file_size >= limits.MB and member.file_size > limits.RATIO * member.compress_size:
        times = member.file_size / max(1, member.compress_size)
        found = f"a part ({shown(name)}) that grows {times:,.0f} times when unpacked"
        expected = f"at most {limits.RATIO} times"
        raise refused(file, "", found, expected, "Use CSV files that are not zipped.")


def member_bytes(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """Unpack one part, never more of it than the list of contents says.

    Raises:
        UnreadableError: It is damaged, larger than it says, or packed itself.
    """
    size = archive.getinfo(name).file_size
    try:
        with archive.open(name) as part:
            data = part.read(size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        found = f"a part that is damaged ({type(error).__name__})"
        raise refused(file, name, found, _SOUND, _AGAIN) from error
    if len(data) > size:
        raise refused(file, name, "a part larger than the zip says", _SOUND, _AGAIN)
    if data.startswith(_PACKED):
        found = "a zip within the zip"
        raise refused(file, name, found, "CSV files", _UNPACK)
    return data


def refused(file: str, sheet: str, found: str, expected: str, action: str) -> UnreadableError:
    """A reason not to read a file."""
    return UnreadableError(OwnProblem(file, sheet, 0, "", found, expected, action))
