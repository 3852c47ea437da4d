"""Pictures of the demonstration, plainly drawn: no photograph, no real emblem or hand."""

import base64
import math
import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

NAVY, GOLD = "#14284b", "#a8761b"
# Drawn larger and reduced: that is what makes the edges smooth.
SCALE = 4


def emblem() -> bytes:
    """An invented shield with the word CONTOH, where an office prints its emblem."""
    side = 320 * SCALE
    drawn = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    for inset, colour in ((0, GOLD), (10, "white"), (18, NAVY)):
        pen.polygon(shield(inset), fill=colour)
    middle, top = side / 2, 122 * SCALE
    pen.polygon(star(middle, top, 62 * SCALE), fill="#f0d79b")
    pen.text(
        (middle, 222 * SCALE), "CONTOH", fill="white", anchor="mm", font_size=40 * SCALE
    )
    return png(drawn.resize((320, 320), Image.Resampling.LANCZOS))


def shield(inset: float) -> list[tuple[float, float]]:
    """A shield's outline, ``inset`` pixels inside the outermost one."""
    left, right, top, bottom = 28 + inset, 292 - inset, 12 + inset, 308 - inset
    middle, shoulder = 160, 170
    curve = [
        (
            middle + (right - middle) * math.cos(step * math.pi / 40),
            shoulder + (bottom - shoulder) * math.sin(step * math.pi / 40),
        )
        for step in range(21)
    ]
    mirrored = [(2 * middle - x, y) for x, y in reversed(curve)]
    outline = [(left, top), (right, top), *curve, *mirrored]
    return [(x * SCALE, y * SCALE) for x, y in outline]


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [
        (
            x + (radius if point % 2 == 0 else radius * 0.42) * math.sin(point * math.pi / 8),
            y - (radius if point % 2 == 0 else radius * 0.42) * math.cos(point * math.pi / 8),
        )
        for point in range(16)
    ]  # fmt: skip


def scribble(name: str) -> str:
    """A signature as a finger leaves it on a phone: loops that only ``name`` decides."""
    hand = random.Random(name)  # noqa: S311 -- a drawing, no secret
    drawn = Image.new("RGBA", (600, 220), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    loops, lean = hand.randint(3, 6), hand.uniform(-0.4, 0.4)
    points = []
    for step in range(160):
        turn = step / 160 * loops * 2 * math.pi
        height = 62 * math.sin(turn) * (1 - step / 260)
        points.append(
            (
                70 + step * 2.6 + 34 * math.cos(turn * 1.3) + lean * height,
                110 - height - hand.uniform(0, 2),
            )
        )
    pen.line(points, fill=NAVY, width=5, joint="curve")
    pen.line((60, 170, 70 + 160 * 2.9, 160 + hand.randint(-14, 10)), fill=NAVY, width=4)
    return "data:image/png;base64," + base64.b64encode(png(drawn)).decode()


def photo(number: int) -> SimpleUploadedFile:
    """A room seen from the door, with people at their tables."""
    drawn = Image.new("RGB", (1200, 800), ["#dfe6f1", "#efe6d3"][number])
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 620, 1200, 800), fill=["#c3cede", "#ded2b8"][number])
    pen.rectangle((330, 90, 870, 300), fill="white", outline=NAVY, width=6)
    pen.text((600, 195), "GAMBAR CONTOH", fill=NAVY, anchor="mm", font_size=56)
    for seat in range(8):
        left = 120 + seat * 125
        pen.ellipse((left, 390, left + 70, 460), fill=NAVY)
        pen.rounded_rectangle((left - 15, 470, left + 85, 600), 18, fill=NAVY)
    pen.rectangle((60, 590, 1140, 670), fill=GOLD)
    made = BytesIO()
    drawn.save(made, "JPEG", quality=88)
    return SimpleUploadedFile("contoh.jpg", made.getvalue())


def png(drawn: Image.Image) -> bytes:
    made = BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return made.getvalue()
