"""Put a new set of boundary files in place of the old one, all at once or not at all."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import shapely

from geo.boundaries_io import read_verified
from geo.errors import GeoError

PREFIX = ".geo-refresh-"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give a folder on the same disk as the target, which is removed afterwards.

    Args:
        out: The folder that will be replaced; it need not exist.

    Yields:
        An empty folder beside it.

    Raises:
        GeoError: If nothing can be written there.
    """
    out = out.resolve()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _recover(out)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=out.parent))
    except OSError as error:
        raise GeoError(
            f"Expected to write beside the folder {out.name}, found {error.strerror or error}. Run "
            "the command as a user who may write there, or give another folder with --out."
        ) from error
    try:
        yield folder
    finally:
        # `old` is left only where it could not be put back: it is then the last copy.
        if out.exists() or not (folder / "old").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _recover(out: Path) -> None:
    """Put back the folder that an interrupted refresh had moved aside."""
    for left in [] if out.exists() else sorted(out.parent.glob(f"{PREFIX}*")):
        was, old = left / "was", left / "old"
        if old.is_dir() and was.is_file() and was.read_text(encoding="utf-8") == out.name:
            old.rename(out)
            shutil.rmtree(left, ignore_errors=True)
            return


def prove(
    folder: Path, icbs: Sequence[str], region_of: Mapping[str, str], stems: Sequence[str]
) -> None:
    """Read the new files back as the app will, and check them.

    Args:
        folder: Where they are.
        icbs: The ICB codes expected.
        region_of: Region code by ICB code.
        stems: Pairs in order: the file of the ICBs, then that of the regions, without endings.

    Raises:
        GeoError: If a file is not what its metadata says, or the sets do not fit.
    """
    for icb_stem, region_stem in zip(stems[::2], stems[1::2], strict=True):
        areas, regions = _read(folder, icb_stem), _read(folder, region_stem)
        shapes = areas.geometry.to_numpy()
        sound = (
            areas["icb_code"].tolist() == sorted(icbs)
            and regions["region_code"].tolist() == sorted(set(region_of.values()))
            and bool(shapely.is_valid(shapes).all())
            and shapely.coverage_is_valid(shapes)
            and shapely.coverage_is_valid(regions.geometry.to_numpy())
            and all(
                shapely.equals(
                    shapely.coverage_union_all(
                        shapes[areas["icb_code"].map(region_of).to_numpy() == code]
                    ),
                    region,
                )
                for code, region in zip(regions["region_code"], regions.geometry, strict=True)
            )
        )
        if not sound:
            raise GeoError(
                f"Expected {icb_stem} and {region_stem}, read back, to hold the {len(icbs)} ICBs "
                "as a coverage and their regions, found that they do not. This is a fault of the "
                "command: please report it with the address or file that was given."
            )


def _read(folder: Path, stem: str) -> gpd.GeoDataFrame:
    """Read one new file against its metadata."""
    path = folder / f"{stem}.geojson"
    meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
    read_verified(path, meta["sha256"])
    return gpd.read_file(path)


def swap(new: Path, out: Path) -> None:
    """Replace files of a folder, all at once: the whole folder changes its place with a copy.

    Args:
        new: The new files, in a folder that ``staging`` gave.
        out: The folder that gets them; its other files are kept.

    Raises:
        GeoError: If the folder cannot be replaced; it is then as it was.
    """
    out = out.resolve()
    whole = new.parent / "whole"
    try:
        if out.exists():
            shutil.copytree(out, whole, symlinks=True)
        else:
            whole.mkdir()
        for path in sorted(new.iterdir()):
            shutil.copyfile(path, whole / path.name)
        if not out.exists():
            whole.rename(out)
        elif not _change_places(whole, out, new.parent):
            _file_by_file(new, out, new.parent)
    except OSError as error:
        raise GeoError(
            f"Expected to replace the files in the folder {out.name}, found "
            f"{error.strerror or error}. Run the command as a user who may write there, or give "
            "another folder with --out."
        ) from error


def _change_places(whole: Path, out: Path, folder: Path) -> bool:
    """Put a whole folder in place of another; False where the disk does not allow that."""
    old = folder / "old"
    (folder / "was").write_text(out.name, encoding="utf-8")
    try:
        out.rename(old)
    except OSError as error:
        # A mount of its own, or a folder from a lower layer of a container's disk.
        if error.errno in {errno.EXDEV, errno.EBUSY}:
            return False
        raise
    try:
        whole.rename(out)
    except BaseException:
        old.rename(out)
        raise
    return True


def _file_by_file(new: Path, out: Path, folder: Path) -> None:
    """Replace each file, and put all of them back if one cannot be replaced."""
    before = folder / "before"
    shutil.copytree(out, before, symlinks=True)
    names = sorted(path.name for path in new.iterdir())
    try:
        for name in names:
            shutil.copyfile(new / name, out / f".{name}.new")
        for name in names:
            (out / f".{name}.new").replace(out / name)
    except BaseException:
        for name in names:
            (out / f".{name}.new").unlink(missing_ok=True)
            if (before / name).is_file():
                shutil.copyfile(before / name, out / name)
            else:
                (out / name).unlink(missing_ok=True)
        raise
