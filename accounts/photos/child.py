"""The limited child process: the only place where a stranger's picture is decoded.

Run by file (``python -I child.py LIMITS``), never imported: it needs nothing of the project, and the project
never decodes. Before the first photo it gives up memory, files and sockets (no descriptor beyond its three
pipes can be opened), so a decoder taken over by a crafted picture has nothing to reach for.

Protocol, both ways over pipes: 4 bytes length (big-endian) and that many bytes. Question: format name (after
spaces four numbers where only a part is wanted, see ``cut``), a zero byte, the file. Answer: a JSON object,
then, when it holds no ``refused``, a second message with the JPEG.
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import sys
from array import array
from typing import Any, BinaryIO

# Imported for their effect too: after the descriptors are given up, nothing can be imported any more.
from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    ImageMode,
    ImageOps,
    ImagePalette,
    ImageSequence,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from pillow_heif import HeifImageFile, options, register_heif_opener

PRELOADED = (
    ImageChops,
    ImageFile,
    ImageMode,
    ImagePalette,
    ImageSequence,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    HeifImageFile,
)

PILLOW_FORMATS = {"JPEG": ["JPEG", "MPO"], "PNG": ["PNG"], "WEBP": ["WEBP"], "HEIC": ["HEIF"]}
LONG_SIDE = 1024  # pixels; enough to recognise a person on a screen, small enough to keep six million of
JPEG_QUALITY = 88
WHITE = (255, 255, 255)
DEAD_BAND = (
    4.0  # grey levels of 256; below it a difference is mostly noise (at 0, compression flips up to 30 bits)
)
COARSE, FINE = 8, 11  # cells a side of the two hash grids
DETAIL_BITS = 512
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
NOBODY = 65534


class RefusedError(Exception):
    """A refusal by code, with the numbers its sentence names."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


# --- decoding --------------------------------------------------------------------------------------


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Canvas of a WebP by its header: Pillow's opener would allocate the canvas before we could refuse it.

    Source: RFC 9649, sections 2.5 to 2.7.
    """
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None


def check_size(width: int, height: int, limits: dict[str, int]) -> None:
    """Refuse by the declared size, before a pixel is decoded."""
    if width * height > limits["pixels"]:
        raise RefusedError(
            "photo_too_many_pixels", width=width, height=height, limit_mp=limits["pixels"] // 1_000_000
        )
    if min(width, height) < limits["min_side"]:
        raise RefusedError("photo_too_small", width=width, height=height, minimum=limits["min_side"])
    if max(width, height) > limits["aspect"] * min(width, height):
        raise RefusedError("photo_shape", width=width, height=height)


def orientation(image: Image.Image) -> int:
    """EXIF orientation, 1 where there is none or it cannot be read: bad metadata does not spoil a photo."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - whatever a forged EXIF block provokes, the picture itself still counts
        return 1


def eight_bit(image: Image.Image) -> Image.Image:
    """Reduce to one of RGB, RGBA, L, LA, CMYK: modes that scale well and hold 8 bits a channel."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16-bit grey: Pillow's own conversion clips instead of scaling
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in {"PA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def on_white(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on white paper."""
    if image.mode not in {"RGBA", "LA"}:
        return image
    paper = Image.new("RGBA", image.size, (*WHITE, 255))
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the embedded colour profile; a broken profile counts as none."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def cut(image: Image.Image, part: list[int], limits: dict[str, int]) -> Image.Image:
    """The part of an upright picture: pixels from the left and from the top, width and height."""
    if not part:
        return image
    left, top, width, height = part
    if left + width > image.width or top + height > image.height:
        raise RefusedError("photo_outside", width=image.width, height=image.height)
    check_size(width, height, limits)
    return image.crop((left, top, left + width, top + height))


def redraw(kind: str, data: bytes, limits: dict[str, int], part: list[int]) -> tuple[dict[str, Any], bytes]:
    """Decode, turn upright, convert to sRGB, bound, cut and draw afresh: facts and JPEG."""
    if kind == "WEBP" and (size := webp_size(data)):
        check_size(*size, limits)
    image = Image.open(io.BytesIO(data), formats=PILLOW_FORMATS[kind])
    width, height = image.size
    check_size(width, height, limits)
    # A JPEG's or HEIC's further pictures are thumbnails, depth or gain maps of the same still photo.
    if kind in {"PNG", "WEBP"} and getattr(image, "n_frames", 1) > 1:
        raise RefusedError("photo_animated")
    turn = orientation(image)
    profile = image.info.get("icc_profile")
    image.draft(None, (LONG_SIDE, LONG_SIDE))  # a large JPEG is decoded at the scale needed, never larger
    image.load()
    small = eight_bit(image)
    small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if turn in TURNS:
        small = small.transpose(TURNS[turn])
    drawn = to_srgb(on_white(cut(small, part, limits)), profile)
    fresh = Image.new("RGB", drawn.size, WHITE)  # a new canvas carries no metadata over
    fresh.paste(drawn)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    jpeg = out.getvalue()
    rows, columns, detail = hashes(jpeg)
    if turn in {5, 6, 7, 8}:
        width, height = height, width
    facts = {
        "width": fresh.width,
        "height": fresh.height,
        "source_width": width,
        "source_height": height,
        "rows": rows,
        "columns": columns,
        "detail": detail,
    }
    return facts, jpeg


# --- hashing ---------------------------------------------------------------------------------------


def hashes(jpeg: bytes) -> tuple[int, int, str]:
    """Difference hash (two unsigned 64-bit numbers) and detail hash (hex) of a redrawn photo.

    A function of the stored bytes alone, so hashes can be made anew from the store.
    """
    grey = ImageOps.grayscale(Image.open(io.BytesIO(jpeg), formats=["JPEG"])).convert("F")
    rows, columns = differences(grey, COARSE)
    fine = [bit for steps in differences(grey, FINE) for step in steps for bit in (step > 0, step < 0)]
    detail = pack(fine) << (DETAIL_BITS - len(fine))
    return (
        pack([step > 0 for step in rows]),
        pack([step > 0 for step in columns]),
        detail.to_bytes(DETAIL_BITS // 8, "big").hex(),
    )


def differences(grey: Image.Image, cells: int) -> tuple[list[int], list[int]]:
    """Sign of each step to the right and of each step down on a grid of averages; 0 inside the dead band."""

    def averages(width: int, height: int) -> "array[float]":
        return array("f", grey.resize((width, height), Image.Resampling.BOX).tobytes())

    def sign(step: float) -> int:
        return (step > DEAD_BAND) - (step < -DEAD_BAND)

    wide, tall = averages(cells + 1, cells), averages(cells, cells + 1)
    right = [
        sign(wide[y * (cells + 1) + x + 1] - wide[y * (cells + 1) + x])
        for y in range(cells)
        for x in range(cells)
    ]
    down = [sign(tall[(y + 1) * cells + x] - tall[y * cells + x]) for y in range(cells) for x in range(cells)]
    return right, down


def pack(bits: list[bool]) -> int:
    """The bits as one number, the first as the highest."""
    value = 0
    for bit in bits:
        value = value << 1 | bit
    return value


# --- serving ---------------------------------------------------------------------------------------


def lock_down(limits: dict[str, int]) -> None:
    """Give up whatever decoding does not need. What is given up cannot be taken back (hard limits)."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    life = (limits["cpu_seconds"] + 1) * (limits["photos"] + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (life, life))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # stdin, stdout, stderr: no file, no socket, ever
    if os.geteuid() == 0:  # root could raise a hard limit again
        with contextlib.suppress(PermissionError):  # a root without capabilities cannot either
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)


def allow_cpu(seconds: int) -> None:
    """Let the next photo use this much processor time; the kernel ends the process beyond it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(
        resource.RLIMIT_CPU, (min(int(used.ru_utime + used.ru_stime) + 1 + seconds, hard), hard)
    )


def answer(data: bytes, limits: dict[str, int]) -> tuple[dict[str, Any], bytes]:
    """The reply to one question; whatever a decoder raises over a bad file is 'unreadable'."""
    head, _, photo = data.partition(b"\0")
    try:
        kind, *part = head.decode("ascii").split(" ")
        return redraw(kind, photo, limits, [int(number) for number in part])
    except RefusedError as refused:
        return {"refused": refused.code, "facts": refused.facts}, b""
    except Exception as error:  # noqa: BLE001 - decoders raise nearly anything over crafted input
        return {"refused": "photo_unreadable", "facts": {}, "why": type(error).__name__}, b""


def receive(pipe: BinaryIO) -> bytes | None:
    """One message, or None when the parent has closed the pipe."""
    size = pipe.read(4)
    return pipe.read(int.from_bytes(size, "big")) if len(size) == 4 else None  # noqa: PLR2004 - bytes of a length


def send(pipe: BinaryIO, message: bytes) -> None:
    """One message."""
    pipe.write(len(message).to_bytes(4, "big") + message)


def main() -> None:
    """Serve photos until the parent closes the pipe."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    Image.preinit()  # imports what open() and save() would import later
    register_heif_opener(thumbnails=False)
    options.DECODE_THREADS = 1
    Image.MAX_IMAGE_PIXELS = None  # check_size() judges, and says which limit
    lock_down(limits)
    while (question := receive(sys.stdin.buffer)) is not None:
        allow_cpu(limits["cpu_seconds"])
        facts, jpeg = answer(question, limits)
        del question
        send(sys.stdout.buffer, json.dumps(facts).encode())
        if "refused" not in facts:
            send(sys.stdout.buffer, jpeg)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
