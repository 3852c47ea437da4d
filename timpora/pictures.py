"""Opening a picture that somebody brought: whole, of sane size, upright, or not at all."""

import warnings
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000


class BrokenPicture(ValueError):
    pass


class HugePicture(ValueError):
    """The picture would be huge when unpacked; it was not."""


def open_picture(content: bytes, *, formats: tuple[str, ...]) -> Image.Image:
    """The decoded picture, turned as its EXIF says; only the named formats are tried."""
    # WeasyPrint switches this on for the whole process; half a picture is none here.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # The limit below is ours; Pillow's own warning would come first.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=formats)
            if picture.width * picture.height > MOST_PIXELS:
                raise HugePicture
            picture.load()
    except Image.DecompressionBombError as error:
        raise HugePicture from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise BrokenPicture from error
    return ImageOps.exif_transpose(picture)
