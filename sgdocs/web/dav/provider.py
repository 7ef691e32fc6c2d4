"""The tree in the terms of the protocol: collections and files, all of them read only."""

import re
from typing import Any, BinaryIO

from wsgidav.dav_error import HTTP_NOT_FOUND, DAVError
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider

from sgdocs.documents.packing import Packed
from sgdocs.storage.store import NoSuchBlob
from sgdocs.web.dav.tree import Tree

TREE = "sgdocs.tree"
UNKNOWN = "application/octet-stream"
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,100}")
Environ = dict[str, Any]


class Provider(DAVProvider):  # type: ignore[misc]
    """Finds `/`, `/<meeting>`, `/<meeting>/<folder>` and `/<meeting>/<folder>/<file>` in the tree of the request."""

    def is_readonly(self) -> bool:
        return True

    def get_resource_inst(self, path: str, environ: Environ) -> "Branch | Leaf | None":
        tree: Tree = environ[TREE]
        match [part for part in path.split("/") if part]:
            case []:
                return Branch("/", environ, tree, ())
            case [code] if tree.folders(code):
                return Branch(f"/{code}", environ, tree, (code,))
            case [code, folder] if folder in tree.folders(code):
                return Branch(f"/{code}/{folder}", environ, tree, (code, folder))
            case [code, folder, name]:
                found = tree.file(code, f"{folder}/{name}")
                return Leaf(f"/{code}/{folder}/{name}", environ, tree, found) if found else None
        return None


class Branch(DAVCollection):  # type: ignore[misc]
    """A folder. place: () for the root, the meeting, or the meeting and its folder."""

    def __init__(self, path: str, environ: Environ, tree: Tree, place: tuple[str, ...]) -> None:
        super().__init__(path, environ)
        self.tree = tree
        self.place = place

    def get_member_names(self) -> list[str]:
        match self.place:
            case ():
                return self.tree.codes
            case (code,):
                return list(self.tree.folders(code))
            case (code, folder):
                return list(self.tree.folders(code)[folder])
        raise AssertionError(self.place)

    def get_member(self, name: str) -> "Branch | Leaf":
        path = f"{self.path.rstrip('/')}/{name}"
        if len(self.place) < 2:
            return Branch(path, self.environ, self.tree, (*self.place, name))
        code, folder = self.place
        return Leaf(path, self.environ, self.tree, self.tree.folders(code)[folder][name])


class Leaf(DAVNonCollection):  # type: ignore[misc]
    """One file, as it is served everywhere else."""

    def __init__(self, path: str, environ: Environ, tree: Tree, file: Packed) -> None:
        super().__init__(path, environ)
        self.tree = tree
        self.file = file

    def get_content_length(self) -> int:
        return self.file.size_bytes

    def get_content_type(self) -> str:
        return self.file.media_type if _TYPE.fullmatch(self.file.media_type) else UNKNOWN

    def get_creation_date(self) -> float:
        return self.file.posted_at.timestamp()

    def get_last_modified(self) -> float:
        return self.file.posted_at.timestamp()

    def get_etag(self) -> str:
        return self.file.sha256

    def support_etag(self) -> bool:
        return True

    def support_ranges(self) -> bool:
        return True

    def get_content(self) -> BinaryIO:
        return self.tree.content(self.file)

    def finalize_headers(self, environ: Environ, response_headers: list[tuple[str, str]]) -> None:
        """Asked before the answer begins: a file that the store has lost is not found, instead of broken off."""
        try:
            self.get_content().close()
        except NoSuchBlob:
            raise DAVError(HTTP_NOT_FOUND) from None
        response_headers.append(("Content-Disposition", f'attachment; filename="{self.path.rpartition("/")[2]}"'))
