"""Drawn portraits: a head and shoulders before a plain wall. They show nobody."""

import io

from PIL import Image, ImageDraw, ImageFilter

from registry.demo.dice import dice

_SIZE = (360, 480)
_SKIN = (225, 180, 150)
_LIPS = (180, 90, 90)


def portrait(*seed: object) -> bytes:
    """A JPEG file; the same seed always draws the same one, another seed another person."""
    rng = dice("portrait", *seed)
    wall, shirt = (tuple(rng.randrange(40, 256) for _ in range(3)) for _ in range(2))
    hair = tuple(rng.randrange(10, 90) for _ in range(3))
    width, height = _SIZE
    image = Image.new("RGB", _SIZE, wall)
    draw = ImageDraw.Draw(image)
    x, y = width / 2 + rng.gauss(0, 30), height * 0.4 + rng.gauss(0, 35)
    across, down = width * 0.22 + rng.gauss(0, 14), height * 0.22 + rng.gauss(0, 16)
    cut = rng.uniform(0.1, 1.1)
    draw.ellipse((x - across * 1.2, y - down * 1.2, x + across * 1.2, y + down * cut), fill=hair)
    draw.ellipse((x - across * 2.1, y + down * 1.3, x + across * 2.3, y + down * 5), fill=shirt)
    draw.ellipse((x - across, y - down, x + across, y + down), fill=_SKIN)
    for side in (-1, 1):
        eye = x + side * across * 0.4
        draw.ellipse((eye - 10, y - 10, eye + 10, y + 2), fill=hair)
    draw.ellipse((x - 22, y + down * 0.45, x + 22, y + down * 0.56), fill=_LIPS)
    # the noise of a camera, without which two portraits before one wall are too much alike
    noise = Image.frombytes("L", (90, 120), rng.randbytes(90 * 120)).resize(_SIZE).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(2)), noise, 0.06)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
