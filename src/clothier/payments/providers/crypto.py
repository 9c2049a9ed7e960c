"""The few primitives that providers' protocols are made of: RSA with SHA-256, and sealed messages (AES-256-GCM)."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from cryptography.x509 import Certificate, load_pem_x509_certificates


def private_key(pem: str) -> RSAPrivateKey:
    """Raises ValueError when it is no RSA key."""
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA private key")
    return key


def public_key(pem: str) -> RSAPublicKey:
    """Raises ValueError when it is no RSA key."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA public key")
    return key


def certificates(pem: str) -> list[Certificate]:
    return load_pem_x509_certificates(pem.encode())


def key_of(certificate: Certificate) -> RSAPublicKey:
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not a certificate of an RSA key")
    return key


def sign(key: RSAPrivateKey, message: bytes) -> str:
    """RSASSA-PKCS1-v1_5 over SHA-256, in Base64."""
    return b64encode(key.sign(message, PKCS1v15(), SHA256())).decode()


def signed(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    try:
        key.verify(b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, NotBase64, ValueError):
        return False
    return True


def seal(secret: str, *, nonce: str, about: str, text: bytes) -> str:
    """Encrypt and authenticate; Base64."""
    return b64encode(AESGCM(secret.encode()).encrypt(nonce.encode(), text, about.encode())).decode()


def unseal(secret: str, *, nonce: str, about: str, sealed: str) -> bytes:
    """Raises ValueError when it was sealed with another secret, or changed."""
    try:
        return AESGCM(secret.encode()).decrypt(nonce.encode(), b64decode(sealed, validate=True), about.encode())
    except (InvalidTag, NotBase64) as error:
        raise ValueError("not sealed with our secret") from error
