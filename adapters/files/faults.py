"""What a failure of a folder means to the caller of a port.

Nothing has appeared in the folder by then; where that cannot be said, the driver says that the outcome is open.
"""

from __future__ import annotations

import errno

from ports.errors import AccessDenied, PortError, Unavailable

_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)
_FULL = (errno.ENOSPC, errno.EDQUOT)


def port_error(error: OSError, folder: str) -> PortError:
    """Give the port's error; *folder* is named in the sentence."""
    if error.errno in _DENIED:
        return AccessDenied(f"{folder} cannot be used by whoever runs this; check its permissions")
    if error.errno in _GONE:
        return Unavailable(f"{folder} is not there; is the share mounted, and its name right?")
    if error.errno in _FULL:
        return Unavailable(f"{folder} is full; nothing was put into it")
    return Unavailable(f"{folder} cannot be used ({error.strerror}); ask again later")
