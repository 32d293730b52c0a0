"""Bodies, unpacked with a limit. httpx would unpack a whole chunk at once, and 64 KiB can become 64 MiB."""

from __future__ import annotations

import zlib

from .faults import EndpointError, Malformed, TooLarge, Truncated

MOST_BYTES = 8 << 20
WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


class Unpacker:
    """Takes a body chunk by chunk as it was sent, and gives it back decoded; never holds more than the limit."""

    def __init__(self, encoding: str, most: int = MOST_BYTES):
        self.encoding, self.most = encoding.strip().lower(), most
        self._parts, self._size, self._sent = list[bytes](), 0, 0
        self._packed: zlib._Decompress | None = None
        if self.encoding in WINDOWS:
            self._packed = zlib.decompressobj(WINDOWS[self.encoding])
        elif self.encoding not in ("", "identity"):
            raise Malformed(
                f"the body is packed as {self.encoding[:40]!r}, and we asked for gzip or deflate.",
                field="content-encoding",
            )

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk. TooLarge when the whole would be over the limit."""
        self._sent += len(chunk)
        if self._packed is not None:
            chunk = self._unpacked(self._packed, chunk)
        self._size += len(chunk)
        if max(self._size, self._sent) > self.most:
            raise TooLarge(f"the answer is larger than {self.most >> 20} MiB: no text is that long.", field="body")
        self._parts.append(chunk)

    def whole(self) -> bytes:
        """The decoded body. Truncated when its packing has no end."""
        if self._packed is not None and self._parts and not self._packed.eof:
            raise Truncated("the packed body broke off.", field="body")
        return b"".join(self._parts)

    def _unpacked(self, packed: zlib._Decompress, chunk: bytes) -> bytes:
        room = self.most - self._size + 1  # one more than allowed, so that feed() can tell
        try:
            return packed.decompress(chunk, room)
        except zlib.error as error:
            problem: EndpointError = Malformed(
                f"the body says it is {self.encoding}, and is not ({error}).", field="content-encoding"
            )
        raise problem
