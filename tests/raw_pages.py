"""What really stands in a vault's file: every page decrypted by hand, the free ones and all residue too."""

import shutil
import subprocess
from pathlib import Path

import pytest

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def decrypted(path: Path, dek: bytes) -> bytes:
    """Every page of a SQLCipher 4 file, without SQLCipher: AES-256-CBC, the page's IV at its end."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here: pages cannot be decrypted by hand")
    held = path.read_bytes()
    plain = b""
    for start in range(0, len(held) - PAGE + 1, PAGE):
        page = held[start : start + PAGE]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        words = ["enc", "-d", "-aes-256-cbc", "-nopad", "-K", dek.hex(), "-iv", iv.hex()]
        begins = 0 if start else SALT
        plain += subprocess.run(
            [openssl, *words], input=page[begins : PAGE - RESERVED], capture_output=True, check=True
        ).stdout
    return plain
