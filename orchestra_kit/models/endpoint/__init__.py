"""Real models behind an endpoint: Ollama on this machine, OpenAI, or any server that speaks as they do.

spec.py says where, key.py signs, http.py sends, chat.py words the request and reads the answer, statuses.py reads what
is no answer, and endpoint.py puts them together: one deadline, a few attempts, one Reply or one EndpointError.
"""

from .endpoint import Endpoint, connect
from .faults import (
    AuthFailed,
    BadRequest,
    BadSpec,
    EndpointError,
    Malformed,
    RateLimited,
    RedirectRefused,
    Refused,
    ServerFault,
    TooLarge,
    TooSlow,
    Truncated,
    Unreachable,
)

__all__ = [
    "AuthFailed",
    "BadRequest",
    "BadSpec",
    "Endpoint",
    "EndpointError",
    "Malformed",
    "RateLimited",
    "RedirectRefused",
    "Refused",
    "ServerFault",
    "TooLarge",
    "TooSlow",
    "Truncated",
    "Unreachable",
    "connect",
]
