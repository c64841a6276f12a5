"""Runs the map functions on a Dask cluster: https://docs.dask.org/en/stable/deploying.html."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

from kg.errors import UsageError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_PATIENCE = 15
"""Seconds to wait for the scheduler, for a first worker, and for a result until asking after it."""
_TRIES = 20
"""Times that one task is given out again because its worker died."""


class _ForgottenError(Exception):
    """A task that is neither done nor with a worker."""


class DaskEngine:
    """The workers of the scheduler at `address`, for instance `tcp://node1:8786`.

    They need Kamergraaf installed, and must see the input and the work folder under the same
    paths or URLs. Raises UsageError where no scheduler answers, or none of its workers.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--engine dask needs Dask; install it: pip install 'kamergraaf[cluster]'"
            ) from error
        self._address = address
        try:
            connect: Any = Client
            self._client = connect(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"--scheduler {address}: no Dask scheduler answers there; start one "
                "(dask scheduler) or correct the address",
                code="unreachable",
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            self.close()
            raise UsageError(
                f"--scheduler {address}: has no workers; start some (dask worker {address})",
                code="unreachable",
            ) from error

    def map(
        self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """As `Engine.map`; as many tasks as keep all workers busy are given out at any time.

        Raises UsageError where the scheduler is lost; what was made stays, for the next build.
        """
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        waiting = iter(tasks)
        running: deque[tuple[_Task, Any, int]] = deque()
        while True:
            room = 3 * max(1, self._threads()) - len(running)
            for task in islice(waiting, max(0, room)):
                running.append((task, self._given_out(function, task), 1))
            if not running:
                return
            task, future, tries = running.popleft()
            try:
                result: _Result = self._result_of(future)
            except _ForgottenError:
                running.appendleft((task, self._given_out(function, task), tries))
                continue
            except KilledWorker:
                if tries == _TRIES:
                    raise
                running.appendleft((task, self._given_out(function, task), tries + 1))
                continue
            except (CancelledError, CommClosedError, OSError) as error:
                raise UsageError(
                    f"--scheduler {self._address}: was lost in the middle of the build; run it "
                    "again, and it goes on from there",
                    code="unreachable",
                ) from error
            except (RuntimeError, ImportError) as error:
                raise UsageError(
                    f"--scheduler {self._address}: cannot run our code ({_line(error)}); install "
                    "the same Kamergraaf and Dask on the scheduler and all workers",
                    code="cluster-differs",
                ) from error
            yield result

    def renew(self) -> None:
        """Leaves the workers to the cluster, which may limit their memory."""

    def close(self) -> None:
        """Lets go of the cluster, which goes on."""
        self._client.close()

    def _given_out(self, function: Callable[[_Task], _Result], task: _Task) -> Any:
        return self._client.submit(function, task, pure=False)

    def _result_of(self, future: Any) -> Any:
        """Its result. Raises _ForgottenError when no worker has the task, as happens, rarely, to
        one whose worker died (https://github.com/dask/distributed/issues/3196).
        """
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except TimeoutError:
                if future.status == "error":
                    return future.result()
                if future.key not in chain.from_iterable(self._client.processing().values()):
                    raise _ForgottenError from None

    def _threads(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return sum(int(worker["nthreads"]) for worker in workers)


def _line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
