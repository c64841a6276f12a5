"""Closes the network, the file system and other processes to a process, by the operating system.

Each measure stands by itself; `confine` says which of them this system offers.

- descriptors: no file, socket or pipe can be opened any more (RLIMIT_NOFILE 0)
- memory, file size, core dumps: RLIMIT_AS, RLIMIT_FSIZE 0, RLIMIT_CORE 0
- no new privileges: what is executed gains none (prctl, Linux)
- network namespace: a network of its own without any interface (unshare, Linux where allowed)
- system calls: those that open, connect, execute or trace are refused (seccomp, Linux on x86-64
  and arm64)

https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SIGKILL = 9
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_SECCOMP_SET_MODE_FILTER, _FILTER_ON_ALL_THREADS = 1, 1

# For each machine: its AUDIT_ARCH, the number of seccomp(2), and the numbers that are refused:
# socket connect bind listen sendto sendmsg open openat openat2 creat execve execveat ptrace
# process_vm_readv process_vm_writev io_uring_setup kill tkill tgkill mount bpf
_MACHINES = {
    "x86_64": (
        0xC000_003E,
        317,
        (41, 42, 49, 50, 44, 46, 2, 257, 437, 85, 59, 322, 101, 310, 311, 425, 62, 165, 321),
    ),
    "aarch64": (
        0xC000_00B7,
        277,
        (198, 203, 200, 201, 206, 211, 56, 437, 221, 281, 117, 270, 271, 425, 129, 40, 280),
    ),
}
_X32 = 0x4000_0000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000 | 1  # errno EPERM
_MEMORY_USE = Path("/proc/self/statm")


def leave_network() -> bool:
    """Moves this process to a network without interfaces; whether the system allowed it.

    To be called before any thread is started. Its children are in that network too.
    """
    libc = _libc()
    if libc is None:
        return False
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    return bool(libc.unshare(flags) == 0)


def end_with_parent(parent: int) -> None:
    """Lets the system end this process when its parent ends, or ends it where that was before."""
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def confine(memory_bytes: int) -> tuple[str, ...]:
    """Closes all doors of this process, whose memory may grow by `memory_bytes`.

    What is open stays open. Returns the names of the measures that hold, apart from the network.
    """
    held = ["descriptors"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if _MEMORY_USE.exists():
        used = int(_MEMORY_USE.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory_bytes,) * 2)
        held.append("memory")
    libc = _libc()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if libc is not None and libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        held.append("no new privileges")
        if _filter_system_calls(libc):
            held.append("system calls")
    return tuple(held)


def limit_time(seconds: float) -> None:
    """Ends this process when it has computed for so long from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _libc() -> ctypes.CDLL | None:
    if platform.system() != "Linux":
        return None
    with contextlib.suppress(OSError):
        return ctypes.CDLL(None, use_errno=True)
    return None


def _filter_system_calls(libc: ctypes.CDLL) -> bool:
    """Refuses the calls of `_MACHINES` to all threads; whether the system offers it."""
    if platform.machine() not in _MACHINES:
        return False
    architecture, seccomp, refused = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # the architecture; another one than ours is refused whole
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, len(refused) + 1, 0, _X32),
        *((_EQUAL, len(refused) - at, 0, number) for at, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    whole = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    )
    return bool(libc.syscall(seccomp, _SECCOMP_SET_MODE_FILTER, _FILTER_ON_ALL_THREADS, whole) == 0)
