"""What really stands in a vault's file: every page decrypted by hand, the free ones and all residue too."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def decrypted(path: Path, dek: bytes) -> bytes:
    """Every page of a SQLCipher 4 file, without SQLCipher: AES-256-CBC, the page's IV at its end."""
    held = path.read_bytes()
    plain = b""
    for start in range(0, len(held) - PAGE + 1, PAGE):
        page = held[start : start + PAGE]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        begins = 0 if start else SALT
        opening = Cipher(AES(dek), CBC(iv)).decryptor()
        plain += opening.update(page[begins : PAGE - RESERVED]) + opening.finalize()
    return plain
